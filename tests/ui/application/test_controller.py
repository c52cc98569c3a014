"""The window of an open profile: real store, real desk, rounds from a script."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ActKind
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.store.opening import Store
from assessor_app.ui.application.controller import AssessorController, Frame
from assessor_app.ui.application.first_frame import FirstFrame
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.settings import Settings
from assessor_app.usecases.settings import Theme as Colours
from assessor_app.usecases.syncing import (
    Link,
    OfflineReason,
    RoundProgress,
    RoundReport,
    Stage,
    Stop,
)
from assessor_app.usecases.workbench import Workbench
from tests.fakes import Vault
from tests.finding import shown
from tests.store.conftest import key, opened, store, vault
from tests.store.making import NOW
from tests.ui.desk.packet import CONTENTS, fill, keep

__all__ = ["key", "opened", "store", "vault"]

LEFT = Qt.MouseButton.LeftButton
OFFLINE = RoundReport(
    link=Link.OFFLINE, offline=OfflineReason.NO_NETWORK, began_at=NOW, ended_at=NOW
)


@dataclass
class Profile:
    """An open profile whose rounds are offline unless told otherwise."""

    workbench: Workbench
    folder: Path = field(default_factory=Path)
    rounds: int = 0
    fetched: list[bool] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    hold: threading.Event | None = None
    report: RoundReport = OFFLINE

    def sync_round(
        self, progress: Callable[[RoundProgress], None], stop: Stop, *, fetches: bool = True
    ) -> RoundReport:
        self.fetched.append(fetches)
        self.rounds += 1
        progress(RoundProgress(stage=Stage.GREETING))
        while self.hold is not None and not self.hold.wait(0.01) and not stop.is_set():
            pass
        return self.report

    def ask_now(self, act: str) -> None:
        self.asked.append(act)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The window, and the ways to look behind it."""

    frame: FirstFrame
    controller: AssessorController
    tasks: Tasks
    profile: Profile
    assignment: AssignmentId
    theme: Theme
    qtbot: QtBot

    def named(self, name: str) -> QWidget:
        self.qtbot.waitUntil(lambda: bool(shown(self.frame.window, QWidget, name)))
        return shown(self.frame.window, QWidget, name)[0]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.named(name), LEFT)

    def press(self, pressed: Qt.Key, hold: Qt.KeyboardModifier | None = None) -> None:
        target = QApplication.focusWidget() or self.frame.window
        self.qtbot.keyClick(target, pressed, hold or Qt.KeyboardModifier.NoModifier)

    def at(self, screen: str) -> None:
        self.qtbot.waitUntil(lambda: self.frame.window.screen_key() == screen)

    def open(self) -> None:
        self.press(Qt.Key.Key_Return)
        self.at("desk")

    def outbox(self) -> tuple[OutboxLine, ...]:
        found: list[tuple[OutboxLine, ...]] = []
        failed: list[AppError] = []
        self.tasks.run(
            Lane.STORE,
            self.profile.workbench.prepare(list_outbox),
            owner=self.frame.window,
            done=found.append,
            failed=failed.append,
        )
        self.qtbot.waitUntil(lambda: bool(found or failed))
        assert failed == []
        return found[0]

    def status(self, question: str) -> str:
        return self.named(question).accessibleDescription()


@pytest.fixture
def house(qtbot: QtBot, theme: Theme, store: Store) -> Iterator[House]:
    assignment = fill(store)
    for content in CONTENTS:
        keep(store, content)
    first = FirstFrame(theme)
    qtbot.addWidget(first.window)
    tasks = Tasks(first.window)
    render = RenderHost(ProfileName.VIEWER)
    profile = Profile(Workbench(store))
    services = Services(tasks=tasks, workbench=profile.workbench, render=render, clock=lambda: NOW)
    frame = Frame(window=first.window, theme=theme, queue=first.queue)
    controller = AssessorController(frame, services, profile, Vault(), Settings())  # type: ignore[arg-type]  # a fake
    first.window.show()
    first.window.activateWindow()
    qtbot.waitUntil(first.window.isActiveWindow)
    controller.start("")
    qtbot.waitUntil(lambda: first.queue.table.chosen() is not None)
    yield House(
        frame=first,
        controller=controller,
        tasks=tasks,
        profile=profile,
        assignment=assignment,
        theme=theme,
        qtbot=qtbot,
    )
    controller.stop()
    tasks.close()
    render.close()


def test_the_queue_is_in_front_and_the_focus_in_its_rows(house: House) -> None:
    assert house.frame.window.screen_key() == "queue"
    house.qtbot.waitUntil(house.frame.queue.table.hasFocus)


def test_enter_opens_a_packet_and_the_title_names_its_id_alone(house: House) -> None:
    house.open()
    title = house.frame.window.windowTitle()
    house.press(Qt.Key.Key_Escape)
    house.at("queue")

    assert title.startswith("MC-")
    assert "MC-" not in house.frame.window.windowTitle()


def test_a_rating_moves_the_packet_to_in_progress(house: House) -> None:
    house.open()
    house.press(Qt.Key.Key_1)
    house.press(Qt.Key.Key_Escape)
    house.at("queue")

    house.qtbot.waitUntil(lambda: house.named("In progress").accessibleDescription() == "1")
    assert house.status("Only on this laptop") == "1 draft only on this laptop"


def test_offline_is_a_state_and_not_a_dialog(house: House) -> None:
    with house.qtbot.waitSignal(house.controller.rounds.ended):
        house.controller.look()

    assert house.status("Connection").startswith("Offline since")
    assert house.frame.window.screen_key() == "queue"


def test_who_is_signed_out_signs_in_again_from_the_sync_centre(house: House) -> None:
    house.profile.report = replace(OFFLINE, link=Link.SIGNED_OUT, offline=None)
    with house.qtbot.waitSignal(house.controller.rounds.ended):
        house.controller.look()
    house.click("Sync centre")

    with house.qtbot.waitSignal(house.controller.sign_in_wanted):
        house.click("Sign in again…")


def test_the_status_bar_leads_to_the_sync_centre(house: House) -> None:
    house.click("Connection")

    house.at("sync")


def test_sync_now_does_a_round(house: House) -> None:
    house.click("Sync centre")

    with house.qtbot.waitSignal(house.controller.rounds.ended):
        house.click("Sync now")

    assert house.profile.rounds == 1


def test_a_question_to_the_lead_goes_into_the_outbox(house: House) -> None:
    house.open()
    house.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    box = house.named("What to say")
    assert isinstance(box, QPlainTextEdit)
    send = house.named("Ask")
    assert not send.isEnabled()
    house.qtbot.keyClicks(box, "Does the plan of another year count?")
    house.click("Ask")

    house.qtbot.waitUntil(lambda: bool(house.outbox()))
    (line,) = house.outbox()
    assert (line.kind, line.assignment) == (ActKind.ASK, house.assignment)


def test_recusing_needs_no_words_and_leaves_the_packet(house: House) -> None:
    house.open()
    house.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    house.click("What you want: Recuse")
    house.click("Recuse myself")

    house.at("queue")
    (line,) = house.outbox()
    assert line.kind is ActKind.RECUSE


def test_the_status_bar_leads_out_of_the_desk_and_the_draft_stays(house: House) -> None:
    house.open()
    house.press(Qt.Key.Key_1)

    house.click("Only on this laptop")

    house.at("sync")
    house.qtbot.waitUntil(lambda: "1 draft" in house.status("Only on this laptop"))


def test_settings_hold_at_once(house: House) -> None:
    house.click("Settings")
    house.qtbot.waitUntil(lambda: bool(house.named("Colours: System")))
    house.click("Colours: Dark")

    assert house.theme.mode is Mode.DARK


def test_given_settings_hold_from_the_start(house: House) -> None:
    house.controller.apply(Settings(theme=Colours.DARK, text_scale=1.5, sync_every_minutes=0))

    assert (house.theme.mode, house.theme.text_scale) == (Mode.DARK, 1.5)
    assert house.controller.rounds.next_s is None


def test_a_pause_can_be_ended(house: House) -> None:
    house.profile.hold = threading.Event()
    house.controller.rounds.now()
    house.controller.rounds.pause()
    house.qtbot.waitUntil(lambda: not house.controller.rounds.is_running)
    house.profile.hold.set()

    with house.qtbot.waitSignal(house.controller.rounds.ended):
        house.frame.window.pause_chosen.emit()

    assert not house.controller.rounds.is_paused


def test_every_control_has_a_name(house: House) -> None:
    for section in ("to_review", "sync", "settings"):
        house.controller.show_section(section)
        nameless = [
            button
            for button in house.frame.window.findChildren(QAbstractButton)
            if button.isVisible() and not (button.accessibleName() or button.text())
        ]

        assert nameless == []
