"""One worker process as its host holds it: start, bytes in, bytes out, and its certain end."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from assessor_app.render.errors import RenderCode, WorkerLostError
from assessor_app.render.profiles import ProfileName

PIPE_BYTES = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024

Command = tuple[str, ...]


def command_of(profile: ProfileName) -> Command:
    """Return the command that starts a worker. `-I`: no user's path, no working folder."""
    return (sys.executable, "-I", "-m", "assessor_app.render.worker", profile.value)


def environment() -> dict[str, str]:
    """Return the little that the interpreter needs; secrets in ours stay here.

    The two allocator settings keep freed picture buffers instead of giving them back and faulting
    them in anew: decoding takes half the time.
    """
    kept = ("SYSTEMROOT", "LD_LIBRARY_PATH")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    buffers = dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), "33554432")
    return {**own, **threads, **buffers, "LC_ALL": "C.UTF-8"}


class WorkerProcess:
    """A running worker.

    Threads: one at a time; the deadline alone acts from a thread of its own, and only kills.
    """

    def __init__(self, command: Command) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=environment(),
                start_new_session=True,
            )
        except OSError:
            raise WorkerLostError(RenderCode.UNAVAILABLE) from None
        if self._process.stdin is None or self._process.stdout is None:
            raise WorkerLostError(RenderCode.UNAVAILABLE)
        self._in, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        _widen(self._in)
        _widen(self._out)

    @property
    def pid(self) -> int:
        """Return the process id, for reports."""
        return self._process.pid

    def alive(self) -> bool:
        """Return whether the process still runs."""
        return self._process.poll() is None

    def write(self, pieces: Sequence[bytes]) -> None:
        """Send all pieces.

        Raises:
            WorkerLostError: The worker is gone.
        """
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                try:
                    rest = rest[os.write(self._in, rest[:_CHUNK_BYTES]) :]
                except OSError:
                    raise WorkerLostError(RenderCode.CRASHED) from None

    def read_exactly(self, length: int) -> bytearray:
        """Return exactly so many bytes.

        Raises:
            WorkerLostError: The worker is gone.
        """
        data = bytearray(length)
        rest = memoryview(data)
        while rest:
            untrusted_piece = os.read(self._out, min(len(rest), _CHUNK_BYTES))
            if not untrusted_piece:
                raise WorkerLostError(RenderCode.CRASHED)
            rest[: len(untrusted_piece)] = untrusted_piece
            rest = rest[len(untrusted_piece) :]
        return data

    def kill(self) -> None:
        """End the process at once. Safe from any thread, at any time."""
        self._process.kill()

    def reap(self) -> None:
        """End the process, wait for it, and close the pipes: nothing is left of it."""
        self._process.kill()
        self._process.wait()
        self.close_pipes()

    def close_pipes(self) -> None:
        """Close our ends: a worker that waits for a request ends by itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class Deadline:
    """Kills a worker that makes no progress, from a thread of its own.

    Used as a context; `fired` tells afterwards whether it had to.
    """

    def __init__(self, process: WorkerProcess, *, step_s: float, total_s: float) -> None:
        self._process, self._step_s = process, step_s
        self._end = time.monotonic() + total_s
        self._next = time.monotonic() + step_s
        self._changed = threading.Condition()
        self._done = False
        self.fired = False
        self._thread = threading.Thread(target=self._watch, name="render-deadline", daemon=True)

    def progressed(self) -> None:
        """Grant the worker another step."""
        self._next = time.monotonic() + self._step_s

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._done = True
            self._changed.notify()
        self._thread.join()

    def _watch(self) -> None:
        with self._changed:
            while not self._done:
                left_s = min(self._next, self._end) - time.monotonic()
                if left_s <= 0:
                    self.fired = True
                    self._process.kill()
                    return
                self._changed.wait(left_s)


def _widen(pipe: int) -> None:
    """Let a pipe hold more: a page of pixels crosses three to four times as fast."""
    if sys.platform == "linux":
        import fcntl  # noqa: PLC0415 (not on every system)

        try:
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        except OSError:
            return
