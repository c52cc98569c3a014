import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.domain.determination import IncompleteReviewError
from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, ReviewPlace
from assessor_app.reference_platform.service import Platform
from assessor_app.sync.rounds import Link, RoundProgress, Stage
from assessor_app.usecases.finding import search
from assessor_app.usecases.outbox import count_places, list_outbox, list_receipts
from assessor_app.usecases.packet import open_packet, page_image
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.queue import OnLaptop, QueueGroup
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import act, reopen, seal
from tests.journeys.house import Loan, Town, platform_process
from tests.journeys.laptop import (
    Assessor,
    first_row,
    now,
    queue_of,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.journeys.writing import GROWTH, PRAISE
from tests.reference_platform.factory import built


@pytest.fixture
def loan(town: Town) -> Loan:
    return town.lend(packets=2)


@pytest.fixture
def opened(town: Town, loan: Loan, assessor: Assessor) -> Iterator[OpenProfile]:
    opened = assessor.sign_in(town.url, loan.token)
    sync(opened)
    yield opened
    opened.close()


def test_a_first_round_brings_everything_and_says_so(
    town: Town, loan: Loan, assessor: Assessor
) -> None:
    opened = assessor.sign_in(town.url, loan.token)

    report = sync(opened)

    queue = queue_of(opened)
    opened.close()
    assert (report.link, report.packets, report.missing) == (Link.ONLINE, 2, ())
    assert [row.on_laptop for row in queue.rows] == [OnLaptop.READY] * 2
    assert queue.counts == {QueueGroup.TO_REVIEW: 2}
    assert report.changed == {row.assignment for row in queue.rows}


def test_a_page_that_was_fetched_is_the_page_that_was_served(
    loan: Loan, opened: OpenProfile
) -> None:
    row = first_row(opened)
    packet = opened.workbench.prepare(open_packet, row.assignment, now=now())().packet
    image = packet.artifacts[0].pages[0].image

    content = opened.workbench.prepare(page_image, image)()

    served = {**loan.built[0].blobs, **loan.built[1].blobs}
    assert content == served[image.sha256]


def test_a_second_round_fetches_nothing_twice(opened: OpenProfile) -> None:
    report = sync(opened)

    assert (report.packets, report.fetched_bytes, report.changed) == (0, 0, frozenset())


def test_a_sealed_review_is_received_with_a_receipt(town: Town, opened: OpenProfile) -> None:
    row = first_row(opened)
    sealed = write_and_seal(opened, row.assignment)
    places = opened.workbench.prepare(count_places)()
    assert (places.laptop, places.outbox, places.received) == (0, 1, 0)

    report = sync(opened)

    assert report.received == (ActId(sealed.review),)
    (line,) = opened.workbench.prepare(list_receipts)()
    assert line.receipt is not None
    assert (line.receipt.sequence, line.place) == (1, ReviewPlace.RECEIVED)
    assert town.live_reviews(row.assignment) == [sealed.review]


def test_what_leaves_is_what_was_frozen(town: Town, opened: OpenProfile) -> None:
    row = first_row(opened)
    sealed = write_and_seal(opened, row.assignment)

    sync(opened)

    ((body_sha256,),) = town.query("SELECT body_sha256 FROM act WHERE act = ?", sealed.review)
    (line,) = opened.workbench.prepare(list_outbox)()
    assert line.body_sha256 == body_sha256


def test_one_works_and_seals_while_the_platform_is_away(tmp_path: Path, assessor: Assessor) -> None:
    folder = tmp_path / "platform"
    platform = Platform(folder, clock=wall_clock().now, draw=lambda: 1.0)
    loan = Town(folder, platform, "").lend()
    with platform_process(folder) as url:
        opened = assessor.sign_in(url, loan.token)
        sync(opened)
        port = int(url.rpartition(":")[2])
    opened = assessor.reopen(opened)
    sealed = write_and_seal(opened, first_row(opened).assignment)
    assert sync(opened).link is Link.OFFLINE
    opened = assessor.reopen(opened)
    with platform_process(folder, port):
        report = sync(opened)

    assert report.received == (ActId(sealed.review),)
    opened.close()
    platform.close()


def test_what_is_missing_cannot_be_sealed(opened: OpenProfile) -> None:
    row = first_row(opened)
    packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
    opened.workbench.prepare(save_draft, packet.draft.review, now=now())()

    with pytest.raises(IncompleteReviewError):
        opened.workbench.prepare(seal, row.assignment, now=now())()

    assert opened.workbench.prepare(list_outbox)() == ()


def test_a_reopened_review_is_voided_before_the_new_one_leaves(
    town: Town, opened: OpenProfile
) -> None:
    row = first_row(opened)
    first = write_and_seal(opened, row.assignment)
    sync(opened)

    opened.workbench.prepare(reopen, first.review, now=now())()
    second = opened.workbench.prepare(seal, row.assignment, now=now())()
    sync(opened)

    acts = {line.act: line for line in opened.workbench.prepare(list_outbox)()}
    assert acts[ActId(first.review)].state is OutboxState.VOIDED
    assert acts[ActId(second.review)].place is ReviewPlace.RECEIVED
    assert town.live_reviews(row.assignment) == [second.review]


def test_a_withdrawn_packet_is_kept_with_its_review_as_attention(
    town: Town, loan: Loan, opened: OpenProfile
) -> None:
    row = first_row(opened)
    write_and_seal(opened, row.assignment)
    for submission in loan.submissions:
        town.platform.withdraw(submission)

    report = sync(opened)

    (line,) = opened.workbench.prepare(list_outbox)()
    assert line.attention is AttentionReason.CLOSED
    assert report.refused == (line.act,)
    assert [(each.assignment, each.group) for each in queue_of(opened).rows] == [
        (row.assignment, QueueGroup.ATTENTION)
    ]


def test_a_draft_of_a_withdrawn_packet_is_kept_as_attention(
    town: Town, loan: Loan, opened: OpenProfile
) -> None:
    row = first_row(opened)
    packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
    opened.workbench.prepare(save_draft, packet.draft.review, now=now())()
    for submission in loan.submissions:
        town.platform.withdraw(submission)

    sync(opened)

    (kept,) = queue_of(opened).rows
    assert kept.group is QueueGroup.ATTENTION
    assert opened.workbench.prepare(open_packet, row.assignment, now=now())().draft.saved_at


def test_a_recusal_travels_like_a_review(opened: OpenProfile) -> None:
    row = first_row(opened)

    opened.workbench.prepare(act, ActKind.RECUSE, row.assignment, now=now())()
    report = sync(opened)

    assert len(report.received) == 1
    assert row.assignment not in {each.assignment for each in queue_of(opened).rows}


def test_a_new_assignment_comes_with_the_feed(town: Town, loan: Loan, opened: OpenProfile) -> None:
    key = town.query("SELECT key FROM person ORDER BY id DESC LIMIT 1")[0][0]
    submission = town.platform.take_in(built(f"{key} later"))
    assignment = town.platform.assign(submission, key)

    report = sync(opened)

    assert report.changed == {assignment}
    assert report.packets == 1


def test_responses_are_found(opened: OpenProfile) -> None:
    hits = opened.workbench.prepare(search, "pupils class")()

    assert len(hits) == 2


def test_no_text_and_no_token_is_logged(
    town: Town, loan: Loan, assessor: Assessor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    opened = assessor.sign_in(town.url, loan.token)
    sync(opened)
    write_and_seal(opened, first_row(opened).assignment)
    sync(opened)
    opened.workbench.prepare(search, "pupils class")()
    opened.close()

    responses = [
        prompt.response
        for made in loan.built
        for part in made.packet.parts
        for prompt in part.prompts
    ]
    for text in (
        *responses,
        PRAISE,
        GROWTH,
        loan.token,
        loan.built[0].packet.microcredential.title,
    ):
        assert text not in caplog.text


def test_a_stopped_round_fetches_nothing_more(town: Town, loan: Loan, assessor: Assessor) -> None:
    opened = assessor.sign_in(town.url, loan.token)
    stop = threading.Event()

    def stop_when_fetching(progress: RoundProgress) -> None:
        if progress.stage is Stage.FETCHING:
            stop.set()

    report = opened.sync_round(stop_when_fetching, stop)

    assert (report.link, report.packets, report.fetched_bytes) == (Link.STOPPED, 2, 0)
    assert {row.on_laptop for row in queue_of(opened).rows} == {OnLaptop.PARTLY}
    assert sync(opened).link is Link.ONLINE
    opened.close()


def test_a_changed_view_lets_the_same_bytes_go_within_one_round(
    town: Town, loan: Loan, opened: OpenProfile
) -> None:
    """A lease that was renewed elsewhere makes our view old; nothing is written anew."""
    row = first_row(opened)
    opened.workbench.prepare(act, ActKind.LEASE, row.assignment, now=now())()
    sealed = write_and_seal(opened, row.assignment)

    report = sync(opened)

    (line,) = (one for one in opened.workbench.prepare(list_outbox)() if one.review)
    assert (line.place, line.tries) == (ReviewPlace.RECEIVED, 2)
    assert report.received[-1] == ActId(sealed.review)
    assert town.live_reviews(row.assignment) == [sealed.review]


def test_a_metered_round_brings_the_manifests_and_nothing_large(
    town: Town, loan: Loan, assessor: Assessor
) -> None:
    opened = assessor.sign_in(town.url, loan.token)

    metered = opened.sync_round(ignore, threading.Event(), fetches=False)
    rows = queue_of(opened).rows
    asked = opened.sync_round(ignore, threading.Event())

    fetched = queue_of(opened).rows
    opened.close()
    assert (metered.link, metered.packets, metered.fetched_bytes) == (Link.ONLINE, 2, 0)
    assert metered.held_bytes > 0
    assert [row.on_laptop for row in rows] == [OnLaptop.PARTLY] * 2
    assert (asked.fetched_bytes, asked.held_bytes) == (metered.held_bytes, 0)
    assert [row.on_laptop for row in fetched] == [OnLaptop.READY] * 2


def ignore(_progress: RoundProgress) -> None:
    """Nobody looks."""
