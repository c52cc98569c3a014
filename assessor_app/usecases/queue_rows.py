"""One row of the queue, from a line of the store. Imports nothing slow: it is painted first."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.deadline import business_days_left
from assessor_app.domain.ids import AssignmentId, SubmissionId
from assessor_app.domain.outbox import AttentionReason, OutboxState, ReviewPlace, place_of
from assessor_app.domain.packet import ArtifactState
from assessor_app.domain.policy import Calendar
from assessor_app.store.lines import QueueLine


@dataclass(frozen=True, slots=True)
class Absent:
    """Evidence that no download will bring, and why."""

    artifact: str
    title: str
    state: ArtifactState


@dataclass(frozen=True, slots=True)
class PacketFacts:
    """What the queue needs of a packet; kept so that a packet is parsed once for it.

    `blob_bytes` None: the packet was not looked into yet.
    """

    calendar: Calendar
    blob_bytes: int | None
    absent: tuple[Absent, ...]


UNKNOWN = PacketFacts(Calendar(), None, ())


class QueueGroup(StrEnum):
    """The entries of the side navigation."""

    TO_REVIEW = "to_review"
    IN_PROGRESS = "in_progress"
    SEALED = "sealed"
    RECEIVED = "received"
    ATTENTION = "attention"
    PRACTICE = "practice"


class OnLaptop(StrEnum):
    """How much of a packet can be read without a network."""

    NOT_HERE = "not_here"
    PARTLY = "partly"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One packet in the queue. `rated` of `criteria`; None where the rubric is not here.

    `absent` is evidence that no download will bring.
    """

    assignment: AssignmentId
    submission: SubmissionId
    kind: AssignmentKind
    state: AssignmentState
    title: str
    due_on: date
    days_left: int
    group: QueueGroup
    place: ReviewPlace
    rated: int
    criteria: int | None
    on_laptop: OnLaptop
    fetched_bytes: int
    size_bytes: int
    absent: tuple[Absent, ...]
    saved_at: datetime | None
    outbox: OutboxState | None
    attention: AttentionReason | None


def group_of(line: QueueLine) -> QueueGroup:
    """Return under which entry of the navigation a packet stands."""
    if line.outbox is OutboxState.ATTENTION or _is_stranded(line):
        return QueueGroup.ATTENTION
    place = place_of(line.outbox)
    if place is ReviewPlace.RECEIVED:
        return QueueGroup.RECEIVED
    if place is ReviewPlace.OUTBOX:
        return QueueGroup.SEALED
    if line.kind is AssignmentKind.PRACTICE:
        return QueueGroup.PRACTICE
    return QueueGroup.IN_PROGRESS if line.saved_at else QueueGroup.TO_REVIEW


def is_shown(line: QueueLine) -> bool:
    """Return whether a packet is in the queue: it is lent, or something was written about it.

    What was put away stands in the history of the sync centre.
    """
    if line.state is AssignmentState.OPEN:
        return True
    return bool(line.saved_at or line.outbox) and not _is_put_away(line)


def seen_as(reason: AttentionReason | None, saved_at: datetime | None) -> str:
    """Return as what something is put away: an act with its reason, or a draft as of its save."""
    if reason is not None:
        return reason.value
    return saved_at.isoformat() if saved_at else ""


def row_of(line: QueueLine, facts: PacketFacts, now: datetime) -> QueueRow:
    """Return the row of a line; the days count in the calendar of `facts`."""
    return QueueRow(
        assignment=line.assignment,
        submission=line.submission,
        kind=line.kind,
        state=line.state,
        title=line.title,
        due_on=line.due_on,
        days_left=business_days_left(line.due_on, now, facts.calendar),
        group=group_of(line),
        place=place_of(line.outbox),
        rated=line.rated or 0,
        criteria=line.criteria,
        on_laptop=_on_laptop(line, facts),
        fetched_bytes=line.fetched_bytes,
        size_bytes=line.size_bytes if facts.blob_bytes is None else facts.blob_bytes,
        absent=facts.absent,
        saved_at=line.saved_at,
        outbox=line.outbox,
        attention=line.reason,
    )


def _is_put_away(line: QueueLine) -> bool:
    """Return whether what cannot be sent any more was put away as it is now."""
    needs = line.outbox is OutboxState.ATTENTION or _is_stranded(line)
    is_seen = line.put_away == seen_as(line.reason, line.saved_at)
    return needs and bool(line.put_away) and is_seen


def _is_stranded(line: QueueLine) -> bool:
    """Return whether a draft can no longer become a review as things are."""
    unsent = place_of(line.outbox) is ReviewPlace.LAPTOP
    return unsent and line.saved_at is not None and line.state is not AssignmentState.OPEN


def _on_laptop(line: QueueLine, facts: PacketFacts) -> OnLaptop:
    """Every blob counts only when its last hash was checked, so ready means ready."""
    if not line.has_packet or line.criteria is None:
        return OnLaptop.NOT_HERE
    is_whole = facts.blob_bytes is not None and line.fetched_bytes >= facts.blob_bytes
    return OnLaptop.READY if is_whole else OnLaptop.PARTLY
