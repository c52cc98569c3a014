"""Seal a review, reopen it, and the other acts the platform must learn of."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.metadata import version

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import (
    Determination,
    IncompleteReviewError,
    determination,
    missing,
)
from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.leaks import leaks_of
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.review import Place, Review
from assessor_app.store import account, assignments, outbox, packets, reviews, voids
from assessor_app.store.outbox import Sealing
from assessor_app.store.voids import Void
from assessor_app.usecases.changes import Changes, changes_to
from assessor_app.usecases.errors import NoActError, NoDraftError, NotHereError, OutdatedDraftError
from assessor_app.usecases.review import Saved, draft_state
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import ActBody, Attestations, ReviewBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A review that is in the outbox. `grace_until` None: it leaves with the next sync."""

    review: ReviewId
    determination: Determination
    grace_until: datetime | None
    changes: Changes


def seal(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Sealed:
    """Freeze a review and put it into the outbox, with and without a network alike.

    The journal has it before the database commits; review and outbox row share the transaction.

    Raises:
        IncompleteReviewError: Something is missing, or a finding of the leak check is unanswered.
        OutdatedDraftError: The packet or rubric has a new version; carry the draft over first.
        SealedReviewError: It is sealed already.
    """
    assignment = assignments.get_assignment(at.session, assignment_id)
    draft = reviews.get_draft(at.session, assignment_id)
    if assignment is None or draft is None:
        raise NoDraftError(assignment_id)
    review = draft.review
    _check_versions(review, assignment)
    recommended = _checked(at, review)
    review_id = ReviewId(str(uuid.uuid4()))
    body = dump(_frozen(review, assignment, review_id, recommended))
    grace_until = _grace_until(at, review, now)
    outbox.seal(
        at.session,
        at.journal,
        review,
        Sealing(act_id=review_id, body=body, now=now, grace_until=grace_until),
    )
    return Sealed(
        review=review_id,
        determination=recommended,
        grace_until=grace_until,
        changes=changes_to(assignment_id, outbox=True),
    )


def reopen(at: Transaction, review: ReviewId, *, now: datetime) -> Saved:
    """Void a sealed review and make its text a draft again.

    It is always voided: what an older database does not know may have left already.
    """
    sealed = outbox.get_act(at.session, ActId(review))
    if sealed is None:
        raise NoActError(ActId(review))
    void_id = _new_act()
    draft = voids.reopen(
        at.session,
        at.journal,
        review,
        Void(
            void_id=void_id,
            body=_body(void_id, ActKind.VOID, sealed.assignment, review=review),
            now=now,
        ),
    )
    return Saved(draft_state(draft), changes_to(sealed.assignment, outbox=True))


def act(
    at: Transaction,
    kind: ActKind,
    assignment: AssignmentId,
    *,
    now: datetime,
    text: str = "",
    place: Place | None = None,
) -> Changes:
    """Queue a lease, return, recusal, flag or question."""
    act_id = _new_act()
    body = _body(act_id, kind, assignment, text=text, place=place)
    outbox.put_act(at.session, act_id=act_id, kind=kind, assignment=assignment, body=body, now=now)
    return changes_to(assignment, outbox=True)


def retry(at: Transaction, act_id: ActId) -> Changes:
    """Let an act that needs attention go once more, as it is."""
    found = outbox.get_act(at.session, act_id)
    if found is None:
        raise NoActError(act_id)
    outbox.retry(at.session, act_id)
    return changes_to(found.assignment, outbox=True)


def donate(at: Transaction, review: ReviewId, *, now: datetime) -> Changes:
    """Give a review that came too late to the lead as an independent second read."""
    sealed = outbox.get_act(at.session, ActId(review))
    if sealed is None:
        raise NoActError(ActId(review))
    act_id = _new_act()
    body = dump(
        ActBody(
            act=act_id,
            kind=ActKind.DONATE,
            assignment=sealed.assignment,
            review=review,
            sealed=sealed.body.decode(),
        )
    )
    outbox.donate(at.session, at.journal, review, act_id=act_id, body=body, now=now)
    return changes_to(sealed.assignment, outbox=True)


def _check_versions(review: Review, assignment: Assignment) -> None:
    packet = review.manifest_sha256 != assignment.packet.manifest_sha256
    rubric = review.rubric.sha256 != assignment.rubric.sha256
    if packet or rubric:
        raise OutdatedDraftError(assignment.id, packet, rubric)


def _checked(at: Transaction, review: Review) -> Determination:
    """Return the determination of a review that lacks nothing."""
    rubric = packets.get_rubric(at.session, review.rubric.sha256)
    if rubric is None:
        raise NotHereError(review.assignment)
    bound = account.get_account(at.session)
    leaks = leaks_of(review, bound.own_words if bound else ())
    lacking = missing(review, rubric, leaks)
    recommended = determination(review, rubric)
    if lacking or recommended is None:
        raise IncompleteReviewError(review.assignment, lacking)
    return recommended


def _frozen(
    review: Review, assignment: Assignment, review_id: ReviewId, recommended: Determination
) -> ReviewBody:
    return ReviewBody(
        review=review_id,
        assignment=review.assignment,
        packet=assignment.packet,
        rubric=review.rubric,
        ratings=review.ratings,
        pins=review.pins,
        nothing_shows=review.nothing_shows,
        feedback=review.feedback,
        determination=recommended,
        reasons=review.reasons,
        wants_second_read=review.wants_second_read,
        attestations=Attestations(no_conflict=review.no_conflict, rubric_alone=review.rubric_alone),
        app_version=_app_version(),
    )


@cache
def _app_version() -> str:
    return version("assessor-app")


def _grace_until(at: Transaction, review: Review, now: datetime) -> datetime | None:
    packet = packets.get_packet(at.session, review.manifest_sha256)
    hours = packet.policy.seal_grace_hours if packet else None
    return None if hours is None else now + timedelta(hours=hours)


def _body(
    act_id: ActId,
    kind: ActKind,
    assignment: AssignmentId,
    *,
    review: ReviewId | None = None,
    text: str = "",
    place: Place | None = None,
) -> bytes:
    return dump(
        ActBody(act=act_id, kind=kind, assignment=assignment, review=review, text=text, place=place)
    )


def _new_act() -> ActId:
    return ActId(str(uuid.uuid4()))
