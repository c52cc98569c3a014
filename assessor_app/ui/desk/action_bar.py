"""The foot of the desk: what the rubric says so far, when it was saved, and the seal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_SECOND_READ, _SUMMARY = 1100, 760


class ActionBar(Bar):
    """The one filled button of the desk is the seal.

    Signals:
        seal_chosen(): The assessor wants to seal.
        second_read_toggled(): Unsure: asks for a second read, or no longer.
        reopen_chosen(): A sealed review is to be worked on again.
    """

    seal_chosen = Signal()
    second_read_toggled = Signal()
    reopen_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Height.ACTION_BAR, line=Edge.TOP, side_padding=16, parent=parent)
        self._scales = IconMark(theme, "scale", size=18, ink=Color.TEXT, parent=self)
        self._verdict = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._summary = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._saved_mark = IconMark(theme, "check", ink=Color.OK, parent=self)
        self._saved = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._second = Button(
            theme, self.tr("Ask for a second read"), kind=Kind.QUIET, icon="users", parent=self
        )
        self._second.show_key("U")
        self._reopen = Button(theme, self.tr("Reopen"), kind=Kind.PLAIN, icon="lock-open")
        self._seal = Button(theme, self.tr("Seal…"), kind=Kind.PRIMARY, icon="lock", parent=self)
        self._seal.show_key("Ctrl+Enter")
        words = Column(theme, gap=0)
        words.addStretch(1)
        words.addWidget(self._verdict)
        words.addWidget(self._summary)
        words.addStretch(1)
        self.row.addWidget(self._scales)
        self.row.addSpacing(theme.space(8))
        self.row.addLayout(words, 1)
        for widget in (self._saved_mark, self._saved, self._second, self._reopen, self._seal):
            self.row.addWidget(widget)
        self._second.clicked.connect(self.second_read_toggled)
        self._seal.clicked.connect(self.seal_chosen)
        self._reopen.clicked.connect(self.reopen_chosen)
        self._reopen.hide()

    def show_summary(self, verdict: str, summary: str) -> None:
        """Say what the rubric says of the ratings so far."""
        self._verdict.show_text(verdict)
        self._summary.show_text(summary)

    def show_saved(self, words: str) -> None:
        """Say when the review was saved."""
        self._saved.show_text(words)
        self._saved_mark.setVisible(bool(words))

    def show_second_read(self, *, wanted: bool) -> None:
        """Show whether a second read is asked for."""
        text = self.tr("Second read asked for") if wanted else self.tr("Ask for a second read")
        self._second.show_text(text)
        self._second.show_icon("check" if wanted else "users")

    def show_sealed(self, *, is_sealed: bool, can_reopen: bool, reason: str) -> None:
        """Offer the seal, or the way back from it."""
        self._seal.setVisible(not is_sealed)
        self._reopen.setVisible(is_sealed)
        self._reopen.show_enabled(can_reopen, reason)
        self._second.setEnabled(not is_sealed)

    def show_width(self, width_px: int) -> None:
        """Let the second read, then the summary, give way."""
        self._second.setVisible(width_px >= _SECOND_READ)
        self._summary.setVisible(width_px >= _SUMMARY)
