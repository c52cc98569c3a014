"""A splitter with a thin line and a grip that is easy to hit."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget
from typing_extensions import override

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Width


class _Handle(QSplitterHandle):
    """One pixel of line in the middle of a wider grip."""

    def __init__(self, theme: Theme, parent: "Splitter") -> None:
        super().__init__(parent.orientation(), parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        reach = (self._theme.width(Width.SPLITTER_GRIP) - self._theme.width(Width.SPLITTER)) // 2
        self.setContentsMargins(reach, 0, reach, 0)
        self.setMask(QRegion(self.contentsRect()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = Color.ACCENT if self.underMouse() else Color.LINE
        middle = QRect(self.width() // 2, 0, 1, self.height())
        QPainter(self).fillRect(middle, self._theme.color(color))


class Splitter(QSplitter):
    """Panes beside each other; none can be dragged away wholly."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setHandleWidth(theme.width(Width.SPLITTER))
        self.setChildrenCollapsible(False)
        theme.changed.connect(self.update)

    @override
    def createHandle(self) -> QSplitterHandle:
        return _Handle(self._theme, self)
