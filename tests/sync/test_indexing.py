import threading
from dataclasses import replace

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.evidence import (
    Heading,
    ListItem,
    PageLayer,
    Paragraph,
    Picture,
    Table,
    TextView,
    Word,
)
from assessor_app.domain.ids import ArtifactId, BlobId
from assessor_app.domain.packet import Artifact, TextRendition
from assessor_app.store import assignments, packets, search
from assessor_app.store.opening import Store
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.indexing import ARTIFACT, Arrivals, index_evidence
from assessor_app.sync.plan import Shipment
from assessor_app.sync.rounds import Link, Means, run_round
from assessor_app.wire.codec import dump, sha256
from assessor_app.wire.evidence import dump_layer, dump_text_view
from tests.reference_platform.factory import blob, noise
from tests.sync.bench import BUILT, EPOCH, Never, meta, shelve, snapshot, view
from tests.sync.odd_server import OddServer, Say, json
from tests.sync.timing import Hands

LAYER = dump_layer(PageLayer((Word(text="marmalade", left=1, top=2, right=30, bottom=40),)))
VIEW = dump_text_view(
    TextView(
        (
            Heading(1, "Lanterns"),
            Paragraph("A sorrel field."),
            ListItem(level=0, ordered=False, text="quince"),
            Table((("medlar", "3"),)),
            Picture(0, "a drawn bullace"),
        )
    )
)
IMAGE = noise(100, "image")


def lend(store: Store, layer: bytes = LAYER, text: bytes = VIEW) -> Assignment:
    """Lend a packet with a page of words and a text view."""
    (artifact,) = BUILT.packet.artifacts
    (page,) = artifact.pages
    paged = replace(artifact, pages=(replace(page, image=blob(IMAGE), layer=blob(layer)),))
    written: Artifact = replace(
        artifact, id=ArtifactId("A2"), pages=(), text=TextRendition(view=blob(text))
    )
    manifest = dump(replace(BUILT.packet, artifacts=(paged, written)))
    ref = replace(view().packet, manifest_sha256=sha256(manifest))
    made = replace(view(), packet=ref, view_version=4)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, made, epoch=EPOCH)
        packets.put_packet(session, ref, manifest, blob_ids={}, related={})
    return made


def round_means() -> Means:
    clock = Hands().clock()
    return Means(backoff=Backoff(clock), clock=clock, stop=Never(), progress=lambda _progress: None)


def sources(store: Store, typed: str) -> list[str]:
    with store.sessions.begin() as session:
        return [hit.source for hit in search.search(session, typed)]


def test_words_of_pages_and_blocks_are_found_once_they_are_here(store: Store) -> None:
    lend(store)
    for content in (LAYER, VIEW):
        shelve(store, content)
    index_evidence(store, Never())
    assert sources(store, "marmalade") == []

    shelve(store, IMAGE)
    index_evidence(store, Never())

    assert sources(store, "marmalade") == ["A1"]
    for word in ("lanterns", "sorrel", "quince", "medlar", "bullace"):
        assert sources(store, word) == ["A2"]


def test_evidence_is_indexed_once(store: Store) -> None:
    made = lend(store)
    for content in (LAYER, VIEW, IMAGE):
        shelve(store, content)
    index_evidence(store, Never())
    with store.sessions.begin() as session:
        search.index_text(session, made.id, kind=ARTIFACT, source="A1", content="damson")

    index_evidence(store, Never())

    assert sources(store, "marmalade") == []
    assert sources(store, "damson") == ["A1"]


def test_a_packet_that_left_and_came_back_is_indexed_again(store: Store) -> None:
    made = lend(store)
    for content in (LAYER, VIEW, IMAGE):
        shelve(store, content)
    index_evidence(store, Never())
    with store.sessions.begin() as session:
        search.forget_texts(session, made.id)

    index_evidence(store, Never())

    assert sources(store, "marmalade") == ["A1"]


def test_what_only_an_older_version_says_is_not_found(store: Store) -> None:
    """Else a name that a new version was made to hide stays findable."""
    lend(store)
    blinded = dump_layer(PageLayer((Word(text="masked", left=1, top=2, right=30, bottom=40),)))
    for content in (LAYER, VIEW, IMAGE, blinded):
        shelve(store, content)
    index_evidence(store, Never())

    made = lend(store, blinded)
    with store.sessions.begin() as session:
        search.index_packet(session, made.id)

    assert sources(store, "marmalade") == []
    index_evidence(store, Never())
    assert sources(store, "masked") == ["A1"]


def test_a_round_that_fetches_nothing_indexes_what_the_last_one_left(store: Store) -> None:
    made = lend(store)
    for content in (LAYER, VIEW, IMAGE):
        shelve(store, content)
    answers = (meta().untrusted_body, snapshot(made).untrusted_body)
    with OddServer([Say(json("200 OK", each), "keep") for each in answers]) as server:
        with store.engine.begin() as connection:
            url = (server.url,)
            connection.exec_driver_sql("UPDATE account SET platform_url = ?", url)
        report = run_round(store, round_means())

    assert report.link is Link.ONLINE
    assert sources(store, "marmalade") == ["A1"]


def test_a_packet_is_found_as_soon_as_its_last_blob_is_here(store: Store) -> None:
    lent = lend(store)
    names = {each: BlobId(each) for each in map(sha256, (IMAGE, LAYER, VIEW))}
    with store.sessions.begin() as session:
        packet = packets.get_packet(session, lent.packet.manifest_sha256)
    assert packet is not None
    shipment = Shipment(
        assignment=lent.id,
        due_on=lent.due_on,
        manifest_sha256=lent.packet.manifest_sha256,
        packet=packet,
        names=names,
    )
    arrivals = Arrivals(store, Never(), (shipment,))

    found = []
    for content in (IMAGE, LAYER, VIEW):
        arrivals.arrived(shelve(store, content).sha256)
        with store.sessions.begin() as session:
            found.append(len(search.search(session, "marmalade")))

    assert found == [0, 0, 1]


def test_bytes_that_are_no_text_leave_the_title(store: Store) -> None:
    broken, also = noise(80, "layer"), noise(81, "view")
    lend(store, broken, also)
    for content in (broken, also, IMAGE):
        shelve(store, content)

    index_evidence(store, Never())

    assert sources(store, "lesson plan") == ["A1", "A2"]


def test_it_can_be_stopped(store: Store) -> None:
    lend(store)
    for content in (LAYER, VIEW, IMAGE):
        shelve(store, content)
    stop = threading.Event()
    stop.set()

    index_evidence(store, stop)

    assert sources(store, "marmalade") == []
