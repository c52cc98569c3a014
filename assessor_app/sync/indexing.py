"""Make the text of evidence findable once it is on the laptop."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.evidence import Block, ListItem, Picture, Table, TextView
from assessor_app.domain.packet import Artifact, Blob
from assessor_app.store import assignments, blobs, packets, search, settings
from assessor_app.store.errors import DamagedBlobError, NoBlobError
from assessor_app.store.opening import Store
from assessor_app.sync.clock import Stop
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.evidence import parse_layer, parse_text_view

ARTIFACT = "artifact"


def index_evidence(store: Store, stop: Stop) -> None:
    """Index the artifacts of packets that arrived whole since the last time."""
    with store.sessions.begin() as session:
        known = assignments.list_assignments(session)
    for assignment in known:
        if stop.is_set():
            return
        with store.sessions.begin() as session:
            if _is_due(session, assignment):
                _index(store, session, assignment)


def _is_due(session: Session, assignment: Assignment) -> bool:
    manifest = assignment.packet.manifest_sha256
    return (
        settings.get_setting(session, _mark(assignment)) != manifest
        and packets.get_manifest(session, manifest) is not None
        and not blobs.list_missing_blobs(session, manifest)
    )


def _index(store: Store, session: Session, assignment: Assignment) -> None:
    manifest = assignment.packet.manifest_sha256
    packet = packets.get_packet(session, manifest)
    for artifact in packet.artifacts if packet else ():
        content = "\n".join(_texts(store, session, artifact))
        search.index_text(
            session, assignment.id, kind=ARTIFACT, source=artifact.id, content=content
        )
    settings.put_setting(session, _mark(assignment), manifest)


def _texts(store: Store, session: Session, artifact: Artifact) -> Iterator[str]:
    yield artifact.title
    if artifact.text:
        content = _content(store, session, artifact.text.view)
        yield from _of_view(content)
    for page in artifact.pages:
        yield _of_layer(_content(store, session, page.layer))


def _content(store: Store, session: Session, blob: Blob) -> bytes:
    try:
        with blobs.open_reader(session, store.blob_folder, blob.sha256) as reader:
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


def _mark(assignment: Assignment) -> str:
    return f"indexed {assignment.id}"
