"""The trusted end: starts a worker, asks, checks every answer, and outlives whatever happens."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from assessor_app.render import answers
from assessor_app.render.confine import Confinement
from assessor_app.render.errors import RenderCode, RenderError, WorkerLostError
from assessor_app.render.frames import (
    HEADER_BYTES,
    Frame,
    FrameError,
    FrameKind,
    Item,
    pack,
    read_frame,
)
from assessor_app.render.gather import Gathered
from assessor_app.render.kinds import SourceKind
from assessor_app.render.limits import (
    MAX_ANSWER_BYTES,
    MAX_IDENTITIES,
    MAX_INPUT_BYTES,
    MAX_PAGE_IMAGE_BYTES,
    MAX_SHOWN_SIDE_PX,
)
from assessor_app.render.process import Command, Deadline, WorkerProcess, command_of
from assessor_app.render.profiles import ProfileName
from assessor_app.render.results import Pixels, Rebuilt

_MAX_FRAME_BYTES = 96 * 1024 * 1024
_MAX_SMALL_BYTES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the host waits: for a start, for one frame of an answer, for a whole answer."""

    start_s: float = 30.0
    step_s: float = 15.0
    total_s: float = 600.0


class RenderHost:
    """One worker and the right to ask it.

    Threads: any; requests wait for each other. Never call it on the GUI thread. The worker starts
    with the first request (or `start`) and again after it was lost: a file that hangs or kills it
    costs one request.
    """

    def __init__(
        self,
        profile: ProfileName,
        *,
        patience: Patience | None = None,
        command: Command | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._command = command or command_of(profile)
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._confinement = Confinement.NONE
        self._closed = False

    @property
    def confinement(self) -> Confinement:
        """Return what holds the worker, starting it if need be.

        Raises:
            RenderError: No worker can be started.
        """
        with self._lock:
            self._ready()
            return self._confinement

    def start(self) -> None:
        """Start the worker now, so that the first request finds it warm."""
        with self._lock:
            self._ready()

    def decode(self, image: bytes, *, max_width: int, max_height: int) -> Pixels:
        """Return a page image as pixels, fitted into a box, never enlarged.

        Raises:
            RenderError: It cannot be shown.
        """
        if not image:
            raise RenderError(RenderCode.EMPTY)
        if len(image) > MAX_PAGE_IMAGE_BYTES:
            raise RenderError(RenderCode.TOO_LARGE)
        width = min(max(1, max_width), MAX_SHOWN_SIDE_PX)
        height = min(max(1, max_height), MAX_SHOWN_SIDE_PX)
        found: list[Pixels] = []

        def take(untrusted: Frame) -> None:
            if untrusted.kind is not FrameKind.PIXELS or found:
                raise FrameError
            reader = untrusted.reader()
            found.append(answers.checked_pixels(reader, max_width=width, max_height=height))

        self._ask(FrameKind.DECODE, (width, height, image), take)
        if not found:
            raise WorkerLostError(RenderCode.IMPLAUSIBLE)
        return found[0]

    def rebuild(
        self,
        kind: SourceKind,
        data: bytes,
        *,
        identities: tuple[str, ...] = (),
        mask: bool = True,
    ) -> Rebuilt:
        """Return a raw file made anew: only what is visible, without the identities.

        Args:
            kind: What the file is said to be; it is refused if it is not.
            data: The raw bytes.
            identities: What names the earner; found places are counted as hits.
            mask: Whether found places are made unreadable, in text and in pixels.

        Raises:
            RenderError: It cannot be rebuilt; its code says why.
        """
        if not data:
            raise RenderError(RenderCode.EMPTY)
        if len(data) > MAX_INPUT_BYTES:
            raise RenderError(RenderCode.TOO_LARGE)
        sought = identities[:MAX_IDENTITIES]
        if len(sought) != len(identities):
            raise ValueError("more identities than can be searched for")
        gathered = Gathered()
        request = (kind.value, int(mask), len(sought), *sought, data)
        self._ask(FrameKind.REBUILD, request, gathered.take)
        return gathered.result()

    def close(self) -> None:
        """End the worker and wait for its end. A later request fails as unavailable."""
        with self._lock:
            self._closed = True
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, kind: FrameKind, items: Iterable[Item], take: Callable[[Frame], None]) -> None:
        """Send one request and hand each frame of the answer to `take`, which checks it."""
        with self._lock:
            worker = self._ready()
            deadline = Deadline(
                worker, step_s=self._patience.step_s, total_s=self._patience.total_s
            )
            try:
                with deadline:
                    worker.write(pack(kind, items))
                    self._receive(worker, deadline, take)
            except (FrameError, WorkerLostError) as lost:
                self._drop()
                raise WorkerLostError(_cause(lost, deadline)) from None
            except RenderError:
                raise
            except BaseException:
                self._drop()
                raise

    def _receive(
        self, worker: WorkerProcess, deadline: Deadline, take: Callable[[Frame], None]
    ) -> None:
        left_bytes = MAX_ANSWER_BYTES
        while True:
            untrusted = read_frame(worker.read_exactly, max_bytes=min(left_bytes, _MAX_FRAME_BYTES))
            left_bytes -= len(untrusted.payload) + HEADER_BYTES
            deadline.progressed()
            if untrusted.kind is FrameKind.DONE:
                untrusted.reader().end()
                return
            if untrusted.kind is FrameKind.FAILED:
                raise RenderError(_checked_code(untrusted))
            take(untrusted)

    def _ready(self) -> WorkerProcess:
        """Return a worker that runs, started if there is none."""
        if self._closed:
            raise RenderError(RenderCode.UNAVAILABLE)
        if self._worker is not None and self._worker.alive():
            return self._worker
        self._drop()
        self._worker = WorkerProcess(self._command)
        seconds = self._patience.start_s
        try:
            with Deadline(self._worker, step_s=seconds, total_s=seconds):
                self._confinement = _checked_hello(self._worker)
        except (FrameError, RenderError):
            self._drop()
            raise RenderError(RenderCode.UNAVAILABLE) from None
        return self._worker

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.reap()
            self._worker = None


def _cause(lost: FrameError | WorkerLostError, deadline: Deadline) -> RenderCode:
    if deadline.fired:
        return RenderCode.HUNG
    return lost.code if isinstance(lost, WorkerLostError) else RenderCode.IMPLAUSIBLE


def _checked_hello(worker: WorkerProcess) -> Confinement:
    untrusted = read_frame(worker.read_exactly, max_bytes=_MAX_SMALL_BYTES)
    if untrusted.kind is not FrameKind.HELLO:
        raise FrameError
    return answers.checked_member(untrusted.reader(), Confinement)


def _checked_code(untrusted: Frame) -> RenderCode:
    """Return the code of a refusal. What only the host can know is not the worker's to say."""
    code = answers.checked_member(untrusted.reader(), RenderCode)
    if code in {RenderCode.HUNG, RenderCode.CRASHED, RenderCode.IMPLAUSIBLE}:
        raise FrameError
    return code
