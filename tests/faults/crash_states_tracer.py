"""What a process does to the files of one folder, in order, recorded from its system calls.

A child that is traced through ptrace, so that writes inside SQLCipher are seen as well as Python's.
Linux on x86-64 and ARM64. The log of SQLite's shared memory (`-shm`) is left out: it is not part
of what a crash leaves.
"""

import ctypes
import os
import platform
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes of a file. `file` numbers what SQLite and POSIX call a file, whatever its name."""

    file: int
    offset: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file got another size."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's bytes and size are durable."""

    file: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name came to stand for a file; None: for nothing any more. `gone`: its name before."""

    folder: str
    name: str
    file: int | None
    gone: str | None = None


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The names in a folder are durable."""

    folder: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What the process told at this moment."""

    told: str = field(repr=False)


Operation: TypeAlias = Write | Truncate | Sync | Name | SyncFolder | Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The files of a folder before, and everything that was done to them. Names are relative."""

    names: dict[str, int]
    contents: dict[int, bytes] = field(repr=False)
    operations: tuple[Operation, ...]


class TracingError(Exception):
    """The traced process failed, or did something this recorder does not understand."""


_CALLS = {
    "x86_64": {
        "write": 1, "pwrite": 18, "sendfile": 40, "copy_file_range": 326, "open": 2, "openat": 257,
        "fsync": 74, "fdatasync": 75, "truncate": 76, "ftruncate": 77, "rename": 82, "unlink": 87,
        "renameat": 264, "renameat2": 316, "unlinkat": 263, "link": 86, "linkat": 265,
        "pwritev": 296, "writev": 20,
    },
    "aarch64": {
        "write": 64, "pwrite": 68, "sendfile": 71, "copy_file_range": 285, "openat": 56,
        "fsync": 82, "fdatasync": 83, "truncate": 45, "ftruncate": 46, "renameat": 38,
        "renameat2": 276, "unlinkat": 35, "linkat": 37, "pwritev": 70, "writev": 66,
    },
}  # fmt: skip
_TRACEME, _CONT, _SYSCALL, _SETOPTIONS, _GET_INFO = 0, 7, 24, 0x4200, 0x420E
_GOOD_STOP, _KILL_WITH_ME = 1, 1 << 20
_LEFT_OUT = ("-shm",)
_AT_FDCWD = -100 & 0xFFFFFFFF


class _Info(ctypes.Structure):
    """The kernel's `ptrace_syscall_info`."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("instruction_pointer", ctypes.c_uint64),
        ("stack_pointer", ctypes.c_uint64),
        ("first", ctypes.c_int64),
        ("arguments", ctypes.c_uint64 * 6),
        ("more", ctypes.c_uint64 * 2),
    )
    op: int
    first: int
    arguments: "ctypes.Array[ctypes.c_uint64]"


def can_trace() -> bool:
    """Return whether this computer can record."""
    return sys.platform == "linux" and platform.machine() in _CALLS


def record(folder: Path, work: Callable[[Callable[[str], None]], None]) -> Recording:
    """Run `work` in a child and return what it did to the files below `folder`.

    `work` gets a function by which it tells something at a moment of the recording.

    Raises:
        TracingError: The work failed.
    """
    recorder = _Recorder(folder)
    marks = folder.with_name(folder.name + ".marks")
    marks.touch()
    child = os.fork()
    if not child:
        _be_traced(work, marks)
    recorder.follow(child, marks)
    return recorder.recording()


def _be_traced(work: Callable[[Callable[[str], None]], None], marks: Path) -> None:
    code = 1
    try:
        ctypes.CDLL(None).ptrace(_TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        descriptor = os.open(marks, os.O_WRONLY)
        work(lambda told: (os.write(descriptor, told.encode()), None)[1])
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


class _Recorder:
    """Follows one child from stop to stop."""

    def __init__(self, folder: Path) -> None:
        self._root = f"{folder}/"
        self._names: dict[str, int] = {}
        self._contents: dict[int, bytes] = {}
        self._done: list[Operation] = []
        self._numbers = {number: name for name, number in _CALLS[platform.machine()].items()}
        self._child = 0
        self._marks = ""
        self._libc = ctypes.CDLL(None, use_errno=True)
        for path in folder.rglob("*"):
            if path.is_file() and (name := self._inside(str(path))):
                self._names[name] = len(self._names)
                self._contents[self._names[name]] = path.read_bytes()
        self._first_names = dict(self._names)
        self._files = len(self._names)

    def recording(self) -> Recording:
        return Recording(
            names=self._first_names, contents=self._contents, operations=tuple(self._done)
        )

    def follow(self, child: int, marks: Path) -> None:
        """Let the child run, and note every call, until it ends."""
        self._child, self._marks = child, str(marks)
        os.waitpid(child, 0)
        self._ptrace(_SETOPTIONS, _GOOD_STOP | _KILL_WITH_ME)
        entered: tuple[str, tuple[int, ...], tuple[str, ...]] | None = None
        deliver = 0
        while True:
            self._ptrace(_SYSCALL, deliver)
            _, status = os.waitpid(child, 0)
            if not os.WIFSTOPPED(status):
                break
            stopped_by = os.WSTOPSIG(status)
            deliver = 0 if stopped_by & 0x80 else stopped_by
            if deliver:
                continue
            if entered is None:
                entered = self._enter()
            else:
                self._leave(*entered)
                entered = None
        if os.waitstatus_to_exitcode(status):
            raise TracingError(os.waitstatus_to_exitcode(status))

    def _info(self) -> _Info:
        info = _Info()
        size = ctypes.sizeof(info)
        if self._libc.ptrace(_GET_INFO, self._child, ctypes.c_void_p(size), ctypes.byref(info)) < 0:
            raise TracingError("this kernel does not tell system calls")
        return info

    def _ptrace(self, request: int, value: int) -> None:
        address = ctypes.c_void_p(0)
        if self._libc.ptrace(request, self._child, address, ctypes.c_void_p(value)) < 0:
            raise TracingError(ctypes.get_errno())

    def _enter(self) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
        """Return the call, its arguments, and the texts of those that are paths."""
        info = self._info()
        call = self._numbers.get(info.first, "")
        arguments = tuple(int(value) for value in info.arguments) if call else ()
        places = {
            "open": (0,), "openat": (1,), "truncate": (0,), "unlink": (0,), "unlinkat": (1,),
            "rename": (0, 1), "renameat": (1, 3), "renameat2": (1, 3), "link": (0, 1),
            "linkat": (1, 3),
        }.get(call, ())  # fmt: skip
        return call, arguments, tuple(self._text(arguments[place]) for place in places)

    def _leave(self, call: str, arguments: tuple[int, ...], paths: tuple[str, ...]) -> None:
        if not call:
            return
        result = self._info().first
        if result < 0:
            return
        if call in ("write", "writev", "pwrite", "pwritev", "sendfile", "copy_file_range"):
            self._wrote(call, arguments, result)
        elif call in ("open", "openat"):
            self._opened(paths[0], arguments[1 if call == "open" else 2])
        elif call in ("fsync", "fdatasync"):
            self._synced(self._path_of(arguments[0]))
        elif call in ("truncate", "ftruncate"):
            path = paths[0] if paths else self._path_of(arguments[0])
            if (name := self._inside(path)) in self._names:
                self._done.append(Truncate(self._names[name], arguments[1]))
        else:
            self._renamed(call, paths)

    def _wrote(self, call: str, arguments: tuple[int, ...], length: int) -> None:
        descriptor = arguments[2] if call == "copy_file_range" else arguments[0]
        path = self._path_of(descriptor)
        is_mark = path == self._marks
        name = self._inside(path)
        if not is_mark and name not in self._names:
            return
        content_at = Path(f"/proc/{self._child}/fd/{descriptor}")
        if call.startswith("p"):
            offset = arguments[3]
        else:
            told = Path(f"/proc/{self._child}/fdinfo/{descriptor}").read_text("utf-8")
            offset = int(told.split()[1]) - length
        with content_at.open("rb") as file:
            file.seek(offset)
            content = file.read(length)
        if is_mark:
            self._done.append(Mark(content.decode()))
        else:
            self._done.append(Write(self._names[name], offset, content))

    def _opened(self, path: str, flags: int) -> None:
        name = self._inside(path)
        if not name or Path(path).is_dir():
            return
        if name not in self._names:
            self._name(name, self._files)
            self._contents[self._files] = b""
            self._files += 1
        elif flags & os.O_TRUNC:
            self._done.append(Truncate(self._names[name], 0))

    def _synced(self, path: str) -> None:
        if f"{path}/".startswith(self._root) and Path(path).is_dir():
            self._done.append(SyncFolder(f"{path}/"[len(self._root) : -1]))
        elif (name := self._inside(path)) in self._names:
            self._done.append(Sync(self._names[name]))

    def _renamed(self, call: str, paths: tuple[str, ...]) -> None:
        names = tuple(self._inside(path) for path in paths)
        if names[0] not in self._names:
            return
        if call.startswith("unlink"):
            self._name(names[0], None)
        elif call.startswith("link"):
            self._name(names[1], self._names[names[0]])
        else:
            self._name(names[1], self._names[names[0]], gone=names[0])

    def _name(self, path: str, file: int | None, *, gone: str | None = None) -> None:
        folder, _, name = path.rpartition("/")
        self._done.append(Name(folder, name, file, gone))
        if file is None:
            del self._names[path]
        else:
            self._names[path] = file
        if gone is not None:
            del self._names[gone]

    def _inside(self, path: str) -> str:
        """Return a path below the folder, relative to it; empty for anything else."""
        if not path.startswith(self._root) or path.endswith(_LEFT_OUT):
            return ""
        name = path[len(self._root) :]
        return "" if name == "lock" or name.startswith("ballast") else name

    def _path_of(self, descriptor: int) -> str:
        try:
            return str(Path(f"/proc/{self._child}/fd/{descriptor}").readlink())
        except OSError:
            return ""

    def _text(self, address: int) -> str:
        with Path(f"/proc/{self._child}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            found = b""
            while b"\0" not in found:
                found += memory.read(min(256, 4096 - (address + len(found)) % 4096))
        return found.partition(b"\0")[0].decode()
