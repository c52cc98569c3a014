"""F9 hides everything at once: evidence, ratings, names of packets."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.logo import Logo
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

KEY = "F9"


class HidingCover(QWidget):
    """Covers the whole window; the same key or a click shows it again.

    Signals:
        toggled_hidden(is_hidden: bool): The window is covered, or no longer.
    """

    toggled_hidden = Signal(bool)

    def __init__(self, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._came_from: QWidget | None = None
        self._title = ""
        self.setAccessibleName(self.tr("Everything is hidden. F9 shows it again."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = Label(theme, self.tr("F9 shows your work again"), style=Style.SMALL, parent=self)
        words.show_ink(Color.TEXT_2)
        column = Column(theme, self, gap=12)
        column.addStretch(1)
        column.addWidget(Logo(theme, 40, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        key = QShortcut(QKeySequence(KEY), window)
        key.setContext(Qt.ShortcutContext.ApplicationShortcut)
        key.activated.connect(self.toggle)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Cover the window, if it is not covered already."""
        if not self.isVisible():
            self.toggle()

    @Slot()
    def toggle(self) -> None:
        """Cover the window, or show it again."""
        if self.isVisible():
            self._uncover()
        else:
            self._cover()
        self.toggled_hidden.emit(self.isVisible())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color(Color.WINDOW))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.toggle()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus from what is hidden."""
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering a window that changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def _cover(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._came_from = QApplication.focusWidget()
        self._title = self._window.windowTitle()
        self._window.show_title("")
        self._window.shortcuts.show_cover(self)
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self) -> None:
        self.hide()
        self._window.setWindowTitle(self._title)
        sheets = (sheet for sheet in self._window.findChildren(Sheet) if sheet.isVisible())
        self._window.shortcuts.show_cover(next(sheets, None))
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
