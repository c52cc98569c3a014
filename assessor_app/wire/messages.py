"""What client and platform say to each other, beside the packet itself. See resources/openapi.yaml.

Ids and versions in here are this person's own view.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from assessor_app.domain.assignment import Assignment, PacketRef
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import (
    ActId,
    AssignmentId,
    BlobId,
    CriterionId,
    Epoch,
    PacketId,
    ReviewId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import RubricRef
from assessor_app.domain.review import FeedbackItem, Pin, Place, Rating, Reason

PROTOCOL = 1
PROBLEM_TYPE = "urn:assessor:problem:"
EPOCH_HEADER = "Assessor-Epoch"
PROTOCOL_HEADER = "Assessor-Protocol"
SHOWN_MANIFESTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the platform accepts, in bytes."""

    review_bytes: int
    act_bytes: int
    manifest_batch_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """`receipt_key` is the raw Ed25519 public key in base64; the client pins it at sign-in."""

    epoch: Epoch
    now: datetime
    protocols: tuple[int, ...]
    capabilities: tuple[str, ...]
    limits: Limits
    receipt_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Whose token this is, opaquely. `roles` are `assessor` and `lead`."""

    account: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Durable:
    """Receipts up to this sequence are in every backup that may still be restored."""

    epoch: Epoch
    sequence: int


class FeedOp(StrEnum):
    """What happened to a thing. Absence means nothing."""

    UPSERT = "upsert"
    WITHDRAW = "withdraw"
    NOTICE = "notice"


class NoticeKind(StrEnum):
    """What a platform can have to say. It says no more: every client has its own words for it."""

    MAINTENANCE = "maintenance"
    """It will be away for a while: send what is sealed before."""
    UPDATE_SOON = "update-soon"
    """Reviews will have to come from a newer client soon."""
    GET_IN_TOUCH = "get-in-touch"
    """Whoever runs it wants to hear from this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One change of this person's view. `kind` is `assignment` or the name of a notice."""

    op: FeedOp
    kind: str
    id: str
    view_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A page of changes after a cursor."""

    epoch: Epoch
    entries: tuple[FeedEntry, ...]
    cursor: str
    more: bool
    durable_upto: Durable


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything this person may see, and the cursor from which the feed goes on."""

    epoch: Epoch
    assignments: tuple[Assignment, ...]
    cursor: str
    durable_upto: Durable


@dataclass(frozen=True, slots=True)
class BlobName:
    """Under which name this person fetches a blob of the manifest."""

    sha256: Sha256
    blob_id: BlobId


@dataclass(frozen=True, slots=True)
class RelatedName:
    """This person's handle for an earlier attempt named in the manifest."""

    manifest_sha256: Sha256
    submission: SubmissionId


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestAnswer:
    """A manifest as exact text, whose UTF-8 bytes have the manifest's hash, and this person's ids.

    `manifest` parses as `domain.packet.Packet`.
    """

    packet: PacketId
    version: int
    manifest: str = field(repr=False)
    blobs: tuple[BlobName, ...] = ()
    related: tuple[RelatedName, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestBatch:
    """As many manifests, in the order asked for, as fit the batch limit; at least one."""

    manifests: tuple[ManifestAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestations:
    """What the assessor signs with the seal."""

    no_conflict: bool
    rubric_alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBody:
    """A sealed review. These bytes are frozen at the seal and sent as they are, on every try."""

    schema: Literal["review/1"] = "review/1"
    review: ReviewId
    assignment: AssignmentId
    packet: PacketRef
    rubric: RubricRef
    ratings: tuple[Rating, ...]
    pins: tuple[Pin, ...]
    nothing_shows: tuple[CriterionId, ...]
    feedback: tuple[FeedbackItem, ...]
    determination: Determination
    reasons: tuple[Reason, ...]
    wants_second_read: bool
    attestations: Attestations
    app_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActBody:
    """Any other act. `review` names what is voided or donated; `text` is the assessor's.

    A donation carries in `sealed` the frozen text of the review, whose UTF-8 bytes are exactly
    those that were sealed.
    """

    schema: Literal["act/1"] = "act/1"
    act: ActId
    kind: ActKind
    assignment: AssignmentId
    review: ReviewId | None = None
    text: str = field(default="", repr=False)
    place: Place | None = None
    sealed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The platform's signed word that it holds exactly these bytes.

    `sequence` counts this person's receipts only. `signature` is Ed25519 in base64 over
    `wire.receipts.signed_bytes`.
    """

    sequence: int
    act: ActId
    kind: ActKind
    assignment: AssignmentId
    body_sha256: Sha256
    epoch: Epoch
    received_at: datetime
    signature: str


class ProblemKind(StrEnum):
    """The last part of a problem's `type`, after `PROBLEM_TYPE`."""

    UNAUTHORISED = "unauthorised"
    NOT_FOUND = "not-found"
    CURSOR_EXPIRED = "cursor-expired"
    VOIDED = "voided"
    ALREADY_DECIDED = "already-decided"
    CLOSED = "closed"
    STALE_VIEW = "stale-view"
    STALE_PACKET = "stale-packet"
    STALE_RUBRIC = "stale-rubric"
    DIFFERENT_BODY = "different-body"
    INVALID = "invalid"
    EPOCH_MISMATCH = "epoch-mismatch"
    TOO_LARGE = "too-large"
    UNSUPPORTED = "unsupported"
    TOO_OLD = "too-old"
    TOO_MANY = "too-many"
    FULL = "full"
    BUSY = "busy"
    DAMAGED = "damaged"
    """The bytes do not have their `Content-Digest`: the same again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidAt:
    """One broken rule of a body. `pointer` is a JSON pointer."""

    pointer: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An RFC 9457 problem document. Names no person and quotes no content."""

    type: str
    title: str
    status: int
    errors: tuple[InvalidAt, ...] = ()
    review: ReviewId | None = None
    receipt: Receipt | None = None

    @property
    def kind(self) -> ProblemKind | None:
        """The kind this client knows, or None."""
        name = self.type.removeprefix(PROBLEM_TYPE)
        return ProblemKind(name) if name in set(ProblemKind) else None
