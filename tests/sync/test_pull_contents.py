"""Manifests and rubrics: what is kept of them, and what is not."""

import threading
from dataclasses import replace

import pytest

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import PacketId, Sha256
from assessor_app.store import assignments, packets, search
from assessor_app.store.opening import Store
from assessor_app.sync.answers import Answer
from assessor_app.sync.errors import CancelledError
from assessor_app.sync.pull import Contents, pull_contents
from assessor_app.wire.codec import sha256
from assessor_app.wire.messages import (
    BlobName,
    ManifestAnswer,
    ManifestBatch,
    ProblemKind,
)
from tests.reference_platform.factory import built
from tests.sync.bench import (
    BUILT,
    EPOCH,
    NAMES,
    Never,
    greeted,
    no,
    view,
    yes,
)

OTHER = built("south")


@pytest.fixture
def lent(store: Store) -> Assignment:
    """A second assignment whose packet has not arrived."""
    packet = replace(view().packet, id=PacketId("packet-2"), manifest_sha256=OTHER.manifest_sha256)
    new = replace(view("a-2"), packet=packet)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, new, epoch=EPOCH)
    return new


def batch(lent: Assignment, manifest: str) -> Answer:
    answer = ManifestAnswer(
        packet=lent.packet.id,
        version=lent.packet.version,
        manifest=manifest,
        blobs=tuple(BlobName(*pair) for pair in NAMES.items()),
    )
    return yes(ManifestBatch((answer,)), 200)


def has_packet(store: Store, manifest: Sha256) -> bool:
    with store.sessions.begin() as session:
        return packets.get_packet(session, manifest) is not None


def test_a_manifest_that_verifies_is_kept_and_can_be_searched(
    store: Store, lent: Assignment
) -> None:
    made, script = greeted(batch(lent, OTHER.manifest.decode()))

    contents = pull_contents(store, made, Never())

    assert contents == Contents(packets=(OTHER.manifest_sha256,))
    assert script.requests[-1].params == (("packet", "packet-2:1"),)
    with store.sessions.begin() as session:
        assert [hit.assignment for hit in search.search(session, "south")] == [lent.id]


@pytest.mark.parametrize(
    "manifest", [BUILT.manifest.decode(), OTHER.manifest.decode().replace("south", "north"), "{}"]
)
def test_a_manifest_with_another_hash_is_not_kept(
    store: Store, lent: Assignment, manifest: str
) -> None:
    made, _ = greeted(batch(lent, manifest))

    contents = pull_contents(store, made, Never())

    assert contents == Contents(missing=(OTHER.manifest_sha256,))
    assert not has_packet(store, OTHER.manifest_sha256)


@pytest.mark.parametrize(
    "answer", [no(404, ProblemKind.NOT_FOUND), yes(ManifestBatch(()), 200), batch(view("x"), "{}")]
)
def test_a_manifest_that_does_not_come_is_asked_for_once_a_round(
    store: Store, lent: Assignment, answer: Answer
) -> None:
    made, script = greeted(answer)

    contents = pull_contents(store, made, Never())

    assert contents.missing == (OTHER.manifest_sha256,)
    assert script.steps == []


@pytest.mark.parametrize("bent", [b'{"more":1,', b'{"ai":{},'])
def test_a_manifest_that_breaks_the_contract_is_not_kept_although_its_hash_is_right(
    store: Store, lent: Assignment, bent: bytes
) -> None:
    manifest = OTHER.manifest.replace(b"{", bent, 1)
    ref = replace(lent.packet, manifest_sha256=sha256(manifest))
    with store.sessions.begin() as session:
        assignments.put_assignment(session, replace(lent, packet=ref), epoch=EPOCH)
    made, _ = greeted(batch(lent, manifest.decode()))

    contents = pull_contents(store, made, Never())

    assert contents == Contents(missing=(ref.manifest_sha256,))
    assert not has_packet(store, ref.manifest_sha256)


def test_what_is_pulled_can_be_stopped(store: Store, lent: Assignment) -> None:
    made, script = greeted()
    stop = threading.Event()
    stop.set()

    with pytest.raises(CancelledError):
        pull_contents(store, made, stop)

    assert len(script.requests) == 1
    assert not has_packet(store, lent.packet.manifest_sha256)


@pytest.mark.parametrize(
    ("content", "promised"),
    [
        (BUILT.rubric_bytes, Sha256("0" * 64)),
        (b"{}", sha256(b"{}")),
        (MORE := BUILT.rubric_bytes.replace(b"{", b'{"more":1,', 1), sha256(MORE)),
    ],
)
def test_a_rubric_with_another_hash_or_against_the_contract_is_not_kept(
    store: Store, content: bytes, promised: Sha256
) -> None:
    lent = replace(view().rubric, version=2, sha256=promised)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, replace(view("a-2"), rubric=lent), epoch=EPOCH)
    headers = {"content-type": "application/json"}
    made, _ = greeted(Answer(status=200, headers=headers, untrusted_body=content))

    contents = pull_contents(store, made, Never())

    assert contents == Contents(missing=(promised,))
    with store.sessions.begin() as session:
        assert packets.get_rubric(session, promised) is None
