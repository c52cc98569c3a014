"""Rounds with the platform: one at a time, by themselves and when asked for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.syncing import Link, RoundProgress, RoundReport, Stop

LOOK_MS = 200
OFFLINE_AGAIN_S = 60.0
LEAST_WAIT_S = 1.0


class Syncing(Protocol):
    """What does a round; `usecases.profiles.OpenProfile` is one."""

    def sync_round(
        self, progress: Callable[[RoundProgress], None], stop: Stop, *, fetches: bool = True
    ) -> RoundReport:
        """Do one round; without `fetches` nothing large comes down."""
        ...


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of the local day in which rounds come by themselves; equal ones mean all day."""

    start: int = 0
    end: int = 0

    def wait_s(self, now: datetime, seconds: float) -> float:
        """Return `seconds`, or how long it is until the hours begin after that."""
        then = now + timedelta(seconds=seconds)
        if self._include(then.hour):
            return seconds
        begin = then.replace(hour=self.start, minute=0, second=0, microsecond=0)
        if begin < then:
            begin += timedelta(days=1)
        return (begin - now).total_seconds()

    def _include(self, hour: int) -> bool:
        if self.start == self.end:
            return True
        if self.start < self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def _never() -> bool:
    return False


@dataclass(slots=True)
class _Latest:
    """How far a round is. Written on the lane's thread, read on the GUI thread; holds no widget."""

    progress: RoundProgress | None = None

    def show(self, progress: RoundProgress) -> None:
        self.progress = progress


class Rounds(QObject):
    """Runs rounds on the NETWORK lane and says when the next one comes.

    Signals:
        began(): A round runs.
        progressed(RoundProgress): It is further; at most five times a second.
        ended(RoundReport): It is over; `next_s` says when the next one comes.
        failed(AppError): The store could not be used.
        stopped(): After `stop`: no round runs any more.
    """

    began = Signal()
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, tasks: Tasks, syncing: Syncing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._syncing = tasks, syncing
        self._every_s = 0.0
        self._hours = Hours()
        self._clock: Callable[[], datetime] | None = None
        self._is_metered: Callable[[], bool] = _never
        self._fetches_anyway = False
        self._stop = threading.Event()
        self._latest = _Latest()
        self._shown: RoundProgress | None = None
        self._is_running = False
        self._is_paused = False
        self._is_stopping = False
        self._wants_another = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._on_next)

    @property
    def is_running(self) -> bool:
        """Whether a round runs now."""
        return self._is_running

    @property
    def is_paused(self) -> bool:
        """Whether the assessor paused them."""
        return self._is_paused

    @property
    def next_s(self) -> float | None:
        """In how many seconds the next round comes by itself; None: it does not."""
        return self._next.remainingTime() / 1000 if self._next.isActive() else None

    def show_every(self, minutes: int) -> None:
        """Do a round by itself so often; 0: only when asked for."""
        self._every_s = minutes * 60.0
        if not minutes:
            self._next.stop()
        elif not self._is_running:
            self.within(self._every_s)

    def show_hours(self, hours: Hours, clock: Callable[[], datetime]) -> None:
        """Do rounds by themselves only in these hours; one that is asked for comes at any time."""
        self._hours, self._clock = hours, clock

    def show_metered(self, is_metered: Callable[[], bool]) -> None:
        """Fetch nothing large while this says so, unless it is asked for."""
        self._is_metered = is_metered

    def within(self, seconds: float) -> None:
        """Do a round after so many seconds at the latest, unless rounds are paused."""
        if self._is_paused or self._is_stopping:
            return
        wait_s = max(seconds, LEAST_WAIT_S)
        if self._clock is not None:
            wait_s = self._hours.wait_s(self._clock().astimezone(), wait_s)
        wait_ms = round(wait_s * 1000)
        if not self._next.isActive() or self._next.remainingTime() > wait_ms:
            self._next.start(wait_ms)

    @Slot()
    def now(self) -> None:
        """Do a round now; if one runs, another one after it. Ends a pause."""
        if self._is_stopping:
            return
        self._is_paused = False
        if self._is_running:
            self._wants_another = True
            return
        self._begin()

    @Slot()
    def fetch_anyway(self) -> None:
        """Do a round now that fetches, metered or not."""
        self._fetches_anyway = True
        self.now()

    def pause(self) -> None:
        """Stop what is fetched; what arrived is kept."""
        self._is_paused = True
        self._next.stop()
        self._stop.set()

    def stop(self) -> None:
        """End for good; `stopped` follows."""
        self._is_stopping = True
        self._next.stop()
        self._look.stop()
        self._stop.set()
        if not self._is_running:
            self.stopped.emit()

    def _begin(self) -> None:
        self._next.stop()
        self._is_running = True
        self._wants_another = False
        self._stop = threading.Event()
        self._latest = _Latest()
        self._shown = None
        syncing, latest, stop = self._syncing, self._latest, self._stop
        fetches = self._fetches_anyway or not self._is_metered()
        self._fetches_anyway = False

        def work() -> RoundReport:
            return syncing.sync_round(latest.show, stop, fetches=fetches)

        self._look.start()
        self.began.emit()
        self._tasks.run(Lane.NETWORK, work, owner=self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, report: RoundReport) -> None:
        self._end()
        self._plan(report)
        self.ended.emit(report)
        self._go_on()

    def _on_failed(self, error: AppError) -> None:
        self._end()
        if self._every_s:
            self.within(self._every_s)
        self.failed.emit(error)
        self._go_on()

    def _end(self) -> None:
        self._is_running = False
        self._look.stop()

    def _plan(self, report: RoundReport) -> None:
        if not self._every_s:
            return
        self.within(self._every_s)
        if report.link in (Link.OFFLINE, Link.NO_ANSWER):
            self.within(OFFLINE_AGAIN_S)
        if report.again_in_s is not None:
            self.within(report.again_in_s)

    def _go_on(self) -> None:
        if self._is_stopping:
            self.stopped.emit()
        elif self._wants_another and not self._is_paused:
            self._begin()

    @Slot()
    def _on_look(self) -> None:
        latest = self._latest.progress
        if latest is not None and latest != self._shown:
            self._shown = latest
            self.progressed.emit(latest)

    @Slot()
    def _on_next(self) -> None:
        if not self._is_running:
            self._begin()
