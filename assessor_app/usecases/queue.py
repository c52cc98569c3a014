"""The queue: what is to be done, by due date, and how far everything is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import ArtifactState
from assessor_app.store import assignments, outbox, packets
from assessor_app.store import queue as lines
from assessor_app.store.outbox import Places
from assessor_app.usecases.queue_rows import (
    UNKNOWN,
    Absent,
    OnLaptop,
    PacketFacts,
    QueueGroup,
    QueueRow,
    is_shown,
    row_of,
)
from assessor_app.usecases.workbench import Transaction

__all__ = ["Absent", "OnLaptop", "Places", "Queue", "QueueGroup", "QueueRow", "list_queue"]

EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Queue:
    """All rows by due date, how many are in each group, and how many reviews in each place."""

    rows: tuple[QueueRow, ...]
    counts: Mapping[QueueGroup, int]
    places: Places


def list_queue(at: Transaction, *, now: datetime) -> Queue:
    """Return the queue. A closed packet is in it only if something was written about it."""
    manifests = {
        own.id: own.packet.manifest_sha256 for own in assignments.list_assignments(at.session)
    }
    rows = tuple(
        row_of(line, _facts(at, manifests.get(line.assignment)), now)
        for line in lines.list_queue(at.session, limit=EVERYTHING)
        if is_shown(line)
    )
    counts = MappingProxyType(Counter(row.group for row in rows))
    return Queue(rows, counts, outbox.count_places(at.session))


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
        blob_bytes = sum(blob.size_bytes for blob in packet.blobs())
        at.facts[manifest] = PacketFacts(packet.policy.calendar, blob_bytes, absent)
    return at.facts[manifest]
