"""Fetch blobs in ranges over several connections; resume, stop, and say how far it is.

The store checks every chunk as it is written. The calling thread alone uses its database; the
connections have threads of their own.
"""

import queue
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store import blobs
from assessor_app.store.blobs import Ticket
from assessor_app.store.download import Download
from assessor_app.store.errors import WrongHashError
from assessor_app.store.opening import Store
from assessor_app.sync.clock import Clock, Stop
from assessor_app.sync.errors import (
    CancelledError,
    OfflineError,
    OfflineReason,
    RefusedError,
    UncertainError,
)
from assessor_app.sync.http import Connection
from assessor_app.sync.pace import MAX_CONNECTIONS, Bucket, Pace
from assessor_app.sync.ranges import Job, Wanted, fetch

PATIENCE_S = 60.0
"""So long a download outlives a link that carries nothing."""

MAX_DAMAGED = 3
TICK_S = 0.25
HOLD_S = 0.5
"""So long the beginning of a chunk is held in memory before it is written: a kill loses as much."""

WAVES = 2
"""Towards the end ranges shrink, so that each connection has this many left: none ends alone."""

FIRST_RETRY_S = 0.25
LAST_RETRY_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadProgress:
    """How far a download is. `rate_bytes_s` is of the last seconds, 0 before it is known."""

    done_bytes: int
    total_bytes: int
    rate_bytes_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """What a download did. `ended` None: everything that can be had is here.

    `missing` names the blobs the platform did not give, or gave damaged again and again.
    """

    fetched_bytes: int
    missing: tuple[Sha256, ...] = ()
    ended: AppError | None = None


def _nothing(_blob: Sha256) -> None:
    """Nobody waits for a blob."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a download needs beside blobs and store. `connect` makes a connection of its own.

    `arrived` is told of each blob that is whole, on the calling thread. `limit_bytes_s` 0: as fast
    as the link carries.
    """

    connect: Callable[[], Connection]
    clock: Clock
    stop: Stop
    progress: Callable[[DownloadProgress], None]
    arrived: Callable[[Sha256], None] = _nothing
    patience_s: float = PATIENCE_S
    limit_bytes_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Came:
    """So many bytes of a job are written."""

    n_bytes: int


@dataclass(frozen=True, slots=True)
class _Ended:
    """A job is over; `job` is what is left of it when there is an error."""

    job: Job
    error: AppError | None


class Catch:
    """What arrived of a job and is not written yet: a chunk at most, and never for long."""

    def __init__(
        self, job: Job, target: Download, clock: Clock, written: Callable[[Came], None]
    ) -> None:
        self.job = job
        self._target = target
        self._clock = clock
        self._written = written
        self._held = bytearray()
        self._since = 0.0

    def add(self, piece: bytes) -> None:
        """Take what arrived. Raises WrongHashError and DiskFullError as `Download.write`."""
        now = self._clock.monotonic()
        if not self._held:
            self._since = now
        self._held += piece
        is_chunk = self.job.start % CHUNK_BYTES + len(self._held) >= CHUNK_BYTES
        if is_chunk or now - self._since >= HOLD_S:
            self.write()

    def write(self) -> None:
        """Write what is held. Raises as `add`."""
        held, self._held = self._held, bytearray()
        if held:
            self._target.write(self.job.start, held)
            self.job = replace(self.job, start=self.job.start + len(held))
            self._written(Came(len(held)))


@dataclass(slots=True)
class _UnderWay:
    """A blob that is being fetched, and where it is written."""

    wanted: Wanted
    target: Download
    running: int = 0
    damaged: int = 0
    given_up: bool = False


@dataclass(slots=True)
class _State:
    """What the calling thread knows while it runs."""

    unopened: deque[Wanted]
    done_bytes: int
    total_bytes: int
    last_byte: float
    waiting: deque[Job] = field(default_factory=deque)
    under_way: dict[Sha256, _UnderWay] = field(default_factory=dict)
    running: int = 0
    fetched_bytes: int = 0
    failures: int = 0
    missing: list[Sha256] = field(default_factory=list)
    ended: AppError | None = None


class Downloading:
    """One download, from its first byte to its end."""

    def __init__(self, store: Store, line: Line, wanted: tuple[Wanted, ...]) -> None:
        self._store = store
        self._line = line
        self._pace = Pace(CHUNK_BYTES, line.clock.monotonic)
        limit = line.limit_bytes_s
        self._bucket = Bucket(limit, line.clock.monotonic) if limit else None
        self._events: queue.SimpleQueue[Came | Future[_Ended]] = queue.SimpleQueue()
        self._idle: queue.LifoQueue[Connection] = queue.LifoQueue()  # the warmest one first
        total = sum(item.blob.size_bytes for item in wanted)
        now = line.clock.monotonic()
        self._state = _State(deque(wanted), done_bytes=0, total_bytes=total, last_byte=now)

    def run(self) -> Downloaded:
        """Fetch everything, in order. The network never makes it raise."""
        state = self._state
        self._look_for_the_end()
        connections = [self._line.connect() for _ in range(MAX_CONNECTIONS)]
        for connection in reversed(connections):
            self._idle.put(connection)
        try:
            with ThreadPoolExecutor(MAX_CONNECTIONS, thread_name_prefix="download") as threads:
                while self._open_next() or state.running:
                    self._start_jobs(threads)
                    self._take_event()
                    self._look_for_the_end()
        finally:
            for connection in connections:
                connection.close()
            for under_way in state.under_way.values():
                under_way.target.close()
        return Downloaded(
            fetched_bytes=state.fetched_bytes, missing=tuple(state.missing), ended=state.ended
        )

    def _open_next(self) -> bool:
        """Open blobs until there is enough to do. Return whether anything waits."""
        state = self._state
        while not state.ended and state.unopened and len(state.waiting) < MAX_CONNECTIONS:
            number = min(MAX_CONNECTIONS, len(state.unopened))
            some = [state.unopened.popleft() for _ in range(number)]
            with self._store.sessions.begin() as session:
                folder = self._store.blob_folder
                tickets = [blobs.begin(session, folder, wanted.blob) for wanted in some]
            for wanted, ticket in zip(some, tickets, strict=True):
                self._open(wanted, ticket)
        return bool(state.waiting) and not state.ended

    def _open(self, wanted: Wanted, ticket: Ticket) -> None:
        state = self._state
        under_way = _UnderWay(wanted, Download(self._store.blob_folder, ticket))
        state.under_way[wanted.blob.sha256] = under_way
        lacking = self._lacking(under_way)
        state.waiting.extend(lacking)
        state.done_bytes += wanted.blob.size_bytes - _size(lacking)

    def _start_jobs(self, threads: ThreadPoolExecutor) -> None:
        state = self._state
        while state.waiting and not state.ended and state.running < self._pace.connections:
            job = self._next_range()
            under_way = state.under_way[job.wanted.blob.sha256]
            under_way.running += 1
            state.running += 1
            future = threads.submit(self._fetch, job, under_way.target, self._retry_s())
            future.add_done_callback(self._events.put)

    def _lacking(self, under_way: _UnderWay) -> tuple[Job, ...]:
        """Return jobs for what a blob lacks; one that lacks nothing is finished."""
        spans = under_way.target.missing()
        if not spans:
            self._finish(under_way)
        return tuple(
            Job(wanted=under_way.wanted, start=span.offset, stop=span.offset + span.length)
            for span in spans
        )

    def _finish(self, under_way: _UnderWay) -> None:
        """Make a blob whole; if its chunks are right and their whole is not, nothing helps."""
        try:
            under_way.target.finish()
        except WrongHashError:
            self._give_up(under_way)
            return
        blob = under_way.wanted.blob.sha256
        with self._store.sessions.begin() as session:
            blobs.put_complete(session, blob)
        self._drop(under_way)
        self._line.arrived(blob)

    def _drop(self, under_way: _UnderWay) -> None:
        under_way.target.close()
        del self._state.under_way[under_way.wanted.blob.sha256]

    def _next_range(self) -> Job:
        """Take the next range off the queue; it ends where a chunk ends."""
        state = self._state
        job = state.waiting.popleft()
        left = state.total_bytes - state.done_bytes
        share = left // (WAVES * self._pace.connections * CHUNK_BYTES)
        end = (job.start // CHUNK_BYTES + max(1, min(self._pace.range_chunks, share))) * CHUNK_BYTES
        if end < job.stop:
            state.waiting.appendleft(replace(job, start=end))
            job = replace(job, stop=end)
        return job

    def _retry_s(self) -> float:
        if not self._state.failures:
            return 0.0
        ceiling = min(FIRST_RETRY_S * 2.0 ** min(self._state.failures, 8), LAST_RETRY_S)
        return self._line.clock.uniform(0.0, ceiling)

    def _is_over(self) -> bool:
        return self._line.stop.is_set() or self._state.ended is not None

    def _fetch(self, job: Job, target: Download, wait_s: float) -> _Ended:
        """Fetch one job, on a thread of its own."""
        connection = self._idle.get()
        catch = Catch(job, target, self._line.clock, self._events.put)
        try:
            if self._line.stop.wait(wait_s):
                raise CancelledError
            self._catch(connection, catch)
        except AppError as error:
            return _Ended(catch.job, error)
        finally:
            self._idle.put(connection)
        return _Ended(catch.job, None)

    def _catch(self, connection: Connection, catch: Catch) -> None:
        """Take what arrives as fast as it may; whatever ends it, what arrived is written."""
        try:
            for piece in fetch(connection, catch.job, self._is_over):
                catch.add(piece)
                if self._bucket and (wait_s := self._bucket.wait_s(len(piece))):
                    catch.write()
                    if self._line.stop.wait(wait_s):
                        raise CancelledError
        finally:
            catch.write()

    def _take_event(self) -> None:
        """Handle one event, or the silence of one tick, and tell how far it is."""
        state, line = self._state, self._line
        try:
            event = self._events.get(timeout=TICK_S)
        except queue.Empty:
            self._pace.look()
        else:
            if isinstance(event, Came):
                self._count(event.n_bytes)
            else:
                self._settle(event.result())
        line.progress(
            DownloadProgress(
                done_bytes=state.done_bytes,
                total_bytes=state.total_bytes,
                rate_bytes_s=self._pace.rate_bytes_s,
            )
        )

    def _look_for_the_end(self) -> None:
        """End it when told to, or when the link has been dead for too long."""
        state, line = self._state, self._line
        silent_s = line.clock.monotonic() - state.last_byte
        if line.stop.is_set():
            state.ended = state.ended or CancelledError()
        elif state.failures and silent_s > line.patience_s:
            state.ended = state.ended or OfflineError(OfflineReason.NO_NETWORK)

    def _count(self, n_bytes: int) -> None:
        state = self._state
        state.done_bytes += n_bytes
        state.fetched_bytes += n_bytes
        state.last_byte = self._line.clock.monotonic()
        state.failures = 0
        self._pace.arrived(n_bytes)

    def _settle(self, ended: _Ended) -> None:
        """Draw the consequences of the end of a job."""
        state = self._state
        under_way = state.under_way[ended.job.wanted.blob.sha256]
        under_way.running -= 1
        state.running -= 1
        match ended.error:
            case None:
                pass
            case WrongHashError():
                under_way.damaged += 1
            case RefusedError():
                under_way.given_up = True
            case UncertainError() | OfflineError(reason=OfflineReason.NO_NETWORK):
                state.failures += 1
                state.waiting.appendleft(ended.job)
            case error:
                state.ended = state.ended or error
        if under_way.given_up or under_way.damaged >= MAX_DAMAGED:
            self._give_up(under_way)
        elif not under_way.running and not state.ended and not self._waits(under_way):
            lacking = self._lacking(under_way)
            state.waiting.extendleft(reversed(lacking))
            state.done_bytes -= _size(lacking)

    def _waits(self, under_way: _UnderWay) -> bool:
        return any(job.wanted == under_way.wanted for job in self._state.waiting)

    def _give_up(self, under_way: _UnderWay) -> None:
        """Go on without one blob, once its last job is over."""
        state, wanted = self._state, under_way.wanted
        state.waiting = deque(job for job in state.waiting if job.wanted != wanted)
        if not under_way.running:
            state.missing.append(wanted.blob.sha256)
            self._drop(under_way)


def download(store: Store, wanted: tuple[Wanted, ...], line: Line) -> Downloaded:
    """Fetch what the store lacks of these blobs, in their order. See `Downloading.run`."""
    return Downloading(store, line, wanted).run()


def _size(jobs: tuple[Job, ...]) -> int:
    return sum(job.stop - job.start for job in jobs)
