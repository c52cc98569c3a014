"""Work that a newer version made: what was written in it is read, and nothing of it changed."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from assessor_app.domain.ids import ActId, Sha256, SubmissionId
from assessor_app.domain.outbox import OutboxState
from assessor_app.domain.review import Review
from assessor_app.domain.rubric import Rubric
from assessor_app.store import passphrase, profile
from assessor_app.store.columns import from_json
from assessor_app.store.export import Written, WrittenWork, export_work, read_work
from assessor_app.store.keys import KeyVault
from assessor_app.usecases.export import ExportedReview, sealed_review


@dataclass(frozen=True, slots=True, kw_only=True)
class UnopenedReview:
    """A draft, where `act` is None, or a sealed review.

    `state` None of a sealed one, `written_at` None and `exported` None: only the newer version
    knows it. `content` is the text as it is kept.
    """

    assignment: str
    submission: str
    title: str
    act: str | None
    state: OutboxState | None
    written_at: datetime | None
    exported: ExportedReview | None = field(repr=False)
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnopenedWork:
    """Drafts first, then sealed reviews, the latest of each first; `everything` is the export."""

    reviews: tuple[UnopenedReview, ...]
    everything: str = field(repr=False)


def read_unopened(folder: Path, vault: KeyVault, typed: str = "") -> UnopenedWork:
    """Return what was written in a profile that a newer version made. Nothing is changed.

    Without a passphrase the keyring is asked for the key.

    Raises:
        DamagedStoreError, UnreadableStoreError: It cannot be read. Beside them all that opening
            raises.
    """
    with profile.lock_profile(folder) as locked:
        key = passphrase.unlock(locked, typed) if typed else locked.key_from(vault)
        work = read_work(locked.database, key)
        everything = export_work(locked.database, key).decode()
    return UnopenedWork(tuple(_unopened(each, work) for each in work.reviews), everything)


def _unopened(written: Written, work: WrittenWork) -> UnopenedReview:
    return UnopenedReview(
        assignment=written.assignment,
        submission=written.submission,
        title=written.title,
        act=written.act,
        state=_state(written.state),
        written_at=_moment(written.changed_at),
        exported=_exported(written, work),
        content=written.content.decode("utf-8", "replace"),
    )


def _exported(written: Written, work: WrittenWork) -> ExportedReview | None:
    """Return a review in the form this version knows; None where it, or its rubric, has another."""
    written_at = _moment(written.changed_at)
    try:
        review = _review(written)
        rubric = from_json(Rubric, work.rubrics[review.rubric.sha256])
    except (KeyError, msgspec.DecodeError):
        return None
    if written_at is None:
        return None
    return ExportedReview(
        submission=SubmissionId(written.submission),
        title=written.title,
        act=ActId(written.act) if written.act is not None else None,
        state=_state(written.state),
        written_at=written_at,
        review=review,
        rubric=rubric,
        content=written.content.decode(),
        content_sha256=Sha256(hashlib.sha256(written.content).hexdigest()),
    )


def _review(written: Written) -> Review:
    if written.act is None:
        return from_json(Review, written.content)
    return sealed_review(written.content)


def _state(word: str) -> OutboxState | None:
    return OutboxState(word) if word in OutboxState.__members__.values() else None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
