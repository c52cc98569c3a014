"""What is being fetched: how fast, how much, how long, and a way to pause."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.network_choices import (
    limit_choices,
    limit_words,
    metered_choices,
    metered_words,
)
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.card import Card
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.settings import Metered, Settings

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingState:
    """How far fetching is. `share` None: nothing is fetched now, `words` say why."""

    words: str
    share: float | None = None
    amount: str = ""
    is_paused: bool = False
    held: str = ""
    ready: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """One packet on its way to this laptop."""

    submission: str
    words: str
    right: str
    share: float
    is_ready: bool = False


class _PacketLine(QWidget):
    """A packet: its ID, how much of it is here, and a line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = IconMark(theme, "download", parent=self)
        self._submission = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._right = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._words = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._share = ProgressLine(theme, self.tr("Of this packet"), self)
        head = Row(theme, gap=8)
        head.addWidget(self._mark)
        head.addWidget(self._submission, 1)
        head.addWidget(self._right)
        column = Column(theme, self, gap=2)
        column.addLayout(head)
        column.addWidget(self._words)
        column.addWidget(self._share)

    def show_row(self, row: FetchRow) -> None:
        """Show another packet."""
        ink = Color.OK if row.is_ready else Color.TEXT_2
        self._mark.show_icon("circle-check" if row.is_ready else "download", ink)
        self._submission.show_text(row.submission)
        self._right.show_text(row.right)
        self._words.show_text(row.words)
        self._share.setVisible(not row.is_ready)
        self._share.show_share(row.share)
        self.setAccessibleName(f"{row.submission}, {row.words}, {row.right}")


class FetchingCard(Card):
    """The card at the right of the sync centre.

    Signals:
        pause_chosen(): The assessor wants fetching paused, or going on.
        fetch_chosen(): The assessor wants it fetched although the network is metered.
        limit_chosen(kbit_s: int): At most so fast; 0: no limit.
        metered_chosen(Metered): When the network counts as metered.
    """

    pause_chosen = Signal()
    fetch_chosen = Signal()
    limit_chosen = Signal(int)
    metered_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, parent=parent)
        self._title = Label(theme, self.tr("Fetching"), style=Style.HEADING, parent=self)
        self._pause = Button(theme, self.tr("Pause"), icon="pause", parent=self)
        self._words = Paragraph(theme, parent=self)
        self._progress = ProgressLine(theme, self.tr("Fetched so far"), self)
        self._amount = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._held = Paragraph(theme, parent=self)
        self._fetch = Button(theme, self.tr("Fetch it now"), icon="download", parent=self)
        self._rows = tuple(_PacketLine(theme, self) for _ in range(SHOWN))
        self._limit = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._metered = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._limit.setAccessibleName(self.tr("At most"))
        self._metered.setAccessibleName(self.tr("Metered network"))
        self._ready = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._build()
        self._pause.clicked.connect(self.pause_chosen)
        self._fetch.clicked.connect(self.fetch_chosen)
        self._limit.choice_chosen.connect(self._on_limit_chosen)
        self._metered.choice_chosen.connect(self._on_metered_chosen)
        self._held.hide()
        self._fetch.hide()
        self.show_settings(Settings())

    def _build(self) -> None:
        theme = self._theme
        head = Row(theme)
        head.addWidget(self._title, 1)
        head.addWidget(self._pause)
        self.body.show_margin((20, 16, 20, 16), 10)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._amount)
        self.body.addWidget(self._held)
        self.body.addWidget(self._fetch)
        for line in self._rows:
            self.body.addWidget(line)
            line.hide()
        self.body.addWidget(Rule(theme, parent=self))
        choices = ((self.tr("At most"), self._limit), (self.tr("Metered network"), self._metered))
        for text, menu in choices:
            row = Row(theme, gap=8)
            row.addWidget(Label(theme, text, ink=Color.TEXT_2, parent=self).elided(), 1)
            row.addWidget(menu)
            self.body.addLayout(row)
        self.body.addWidget(Rule(theme, parent=self))
        foot = Row(theme)
        foot.addWidget(IconMark(theme, "hard-drive", parent=self))
        foot.addWidget(self._ready, 1)
        self.body.addLayout(foot)

    def show_fetching(self, state: FetchingState) -> None:
        """Show how far it is."""
        self._words.show_text(state.words)
        is_going = state.share is not None
        self._progress.setVisible(is_going)
        self._progress.show_share(state.share or 0.0)
        self._amount.setVisible(bool(state.amount))
        self._amount.show_text(state.amount)
        self._pause.setVisible(is_going or state.is_paused)
        self._pause.show_text(self.tr("Go on") if state.is_paused else self.tr("Pause"))
        self._pause.show_icon("play" if state.is_paused else "pause")
        self._held.show_text(state.held)
        self._held.setVisible(bool(state.held))
        self._fetch.setVisible(bool(state.held))
        self._ready.show_text(state.ready)

    def show_packets(self, rows: tuple[FetchRow, ...]) -> None:
        """Show the packets that are on their way, the next one first."""
        for line, row in zip(self._rows, rows, strict=False):
            line.show_row(row)
        for at, line in enumerate(self._rows):
            line.setVisible(at < len(rows))

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._limit.show_text(limit_words(settings.fetch_limit_kbit_s))
        self._limit.show_choices(limit_choices(), str(settings.fetch_limit_kbit_s))
        self._metered.show_text(metered_words(settings.metered))
        self._metered.show_choices(metered_choices(), settings.metered.value)

    @Slot(str)
    def _on_limit_chosen(self, key: str) -> None:
        self.limit_chosen.emit(int(key))

    @Slot(str)
    def _on_metered_chosen(self, key: str) -> None:
        self.metered_chosen.emit(Metered(key))
