"""Everything that came to its end, painted row by row, as high as it is: the page scrolls."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from assessor_app.ui.outbox.lines import ActState, RowAction
from assessor_app.ui.outbox.model import ActModel
from assessor_app.ui.parts.painting import RIGHT, Box, Ink, paint_box, paint_text, text_width
from assessor_app.ui.parts.tone import INK
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

Index = QModelIndex | QPersistentModelIndex

_ROW = 53
_ICON, _INDENT, _INSET = 18, 36, 8


class _ActDelegate(QStyledItemDelegate):
    """Paints rows of two lines."""

    def __init__(self, theme: Theme, view: "ActList") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.control(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        self._paint_act(painter, rect, self._view.entry(index), index)
        painter.restore()

    def link_width(self, act: ActState) -> int:
        """Return how wide the action at the right end of a row is, with its gap."""
        if not act.action_words:
            return 0
        font = self._theme.font(Style.UI, weight=500)
        return text_width(font, act.action_words) + self._theme.space(16)

    def _paint_act(self, painter: QPainter, rect: QRect, act: ActState, index: Index) -> None:
        theme = self._theme
        if self._view.is_chosen(index):
            box = Box(fill=Color.ACCENT_SOFT, radius=theme.radius("control"))
            paint_box(painter, theme, rect.adjusted(0, 2, 0, -3), box)
        if index.row() + 1 < index.model().rowCount():
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color(Color.LINE))
        side = theme.text(_ICON)
        icon = QRect(rect.x() + theme.space(_INSET), rect.center().y() - side // 2, side, side)
        theme.paint_icon(painter, act.icon, icon, INK[act.tone])
        line, small = theme.line(Style.UI), theme.line(Style.SMALL)
        left = rect.x() + theme.text(_INDENT)
        top = rect.y() + (rect.height() - line - small) // 2
        right_font = theme.number_font(Style.SMALL, weight=500)
        link = self.link_width(act)
        right = text_width(right_font, act.right) + theme.space(8) if act.right else 0
        right += link
        tall = line + small
        beside = QRect(rect.x(), top, rect.width() - theme.space(_INSET), tall)
        ink = Ink(theme.font(Style.UI, weight=500), Color.ACCENT_TEXT)
        paint_text(painter, theme, beside, act.action_words, ink, RIGHT)
        end = QRect(rect.x(), top, rect.width() - theme.space(_INSET) - link, tall)
        paint_text(painter, theme, end, act.right, Ink(right_font, Color.TEXT_2), RIGHT)
        id_font = theme.id_font(Style.UI, weight=600)
        first = QRect(left, top, rect.right() - right - left, line)
        paint_text(painter, theme, first, act.submission, Ink(id_font, Color.TEXT))
        first.setLeft(left + text_width(id_font, act.submission) + theme.space(8))
        paint_text(painter, theme, first, act.title, Ink(theme.font(Style.UI), Color.TEXT_2))
        second = QRect(left, top + line, rect.right() - right - left, small)
        ink = Ink(theme.number_font(Style.SMALL), Color.TEXT_2)
        paint_text(painter, theme, second, act.words, ink)


class ActList(QListView):
    """What was received and what ended; Enter opens the packet of a row, Space acts on it.

    Signals:
        packet_opened(assignment: str): The assessor wants to see what was written.
        action_chosen(ActState): The assessor wants what the row offers.
    """

    packet_opened = Signal(str)
    action_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = ActModel(self)
        self.setModel(self._model)
        self._delegate = _ActDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Received and ended"))
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_opened)
        theme.changed.connect(self._on_theme_changed)

    def show_entries(self, entries: tuple[ActState, ...]) -> None:
        """Show other rows."""
        self._model.show_entries(entries)
        self._fit()

    def entry(self, index: Index) -> ActState:
        """Return what stands in a row."""
        return self._model.entry(index)

    def is_chosen(self, index: Index) -> bool:
        """Return whether a row is the chosen one."""
        return self.hasFocus() and index.row() == self.currentIndex().row()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_opened(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Space:
            self._act_on(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        link = self._delegate.link_width(self.entry(index))
        if link and at.x() >= self.visualRect(index).right() - link:
            self._act_on(index)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self._show_on_page(self.visualRect(current))

    def _show_on_page(self, rect: QRect) -> None:
        """Have the page scroll to a row."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inside = page.widget() if page is not None else None
        if page is not None and inside is not None:
            at = self.mapTo(inside, rect.center())
            page.ensureVisible(at.x(), at.y(), 0, rect.height())

    def _fit(self) -> None:
        height = self._theme.control(_ROW) * self._model.rowCount()
        self.setFixedHeight(max(height, 1))

    def _act_on(self, index: QModelIndex) -> None:
        if index.isValid() and self.entry(index).action is not RowAction.NONE:
            self.action_chosen.emit(self.entry(index))

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.packet_opened.emit(self.entry(index).assignment)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._fit()
