"""The sync centre in front of a real platform: an answer is lost, asked for, and comes."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.ui.application.controller import AssessorController, Frame
from assessor_app.ui.application.first_frame import FirstFrame
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.outbox import hold_all, list_outbox
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.settings import Settings
from tests.finding import said, shown
from tests.journeys.house import Town
from tests.journeys.laptop import Assessor, first_row, now, sync, write_and_seal
from tests.journeys.proxy import LOSE_THE_ANSWER, Instead, Pass, Proxy, Verdict
from tests.journeys.test_lost_answers import WELCOME, Once

LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True, slots=True)
class Centre:
    """The window with the sync centre in front."""

    window: QWidget
    controller: AssessorController
    qtbot: QtBot

    def round(self) -> None:
        with self.qtbot.waitSignal(self.controller.rounds.ended, timeout=10_000):
            self.controller.rounds.now()

    def click(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: bool(self.named(name)))
        self.qtbot.mouseClick(self.named(name)[0], LEFT)

    def named(self, name: str) -> list[QWidget]:
        return shown(self.window, QWidget, name)

    def says(self, words: str) -> bool:
        return words in said(self.window)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def render() -> Iterator[RenderHost]:
    made = RenderHost(ProfileName.VIEWER)
    yield made
    made.close()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(qapp)
    yield made
    made.close()


@dataclass(frozen=True, slots=True)
class Room:
    """What a window needs beside a profile."""

    qtbot: QtBot
    theme: Theme
    tasks: Tasks
    render: RenderHost

    def open(self, opened: OpenProfile, assessor: Assessor) -> Centre:
        first = FirstFrame(self.theme)
        self.qtbot.addWidget(first.window)
        services = Services(
            tasks=self.tasks, workbench=opened.workbench, render=self.render, clock=now
        )
        frame = Frame(window=first.window, theme=self.theme, queue=first.queue)
        settings = Settings(sync_every_minutes=0)
        controller = AssessorController(frame, services, opened, assessor.vault, settings)
        first.window.show()
        controller.start("")
        controller.show_section("sync")
        return Centre(first.window, controller, self.qtbot)

    def shut(self, centre: Centre) -> None:
        centre.controller.stop()
        self.qtbot.waitUntil(lambda: not centre.controller.rounds.is_running)


@pytest.fixture
def room(qtbot: QtBot, theme: Theme, tasks: Tasks, render: RenderHost) -> Room:
    return Room(qtbot, theme, tasks, render)


def test_a_lost_answer_is_asked_for_now_and_its_receipt_comes(
    town: Town, assessor: Assessor, room: Room
) -> None:
    with Proxy(town.url, Once(b"PUT", LOSE_THE_ANSWER)) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend().token)
        sync(opened)
        row = first_row(opened)
        sealed = write_and_seal(opened, row.assignment)
        centre = room.open(opened, assessor)

        centre.round()
        room.qtbot.waitUntil(lambda: centre.says("No answer came. "))
        with room.qtbot.waitSignal(centre.controller.rounds.ended, timeout=10_000):
            centre.click(f"Ask now {row.submission}")

        room.qtbot.waitUntil(lambda: centre.says("Receipt 1"))
        assert centre.says("Nothing waits to be sent.")
        assert town.live_reviews(row.assignment) == [sealed.review]
        room.shut(centre)
        opened.close()


def test_what_is_held_does_not_reach_the_platform_before_all_is_sent(
    town: Town, assessor: Assessor, room: Room
) -> None:
    opened = assessor.sign_in(town.url, town.lend().token)
    sync(opened)
    row = first_row(opened)
    sealed = write_and_seal(opened, row.assignment)
    opened.workbench.prepare(hold_all)()
    opened = assessor.reopen(opened)
    centre = room.open(opened, assessor)

    centre.round()
    room.qtbot.waitUntil(lambda: centre.says("You hold it"))
    assert town.live_reviews(row.assignment) == []
    centre.click("Send all")
    room.qtbot.waitUntil(lambda: not centre.says("You hold it"))
    centre.round()

    room.qtbot.waitUntil(lambda: centre.says("Receipt 1"))
    assert town.live_reviews(row.assignment) == [sealed.review]
    room.shut(centre)
    opened.close()


def test_a_portal_is_seen_as_it_answers_and_holds_the_review(
    town: Town, assessor: Assessor, room: Room
) -> None:
    def portal(first_line: bytes) -> Verdict:
        return Instead(WELCOME) if in_the_way else Pass()

    in_the_way: list[str] = []
    with Proxy(town.url, portal) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(packets=2).token)
        sync(opened)
        row = first_row(opened)
        write_and_seal(opened, row.assignment)
        in_the_way.append("here")
        centre = room.open(opened, assessor)

        centre.round()

        room.qtbot.waitUntil(lambda: centre.says("The answers are web pages"))
        assert centre.says("This network wants you to sign in first")
        assert centre.says("127.0.0.1 is not reached")
        assert centre.says("sealed, held until the network is open")
        assert centre.says("1 packet can be reviewed without a network.")
        centre.click("Copy what this laptop sees")
        copied = QApplication.clipboard().text()
        assert "a web page" in copied
        assert "The receipt key is the pinned one" in copied
        (line,) = opened.workbench.prepare(list_outbox)()
        assert line.tries == 0
        room.shut(centre)
        opened.close()
