"""Assignment: a packet lent to one assessor, as that assessor may know it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assessor_app.domain.ids import AssignmentId, PacketId, ReviewId, Sha256, SubmissionId
from assessor_app.domain.packet import RubricRef


class AssignmentKind(StrEnum):
    """Why a packet is on the desk. A seed or a second read is a `review` like any other."""

    REVIEW = "review"
    PRACTICE = "practice"
    ADJUDICATE = "adjudicate"


class AssignmentState(StrEnum):
    """What this person may still do with it."""

    OPEN = "open"
    MINE_FINAL = "mine-final"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketRef:
    """The exact packet of an assignment. The id is this person's own."""

    id: PacketId
    version: int
    manifest_sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One person's view. `size_bytes` is what a complete download fetches."""

    id: AssignmentId
    submission: SubmissionId
    kind: AssignmentKind
    state: AssignmentState
    title: str
    packet: PacketRef
    rubric: RubricRef
    submitted_at: datetime
    due_on: date
    size_bytes: int
    view_version: int
    lease_until: datetime | None = None
    final_review: ReviewId | None = None
