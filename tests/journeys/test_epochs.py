"""A platform that is restored from a backup, or signs with another key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import OutboxState, ReviewPlace
from assessor_app.reference_platform.service import Platform
from assessor_app.sync.rounds import Link
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.seal import reopen, seal
from tests.journeys.house import Town, platform_process
from tests.journeys.laptop import (
    Assessor,
    first_row,
    now,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.journeys.proxy import Pass, Proxy, Verdict
from tests.reference_platform.serving import served


@pytest.fixture
def small_town(tmp_path: Path) -> Iterator[Town]:
    """A platform whose hands and door are in this process, so that it can be restored."""
    folder = tmp_path / "platform"
    platform = Platform(folder, clock=wall_clock().now, draw=lambda: 1.0)
    with served(platform) as url:
        yield Town(folder, platform, url)
    platform.close()


def test_what_a_restored_platform_forgot_is_sent_again(
    small_town: Town, assessor: Assessor
) -> None:
    opened = assessor.sign_in(small_town.url, small_town.lend().token)
    sync(opened)
    backup = small_town.platform.back_up()
    row = first_row(opened)
    sealed = write_and_seal(opened, row.assignment)
    sync(opened)
    small_town.platform.restore(backup.name)
    assert small_town.live_reviews(row.assignment) == []

    report = sync(opened)

    (line,) = opened.workbench.prepare(list_outbox)()
    assert report.received == (ActId(sealed.review),)
    assert line.place is ReviewPlace.RECEIVED
    assert small_town.live_reviews(row.assignment) == [sealed.review]
    opened.close()


def test_a_void_a_restored_platform_forgot_goes_again_before_the_review(
    small_town: Town, assessor: Assessor
) -> None:
    opened = assessor.sign_in(small_town.url, small_town.lend().token)
    sync(opened)
    row = first_row(opened)
    first = write_and_seal(opened, row.assignment)
    sync(opened)
    backup = small_town.platform.back_up()
    opened.workbench.prepare(reopen, first.review, now=now())()
    second = opened.workbench.prepare(seal, row.assignment, now=now())()
    sync(opened)
    small_town.platform.restore(backup.name)
    assert small_town.live_reviews(row.assignment) == [first.review]

    sync(opened)

    assert small_town.live_reviews(row.assignment) == [second.review]
    opened.close()


@pytest.mark.parametrize("asked", [b"PUT", b"/v1/feed"])
def test_a_restore_in_the_middle_of_a_round_begins_it_again(
    small_town: Town, assessor: Assessor, asked: bytes
) -> None:
    token = small_town.lend().token
    backups: list[str] = []

    def restore_once(first_line: bytes) -> Verdict:
        if asked in first_line and backups:
            small_town.platform.restore(backups.pop())
        return Pass()

    with Proxy(small_town.url, restore_once) as proxy:
        opened = assessor.sign_in(proxy.url, token)
        sync(opened)
        row = first_row(opened)
        sealed = write_and_seal(opened, row.assignment)
        backups.append(small_town.platform.back_up().name)

        report = sync(opened)

        assert (report.link, backups) == (Link.ONLINE, [])
        assert ActId(sealed.review) in report.received
        assert small_town.live_reviews(row.assignment) == [sealed.review]
        opened.close()


def test_what_every_backup_holds_is_settled(small_town: Town, assessor: Assessor) -> None:
    opened = assessor.sign_in(small_town.url, small_town.lend().token)
    sync(opened)
    write_and_seal(opened, first_row(opened).assignment)
    sync(opened)
    small_town.platform.back_up()

    sync(opened)

    (line,) = opened.workbench.prepare(list_outbox)()
    assert line.state is OutboxState.SETTLED
    opened.close()


def test_another_receipt_key_sends_nothing_until_a_new_sign_in(
    tmp_path: Path, assessor: Assessor
) -> None:
    folder = tmp_path / "platform"
    platform = Platform(folder, clock=wall_clock().now, draw=lambda: 1.0)
    town = Town(folder, platform, "")
    loan = town.lend()
    platform.close()
    with platform_process(folder) as url:
        opened = assessor.sign_in(url, loan.token)
        sync(opened)
    row = first_row(opened)
    sealed = write_and_seal(opened, row.assignment)
    (folder / "receipt.key").unlink()
    with platform_process(folder, int(url.rpartition(":")[2])):
        assert sync(opened).link is Link.OTHER_KEY
        assert town.live_reviews(row.assignment) == []
        opened.close()
        opened = assessor.sign_in(url, loan.token)
        report = sync(opened)

    assert report.received == (ActId(sealed.review),)
    opened.close()
