"""The mapped classes, to which migrations lead from every release. Rows never leave the store.

Large columns stand last: SQLite walks through them to reach what follows.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store.columns import Row, words

REVISION = "0001"


class BlobState(StrEnum):
    """Whether an encrypted file may be shown."""

    PARTIAL = "partial"
    COMPLETE = "complete"


class AccountRow(Row, kw_only=True):
    """The one account this profile belongs to, and what its platform last said."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    platform_url: Mapped[str]
    account: Mapped[str]
    receipt_key: Mapped[str]
    roles: Mapped[bytes]
    own_words: Mapped[bytes]
    token: Mapped[str | None] = mapped_column(default=None)
    epoch: Mapped[str | None] = mapped_column(default=None)
    cursor: Mapped[str | None] = mapped_column(default=None)
    durable_upto: Mapped[int] = mapped_column(default=0)
    clock_offset_ms: Mapped[int] = mapped_column(default=0)


class AssignmentRow(Row, kw_only=True):
    """One assignment as this person may know it, with the epoch of the answer it came in."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_due_on_id", "due_on", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    submission: Mapped[str] = mapped_column(index=True)
    kind: Mapped[AssignmentKind] = mapped_column(words(AssignmentKind))
    state: Mapped[AssignmentState] = mapped_column(words(AssignmentState))
    title: Mapped[str]
    packet_id: Mapped[str]
    packet_version: Mapped[int]
    manifest_sha256: Mapped[str] = mapped_column(index=True)
    rubric_id: Mapped[str]
    rubric_version: Mapped[int]
    rubric_sha256: Mapped[str]
    submitted_at: Mapped[datetime]
    due_on: Mapped[date]
    size_bytes: Mapped[int]
    view_version: Mapped[int]
    lease_until: Mapped[datetime | None]
    final_review: Mapped[str | None]
    epoch: Mapped[str]


class PacketRow(Row, kw_only=True):
    """The exact bytes of a manifest. They never change."""

    __tablename__ = "packets"

    manifest_sha256: Mapped[str] = mapped_column(primary_key=True)
    fetched_bytes: Mapped[int] = mapped_column(default=0)
    manifest: Mapped[bytes]


class PacketBlobRow(Row, kw_only=True):
    """A blob that a packet needs, so that a finished or purged blob finds its packets."""

    __tablename__ = "packet_blobs"

    manifest_sha256: Mapped[str] = mapped_column(
        ForeignKey("packets.manifest_sha256", ondelete="CASCADE"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)
    size_bytes: Mapped[int]


class BlobNameRow(Row, kw_only=True):
    """Under which name this person fetches a blob."""

    __tablename__ = "blob_names"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    blob_id: Mapped[str]


class RelatedRow(Row, kw_only=True):
    """This person's handle for an earlier attempt, named by the hash of its manifest."""

    __tablename__ = "related"

    manifest_sha256: Mapped[str] = mapped_column(primary_key=True)
    submission: Mapped[str]


class RubricRow(Row, kw_only=True):
    """The exact bytes of a rubric version. They never change."""

    __tablename__ = "rubrics"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    criteria: Mapped[int]
    content: Mapped[bytes]


class BlobRow(Row, kw_only=True):
    """The key of one encrypted file. Without this row the file is noise."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int]
    file: Mapped[str] = mapped_column(unique=True)
    key: Mapped[bytes]
    state: Mapped[BlobState] = mapped_column(words(BlobState), default=BlobState.PARTIAL)


class DraftRow(Row, kw_only=True):
    """Which revision of a review is current, and as what it was sealed, if it is."""

    __tablename__ = "drafts"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    current: Mapped[int]
    rated: Mapped[int]
    saved_at: Mapped[datetime]
    sealed_as: Mapped[str | None] = mapped_column(default=None)


class RevisionRow(Row, kw_only=True):
    """One saved state of a review. Undo and redo move between them."""

    __tablename__ = "revisions"

    assignment: Mapped[str] = mapped_column(
        ForeignKey("drafts.assignment", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    merge_key: Mapped[str]
    content: Mapped[bytes]


class OutboxRow(Row, kw_only=True):
    """One act, in the order of sealing.

    `body` are the bytes frozen at the seal: every try sends exactly these. The assignment is no
    foreign key, because sealed work outlives a destroyed database that forgot its assignments.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('received', 'settled') OR receipt IS NOT NULL", name="has_receipt"
        ),
        CheckConstraint("state NOT IN ('voiding') OR kind = 'review'", name="voids_reviews"),
        {"sqlite_autoincrement": True},
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    act_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ActKind] = mapped_column(words(ActKind))
    assignment: Mapped[str] = mapped_column(index=True)
    review: Mapped[str | None] = mapped_column(default=None)
    body_sha256: Mapped[str]
    sealed_at: Mapped[datetime]
    state: Mapped[OutboxState] = mapped_column(words(OutboxState), index=True)
    grace_until: Mapped[datetime | None] = mapped_column(default=None)
    tries: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[AttentionReason | None] = mapped_column(words(AttentionReason), default=None)
    receipt_sequence: Mapped[int | None] = mapped_column(default=None)
    receipt_epoch: Mapped[str | None] = mapped_column(default=None)
    received_at: Mapped[datetime | None] = mapped_column(default=None)
    problem: Mapped[bytes | None] = mapped_column(default=None)
    receipt: Mapped[bytes | None] = mapped_column(default=None)
    body: Mapped[bytes]


class IndexedTextRow(Row, kw_only=True):
    """What a row of the full-text table `search` is about; they share their id."""

    __tablename__ = "indexed_texts"
    __table_args__ = (UniqueConstraint("assignment", "kind", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    assignment: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str]


class SettingRow(Row, kw_only=True):
    """One setting of the interface, by name."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class PageMarkRow(Row, kw_only=True):
    """A page, block or response that was read."""

    __tablename__ = "page_marks"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)


class LastPlaceRow(Row, kw_only=True):
    """Where the assessor was in a packet, as the interface spells it."""

    __tablename__ = "last_places"

    assignment: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
