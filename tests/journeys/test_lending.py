"""Leases and notices, from the operator's hand to the assessor's laptop."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.reference_platform.lending import LEASE
from assessor_app.reference_platform.service import Platform
from assessor_app.usecases.notices import NoticeKind, list_notices
from assessor_app.usecases.outbox import list_outbox, list_stranded
from assessor_app.usecases.packet import OpenedPacket, open_packet
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import act
from tests.journeys.laptop import Assessor, first_row, now, sync, write_and_seal
from tests.journeys.writing import revisions
from tests.reference_platform.factory import FIRST, built
from tests.reference_platform.serving import served

SECOND = "assessor-2"


class Clock:
    """The platform's clock, which a test puts forward."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A platform, and the laptop of the assessor whom it lent a packet."""

    platform: Platform
    clock: Clock
    opened: OpenProfile


@pytest.fixture
def lent(tmp_path: Path, assessor: Assessor) -> Iterator[Lent]:
    clock = Clock()
    platform = Platform(tmp_path / "platform", clock=clock, draw=lambda: 1.0)
    token = platform.token(FIRST)
    platform.token(SECOND)
    platform.assign(platform.take_in(built("north", page_bytes=70_000)), FIRST)
    with served(platform) as url:
        opened = assessor.sign_in(url, token)
        sync(opened)
        yield Lent(platform=platform, clock=clock, opened=opened)
        opened.close()
    platform.close()


def opened_packet(opened: OpenProfile) -> OpenedPacket:
    row = first_row(opened)
    return opened.workbench.prepare(open_packet, row.assignment, now=now())()


def draft(opened: OpenProfile) -> None:
    packet = opened_packet(opened)
    one, *_ = revisions(packet.draft.review, packet.packet, packet.rubric)
    opened.workbench.prepare(save_draft, one, now=now())()


def test_a_lease_that_ran_out_ends_nothing_by_itself_and_can_be_renewed(lent: Lent) -> None:
    opened, clock = lent.opened, lent.clock
    draft(opened)
    assert not opened_packet(opened).lease_is_over
    clock.ahead = LEASE + timedelta(hours=1)
    sync(opened)
    late = opened_packet(opened)
    assert (late.lease_is_over, late.assignment.state) == (True, AssignmentState.OPEN)
    assert late.draft.review.ratings

    opened.workbench.prepare(act, ActKind.LEASE, late.assignment.id, now=now())()
    sync(opened)

    again = opened_packet(opened)
    assert not again.lease_is_over
    assert again.assignment.lease_until is not None
    assert again.assignment.lease_until > clock()
    assert again.draft.review == late.draft.review


def test_a_review_sealed_after_the_lease_counts_while_nobody_took_the_packet_back(
    lent: Lent,
) -> None:
    lent.clock.ahead = LEASE + timedelta(hours=1)
    write_and_seal(lent.opened, first_row(lent.opened).assignment)

    assert sync(lent.opened).received

    assert [one.live for one in lent.platform.status().reviews] == [True]


def test_what_the_operator_takes_back_keeps_the_draft_and_lets_a_review_be_donated(
    lent: Lent,
) -> None:
    platform, opened = lent.platform, lent.opened
    assert platform.reclaim() == 0
    lent.clock.ahead = LEASE + timedelta(hours=1)
    draft(opened)

    assert platform.reclaim() == 1
    sync(opened)

    (stranded,) = opened.workbench.prepare(list_stranded)()
    assert stranded.assignment == platform.status().assignments[0].id
    assert len(platform.assign_all(SECOND)) == 1


def test_a_review_on_its_way_meets_a_packet_that_was_taken_back(lent: Lent) -> None:
    opened = lent.opened
    write_and_seal(opened, first_row(opened).assignment)
    lent.clock.ahead = LEASE + timedelta(hours=1)
    lent.platform.reclaim()

    sync(opened)

    (line,) = opened.workbench.prepare(list_outbox)()
    assert (line.state, line.attention) == (OutboxState.ATTENTION, AttentionReason.CLOSED)


def test_a_notice_reaches_those_it_is_for(lent: Lent) -> None:
    assert lent.platform.notice(NoticeKind.GET_IN_TOUCH, SECOND) == 1
    assert lent.platform.notice(NoticeKind.MAINTENANCE) == 2

    sync(lent.opened)

    assert lent.opened.workbench.prepare(list_notices)() == (NoticeKind.MAINTENANCE,)
