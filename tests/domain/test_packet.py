import pytest

from assessor_app.domain.ids import ArtifactId, EvidenceId, Sha256
from assessor_app.domain.outbox import OutboxState, ReviewPlace, place_of
from assessor_app.domain.packet import (
    CHUNK_BYTES,
    Artifact,
    ArtifactKind,
    ArtifactState,
    Blob,
    Page,
    PageMode,
    TextRendition,
)


def named(name: str) -> Sha256:
    return Sha256(name.encode().hex().zfill(64))


def blob(name: str, size: int = 10) -> Blob:
    return Blob(sha256=named(name), size_bytes=size)


def page(number: int) -> Page:
    return Page(
        image=blob(f"image{number}"),
        layer=blob(f"layer{number}"),
        width_px=10,
        height_px=10,
        width_pt=5,
        height_pt=5,
        mode=PageMode.LOSSLESS,
    )


def test_blobs_come_in_reading_order() -> None:
    artifact = Artifact(
        id=ArtifactId("A1"),
        title="Lesson plan",
        evidence=EvidenceId("plan"),
        kind=ArtifactKind.DOCUMENT,
        state=ArtifactState.AVAILABLE,
        pages=(page(1),),
        text=TextRendition(view=blob("view"), pictures=(page(2),)),
    )

    names = [item.sha256 for item in artifact.blobs()]
    assert names == [named(each) for each in ("view", "image1", "layer1", "image2", "layer2")]


@pytest.mark.parametrize(
    ("size", "chunks"), [(CHUNK_BYTES, 1), (CHUNK_BYTES + 1, 1), (CHUNK_BYTES * 2 + 1, 2), (-1, 0)]
)
def test_chunk_hashes_fit_the_size(size: int, chunks: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Blob(sha256=named("x"), size_bytes=size, chunks=(named("c"),) * chunks)


@pytest.mark.parametrize("name", ["", "x" * 64, "A" * 64, "0" * 63, "0" * 64 + "\n", "../" * 22])
def test_a_blob_is_named_by_hashes_alone(name: str) -> None:
    with pytest.raises(ValueError, match="not the hash"):
        Blob(sha256=Sha256(name), size_bytes=1)
    with pytest.raises(ValueError, match="not the hash"):
        Blob(sha256=named("x"), size_bytes=CHUNK_BYTES + 1, chunks=(named("c"), Sha256(name)))


@pytest.mark.parametrize("state", [None, *OutboxState])
def test_a_review_is_in_one_of_three_places(state: OutboxState | None) -> None:
    laptop = {None, OutboxState.VOIDED}
    received = {OutboxState.RECEIVED, OutboxState.SETTLED}
    expected = (
        ReviewPlace.LAPTOP
        if state in laptop
        else ReviewPlace.RECEIVED
        if state in received
        else ReviewPlace.OUTBOX
    )

    assert place_of(state) is expected
