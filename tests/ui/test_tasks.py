import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from assessor_app.domain.errors import AppError, UnexpectedError
from assessor_app.ui.tasks import Lane, Tasks


class ExampleError(AppError):
    """Something expected."""


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    told = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.results: list[object] = []
        self.errors: list[AppError] = []
        self.threads: list[threading.Thread] = []

    @Slot(object)
    def on_done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(threading.current_thread())
        self.told.emit()

    @Slot(object)
    def on_failed(self, error: AppError) -> None:
        self.errors.append(error)
        self.told.emit()


class Gate:
    """Work that waits until it is let through."""

    def __init__(self, result: str = "through") -> None:
        self.opened = threading.Event()
        self.entered = threading.Event()
        self.result = result

    def __call__(self) -> str:
        self.entered.set()
        assert self.opened.wait(10)
        return self.result


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def run(tasks: Tasks, listener: Listener, work: Callable[[], object], latest: str = "") -> int:
    return tasks.run(
        Lane.STORE,
        work,
        owner=listener,
        done=listener.on_done,
        failed=listener.on_failed,
        latest=latest,
    )


def test_work_runs_off_the_gui_thread_and_its_result_arrives_on_it(
    qtbot: QtBot, tasks: Tasks
) -> None:
    listener = Listener()

    with qtbot.waitSignal(listener.told):
        run(tasks, listener, threading.current_thread)

    assert listener.threads == [threading.main_thread()]
    assert listener.results != [threading.main_thread()]


def test_an_expected_error_goes_to_failed(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()

    def fail() -> None:
        raise ExampleError

    with qtbot.waitSignal(listener.told):
        run(tasks, listener, fail)

    assert isinstance(listener.errors[0], ExampleError)
    assert listener.results == []


def test_a_bug_is_raised_on_the_gui_thread_and_whoever_waits_hears_of_it(
    qtbot: QtBot, tasks: Tasks
) -> None:
    listener = Listener()

    def break_down() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        run(tasks, listener, break_down)
        qtbot.waitUntil(lambda: bool(raised))

    assert raised[0][0] is ZeroDivisionError
    assert [type(error) for error in listener.errors] == [UnexpectedError]


def test_writes_keep_their_order(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    written: list[int] = []

    def write(number: int) -> Callable[[], None]:
        return lambda: written.append(number)

    for number in range(50):
        run(tasks, listener, write(number))
    qtbot.waitUntil(lambda: len(listener.results) == 50)

    assert written == list(range(50))


def test_only_the_newest_answer_is_delivered(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    old, new = Gate("old"), Gate("new")

    run(tasks, listener, old, latest="search")
    assert old.entered.wait(10)
    with qtbot.waitSignal(listener.told):
        run(tasks, listener, new, latest="search")
        old.opened.set()
        new.opened.set()

    assert listener.results == ["new"]


def test_another_owner_keeps_its_answer(qtbot: QtBot, tasks: Tasks) -> None:
    first, second = Listener(), Listener()

    run(tasks, first, lambda: "first", latest="search")
    with qtbot.waitSignal(second.told):
        run(tasks, second, lambda: "second", latest="search")

    assert (first.results, second.results) == (["first"], ["second"])


def test_cancelled_work_that_has_not_begun_never_runs(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    gate = Gate()
    ran: list[str] = []

    run(tasks, listener, gate)
    ticket = run(tasks, listener, lambda: ran.append("cancelled"))
    tasks.cancel(ticket)
    gate.opened.set()
    with qtbot.waitSignal(listener.told):
        run(tasks, listener, lambda: "last")

    assert ran == []


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    parent = QObject()
    gone, alive = Listener(parent), Listener()
    gate = Gate()

    run(tasks, gone, gate)
    assert gate.entered.wait(10)
    gone.setParent(None)
    gone.deleteLater()
    qtbot.waitSignal(gone.destroyed).wait()
    gate.opened.set()
    with qtbot.waitSignal(alive.told):
        run(tasks, alive, lambda: "alive")

    assert gone.results == []


def test_closing_finishes_every_queued_write(qtbot: QtBot) -> None:
    tasks = Tasks()
    listener = Listener()
    gate = Gate()
    written: list[str] = []

    def write(word: str) -> Callable[[], None]:
        return lambda: written.append(word)

    run(tasks, listener, gate)
    for word in ("rating", "feedback"):
        run(tasks, listener, write(word))
    gate.opened.set()
    tasks.close()

    assert written == ["rating", "feedback"]


def test_closing_drops_queued_fetches(qtbot: QtBot) -> None:
    tasks = Tasks()
    listener = Listener()
    gate = Gate()
    fetched: list[str] = []

    def fetch(work: Callable[[], object]) -> None:
        tasks.run(
            Lane.RENDER, work, owner=listener, done=listener.on_done, failed=listener.on_failed
        )

    fetch(gate)
    assert gate.entered.wait(10)
    fetch(lambda: fetched.append("page"))
    threading.Timer(0.05, gate.opened.set).start()
    tasks.close()

    assert fetched == []


def test_a_lane_holds_no_widget(qtbot: QtBot, tasks: Tasks) -> None:
    listener = Listener()
    alive = weakref.ref(listener)

    with qtbot.waitSignal(listener.told):
        run(tasks, listener, lambda: "done")
    del listener
    gc.collect()

    assert alive() is None
