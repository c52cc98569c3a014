"""In which order a download fetches: what is read first comes first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.ids import AssignmentId, BlobId, Sha256
from assessor_app.domain.packet import Artifact, Blob, Packet
from assessor_app.sync.ranges import Wanted

NEXT_PACKETS = 3
"""So many packets get the first page of every artifact before anything else is fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """One packet to be fetched, and this person's names for its blobs."""

    assignment: AssignmentId
    due_on: date
    manifest_sha256: Sha256
    packet: Packet
    names: Mapping[Sha256, BlobId]


def in_order(shipments: tuple[Shipment, ...]) -> tuple[Wanted, ...]:
    """Return every blob once: first pages of the next packets, then by due date and reading order.

    A blob without a name for this person is left out: the platform did not offer it.
    """
    by_due = sorted(shipments, key=lambda shipment: (shipment.due_on, shipment.assignment))
    ordered: dict[Sha256, Wanted] = {}
    for shipment in by_due[:NEXT_PACKETS]:
        for artifact in shipment.packet.artifacts:
            ordered |= _named(shipment, first_look(artifact), ordered)
    for shipment in by_due:
        ordered |= _named(shipment, iter(shipment.packet.blobs()), ordered)
    return tuple(ordered.values())


def first_look(artifact: Artifact) -> Iterator[Blob]:
    """Yield what has to be there before anything of an artifact can be read."""
    if artifact.text:
        yield artifact.text.view
    if artifact.pages:
        yield artifact.pages[0].image
        yield artifact.pages[0].layer


def _named(
    shipment: Shipment, blobs: Iterator[Blob], known: Mapping[Sha256, Wanted]
) -> dict[Sha256, Wanted]:
    return {
        blob.sha256: Wanted(blob_id=shipment.names[blob.sha256], blob=blob)
        for blob in blobs
        if blob.sha256 not in known and blob.sha256 in shipment.names
    }
