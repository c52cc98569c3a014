"""A platform that takes no review, or not now, and what becomes of the work on the laptop."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.review import Review
from assessor_app.reference_platform.demands import FULL_WAIT_S, NO_DEMANDS, Demands
from assessor_app.reference_platform.service import LIMITS, Platform
from assessor_app.sync.rounds import Link
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.wire.messages import ProblemKind
from tests.journeys.laptop import Assessor, first_row, now, sync, write_and_seal
from tests.journeys.writing import revisions
from tests.reference_platform.factory import FIRST, built
from tests.reference_platform.serving import served


@dataclass
class Place:
    """A platform that is served, and its address and token."""

    platform: Platform
    url: str
    token: str


@contextmanager
def place(folder: Path, demands: Demands = NO_DEMANDS) -> Iterator[Place]:
    platform = Platform(folder, clock=lambda: datetime.now(UTC), draw=lambda: 1.0, demands=demands)
    token = platform.token(FIRST)
    if not platform.status().submissions:
        platform.assign(platform.take_in(built("north", page_bytes=70_000)), FIRST)
    with served(platform) as url:
        yield Place(platform, url, token)
    platform.close()


def write(opened: OpenProfile, feedback: str) -> Review:
    """Do the whole work, with a long first feedback, and seal it."""
    bench = opened.workbench
    assignment = first_row(opened).assignment
    packet = bench.prepare(open_packet, assignment, now=now())()
    *_, whole = revisions(packet.draft.review, packet.packet, packet.rubric)
    first, *others = whole.feedback
    long = replace(whole, feedback=(replace(first, text=feedback), *others))
    bench.prepare(save_draft, long, now=now())()
    bench.prepare(seal, assignment, now=now())()
    return long


def line_of(opened: OpenProfile, kind: ActKind) -> OutboxLine:
    return next(line for line in opened.workbench.prepare(list_outbox)() if line.kind is kind)


def assert_voided_first(opened: OpenProfile, platform: Platform, kind: ProblemKind) -> None:
    """The platform counts nothing, and the assessor has all of the text and the reason."""
    review, void = line_of(opened, ActKind.REVIEW), line_of(opened, ActKind.VOID)
    assert (review.state, review.attention) == (OutboxState.ATTENTION, AttentionReason.REFUSED)
    assert review.problem is not None
    assert review.problem.kind is kind
    assert void.state in (OutboxState.RECEIVED, OutboxState.SETTLED)
    assert platform.status().reviews == ()


def test_a_review_that_is_too_large_is_voided_then_before_the_assessor_and_kept(
    tmp_path: Path, assessor: Assessor
) -> None:
    with place(tmp_path / "platform") as here:
        opened = assessor.sign_in(here.url, here.token)
        sync(opened)
        text = "Show the goal that the coachee chose. " * (LIMITS.review_bytes // 38)
        long = write(opened, text)

        assert sync(opened).link is Link.ONLINE

        assert_voided_first(opened, here.platform, ProblemKind.TOO_LARGE)
        assignment = first_row(opened).assignment
        draft = opened.workbench.prepare(open_packet, assignment, now=now())().draft
        assert draft.review.feedback == long.feedback
        opened.close()


def test_a_protocol_that_is_too_old_is_voided_then_before_the_assessor(
    tmp_path: Path, assessor: Assessor
) -> None:
    with place(tmp_path / "platform", Demands(oldest_protocol=2)) as here:
        opened = assessor.sign_in(here.url, here.token)
        sync(opened)
        write_and_seal(opened, first_row(opened).assignment)

        assert sync(opened).link is Link.ONLINE

        assert_voided_first(opened, here.platform, ProblemKind.TOO_OLD)
        opened.close()


def test_a_full_platform_pauses_the_queue_for_as_long_as_it_says(
    tmp_path: Path, assessor: Assessor
) -> None:
    folder = tmp_path / "platform"
    with place(folder):
        pass
    full = (folder / "platform.db").stat().st_size
    with place(folder, Demands(database_bytes=full)) as here:
        opened = assessor.sign_in(here.url, here.token)
        sync(opened)
        write(opened, "Show the goal that the coachee chose. " * 10_000)

        report = sync(opened)

        assert report.link is Link.BUSY
        assert report.again_in_s == pytest.approx(FULL_WAIT_S, abs=5)
        assert line_of(opened, ActKind.REVIEW).state is OutboxState.QUEUED
        assert sync(opened).link is Link.BUSY
        opened.close()


def test_a_token_that_asks_too_much_waits_and_then_goes_on(
    tmp_path: Path, assessor: Assessor
) -> None:
    with place(tmp_path / "platform", Demands(requests_a_minute=5)) as here:
        opened = assessor.sign_in(here.url, here.token)

        report = sync(opened)
        while report.link is not Link.BUSY:
            report = sync(opened)

        assert report.again_in_s is not None
        assert 0 < report.again_in_s <= 12
        assert sync(opened).link is Link.BUSY
        opened.close()
