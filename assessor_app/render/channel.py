"""The worker's end of the pipes."""

import os
import signal
import sys
from collections.abc import Iterable

from assessor_app.render.confine import READ_FD, WRITE_FD
from assessor_app.render.errors import RenderCode
from assessor_app.render.frames import Frame, FrameKind, Item, pack, read_frame
from assessor_app.render.limits import MAX_INPUT_BYTES

LONGEST_STEP_S = 120
"""The kernel ends a worker that made no frame for so long, should its host be dead."""

_OVERHEAD_BYTES = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024


class HostGoneError(Exception):
    """The host closed its end of the pipe."""


class Channel:
    """Reads requests and writes answers."""

    def receive(self) -> Frame:
        """Wait for a request.

        Raises:
            HostGoneError: There will be none.
        """
        _arm(0)
        frame = read_frame(_read_exactly, max_bytes=MAX_INPUT_BYTES + _OVERHEAD_BYTES)
        _arm(LONGEST_STEP_S)
        return frame

    def send(self, kind: FrameKind, items: Iterable[Item]) -> None:
        """Write one frame."""
        for piece in pack(kind, items):
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(WRITE_FD, rest[:_CHUNK_BYTES]) :]
        _arm(LONGEST_STEP_S)

    def refuse(self, code: RenderCode) -> None:
        """Answer with a code, and nothing else."""
        self.send(FrameKind.FAILED, [code.value])


def _read_exactly(length: int) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        count = _read_into(rest[:_CHUNK_BYTES])
        if not count:
            raise HostGoneError
        rest = rest[count:]
    return data


def _arm(seconds: int) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _read_into(buffer: memoryview) -> int:
    data = os.read(READ_FD, len(buffer))
    buffer[: len(data)] = data
    return len(data)
