"""Rows of the history, as a list model of frozen values."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from assessor_app.ui.outbox.lines import ActState

Index = QModelIndex | QPersistentModelIndex

_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_NO_INDEX = QModelIndex()


class ActModel(QAbstractListModel):
    """Everything that came to its end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ActState, ...] = ()

    def show_entries(self, entries: tuple[ActState, ...]) -> None:
        """Show other rows."""
        if entries == self._entries:
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> ActState:
        """Return what stands in a row."""
        return self._entries[index.row()]

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        if role not in (_DISPLAY, _SPOKEN):
            return None
        entry = self._entries[index.row()]
        return ", ".join(part for part in (entry.spoken, entry.action_spoken) if part)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
