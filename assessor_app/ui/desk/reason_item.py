"""One reason to deny, with the explanation it needs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk.card_state import ReasonState
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.field import TextBox
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class ReasonItem(QWidget):
    """A reason is written where it stands.

    Signals:
        reason_edited(key: str, text: str): The explanation changed.
        reason_widened(key: str, whole: bool): It makes rating impossible, or no longer.
        reason_removed(key: str): The assessor took it away.
    """

    reason_edited = Signal(str, str)
    reason_widened = Signal(str, bool)
    reason_removed = Signal(str)

    def __init__(self, theme: Theme, state: ReasonState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._title = Label(theme, style=Style.SMALL_STRONG, parent=self).elided()
        self._remove = IconButton(theme, "x", self.tr("Remove this reason"), parent=self)
        self._text = TextBox(theme, self.tr("Explanation"), parent=self)
        self._whole = Checkbox(theme, self.tr("The packet cannot be rated because of this"), self)
        head = Row(theme)
        head.addWidget(IconMark(theme, "flag", ink=Color.DANGER, parent=self))
        head.addWidget(self._title, 1)
        head.addWidget(self._remove)
        column = Column(theme, self, margin=(8, 4, 4, 8), gap=4)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._whole)
        self._text.edited.connect(self._on_edited)
        self._whole.ticked.connect(self._on_ticked)
        self._remove.clicked.connect(self._on_removed)
        self.show_reason(state)

    def show_reason(self, state: ReasonState) -> None:
        """Show another state; while it is being written, the cursor stays."""
        self._state = state
        self._title.show_text(state.title)
        if self._text.text() != state.explanation:
            self._text.show_text(state.explanation)
        self._text.setAccessibleName(self.tr("Explanation: {0}").format(state.title))
        self._whole.show_ticked(state.whole_packet)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.reason_edited.emit(self._state.key, text)

    @Slot(bool)
    def _on_ticked(self, whole: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self.reason_widened.emit(self._state.key, whole)

    @Slot()
    def _on_removed(self) -> None:
        self.reason_removed.emit(self._state.key)
