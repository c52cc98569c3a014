"""What a crash may leave of a recording: everything synced, and any part of what was not.

Between two syncs a disk may do writes in any order, in parts of 512 bytes, or never; names live by
the same rule, and only a synced folder is sure to know them. One rename is whole or absent.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.crash_states_tracer import (
    Mark,
    Name,
    Operation,
    Recording,
    Sync,
    SyncFolder,
    Truncate,
    Write,
)

SECTOR_BYTES = 512
RANDOM_CHOICES = 40
RANDOM_TEARS = 3

Unsynced = Write | Truncate | Name


@dataclass(frozen=True, slots=True)
class Torn:
    """Which sectors of one write arrived; all when it is not torn."""

    place: int
    sectors: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of the unsynced operations arrived, by their places."""

    arrived: tuple[int, ...]
    torn: Torn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrashPoint:
    """A moment of a recording: how many marks were told, and what was not synced yet."""

    at: int
    marks: int
    unsynced: tuple[Unsynced, ...] = field(repr=False)


class Disk:
    """The durable state of a folder while a recording goes on."""

    def __init__(self, recording: Recording) -> None:
        self.names = dict(recording.names)
        self._contents = {file: bytearray(b) for file, b in recording.contents.items()}
        self._operations = recording.operations
        self._unsynced: list[Unsynced] = []

    def crash_points(self) -> Iterator[CrashPoint]:
        """Yield every moment just before something becomes durable or is told, and the end.

        What a crash between two of them leaves is among the choices of the later one.
        """
        marks = 0
        for at, operation in enumerate(self._operations):
            if isinstance(operation, Sync | SyncFolder | Mark):
                yield CrashPoint(at=at, marks=marks, unsynced=tuple(self._unsynced))
                marks += isinstance(operation, Mark)
                self._settle(operation)
            else:
                self._unsynced.append(operation)
        at = len(self._operations)
        yield CrashPoint(at=at, marks=marks, unsynced=tuple(self._unsynced))

    def image(self, point: CrashPoint, choice: Choice) -> dict[str, bytes]:
        """Return the files after a crash, by their names."""
        names = dict(self.names)
        changed: dict[int, bytearray] = {}
        for place in choice.arrived:
            operation = point.unsynced[place]
            if isinstance(operation, Name):
                _rename(names, operation)
                continue
            content = changed.get(operation.file)
            if content is None:
                content = changed[operation.file] = bytearray(self._contents[operation.file])
            torn = choice.torn if choice.torn and choice.torn.place == place else None
            _apply(content, operation, torn)
        return {
            name: bytes(changed.get(file, self._contents[file])) for name, file in names.items()
        }

    def _settle(self, operation: Operation) -> None:
        """Let a sync make durable what it covers."""
        kept: list[Unsynced] = []
        for unsynced in self._unsynced:
            if isinstance(operation, Sync) and not isinstance(unsynced, Name):
                is_covered = unsynced.file == operation.file
            else:
                is_covered = (
                    isinstance(operation, SyncFolder)
                    and isinstance(unsynced, Name)
                    and unsynced.folder == operation.folder
                )
            if not is_covered:
                kept.append(unsynced)
            elif isinstance(unsynced, Name):
                _rename(self.names, unsynced)
            else:
                _apply(self._contents[unsynced.file], unsynced, None)
        self._unsynced = kept


def choices(unsynced: tuple[Unsynced, ...], chance: random.Random) -> Iterator[Choice]:
    """Yield what may have arrived: all, none, beginnings, all but one, one alone, torn, any."""
    everything = tuple(range(len(unsynced)))
    for end in range(len(everything) + 1):
        yield Choice(arrived=everything[:end])
    for place in everything:
        yield Choice(arrived=(place,))
        yield Choice(arrived=everything[:place] + everything[place + 1 :])
    for place in everything:
        operation = unsynced[place]
        if isinstance(operation, Write) and len(operation.content) > 1:
            for sectors in _tears(operation, chance):
                yield Choice(arrived=everything[: place + 1], torn=Torn(place, sectors))
                yield Choice(arrived=everything, torn=Torn(place, sectors))
    for _ in range(RANDOM_CHOICES if len(everything) > 2 else 0):
        share = chance.random()
        yield Choice(arrived=tuple(p for p in everything if chance.random() < share))


def _tears(write: Write, chance: random.Random) -> Iterator[frozenset[int]]:
    sectors = range(write.offset // SECTOR_BYTES, _end(write) // SECTOR_BYTES + 1)
    if len(sectors) > 1:
        half = len(sectors) // 2
        yield frozenset(sectors[:half])
        yield frozenset(sectors[half:])
        for _ in range(RANDOM_TEARS):
            yield frozenset(s for s in sectors if chance.random() < 0.5)


def _end(write: Write) -> int:
    return write.offset + len(write.content) - 1


def _apply(content: bytearray, operation: Write | Truncate, torn: Torn | None) -> None:
    if isinstance(operation, Truncate):
        if operation.size < len(content):
            del content[operation.size :]
        else:
            content.extend(bytes(operation.size - len(content)))
        return
    if torn is None:
        _put(content, operation.offset, operation.content)
        return
    for sector in sorted(torn.sectors):
        start = max(sector * SECTOR_BYTES, operation.offset)
        end = min((sector + 1) * SECTOR_BYTES, operation.offset + len(operation.content))
        piece = operation.content[start - operation.offset : end - operation.offset]
        _put(content, start, piece)


def _put(content: bytearray, offset: int, piece: bytes) -> None:
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(piece)] = piece


def _rename(names: dict[str, int], operation: Name) -> None:
    path = f"{operation.folder}/{operation.name}" if operation.folder else operation.name
    if operation.gone is not None:
        names.pop(operation.gone, None)
    if operation.file is None:
        names.pop(path, None)
    else:
        names[path] = operation.file
