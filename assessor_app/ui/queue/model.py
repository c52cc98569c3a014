"""The queue as a table of frozen rows. Sorts what it is given; filters nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QModelRoleData,
    QModelRoleDataSpan,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from assessor_app.domain.ids import AssignmentId
from assessor_app.ui.queue.cells import Cell, Column, cells_of, heading, spoken
from assessor_app.usecases.queue_rows import QueueRow

Index = QModelIndex | QPersistentModelIndex

_DISPLAY = Qt.ItemDataRole.DisplayRole
_TOOLTIP = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_HORIZONTAL = Qt.Orientation.Horizontal
_NO_INDEX = QModelIndex()

_ORDER: Mapping[Column, Callable[[QueueRow], Any]] = MappingProxyType(
    {
        Column.TITLE: lambda row: (row.title.casefold(), row.due_on),
        Column.SUBMISSION: lambda row: row.submission,
        Column.DUE: lambda row: (row.days_left, row.due_on, row.submission),
        Column.LAPTOP: lambda row: (row.on_laptop.value, row.fetched_bytes, row.due_on),
        Column.REVIEW: lambda row: (row.rated / (row.criteria or 1), row.due_on),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueList:
    """What the table shows: rows, whether something is fetched now, and where words were found."""

    rows: tuple[QueueRow, ...] = ()
    is_fetching: bool = False
    found: Mapping[AssignmentId, str] = field(default_factory=lambda: MappingProxyType({}))


class QueueModel(QAbstractTableModel):
    """Rows in the order asked for; a row that stays in its place keeps its selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list = QueueList()
        self._rows: tuple[QueueRow, ...] = ()
        self._cells: tuple[tuple[Cell, ...], ...] = ()
        self.sorted_by = Column.DUE
        self.is_descending = False

    def show_list(self, shown: QueueList) -> None:
        """Show other rows."""
        self._list = shown
        self._arrange()

    def row_at(self, row: int) -> QueueRow | None:
        """Return a packet, or None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def cell_at(self, index: Index) -> Cell:
        """Return what a cell says."""
        return self._cells[index.row()][index.column()]

    def is_ranked(self) -> bool:
        """Return whether the rows are in the order of a search."""
        return bool(self._list.found)

    def position(self, assignment: AssignmentId) -> int:
        """Return the row of a packet, -1 where it is not shown."""
        ids = (row.assignment for row in self._rows)
        return next((at for at, known in enumerate(ids) if known == assignment), -1)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        cell = self._cells[index.row()][index.column()]
        if role == _DISPLAY:
            return cell.text
        if role in (_TOOLTIP, _SPOKEN):
            said = spoken(cell)
            return f"{heading(Column(index.column()))}: {said}" if role == _SPOKEN else said
        return None

    @override
    def multiData(self, index: Index, roleDataSpan: QModelRoleDataSpan | QModelRoleData) -> None:
        if isinstance(roleDataSpan, QModelRoleData):
            roleDataSpan.setData(self.data(index, roleDataSpan.role()))
            return
        for at in range(roleDataSpan.size()):
            wanted = cast("QModelRoleData", roleDataSpan[at])  # type: ignore[index]  # stubs
            wanted.setData(self.data(index, wanted.role()))

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == _HORIZONTAL and role in (_DISPLAY, _SPOKEN):
            return heading(Column(section))
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by = Column(column)
        self.is_descending = order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        rows = self._list.rows
        if not self._list.found:  # what a search found keeps the search's own order
            rows = tuple(sorted(rows, key=_ORDER[self.sorted_by], reverse=self.is_descending))
        if [row.assignment for row in rows] == [row.assignment for row in self._rows]:
            self._take(rows)
            if rows:
                last = self.index(len(rows) - 1, len(Column) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._take(rows)
        self.endResetModel()

    def _take(self, rows: tuple[QueueRow, ...]) -> None:
        self._rows = rows
        self._cells = tuple(
            cells_of(
                row,
                is_fetching=self._list.is_fetching,
                found=self._list.found.get(row.assignment, ""),
            )
            for row in rows
        )
