"""The platform's mapped rows. No row has a place for a person's name, address or working time.

What one assessor sees has numbers of its own: view versions, feed positions, receipt sequences,
packet versions and handles are counted or drawn per person.
"""

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import DateTime, ForeignKey, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.determination import Determination
from assessor_app.domain.outbox import ActKind
from assessor_app.wire.messages import FeedOp


class ReadReason(StrEnum):
    """Why a packet was assigned: the platform's secret, kept for the agreement statistics."""

    PRIMARY = "primary"
    RANDOM_SECOND = "random_second"
    CONDITIONAL_SECOND = "conditional_second"
    ADJUDICATION = "adjudication"
    SEED = "seed"
    QUALIFICATION = "qualification"
    PRACTICE = "practice"
    BACKREAD = "backread"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite drops the zone; this puts it back and refuses naive values."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC on the way in."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value and value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Mark as UTC on the way out."""
        return value and value.replace(tzinfo=UTC)


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base of all mapped rows. Constraint names are fixed so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), bytes: LargeBinary()}  # noqa: RUF012 (SQLAlchemy's name)


class EpochRow(Row):
    """One line of the platform's history. A restore from a backup begins a new one."""

    __tablename__ = "epoch"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    epoch: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime]


class PersonRow(Row):
    """An assessor or lead. `key` is the operator's opaque word; it never leaves the commands."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    key: Mapped[str] = mapped_column(unique=True)
    account: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[bytes]
    is_lead: Mapped[bool] = mapped_column(default=False)
    last_sequence: Mapped[int] = mapped_column(default=0)
    last_position: Mapped[int] = mapped_column(default=0)


class TokenRow(Row):
    """A bearer token, known by its hash alone."""

    __tablename__ = "token"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class ChainRow(Row):
    """One earner's attempts at one micro-credential. `earner` is the issuer's opaque key."""

    __tablename__ = "chain"
    __table_args__ = (UniqueConstraint("earner", "microcredential"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    earner: Mapped[str]
    microcredential: Mapped[str]


class RubricRow(Row):
    """The exact bytes of one rubric version. Published for good."""

    __tablename__ = "rubric"
    __table_args__ = (UniqueConstraint("rubric", "version"),)

    sha256: Mapped[str] = mapped_column(primary_key=True)
    rubric: Mapped[str]
    version: Mapped[int]
    content: Mapped[bytes]


class SubmissionRow(Row):
    """One attempt. `reference` is the intake folder's own opaque word for it."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"), index=True)
    attempt: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    rubric_sha256: Mapped[str] = mapped_column(ForeignKey("rubric.sha256"))
    title: Mapped[str]
    submitted_at: Mapped[datetime]
    due_on: Mapped[date]
    second_reads: Mapped[bytes]
    held: Mapped[bool] = mapped_column(default=False)
    drawn_second: Mapped[bool] = mapped_column(default=False)
    decided: Mapped[Determination | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class PacketRow(Row):
    """One packet version: the exact bytes of its manifest. Blinding again makes another row."""

    __tablename__ = "packet"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True, init=False)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    manifest_sha256: Mapped[str] = mapped_column(index=True)
    manifest: Mapped[bytes]
    size_bytes: Mapped[int]
    quarantined_at: Mapped[datetime | None] = mapped_column(default=None)


class PacketBlobRow(Row):
    """Which blobs a packet version is made of."""

    __tablename__ = "packet_blob"

    packet_row: Mapped[int] = mapped_column(ForeignKey("packet.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True, index=True)


class HandleRow(Row):
    """One person's id for a submission and its packet; without a person, the earner's own."""

    __tablename__ = "handle"
    __table_args__ = (UniqueConstraint("person_id", "submission_id"),)

    handle: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    packet: Mapped[str] = mapped_column(unique=True)


class LentRow(Row):
    """A packet version this person got, under this person's own version number."""

    __tablename__ = "lent"
    __table_args__ = (UniqueConstraint("handle", "version"),)

    handle: Mapped[str] = mapped_column(ForeignKey("handle.handle"), primary_key=True)
    packet_row: Mapped[int] = mapped_column(ForeignKey("packet.id"), primary_key=True)
    version: Mapped[int]


class BlobNameRow(Row):
    """This person's name for a blob."""

    __tablename__ = "blob_name"

    blob: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sha256: Mapped[str]


class AssignmentRow(Row):
    """A packet lent to one person; one row for one person and submission, whatever happens.

    `reason`, `blind`, `recused`, `asked_at`, `pulled_at` and `quarantined` are never shown to an
    assessor.
    """

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("person_id", "submission_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    handle: Mapped[str] = mapped_column(ForeignKey("handle.handle"))
    packet_row: Mapped[int] = mapped_column(ForeignKey("packet.id"), index=True)
    rubric_sha256: Mapped[str] = mapped_column(ForeignKey("rubric.sha256"))
    kind: Mapped[AssignmentKind]
    reason: Mapped[ReadReason]
    assigned_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    state: Mapped[AssignmentState] = mapped_column(default=AssignmentState.OPEN)
    view_version: Mapped[int] = mapped_column(default=0)
    blind: Mapped[bool] = mapped_column(default=True)
    recused: Mapped[bool] = mapped_column(default=False)
    quarantined: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    pulled_at: Mapped[datetime | None] = mapped_column(default=None)


class FeedRow(Row):
    """One change of one person's view, in that person's own count."""

    __tablename__ = "feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    op: Mapped[FeedOp]
    kind: Mapped[str]
    thing: Mapped[str]
    view_version: Mapped[int]


class ActRow(Row):
    """An act the platform holds, with all a receipt says but the epoch it is signed for."""

    __tablename__ = "act"
    __table_args__ = (UniqueConstraint("person_id", "sequence"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    act: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ActKind]
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    body: Mapped[bytes]
    body_sha256: Mapped[str]
    sequence: Mapped[int]
    received_at: Mapped[datetime]


class TombstoneRow(Row):
    """A review that is void for good, whether or not it ever arrived."""

    __tablename__ = "tombstone"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    review: Mapped[str] = mapped_column(primary_key=True)


class ReviewRow(Row):
    """A received review. `live` is its assignment while it counts: at most one each.

    A donated one came too late to count and is kept as an independent second read.
    """

    __tablename__ = "review"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    review: Mapped[str] = mapped_column(primary_key=True)
    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    body: Mapped[bytes]
    determination: Mapped[Determination]
    reason: Mapped[ReadReason]
    blind: Mapped[bool]
    attempt: Mapped[int]
    rubric_sha256: Mapped[str]
    rubric_version: Mapped[int]
    assigned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    live: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"), unique=True)
    counted: Mapped[bool] = mapped_column(default=False)
    donated: Mapped[bool] = mapped_column(default=False)
