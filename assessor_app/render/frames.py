"""Length-checked frames of integers, text and bytes, the only thing that crosses the pipe.

A frame is a header (mark, kind, length) and items; an item is a tag, a length and its bytes.
Nothing here trusts the other side: every length is checked before anything is read or made.
"""

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

Item = int | str | bytes

_HEADER = struct.Struct(">2sBI")
_MARK = b"aF"
_ITEM = struct.Struct(">cI")
_INT = struct.Struct(">q")
HEADER_BYTES = _HEADER.size


class FrameError(Exception):
    """The bytes are no frame, or not the frame that was due."""


class FrameKind(IntEnum):
    """What a frame says."""

    HELLO = 1
    DECODE = 2
    REBUILD = 3
    PIXELS = 4
    PAGE = 5
    PICTURE = 6
    BLOCKS = 7
    FINDINGS = 8
    DONE = 9
    FAILED = 10


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it came: its kind is known, its items are not checked yet."""

    kind: FrameKind
    payload: memoryview

    def reader(self) -> "Reader":
        """Return a reader at the first item."""
        return Reader(self.payload)


def pack(kind: FrameKind, items: Iterable[Item]) -> list[bytes]:
    """Return a frame as pieces to be written one after the other."""
    pieces: list[bytes] = []
    for item in items:
        pieces.extend(_packed(item))
    length = sum(map(len, pieces))
    return [_HEADER.pack(_MARK, kind, length), *pieces]


def _packed(item: Item) -> tuple[bytes, bytes]:
    if isinstance(item, int):
        return _ITEM.pack(b"i", _INT.size), _INT.pack(item)
    if isinstance(item, str):
        text = item.encode("utf-8")
        return _ITEM.pack(b"t", len(text)), text
    return _ITEM.pack(b"b", len(item)), item


def read_frame(read_exactly: Callable[[int], bytearray], *, max_bytes: int) -> Frame:
    """Read one frame.

    Args:
        read_exactly: Returns as many bytes as asked for, or raises.
        max_bytes: The most a payload may have.

    Raises:
        FrameError: No frame, an unknown kind, or a payload over the limit.
    """
    mark, kind, length = _HEADER.unpack(read_exactly(HEADER_BYTES))
    if mark != _MARK or length > max_bytes:
        raise FrameError
    try:
        known = FrameKind(kind)
    except ValueError:
        raise FrameError from None
    return Frame(known, memoryview(read_exactly(length)))


class Reader:
    """Takes the items of a payload one by one, each with its limits."""

    def __init__(self, payload: memoryview) -> None:
        self._rest = payload

    def integer(self, low: int, high: int) -> int:
        """Take an integer from `low` to `high`, both included."""
        value: int = _INT.unpack(self._take(b"i", _INT.size, exact=True))[0]
        if not low <= value <= high:
            raise FrameError
        return value

    def text(self, max_bytes: int) -> str:
        """Take text of at most `max_bytes` bytes of UTF-8."""
        try:
            return str(self._take(b"t", max_bytes), "utf-8")
        except UnicodeDecodeError:
            raise FrameError from None

    def blob(self, max_bytes: int) -> memoryview:
        """Take at most `max_bytes` bytes."""
        return self._take(b"b", max_bytes)

    def end(self) -> None:
        """Insist that nothing is left."""
        if self._rest:
            raise FrameError

    def _take(self, tag: bytes, max_bytes: int, *, exact: bool = False) -> memoryview:
        if len(self._rest) < _ITEM.size:
            raise FrameError
        found, length = _ITEM.unpack(self._rest[: _ITEM.size])
        if found != tag or length > max_bytes or (exact and length != max_bytes):
            raise FrameError
        end = _ITEM.size + length
        if len(self._rest) < end:
            raise FrameError
        item = self._rest[_ITEM.size : end]
        self._rest = self._rest[end:]
        return item
