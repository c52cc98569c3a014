"""Background work: blocking functions off the GUI thread, their results back on it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from assessor_app.domain.errors import AppError, UnexpectedError

T = TypeVar("T")


class Lane(StrEnum):
    """A queue of work of one kind."""

    STORE = "store"
    NETWORK = "network"
    RENDER = "render"


THREADS = MappingProxyType({Lane.STORE: 1, Lane.NETWORK: 2, Lane.RENDER: 1})
"""STORE's one thread keeps writes in order; RENDER's one speaks to one worker at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Awaited:
    """Whoever waits for one result. Held on the GUI thread only, so that it dies there."""

    future: Future[Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[AppError], None]
    latest: str


class Tasks(QObject):
    """Run blocking functions off the GUI thread and hand their results back on it.

    An `AppError` goes to `failed`. Any other exception is a bug: `failed` gets an
    `UnexpectedError`, so that nobody waits for ever or takes something for saved, and the exception
    is raised on the GUI thread, where the crash reporter sees it.

    Threads: call every method on the GUI thread. `work` runs on its lane's thread and gets plain
    values; it cannot reach a widget, because nothing below `ui` may import Qt. `done` and `failed`
    run on the GUI thread, and only while `owner` still exists. A lane's thread holds neither of the
    three, so that no widget can die there.
    """

    _settled = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes = {
            lane: ThreadPoolExecutor(max_workers=threads, thread_name_prefix=lane.name)
            for lane, threads in THREADS.items()
        }
        self._awaited: dict[int, _Awaited] = {}
        self._next_ticket = 1
        self._settled.connect(self._on_settled, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        latest: str = "",
    ) -> int:
        """Queue `work` on `lane` and return its ticket.

        Args:
            lane: Where it runs.
            work: The blocking function.
            owner: Results are dropped once this object is gone.
            done: Gets the result.
            failed: Gets the expected error.
            latest: If not empty, an earlier run of `owner` with the same word is cancelled: only
                the newest answer is wanted. Not for writes that must all happen.
        """
        if latest:
            self._cancel_earlier(owner, latest)
        ticket = self._next_ticket
        self._next_ticket += 1
        future = self._lanes[lane].submit(work)
        self._awaited[ticket] = _Awaited(
            future=future, owner=owner, done=done, failed=failed, latest=latest
        )
        future.add_done_callback(self._settler(ticket))
        return ticket

    def cancel(self, ticket: int) -> None:
        """Drop the work if it has not begun, and its result in any case."""
        if awaited := self._awaited.pop(ticket, None):
            awaited.future.cancel()

    def close(self) -> None:
        """Finish every queued write, drop other queued work, wait for what runs."""
        for lane, executor in self._lanes.items():
            executor.shutdown(wait=True, cancel_futures=lane is not Lane.STORE)
        self._awaited.clear()

    def _cancel_earlier(self, owner: QObject, latest: str) -> None:
        earlier = [
            ticket
            for ticket, awaited in self._awaited.items()
            if awaited.owner is owner and awaited.latest == latest
        ]
        for ticket in earlier:
            self.cancel(ticket)

    def _settler(self, ticket: int) -> Callable[[Future[Any]], None]:
        def settle(_future: Future[Any]) -> None:
            self._settled.emit(ticket)

        return settle

    @Slot(int)
    def _on_settled(self, ticket: int) -> None:
        awaited = self._awaited.pop(ticket, None)
        if awaited is None or awaited.future.cancelled() or not shiboken6.isValid(awaited.owner):
            return
        try:
            result = awaited.future.result()
        except AppError as error:
            awaited.failed(error)
        except Exception:
            awaited.failed(UnexpectedError())
            raise
        else:
            awaited.done(result)
