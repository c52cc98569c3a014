"""What is being fetched: how fast, how much, how long, and a way to pause."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.card import Card
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Row, Rule
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingState:
    """How far fetching is. `share` None: nothing is fetched now, `words` say why."""

    words: str
    share: float | None = None
    amount: str = ""
    is_paused: bool = False
    ready: str = ""


class FetchingCard(Card):
    """The card at the right of the sync centre.

    Signals:
        pause_chosen(): The assessor wants fetching paused, or going on.
    """

    pause_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, parent=parent)
        self._title = Label(theme, self.tr("Fetching"), style=Style.HEADING, parent=self)
        self._pause = Button(theme, self.tr("Pause"), icon="pause", parent=self)
        self._words = Paragraph(theme, parent=self)
        self._progress = ProgressLine(theme, self.tr("Fetched so far"), self)
        self._amount = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._ready = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        head = Row(theme)
        head.addWidget(self._title, 1)
        head.addWidget(self._pause)
        self.body.show_margin((20, 16, 20, 16), 10)
        self.body.addLayout(head)
        self.body.addWidget(self._words)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._amount)
        self.body.addWidget(Rule(theme, parent=self))
        foot = Row(theme)
        foot.addWidget(IconMark(theme, "hard-drive", parent=self))
        foot.addWidget(self._ready, 1)
        self.body.addLayout(foot)
        self._pause.clicked.connect(self.pause_chosen)

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
        self._ready.show_text(state.ready)
