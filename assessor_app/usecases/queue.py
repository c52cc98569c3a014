"""The queue: what is to be done, by due date, and how far everything is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.deadline import business_days_left
from assessor_app.domain.ids import AssignmentId, Sha256, SubmissionId
from assessor_app.domain.outbox import AttentionReason, OutboxState, ReviewPlace, place_of
from assessor_app.domain.packet import ArtifactState
from assessor_app.domain.policy import Calendar
from assessor_app.store import assignments, outbox, packets
from assessor_app.store import queue as lines
from assessor_app.store.outbox import Places
from assessor_app.store.queue import QueueLine
from assessor_app.usecases.workbench import Absent, PacketFacts, Transaction

__all__ = ["Absent", "OnLaptop", "Places", "Queue", "QueueGroup", "QueueRow", "list_queue"]

EVERYTHING = 1_000_000
UNKNOWN = PacketFacts(Calendar(), ())


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


@dataclass(frozen=True, slots=True)
class Queue:
    """All rows by due date, how many are in each group, and how many reviews in each place."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[QueueGroup, int]
    places: Places


def list_queue(at: Transaction, *, now: datetime) -> Queue:
    """Return the queue. A withdrawn packet is in it only if something was written about it."""
    manifests = {
        own.id: own.packet.manifest_sha256 for own in assignments.list_assignments(at.session)
    }
    rows = tuple(
        _row(line, _facts(at, manifests.get(line.assignment)), now)
        for line in lines.list_queue(at.session, limit=EVERYTHING)
        if line.state is not AssignmentState.WITHDRAWN or line.saved_at or line.outbox
    )
    counts = MappingProxyType(Counter(row.group for row in rows))
    return Queue(rows, counts, outbox.count_places(at.session))


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


def _is_stranded(line: QueueLine) -> bool:
    """Return whether a draft can no longer become a review as things are."""
    unsent = place_of(line.outbox) is ReviewPlace.LAPTOP
    return unsent and line.saved_at is not None and line.state is not AssignmentState.OPEN


def _row(line: QueueLine, facts: PacketFacts, now: datetime) -> QueueRow:
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
        on_laptop=_on_laptop(line),
        fetched_bytes=line.fetched_bytes,
        size_bytes=line.size_bytes,
        absent=facts.absent,
        saved_at=line.saved_at,
        outbox=line.outbox,
        attention=line.reason,
    )


def _on_laptop(line: QueueLine) -> OnLaptop:
    if not line.has_packet or line.criteria is None:
        return OnLaptop.NOT_HERE
    return OnLaptop.READY if line.fetched_bytes >= line.size_bytes else OnLaptop.PARTLY


def _facts(at: Transaction, manifest: Sha256 | None) -> PacketFacts:
    if manifest is None:
        return UNKNOWN
    if manifest not in at.facts:
        packet = packets.get_packet(at.session, manifest)
        if packet is None:
            return UNKNOWN
        absent = tuple(
            Absent(artifact.id, artifact.title, artifact.state)
            for artifact in packet.artifacts
            if artifact.state is not ArtifactState.AVAILABLE
        )
        at.facts[manifest] = PacketFacts(packet.policy.calendar, absent)
    return at.facts[manifest]
