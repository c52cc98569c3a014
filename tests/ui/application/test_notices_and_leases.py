"""What the platform has to say, and until when a packet is lent, in the real window."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from assessor_app.domain.outbox import ActKind
from assessor_app.store import assignments, notices
from assessor_app.store.opening import Store
from assessor_app.ui.application.platform_notices import notice_words
from assessor_app.usecases.notices import NoticeKind
from tests.finding import said
from tests.store.making import EPOCH, NOW
from tests.ui.application.test_controller import House, house, key, opened, store, vault

__all__ = ["house", "key", "opened", "store", "vault"]


def says(house: House, words: str) -> Callable[[], bool]:
    return lambda: words in said(house.frame.window)


def lend_until(store: Store, house: House, days: int) -> None:
    with store.sessions.begin() as session:
        own = assignments.get_assignment(session, house.assignment)
        assert own is not None
        lent = replace(
            own, lease_until=NOW + timedelta(days=days), view_version=own.view_version + 1
        )
        assert assignments.put_assignment(session, lent, epoch=EPOCH)


def tell(store: Store, name: str) -> None:
    with store.sessions.begin() as session:
        notices.put_notice(session, name)


def unread(store: Store) -> tuple[str, ...]:
    with store.sessions.begin() as session:
        return notices.list_notices(session)


def test_a_notice_is_shown_after_a_round_until_it_was_read(
    qtbot: QtBot, house: House, store: Store
) -> None:
    tell(store, "maintenance")
    house.controller.rounds.now()
    qtbot.waitUntil(says(house, "The platform will be away for a while"))

    house.click("I have read it")

    assert not says(house, "The platform will be away for a while")()
    qtbot.waitUntil(lambda: unread(store) == ())


def test_a_notice_waits_until_the_packet_is_left(qtbot: QtBot, house: House, store: Store) -> None:
    house.open()
    tell(store, "update-soon")
    with qtbot.waitSignal(house.controller.rounds.ended):
        house.controller.rounds.now()
    assert not says(house, "A newer Assessor will be needed soon")()

    house.press(Qt.Key.Key_Escape)

    qtbot.waitUntil(says(house, "A newer Assessor will be needed soon"))


@pytest.mark.parametrize("name", [*NoticeKind, "a-word-of-later"])
def test_every_notice_has_words(name: str) -> None:
    title, text = notice_words(name)

    assert title
    assert text.endswith(".")


def test_a_lease_that_ran_out_is_said_on_the_desk_and_can_be_renewed_there(
    qtbot: QtBot, house: House, store: Store
) -> None:
    lend_until(store, house, -1)
    house.open()
    qtbot.waitUntil(says(house, "The time for which this packet was lent is over"))

    house.controller._room.desk.ways_out_chosen.emit()  # noqa: SLF001 (as its menu does)
    house.click("What you want: Keep longer")
    assert says(house, "It was lent to you until Tue 24 Nov")()
    house.click("Ask to keep it")

    qtbot.waitUntil(lambda: [line.kind for line in house.outbox()] == [ActKind.LEASE])


def test_a_lease_that_holds_says_until_when_and_nothing_more(
    qtbot: QtBot, house: House, store: Store
) -> None:
    lend_until(store, house, 3)
    house.open()
    assert not says(house, "The time for which this packet was lent is over")()

    house.controller._room.desk.ways_out_chosen.emit()  # noqa: SLF001 (as its menu does)

    qtbot.waitUntil(says(house, "Lent to you until Sat 28 Nov."))
