"""The head of the desk: whose packet by its ID, how many days are left, which policies hold."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.bars import Bar
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.chip import Chip, CopyChip
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Row, Rule
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_ALL_POLICIES, _TWO_POLICIES, _DAYS = 1330, 1180, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderState:
    """What the head says. `policies` are icon and words."""

    title: str
    submission: str
    days: str
    days_need_you: bool
    role: str
    policies: tuple[tuple[str, str], ...]


class DeskHeader(Bar):
    """Fifty-six pixels; policies give way to the title.

    Signals:
        left(): Back to the queue.
        undo_chosen(), redo_chosen(): One step of the review.
    """

    left = Signal()
    undo_chosen = Signal()
    redo_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Height.TOP_BAR, side_padding=16, parent=parent)
        self._back = Button(theme, self.tr("Queue"), kind=Kind.QUIET, icon="chevron-left")
        rule = Rule(theme, upright=True)
        rule.setFixedHeight(20)
        self._title = Label(theme, style=Style.HEADING, parent=self).elided()
        self._submission = CopyChip(theme, parent=self)
        self._days = Chip(theme, "", icon="calendar", parent=self)
        self._role = Chip(theme, "", icon="graduation-cap", tone=Tone.ACCENT, parent=self)
        self._marks = tuple(IconMark(theme, "info", parent=self) for _ in range(3))
        self._words = tuple(
            Label(theme, style=Style.SMALL, ink=Color.TEXT_2, weight=500) for _ in range(3)
        )
        self._undo = IconButton(theme, "undo-2", self.tr("Undo"), key="Ctrl+Z", parent=self)
        self._redo = IconButton(theme, "redo-2", self.tr("Redo"), key="Ctrl+Shift+Z", parent=self)
        for widget in (self._back, rule, self._title, self._submission, self._days, self._role):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        for mark, words in zip(self._marks, self._words, strict=True):
            pair = Row(theme, gap=6)
            pair.addWidget(mark)
            pair.addWidget(words)
            self.row.addLayout(pair)
            self.row.addSpacing(theme.space(8))
        self.row.addWidget(self._undo)
        self.row.addWidget(self._redo)
        self._back.clicked.connect(self.left)
        self._undo.clicked.connect(self.undo_chosen)
        self._redo.clicked.connect(self.redo_chosen)

    def show_header(self, state: HeaderState) -> None:
        """Show another packet."""
        self._title.show_text(state.title)
        self._submission.show_text(state.submission)
        tone = Tone.WARN if state.days_need_you else Tone.PLAIN
        self._days.show_chip(state.days, icon="calendar", tone=tone)
        self._role.show_chip(state.role, icon="graduation-cap", tone=Tone.ACCENT)
        self._role.setVisible(bool(state.role))
        for mark, words, (icon, text) in zip(self._marks, self._words, state.policies, strict=True):
            mark.show_icon(icon)
            words.show_text(text)

    def show_steps(self, *, can_undo: bool, can_redo: bool) -> None:
        """Show whether there is something to undo or redo."""
        self._undo.show_enabled(can_undo, self.tr("Nothing to undo"))
        self._redo.show_enabled(can_redo, self.tr("Nothing to redo"))

    def show_width(self, width_px: int) -> None:
        """Let policies and days give way."""
        shown = 3 if width_px >= _ALL_POLICIES else 2 if width_px >= _TWO_POLICIES else 0
        for number, (mark, words) in enumerate(zip(self._marks, self._words, strict=True)):
            mark.setVisible(number < shown)
            words.setVisible(number < shown)
        self._days.setVisible(width_px >= _DAYS)
