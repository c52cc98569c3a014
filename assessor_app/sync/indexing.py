"""Make the text of evidence findable once it is on the laptop."""

from collections.abc import Iterator

from assessor_app.domain.evidence import Block, ListItem, Picture, Table, TextView
from assessor_app.domain.ids import AssignmentId, Sha256
from assessor_app.domain.packet import Artifact, Blob, Packet
from assessor_app.store import blobs, packets, search
from assessor_app.store.errors import DamagedBlobError, NoBlobError
from assessor_app.store.opening import Store
from assessor_app.sync.clock import Stop
from assessor_app.sync.plan import Shipment
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.evidence import parse_layer, parse_text_view

ARTIFACT = "artifact"


def index_evidence(store: Store, stop: Stop) -> None:
    """Index the artifacts of packets that arrived whole since the last time.

    What they say is read and parsed without a transaction, so that no draft waits to be saved.
    """
    with store.sessions.begin() as session:
        found = search.list_not_indexed(session)
    for assignment in found:
        if stop.is_set():
            return
        _index(store, stop, assignment.id, assignment.packet.manifest_sha256)


class Arrivals:
    """Indexes each packet of a download as soon as its last blob is here, while others come."""

    def __init__(self, store: Store, stop: Stop, lacking: tuple[Shipment, ...]) -> None:
        self._store = store
        self._stop = stop
        self._lacking = {shipment.assignment: set(shipment.names) for shipment in lacking}
        self._waiting: dict[Sha256, list[Shipment]] = {}
        for shipment in lacking:
            for blob in shipment.names:
                self._waiting.setdefault(blob, []).append(shipment)

    def arrived(self, blob: Sha256) -> None:
        """Note that a blob is here, and index what it completes."""
        for shipment in self._waiting.pop(blob, ()):
            lacking = self._lacking[shipment.assignment]
            lacking.discard(blob)
            if not lacking:
                _index(self._store, self._stop, shipment.assignment, shipment.manifest_sha256)


def _index(store: Store, stop: Stop, assignment: AssignmentId, manifest: Sha256) -> None:
    packet = _whole_packet(store, manifest)
    if packet is None:
        return
    texts = {
        artifact.id: "\n".join(_texts(store, artifact))
        for artifact in packet.artifacts
        if not stop.is_set()
    }
    if stop.is_set():
        return
    with store.sessions.begin() as session:
        search.index_packet(session, assignment)
        for source, content in texts.items():
            search.index_text(session, assignment, kind=ARTIFACT, source=source, content=content)
        search.put_indexed(session, assignment, manifest)


def _whole_packet(store: Store, manifest: Sha256) -> Packet | None:
    with store.sessions.begin() as session:
        if blobs.list_missing_blobs(session, manifest):
            return None
        return packets.get_packet(session, manifest)


def _texts(store: Store, artifact: Artifact) -> Iterator[str]:
    yield artifact.title
    if artifact.text:
        yield from _of_view(_content(store, artifact.text.view))
    for page in artifact.pages:
        yield _of_layer(_content(store, page.layer))


def _content(store: Store, blob: Blob) -> bytes:
    try:
        with store.sessions.begin() as session:
            reader = blobs.open_reader(session, store.blob_folder, blob.sha256)
        with reader:
            return reader.read_all()
    except (NoBlobError, DamagedBlobError):
        return b""


def _of_layer(content: bytes) -> str:
    try:
        return " ".join(word.text for word in parse_layer(content).words)
    except MalformedError:
        return ""


def _of_view(content: bytes) -> Iterator[str]:
    try:
        view = parse_text_view(content)
    except MalformedError:
        view = TextView()
    for block in view.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Table(rows=rows):
            yield from (" ".join(row) for row in rows)
        case Picture(alt=alt):
            yield alt
        case ListItem(text=text):
            yield text
        case heading_or_paragraph:
            yield heading_or_paragraph.text
