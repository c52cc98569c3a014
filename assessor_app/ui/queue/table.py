"""The table of packets: which row is chosen, which is under the pointer, how wide columns are."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from typing_extensions import override

from assessor_app.domain.ids import AssignmentId
from assessor_app.ui.queue.cells import Cell, Column
from assessor_app.ui.queue.delegate import QueueDelegate
from assessor_app.ui.queue.header import QueueHeader
from assessor_app.ui.queue.model import QueueList, QueueModel
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height
from assessor_app.usecases.queue_rows import QueueRow

Index = QModelIndex | QPersistentModelIndex

_ROOMY = {Column.SUBMISSION: 128, Column.DUE: 152, Column.LAPTOP: 248, Column.REVIEW: 168}
_TIGHT = {Column.SUBMISSION: 108, Column.DUE: 128, Column.LAPTOP: 168, Column.REVIEW: 148}
_NARROW = {Column.SUBMISSION: 96, Column.DUE: 80, Column.LAPTOP: 136, Column.REVIEW: 112}
_WITHOUT_DATE, _WITHOUT_SEGMENTS = 1000, 900


class QueueTable(QTableView):
    """Rows of two lines; Enter or a double click opens a packet.

    Signals:
        packet_opened(assignment: str): The assessor wants to work on it.
        sort_chosen(column: int): The assessor wants the rows in the order of a column.
    """

    packet_opened = Signal(str)
    sort_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = -1
        self._was_chosen = False
        self._shows_ring = False
        self._model = QueueModel(self)
        self._header = QueueHeader(theme, self)
        self.setModel(self._model)
        self.setHorizontalHeader(self._header)
        self.setItemDelegate(QueueDelegate(theme, self, self))
        self._prepare()
        self._show_arrow()
        self._header.sectionClicked.connect(self.sort_chosen)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_list(self, shown: QueueList) -> None:
        """Show other rows; a packet the assessor chose stays chosen while it is there."""
        chosen = self.chosen() if self._was_chosen else None
        self._model.show_list(shown)
        self._show_arrow()
        at = self._model.position(chosen.assignment) if chosen else -1
        self.choose(max(at, 0))

    def show_order(self, column: Column, *, is_descending: bool) -> None:
        """Show the rows in the order of a column."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self._model.sort(column, order)
        self._show_arrow()

    def order(self) -> tuple[Column, bool]:
        """Return which column sorts, and whether downwards."""
        return self._model.sorted_by, self._model.is_descending

    def chosen(self) -> QueueRow | None:
        """Return the chosen packet."""
        return self._model.row_at(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose a row, as near as there is one."""
        last = self._model.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._model.index(min(max(row, 0), last), Column.TITLE))

    def choose_packet(self, assignment: AssignmentId) -> None:
        """Choose the row of a packet."""
        if (at := self._model.position(assignment)) >= 0:
            self._was_chosen = True
            self.choose(at)

    def choose_first(self) -> None:
        """Choose the first row, until the assessor chooses another."""
        self._was_chosen = False
        self.choose(0)

    def step(self, by: int) -> None:
        """Choose the next row, or the one before."""
        self._was_chosen = True
        self.choose(self.currentIndex().row() + by)

    def cell_at(self, index: Index) -> Cell:
        """Return what a cell says."""
        return self._model.cell_at(index)

    def row_rect(self, row: int) -> QRect:
        """Return where a whole row is."""
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    def row_fill(self, row: int) -> Color | None:
        """Return the fill of a chosen row, or of the one under the pointer."""
        if self.is_chosen(row):
            return Color.ACCENT_SOFT
        return Color.HOVER if row == self._hovered else None

    def is_chosen(self, row: int) -> bool:
        """Return whether a row is the chosen one."""
        return row >= 0 and row == self.currentIndex().row()

    def has_ring(self, row: int) -> bool:
        """Return whether the keyboard is in a row."""
        return self._shows_ring and self.hasFocus() and self.is_chosen(row)

    def is_first_due(self, row: int) -> bool:
        """Return whether this packet is due before all others."""
        column, is_descending = self.order()
        is_by_due = column is Column.DUE and not is_descending and not self._model.is_ranked()
        return row == 0 and is_by_due

    def shows_details(self, cell: Cell) -> bool:
        """Return whether there is room for a second line; one with an icon is always shown."""
        return bool(cell.icon) or not cell.short or self._roomy() >= _WITHOUT_DATE

    def shows_segments(self) -> bool:
        """Return whether there is room for one box a criterion."""
        return self._roomy() >= _WITHOUT_SEGMENTS

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._shows_ring = self._was_chosen = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._shows_ring = False
        self._was_chosen = True
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_ring = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _prepare(self) -> None:
        self.setAccessibleName(self.tr("Packets"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()

    def _show_arrow(self) -> None:
        """Say which column sorts; none does while a search ranks the rows."""
        column, is_descending = self.order()
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(-1 if self._model.is_ranked() else column, order)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _roomy(self) -> int:
        return self._theme.roomy_width(self.width())

    def _fit(self) -> None:
        roomy = self._roomy()
        widths = _ROOMY if roomy >= _WITHOUT_DATE else _TIGHT
        widths = _NARROW if roomy < _WITHOUT_SEGMENTS else widths
        rest = self.viewport().width()
        for column, width in widths.items():
            self.setColumnWidth(column, self._theme.text(width))
            rest -= self._theme.text(width)
        self.setColumnWidth(Column.TITLE, max(rest, 0))

    def _open(self, index: QModelIndex) -> None:
        if (row := self._model.row_at(index.row())) is not None:
            self.packet_opened.emit(row.assignment)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.height(Height.TABLE_ROW))
        self._fit()
        self.viewport().update()
