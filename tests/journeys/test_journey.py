from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor_app.domain.determination import IncompleteReviewError
from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, ReviewPlace
from assessor_app.sync.rounds import Link
from assessor_app.usecases.finding import search
from assessor_app.usecases.outbox import count_places, list_outbox, list_receipts
from assessor_app.usecases.packet import open_packet, page_image
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.queue import OnLaptop, QueueGroup, list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import act, reopen, seal
from tests.journeys.house import (
    Assessor,
    Town,
    found,
    platform_process,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.reference_platform.factory import built


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return found(tmp_path / "platform", ("north", "south"))


@pytest.fixture
def url(town: Town) -> Iterator[str]:
    with platform_process(town.folder) as url:
        yield url


@pytest.fixture
def assessor(tmp_path: Path) -> Assessor:
    return Assessor(tmp_path / "laptop")


@pytest.fixture
def opened(town: Town, url: str, assessor: Assessor) -> Iterator[OpenProfile]:
    opened = assessor.sign_in(url, town.token)
    yield opened
    opened.close()


def test_a_first_round_brings_everything_and_says_so(opened: OpenProfile) -> None:
    report = sync(opened)
    queue = opened.workbench.prepare(list_queue, now=now())()

    assert (report.link, report.packets, report.missing) == (Link.ONLINE, 2, ())
    assert [row.on_laptop for row in queue.rows] == [OnLaptop.READY] * 2
    assert queue.counts == {QueueGroup.TO_REVIEW: 2}
    assert report.changed == {row.assignment for row in queue.rows}


def test_a_page_that_was_fetched_is_the_page_that_was_served(opened: OpenProfile) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    packet = opened.workbench.prepare(open_packet, row.assignment, now=now())().packet
    image = packet.artifacts[0].pages[0].image

    content = opened.workbench.prepare(page_image, image)()

    served = {**built("north").blobs, **built("south").blobs}
    assert content == served[image.sha256]


def test_a_second_round_fetches_nothing_twice(opened: OpenProfile) -> None:
    sync(opened)

    report = sync(opened)

    assert (report.packets, report.fetched_bytes, report.changed) == (0, 0, frozenset())


def test_a_sealed_review_is_received_with_a_receipt(town: Town, opened: OpenProfile) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    sealed = write_and_seal(opened, row.assignment)
    places = opened.workbench.prepare(count_places)()
    assert (places.laptop, places.outbox, places.received) == (0, 1, 0)

    report = sync(opened)

    assert report.received == (ActId(sealed.review),)
    (receipt,) = opened.workbench.prepare(list_receipts)()
    assert receipt.receipt is not None
    assert (receipt.receipt.sequence, receipt.place) == (1, ReviewPlace.RECEIVED)
    platform = town.open()
    assert len(platform.status().reviews) == 1
    platform.close()


def test_the_platform_need_not_be_there_while_one_works(
    town: Town, assessor: Assessor, tmp_path: Path
) -> None:
    with platform_process(town.folder) as url:
        opened = assessor.sign_in(url, town.token)
        sync(opened)
        port = int(url.rpartition(":")[2])
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    write_and_seal(opened, row.assignment)
    assert sync(opened).link is Link.OFFLINE
    folder = opened.folder
    opened.close()
    opened = open_with_keyring(folder, assessor.vault, wall_clock())
    with platform_process(town.folder, port):
        report = sync(opened)

    assert len(report.received) == 1
    opened.close()


def test_what_is_missing_cannot_be_sealed(opened: OpenProfile) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
    opened.workbench.prepare(save_draft, packet.draft.review, now=now())()

    with pytest.raises(IncompleteReviewError):
        opened.workbench.prepare(seal, row.assignment, now=now())()
    assert opened.workbench.prepare(list_outbox)() == ()


def test_a_reopened_review_is_voided_before_the_new_one_leaves(
    town: Town, opened: OpenProfile
) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    first = write_and_seal(opened, row.assignment)
    sync(opened)

    opened.workbench.prepare(reopen, first.review, now=now())()
    second = opened.workbench.prepare(seal, row.assignment, now=now())()
    sync(opened)

    acts = {line.act: line for line in opened.workbench.prepare(list_outbox)()}
    assert acts[ActId(first.review)].state is OutboxState.VOIDED
    assert acts[ActId(second.review)].place is ReviewPlace.RECEIVED
    platform = town.open()
    assert [one.review for one in platform.status().reviews if one.live] == [second.review]
    platform.close()


def test_a_withdrawn_packet_is_kept_with_its_draft_as_attention(
    town: Town, opened: OpenProfile
) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]
    write_and_seal(opened, row.assignment)
    platform = town.open()
    for submission in town.submissions:
        platform.withdraw(submission)
    platform.close()

    report = sync(opened)

    (line,) = opened.workbench.prepare(list_outbox)()
    assert line.attention is AttentionReason.CLOSED
    assert report.refused == (line.act,)
    kept = opened.workbench.prepare(list_queue, now=now())().rows
    assert [each.group for each in kept] == [QueueGroup.ATTENTION]


def test_a_recusal_travels_like_a_review(opened: OpenProfile) -> None:
    sync(opened)
    row = opened.workbench.prepare(list_queue, now=now())().rows[0]

    opened.workbench.prepare(act, ActKind.RECUSE, row.assignment, now=now())()
    report = sync(opened)

    assert len(report.received) == 1
    assert row.assignment not in {
        each.assignment for each in opened.workbench.prepare(list_queue, now=now())().rows
    }


def test_responses_and_titles_are_found(opened: OpenProfile) -> None:
    sync(opened)

    hits = opened.workbench.prepare(search, "pupils north")()

    assert len(hits) == 1
