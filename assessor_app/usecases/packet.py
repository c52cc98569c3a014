"""Open one packet with everything said about it, and look at its evidence."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assessor_app.domain.assignment import Assignment, AssignmentState
from assessor_app.domain.deadline import business_days_left
from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Review
from assessor_app.domain.rubric import Rubric
from assessor_app.store import account, assignments, marks, outbox, reviews
from assessor_app.store.marks import PageMark
from assessor_app.usecases.carrying import carried_alone
from assessor_app.usecases.errors import NotHereError, OldVersionGoneError
from assessor_app.usecases.evidence import page_image, page_layer, text_view
from assessor_app.usecases.review import DraftState, draft_state, present, version
from assessor_app.usecases.workbench import Transaction

__all__ = [
    "OpenedPacket",
    "PageMark",
    "keep_place",
    "mark_read",
    "open_packet",
    "page_image",
    "page_layer",
    "text_view",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPacket:
    """Everything the desk shows at first. `place` is the screen's own word for where it was."""

    assignment: Assignment
    packet: Packet
    rubric: Rubric
    draft: DraftState
    days_left: int
    read: frozenset[PageMark]
    place: str | None
    outbox: OutboxState | None
    attention: AttentionReason | None
    is_outdated: bool
    lease_is_over: bool = False


def open_packet(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> OpenedPacket:
    """Return a packet with its rubric and draft; a draft on an older version comes with that one.

    Where that one is gone, what was written comes on the present version, to be rated again.

    Raises:
        NotHereError: Manifest or rubric have not arrived yet.
        OldVersionGoneError: A received review was about a version that is gone.
    """
    assignment = assignments.get_assignment(at.session, assignment_id)
    if assignment is None:
        raise NotHereError(assignment_id)
    draft = reviews.get_draft(at.session, assignment_id)
    blank = Review(
        assignment=assignment_id,
        manifest_sha256=assignment.packet.manifest_sha256,
        rubric=assignment.rubric,
    )
    state = draft_state(draft) if draft else DraftState(review=blank)
    sealed = outbox.get_act(at.session, ActId(state.sealed_as)) if state.sealed_as else None
    on = version(at, state.review.manifest_sha256, state.review.rubric.sha256)
    if on is None:
        on = present(at, assignment)
        if sealed and sealed.state in (OutboxState.RECEIVED, OutboxState.SETTLED):
            raise OldVersionGoneError(assignment_id)
        state = replace(state, review=carried_alone(state.review, on, assignment))
    return OpenedPacket(
        assignment=assignment,
        packet=on.packet,
        rubric=on.rubric,
        draft=state,
        days_left=business_days_left(assignment.due_on, now, on.packet.policy.calendar),
        read=marks.list_read(at.session, assignment_id),
        place=marks.get_place(at.session, assignment_id),
        outbox=sealed.state if sealed else None,
        attention=sealed.reason if sealed else None,
        is_outdated=is_outdated(state.review, assignment),
        lease_is_over=_is_over(at, assignment, now),
    )


def _is_over(at: Transaction, assignment: Assignment, now: datetime) -> bool:
    """Return whether the lease of an open assignment ran out, by the platform's clock.

    Only a screen asks: no work ends because a clock says so.
    """
    bound = account.get_account(at.session)
    platform_now = now + timedelta(milliseconds=bound.clock_offset_ms if bound else 0)
    until = assignment.lease_until
    is_open = assignment.state is AssignmentState.OPEN
    return is_open and until is not None and until <= platform_now


def is_outdated(review: Review, assignment: Assignment) -> bool:
    """Return whether a review speaks of another packet or rubric than the present one."""
    present = (assignment.packet.manifest_sha256, assignment.rubric.sha256)
    return (review.manifest_sha256, review.rubric.sha256) != present


def mark_read(at: Transaction, assignment: AssignmentId, source: str, page: int) -> None:
    """Remember that a page or block was looked at."""
    marks.mark_read(at.session, assignment, source, page)


def keep_place(at: Transaction, assignment: AssignmentId, place: str) -> None:
    """Remember where the assessor was, in the screen's own words."""
    marks.put_place(at.session, assignment, place)
