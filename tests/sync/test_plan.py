from dataclasses import replace
from datetime import date

from assessor_app.domain.ids import ArtifactId, AssignmentId, BlobId
from assessor_app.domain.packet import Packet
from assessor_app.sync.plan import Shipment, in_order
from assessor_app.wire.codec import dump, sha256
from tests.reference_platform.factory import blob, built


def two_pages(seed: str) -> Packet:
    """A packet with two artifacts of two pages."""
    made = built(seed).packet
    (artifact,) = made.artifacts
    (page,) = artifact.pages
    pages = [
        replace(page, image=blob(f"{seed} image {at}".encode()), layer=blob(f"{seed}{at}".encode()))
        for at in range(4)
    ]
    return replace(
        made,
        artifacts=(
            replace(artifact, pages=tuple(pages[:2])),
            replace(artifact, id=ArtifactId("A2"), pages=tuple(pages[2:])),
        ),
    )


def shipment(seed: str, due_on: date) -> Shipment:
    packet = two_pages(seed)
    return Shipment(
        assignment=AssignmentId(seed),
        due_on=due_on,
        manifest_sha256=sha256(dump(packet)),
        packet=packet,
        names={each.sha256: BlobId(each.sha256) for each in packet.blobs()},
    )


def test_first_pages_of_every_artifact_come_first_then_the_rest_in_reading_order() -> None:
    late, soon = shipment("late", date(2026, 3, 9)), shipment("soon", date(2026, 3, 4))

    ordered = [wanted.blob for wanted in in_order((late, soon))]

    first_pages = [
        blob
        for one in (soon, late)
        for artifact in one.packet.artifacts
        for blob in (artifact.pages[0].image, artifact.pages[0].layer)
    ]
    assert ordered[:8] == first_pages
    rest = [blob for one in (soon, late) for blob in one.packet.blobs() if blob not in first_pages]
    assert ordered[8:] == rest


def test_an_equal_page_is_fetched_once() -> None:
    one = shipment("same", date(2026, 3, 4))
    twin = replace(one, assignment=AssignmentId("twin"))

    assert len(in_order((one, twin))) == len(one.packet.blobs())


def test_only_blobs_this_person_has_names_for_are_fetched() -> None:
    one = shipment("same", date(2026, 3, 4))
    wanted = one.packet.blobs()[3]

    ordered = in_order((replace(one, names={wanted.sha256: BlobId("b")}),))

    assert [(each.blob, each.blob_id) for each in ordered] == [(wanted, "b")]
