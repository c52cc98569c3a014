"""Rounds on a real lane; the platform behind them is a script."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.rounds import OFFLINE_AGAIN_S, Hours, Rounds
from assessor_app.ui.tasks import Tasks
from assessor_app.usecases.errors import DiskFullError
from assessor_app.usecases.syncing import (
    Link,
    OfflineReason,
    RoundProgress,
    RoundReport,
    Stage,
    Stop,
)

SLACK = 0.06
"""Qt's timers are coarse: five per cent."""

NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)
ONLINE = RoundReport(link=Link.ONLINE, began_at=NOW, ended_at=NOW)
OFFLINE = RoundReport(
    link=Link.OFFLINE, offline=OfflineReason.NO_NETWORK, began_at=NOW, ended_at=NOW
)
BUSY = RoundReport(link=Link.BUSY, began_at=NOW, ended_at=NOW, again_in_s=5.0)
FAR = RoundProgress(stage=Stage.FETCHING, done_bytes=41, total_bytes=96)


class Script:
    """Answers rounds in order; each waits until it may end, or until it is told to stop."""

    def __init__(self, *answers: RoundReport | Exception) -> None:
        self._answers = list(answers)
        self.rounds = 0
        self.fetched: list[bool] = []
        self.at_once = 0
        self.go_on = threading.Event()
        self._running = 0

    def sync_round(
        self, progress: Callable[[RoundProgress], None], stop: Stop, *, fetches: bool = True
    ) -> RoundReport:
        self.fetched.append(fetches)
        self.rounds += 1
        self._running += 1
        self.at_once = max(self.at_once, self._running)
        progress(FAR)
        while not self.go_on.wait(0.01) and not stop.is_set():
            pass
        self._running -= 1
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
    shiboken6.delete(made)  # with the rounds it owns, whose clocks would go on


def test_a_round_says_how_far_it_is_and_how_it_ended(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE)
    rounds = Rounds(tasks, script, tasks)

    with qtbot.waitSignal(rounds.progressed) as further:
        rounds.now()
    with qtbot.waitSignal(rounds.ended) as ended:
        script.go_on.set()

    assert further.args == [FAR]
    assert ended.args == [ONLINE]
    assert not rounds.is_running


def test_there_is_one_round_at_a_time_and_then_the_wanted_one(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE, ONLINE)
    rounds = Rounds(tasks, script, tasks)
    script.go_on.set()

    rounds.now()
    rounds.now()
    qtbot.waitUntil(lambda: script.rounds == 2 and not rounds.is_running)

    assert script.at_once == 1


@pytest.mark.parametrize(
    ("answer", "next_s"),
    [(ONLINE, 15 * 60), (OFFLINE, OFFLINE_AGAIN_S), (BUSY, 5.0)],
    ids=["online", "offline", "busy"],
)
def test_rounds_come_by_themselves_sooner_offline_and_when_the_platform_wants_them(
    qtbot: QtBot, tasks: Tasks, answer: RoundReport, next_s: float
) -> None:
    script = Script(answer)
    rounds = Rounds(tasks, script, tasks)
    rounds.show_every(15)
    script.go_on.set()

    with qtbot.waitSignal(rounds.ended):
        rounds.now()

    assert rounds.next_s is not None
    assert rounds.next_s == pytest.approx(next_s, rel=SLACK)


def test_only_when_asked_means_never_by_itself(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(OFFLINE)
    rounds = Rounds(tasks, script, tasks)
    rounds.show_every(0)
    script.go_on.set()

    with qtbot.waitSignal(rounds.ended):
        rounds.now()

    assert rounds.next_s is None


def test_a_pause_ends_the_round_and_the_ones_to_come(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE)
    rounds = Rounds(tasks, script, tasks)
    rounds.show_every(15)
    rounds.now()

    with qtbot.waitSignal(rounds.ended):
        rounds.pause()
    rounds.within(2.0)

    assert rounds.is_paused
    assert rounds.next_s is None


def test_asking_for_a_round_ends_the_pause(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE)
    rounds = Rounds(tasks, script, tasks)
    rounds.pause()
    script.go_on.set()

    with qtbot.waitSignal(rounds.ended):
        rounds.now()

    assert not rounds.is_paused


def test_a_store_that_fails_is_told_and_rounds_go_on(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(DiskFullError(released=False))
    rounds = Rounds(tasks, script, tasks)
    rounds.show_every(15)
    script.go_on.set()

    with qtbot.waitSignal(rounds.failed):
        rounds.now()

    assert rounds.next_s is not None


def test_a_fault_of_the_program_does_not_end_rounds_for_good(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ZeroDivisionError(), ONLINE)
    rounds = Rounds(tasks, script, tasks)
    rounds.show_every(15)
    script.go_on.set()

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(rounds.failed):
        rounds.now()
    with qtbot.waitSignal(rounds.ended):
        rounds.now()

    assert raised[0][0] is ZeroDivisionError
    assert not rounds.is_running


def test_stopping_waits_for_the_round_that_runs(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE)
    rounds = Rounds(tasks, script, tasks)
    rounds.now()

    with qtbot.waitSignal(rounds.stopped):
        rounds.stop()
    rounds.now()

    assert not rounds.is_running
    assert script.rounds == 1


def at(hour: int) -> datetime:
    return datetime(2026, 11, 25, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "hour", "wait_s"),
    [
        (Hours(), 3, 60.0),
        (Hours(7, 19), 8, 60.0),
        (Hours(7, 19), 5, 1.5 * 3600),
        (Hours(7, 19), 20, 10.5 * 3600),
        (Hours(22, 6), 3, 60.0),
        (Hours(22, 6), 12, 9.5 * 3600),
    ],
)
def test_rounds_wait_for_their_hours(hours: Hours, hour: int, wait_s: float) -> None:
    assert hours.wait_s(at(hour), 60.0) == wait_s


def test_a_metered_network_fetches_nothing_unless_asked(qtbot: QtBot, tasks: Tasks) -> None:
    script = Script(ONLINE, ONLINE)
    script.go_on.set()
    rounds = Rounds(tasks, script, tasks)
    rounds.show_metered(lambda: True)

    with qtbot.waitSignal(rounds.ended):
        rounds.now()
    with qtbot.waitSignal(rounds.ended):
        rounds.fetch_anyway()

    assert script.fetched == [False, True]


def test_a_round_outside_its_hours_waits_unless_it_is_asked_for(qtbot: QtBot, tasks: Tasks) -> None:
    now = datetime(2026, 11, 25, 12, 0).astimezone()
    script = Script(ONLINE)
    script.go_on.set()
    rounds = Rounds(tasks, script, tasks)
    rounds.show_hours(Hours(18, 8), lambda: now)

    rounds.show_every(15)

    assert rounds.next_s == pytest.approx(6 * 3600, rel=SLACK)
    with qtbot.waitSignal(rounds.ended):
        rounds.now()
