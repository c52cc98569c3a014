"""Write a review: save, undo, redo, and carry it over to a new version of its packet or rubric."""

from dataclasses import dataclass, replace
from datetime import datetime

from assessor_app.domain.ids import AssignmentId, CriterionId, ReviewId, Sha256
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Place, PlaceKind, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.store import assignments, packets, reviews
from assessor_app.store.reviews import Draft
from assessor_app.usecases.changes import Changes, changes_to
from assessor_app.usecases.errors import NoDraftError, NotHereError
from assessor_app.usecases.workbench import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftState:
    """A review as it stands. `saved_at` None: nothing was saved yet; `sealed_as`: it is sealed."""

    review: Review
    saved_at: datetime | None = None
    sealed_as: ReviewId | None = None
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is stored now, and what looks different."""

    draft: DraftState
    changes: Changes


def save_draft(at: Transaction, review: Review, *, now: datetime, merge_key: str = "") -> Saved:
    """Keep a review as a new revision.

    A save with the same non-empty `merge_key` as the one before replaces that revision.

    Raises:
        SealedReviewError: It is sealed; reopen it first.
    """
    return _saved(reviews.save_draft(at.session, review, now=now, merge_key=merge_key))


def undo(at: Transaction, assignment: AssignmentId, *, now: datetime) -> Saved:
    """Go back one revision. Raises NothingToUndoError, SealedReviewError."""
    return _saved(reviews.undo(at.session, assignment, now=now))


def redo(at: Transaction, assignment: AssignmentId, *, now: datetime) -> Saved:
    """Go forward one revision. Raises NothingToUndoError, SealedReviewError."""
    return _saved(reviews.redo(at.session, assignment, now=now))


def carry_over(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Saved:
    """Move a draft onto the present packet and rubric; what no longer fits is left behind.

    Ratings stay where the criterion is word for word the same, pins where their content is. The
    assessor attests anew.

    Raises:
        NotHereError: The new packet or rubric has not arrived yet.
    """
    draft = reviews.get_draft(at.session, assignment_id)
    assignment = assignments.get_assignment(at.session, assignment_id)
    if draft is None or assignment is None:
        raise NoDraftError(assignment_id)
    packet = packets.get_packet(at.session, assignment.packet.manifest_sha256)
    rubric = packets.get_rubric(at.session, assignment.rubric.sha256)
    if packet is None or rubric is None:
        raise NotHereError(assignment_id)
    before = packets.get_rubric(at.session, draft.review.rubric.sha256)
    same = _unchanged_criteria(before, rubric)
    kept = replace(
        draft.review,
        manifest_sha256=assignment.packet.manifest_sha256,
        rubric=assignment.rubric,
        ratings=tuple(own for own in draft.review.ratings if own.criterion in same),
        pins=tuple(
            pin
            for pin in draft.review.pins
            if pin.criterion in same and _is_there(pin.place, packet)
        ),
        nothing_shows=tuple(own for own in draft.review.nothing_shows if own in same),
        feedback=tuple(item for item in draft.review.feedback if item.criterion in (None, *same)),
        no_conflict=False,
        rubric_alone=False,
    )
    return save_draft(at, kept, now=now)


def draft_state(draft: Draft) -> DraftState:
    """Return what screens see of a stored draft."""
    return DraftState(
        review=draft.review,
        saved_at=draft.saved_at,
        sealed_as=draft.sealed_as,
        can_undo=draft.can_undo,
        can_redo=draft.can_redo,
    )


def _saved(draft: Draft) -> Saved:
    return Saved(draft_state(draft), changes_to(draft.review.assignment))


def _unchanged_criteria(before: Rubric | None, now: Rubric) -> frozenset[CriterionId]:
    known = before.criteria if before else ()
    return frozenset(criterion.id for criterion in now.criteria if criterion in known)


def _is_there(place: Place, packet: Packet) -> bool:
    """Return whether the content a place was made on is in a packet."""
    if place.kind is PlaceKind.RESPONSE:
        return any(
            f"{part.id}/{prompt.id}" == place.source
            and prompt.response[place.start : place.end] == place.quote
            for part in packet.parts
            for prompt in part.prompts
        )
    contents: set[Sha256 | None] = set()
    for artifact in packet.artifacts:
        if artifact.id == place.source:
            contents |= {artifact.sha256, *(blob.sha256 for blob in artifact.blobs())}
    return place.sha256 in contents
