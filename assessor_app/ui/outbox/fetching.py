"""The card of the sync centre: what this laptop sees, what is being fetched, what is allowed."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.network_choices import (
    hours_choices,
    hours_words,
    limit_choices,
    limit_words,
    pause_choices,
    pause_words,
)
from assessor_app.ui.outbox.packet_line import PacketLine
from assessor_app.ui.outbox.packets import SHOWN, FetchRow
from assessor_app.ui.outbox.sights_part import SightsPart
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.card import Card
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.settings import Metered, Settings

_STRONG = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingState:
    """How far fetching is, in `words`; the first `strong` letters stand out.

    `is_held`: it waits for a network, and `stays` says what becomes of what is here. `held` waits
    for a network that is not metered. `foot` is about the room, or what can be done offline.
    """

    words: str
    strong: int = 0
    is_going: bool = False
    is_paused: bool = False
    is_offline: bool = False
    is_held: bool = False
    stays: str = ""
    held: str = ""
    foot: str = ""


class FetchingCard(Card):
    """The card at the right of the sync centre.

    Signals:
        pause_chosen(): The assessor wants fetching paused, or going on.
        fetch_chosen(): The assessor wants it fetched although the network is metered.
        limit_chosen(kbit_s: int): At most so fast; 0: no limit.
        metered_chosen(Metered): When the network counts as metered.
        hours_chosen(start: int, end: int): Between which hours rounds come by themselves.
    """

    pause_chosen = Signal()
    fetch_chosen = Signal()
    limit_chosen = Signal(int)
    metered_chosen = Signal(object)
    hours_chosen = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, parent=parent)
        self.sights = SightsPart(theme, self)
        self._title = Label(theme, self.tr("Fetching"), style=Style.HEADING, parent=self)
        self._is_held = Label(theme, self.tr("held"), ink=Color.TEXT_2, parent=self)
        self._pause = Button(theme, self.tr("Pause"), icon="pause", parent=self)
        self._words = Paragraph(theme, style=Style.UI, ink=Color.TEXT_2, parent=self)
        self._stays = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._held = Paragraph(theme, style=Style.UI, parent=self)
        self._fetch = Button(theme, self.tr("Fetch it now"), icon="download", parent=self)
        self._rows = tuple(PacketLine(theme, self) for _ in range(SHOWN))
        self._limit = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._metered = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._hours = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._allowed: list[QWidget] = []
        self._foot = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._build()
        self._pause.clicked.connect(self.pause_chosen)
        self._fetch.clicked.connect(self.fetch_chosen)
        self._limit.choice_chosen.connect(self._on_limit_chosen)
        self._metered.choice_chosen.connect(self._on_metered_chosen)
        self._hours.choice_chosen.connect(self._on_hours_chosen)
        self.show_settings(Settings())
        self.show_fetching(FetchingState(words=""))

    def show_fetching(self, state: FetchingState) -> None:
        """Show how far it is."""
        bold = Mark(start=0, end=state.strong, weight=_STRONG)
        self._words.show_text(state.words, (bold,) if state.strong else ())
        self._words.setVisible(bool(state.words))
        self._stays.show_text(state.stays)
        self._stays.setVisible(bool(state.stays))
        self._is_held.setVisible(state.is_held)
        for widget in self._allowed:
            widget.setVisible(not state.is_offline)
        self._pause.setVisible(state.is_going or state.is_paused)
        self._pause.show_text(self.tr("Go on") if state.is_paused else self.tr("Pause"))
        self._pause.show_icon("play" if state.is_paused else "pause")
        self._held.show_text(state.held)
        self._held.setVisible(bool(state.held))
        self._fetch.setVisible(bool(state.held))
        self._foot.show_text(state.foot)

    def show_packets(self, rows: tuple[FetchRow, ...]) -> None:
        """Show the packets that are on their way, the next one first."""
        for at, (line, row) in enumerate(zip(self._rows, rows, strict=False)):
            line.show_row(row, is_last=at == len(rows) - 1)
        for at, line in enumerate(self._rows):
            line.setVisible(at < len(rows))

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._limit.show_text(limit_words(settings.fetch_limit_kbit_s))
        self._limit.show_choices(limit_choices(), str(settings.fetch_limit_kbit_s))
        self._metered.show_text(pause_words(settings.metered))
        self._metered.show_choices(pause_choices(), settings.metered.value)
        hours = (settings.sync_from, settings.sync_until)
        self._hours.show_text(hours_words(*hours))
        self._hours.show_choices(hours_choices(), f"{hours[0]}-{hours[1]}")
        for text, menu in zip(self._allowed_words(), self._menus(), strict=True):
            menu.setAccessibleName(f"{text}: {menu.text()}")

    def _build(self) -> None:
        theme = self._theme
        head = Row(theme)
        head.addWidget(self._title)
        head.addWidget(self._is_held)
        head.addStretch(1)
        head.addWidget(self._pause)
        self.body.show_margin((20, 16, 20, 16), 8)
        self.body.addWidget(self.sights)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        lines = Column(theme, gap=0)
        for line in self._rows:
            lines.addWidget(line)
            line.hide()
        self.body.addLayout(lines)
        self.body.addWidget(self._stays)
        self.body.addWidget(self._held)
        self.body.addWidget(self._fetch)
        self._build_allowed()
        self.body.addStretch(1)
        self.body.addWidget(Rule(theme, parent=self))
        foot = Row(theme, margin=(0, 4, 0, 0))
        foot.addWidget(IconMark(theme, "hard-drive", parent=self))
        foot.addWidget(self._foot, 1)
        self.body.addLayout(foot)

    def _build_allowed(self) -> None:
        theme = self._theme
        rule = Rule(theme, parent=self)
        self.body.addWidget(rule)
        self._allowed.append(rule)
        for text, menu in zip(self._allowed_words(), self._menus(), strict=True):
            row = Row(theme, gap=8)
            label = Label(theme, text, ink=Color.TEXT_2, parent=self).elided()
            row.addWidget(label, 1)
            row.addWidget(menu)
            self.body.addLayout(row)
            self._allowed += [label, menu]

    def _menus(self) -> tuple[MenuButton, MenuButton, MenuButton]:
        return self._limit, self._metered, self._hours

    def _allowed_words(self) -> tuple[str, str, str]:
        return self.tr("At most"), self.tr("On a metered network"), self.tr("Sync by itself")

    @Slot(str)
    def _on_limit_chosen(self, key: str) -> None:
        self.limit_chosen.emit(int(key))

    @Slot(str)
    def _on_metered_chosen(self, key: str) -> None:
        self.metered_chosen.emit(Metered(key))

    @Slot(str)
    def _on_hours_chosen(self, key: str) -> None:
        start, _, end = key.partition("-")
        self.hours_chosen.emit(int(start), int(end))
