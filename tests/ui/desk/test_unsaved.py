"""What the store did not take is kept in the window, and tried again."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import event

from assessor_app.store.errors import DiskFullError
from assessor_app.store.opening import Store
from tests.ui.desk.conftest import House
from tests.ui.desk.rubric import MIDDLE, PLAN


@dataclass
class Disk:
    """Takes no review while it is full."""

    is_full: bool = True

    def refuse(
        self,
        _connection: object,
        _cursor: object,
        statement: str,
        *_more: object,
    ) -> None:
        if self.is_full and "revisions" in statement and not statement.startswith("SELECT"):
            raise DiskFullError(released=False)


@pytest.fixture
def disk(store: Store) -> Iterator[Disk]:
    made = Disk()
    event.listen(store.engine, "before_cursor_execute", made.refuse)
    yield made
    event.remove(store.engine, "before_cursor_execute", made.refuse)


def rate(house: House) -> None:
    with house.qtbot.waitSignal(house.desk.not_saved):
        house.press("2")


def test_a_packet_that_is_opened_again_shows_what_was_not_saved(house: House, disk: Disk) -> None:
    rate(house)
    assert house.desk.is_unsaved
    assert house.review().levels() == {}

    disk.is_full = False
    house.open()

    assert house.desk.review.levels() == {PLAN: MIDDLE}
    assert house.review().levels() == {PLAN: MIDDLE}
    assert not house.desk.is_unsaved


def test_leaving_and_sealing_try_to_save_once_more(house: House, disk: Disk) -> None:
    rate(house)
    disk.is_full = False

    house.desk.seal()

    assert house.review().levels() == {PLAN: MIDDLE}
    assert not house.desk.is_unsaved
