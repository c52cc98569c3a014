"""The search within one piece of evidence."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.bars import PaneBar
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.field import SearchField
from assessor_app.ui.parts.label import Label
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class FindBar(PaneBar):
    """A search field with how many hits there are.

    Signals:
        edited(text: str): The text changed.
        step_wanted(step: int): The next (1) or previous (-1) hit is wanted.
        closed(): The search is over.
    """

    edited = Signal(str)
    step_wanted = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, fill=Color.WINDOW, parent=parent)
        self._field = SearchField(theme, "Find in this evidence", parent=self)
        self._count = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._previous = IconButton(theme, "chevron-up", "Previous hit", key="Shift+Enter")
        self._next = IconButton(theme, "chevron-down", "Next hit", key="Enter")
        self._close = IconButton(theme, "x", "Close the search", key="Esc")
        self.row.addWidget(self._field, 1)
        for widget in (self._count, self._previous, self._next, self._close):
            self.row.addWidget(widget)
        self._field.edited.connect(self.edited)
        self._field.submitted.connect(self._on_submitted)
        self._next.clicked.connect(self._on_next_wanted)
        self._previous.clicked.connect(self._on_previous_wanted)
        self._close.clicked.connect(self.closed)
        self.installEventFilter(self)

    def show_hits(self, total: int, current: int) -> None:
        """Say which hit is shown, from 0, of how many."""
        if not self._field.text():
            self._count.show_text("")
        elif not total:
            self._count.show_text("Nothing found")
        else:
            self._count.show_text(f"{current + 1} of {total}")

    def clear(self) -> None:
        """Search for nothing."""
        self._field.show_text("")
        self._count.show_text("")

    def take_focus(self) -> None:
        """Type here."""
        self._field.take_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Escape to the search while it is open, not to the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_submitted(self, _text: str) -> None:
        held = QGuiApplication.keyboardModifiers()
        self.step_wanted.emit(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)

    @Slot()
    def _on_next_wanted(self) -> None:
        self.step_wanted.emit(1)

    @Slot()
    def _on_previous_wanted(self) -> None:
        self.step_wanted.emit(-1)
