"""Write a review: save, undo, redo, and what of it stands on a new packet or rubric."""

from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import AssignmentId, ReviewId, Sha256
from assessor_app.domain.review import Review
from assessor_app.store import packets, reviews
from assessor_app.store.reviews import Draft
from assessor_app.usecases.carrying import Crossing, Version, cross
from assessor_app.usecases.changes import Changes, changes_to
from assessor_app.usecases.errors import NotHereError, OldVersionGoneError
from assessor_app.usecases.evidence import Words
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


def crossing(at: Transaction, review: Review, assignment: Assignment) -> Crossing:
    """Return a review beside the present version, and what of it stands there.

    Raises:
        NotHereError: The present version has not arrived yet.
        OldVersionGoneError: The old one is not on this laptop any more.
    """
    return cross(review, *versions(at, review, assignment), Words(at))


def versions(at: Transaction, review: Review, assignment: Assignment) -> tuple[Version, Version]:
    """Return what a review was written on, and what holds now.

    Raises:
        NotHereError: The present version has not arrived yet.
        OldVersionGoneError: The old one is not on this laptop any more.
    """
    now = present(at, assignment)
    before = version(at, review.manifest_sha256, review.rubric.sha256)
    if before is None:
        raise OldVersionGoneError(assignment.id)
    return before, now


def present(at: Transaction, assignment: Assignment) -> Version:
    """Return the version that holds now. Raises NotHereError."""
    now = version(at, assignment.packet.manifest_sha256, assignment.rubric.sha256)
    if now is None:
        raise NotHereError(assignment.id)
    return now


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


def version(at: Transaction, manifest: Sha256, rubric_sha256: Sha256) -> Version | None:
    """Return a packet with a rubric, as far as both are on this laptop."""
    packet = packets.get_packet(at.session, manifest)
    rubric = packets.get_rubric(at.session, rubric_sha256)
    return None if packet is None or rubric is None else Version(packet=packet, rubric=rubric)
