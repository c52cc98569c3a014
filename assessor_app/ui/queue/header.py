"""The head of the queue's table: names of columns, and which of them sorts."""

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from assessor_app.ui.parts.painting import Ink, paint_text, text_width
from assessor_app.ui.queue.cells import Column, heading
from assessor_app.ui.queue.delegate import MARGIN
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_ARROW = 14
_GAP = 6


class QueueHeader(QHeaderView):
    """Paints its own sections; the arrow stands after the name of the sorting column."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(0)
        self.setHighlightSections(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, self._theme.height(Height.TABLE_HEADER))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme = self._theme
        column = Column(logicalIndex)
        left = theme.space(MARGIN) if column is Column.TITLE else 0
        words = rect.adjusted(left, 0, -theme.space(_GAP), -1)
        is_sorting = self.sortIndicatorSection() == logicalIndex
        font = theme.font(Style.SMALL_STRONG)
        ink = Color.TEXT if is_sorting else Color.TEXT_2
        paint_text(painter, theme, words, heading(column), Ink(font, ink))
        if is_sorting:
            side = theme.text(_ARROW)
            at = words.x() + text_width(font, heading(column)) + theme.space(_GAP)
            arrow = QRect(at, words.center().y() - side // 2, side, side)
            theme.paint_icon(painter, self._arrow(), arrow, Color.TEXT_2)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color(Color.LINE))

    def _arrow(self) -> str:
        is_down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return "arrow-down" if is_down else "arrow-up"

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Style.SMALL_STRONG))
        self.setFixedHeight(self._theme.height(Height.TABLE_HEADER))
