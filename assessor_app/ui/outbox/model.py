"""Rows of the sync centre under their headings, as a list model of frozen values."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from assessor_app.ui.outbox.lines import ActState

Index = QModelIndex | QPersistentModelIndex

_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and how many rows stand under it."""

    title: str
    count: int


Entry = Heading | ActState


class ActModel(QAbstractListModel):
    """Headings cannot be chosen; rows can."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other rows."""
        if entries == self._entries:
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> Entry:
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
        if isinstance(entry, Heading):
            return f"{entry.title} {entry.count}"
        said = (entry.submission, entry.title, entry.words, entry.right, entry.action_spoken)
        return ", ".join(part for part in said if part)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.entry(index), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
