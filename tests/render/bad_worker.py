"""A worker that misbehaves when it is asked, as a decoder that an attacker has taken over would.

Run as a script with the name of a deed.
"""

import ctypes
import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

from assessor_app.render import worker
from assessor_app.render.channel import Channel
from assessor_app.render.confine import READ_FD, WRITE_FD
from assessor_app.render.frames import FrameKind, Reader
from assessor_app.render.profiles import Message, Profile

libc = ctypes.CDLL(None, use_errno=True)
here = __file__


def hang() -> None:
    while True:
        pass


def make_code() -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)


def fork() -> None:
    os.fork()


def swallow_memory() -> None:
    hoard = [b"x" * 1024 * 1024 for _ in range(4096)]
    hoard.clear()


FORBIDDEN: dict[str, Callable[[], object]] = {
    "open": lambda: os.open(here, os.O_RDONLY),
    "open_missing": lambda: os.open("/no/such/file", os.O_RDONLY),
    "stat": lambda: Path(here).stat(),
    "list": lambda: list(Path("/").iterdir()),
    "unlink": lambda: Path("/no/such/file").unlink(),
    "mkdir": lambda: Path("/no/such/folder").mkdir(),
    "socket": lambda: socket.socket(socket.AF_INET),
    "unix_socket": lambda: socket.socket(socket.AF_UNIX),
    "exec": lambda: os.execv(sys.executable, ["python", "-V"]),  # noqa: S606 (is the deed)
    "fork": fork,
    "thread": lambda: threading.Thread(target=hang).start(),
    "kill": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "ptrace": lambda: libc.ptrace(0, 0, 0, 0),
    "prctl": lambda: libc.prctl(4, 1, 0, 0, 0),
    "memfd": lambda: os.memfd_create("x"),
    "dup": lambda: os.dup(WRITE_FD),
    "read_elsewhere": lambda: os.read(WRITE_FD, 1),
    "write_elsewhere": lambda: os.write(READ_FD, b"x"),
    "executable_memory": make_code,
}
OTHER: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "hang": hang,
    "die": lambda: os._exit(3),
    "abort": os.abort,
    "swallow_memory": swallow_memory,
    "print": lambda: os.write(1, b"noise"),
    "garbage": lambda: os.write(WRITE_FD, b"garbage, and no frame at all"),
    "huge": lambda: os.write(WRITE_FD, b"aF\x04\xff\xff\xff\xff"),
    "deep": lambda: deep(0),
}
ANSWERS: dict[str, tuple[Message, ...]] = {
    "good": ((FrameKind.PIXELS, (1, 1, b"BGRA")),),
    "no_pixels": (),
    "too_wide": ((FrameKind.PIXELS, (2, 1, b"BGRABGRA")),),
    "too_short": ((FrameKind.PIXELS, (1, 1, b"BGR")),),
    "twice": ((FrameKind.PIXELS, (1, 1, b"BGRA")),) * 2,
    "wrong_kind": ((FrameKind.PAGE, (1, 1, b"BGRA")),),
    "surplus": ((FrameKind.PIXELS, (1, 1, b"BGRA", 1)),),
    "false_code": ((FrameKind.FAILED, ("hung",)),),
    "free_text": ((FrameKind.FAILED, ("Maria Lopez",)),),
}


def deep(depth: int) -> int:
    return deep(depth + 1) + 1


def main(name: str) -> None:
    def handler(request: Reader) -> Iterator[Message]:
        if name in ANSWERS:
            yield from ANSWERS[name]
            return
        ({**FORBIDDEN, **OTHER}[name])()
        yield FrameKind.PIXELS, (1, 1, b"BGRA")

    def warm() -> None:
        threading.Thread(target=int).start()

    worker.hush()
    handlers = MappingProxyType({FrameKind.DECODE: handler})
    worker.run(Profile(memory_bytes=256 * 1024 * 1024, warm=warm, handlers=handlers), Channel())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
