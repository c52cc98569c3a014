"""A review as a file of its own: everything the assessor wrote, and the exact bytes of the seal."""

import hashlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assessor_app.domain.ids import ActId, AssignmentId, Sha256, SubmissionId
from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.domain.review import Review
from assessor_app.domain.rubric import Rubric
from assessor_app.store import assignments, outbox, packets, reviews
from assessor_app.store.acts import Act
from assessor_app.store.columns import from_json
from assessor_app.usecases.errors import NoActError, NoDraftError, NotWrittenError
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import ReviewBody

_UNSENT = (
    OutboxState.SEALED,
    OutboxState.QUEUED,
    OutboxState.SENDING,
    OutboxState.AMBIGUOUS,
    OutboxState.ATTENTION,
)
"""Sealed, and nobody's receipt says that it arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedReview:
    """What goes into the file. `content` are the frozen bytes of a seal, or those of a draft.

    `act` None: it is a draft.
    """

    submission: SubmissionId
    title: str
    act: ActId | None
    state: OutboxState | None
    written_at: datetime
    review: Review = field(repr=False)
    rubric: Rubric | None
    content: str = field(repr=False)
    content_sha256: Sha256


def export_review(at: Transaction, assignment_id: AssignmentId) -> ExportedReview:
    """Return what is written about a packet: the sealed review, or else the draft."""
    draft = reviews.get_draft(at.session, assignment_id)
    if draft is None:
        raise NoDraftError(assignment_id)
    if draft.sealed_as is not None:
        return export_act(at, ActId(draft.sealed_as))
    content = dump(draft.review)
    return _exported(at, draft.review, content, written_at=draft.saved_at, act=None)


def export_act(at: Transaction, act_id: ActId) -> ExportedReview:
    """Return a sealed review, whatever became of it."""
    act = outbox.get_act(at.session, act_id)
    if act is None:
        raise NoActError(act_id)
    review = sealed_review(act.body)
    return _exported(at, review, act.body, written_at=act.sealed_at, act=act)


def sealed_review(content: bytes) -> Review:
    """Return the review that the frozen bytes of a seal hold."""
    body = from_json(ReviewBody, content)
    return Review(
        assignment=body.assignment,
        manifest_sha256=body.packet.manifest_sha256,
        rubric=body.rubric,
        ratings=body.ratings,
        pins=body.pins,
        nothing_shows=body.nothing_shows,
        feedback=body.feedback,
        reasons=body.reasons,
        wants_second_read=body.wants_second_read,
    )


def export_unsent(at: Transaction) -> tuple[ExportedReview, ...]:
    """Return every sealed review without a receipt, oldest first. Nothing of them changes."""
    return tuple(
        export_act(at, act.act_id)
        for act in outbox.list_acts(at.session, states=_UNSENT)
        if act.kind is ActKind.REVIEW
    )


def write_file(path: Path, content: str) -> None:
    """Write a file whole or not at all; only this user can read it.

    Raises:
        NotWrittenError: The folder does not take it.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotWrittenError(error.errno or 0) from None


def _exported(
    at: Transaction, review: Review, content: bytes, *, written_at: datetime, act: Act | None
) -> ExportedReview:
    assignment = assignments.get_assignment(at.session, review.assignment)
    return ExportedReview(
        submission=assignment.submission if assignment else SubmissionId(""),
        title=assignment.title if assignment else "",
        act=act.act_id if act else None,
        state=act.state if act else None,
        written_at=written_at,
        review=review,
        rubric=packets.get_rubric(at.session, review.rubric.sha256),
        content=content.decode(),
        content_sha256=Sha256(hashlib.sha256(content).hexdigest()),
    )
