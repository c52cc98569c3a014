"""A packet with pages, a table and one artifact of each state, and how it gets into a store."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from assessor_app.domain.assignment import PacketRef
from assessor_app.domain.evidence import Heading, Paragraph, Table, TextView
from assessor_app.domain.ids import ArtifactId, AssignmentId, PartId, PromptId
from assessor_app.domain.packet import (
    Artifact,
    ArtifactKind,
    ArtifactState,
    Capture,
    Mention,
    Packet,
    Page,
    PageMode,
    Part,
    Prompt,
    TextRendition,
)
from assessor_app.store.assignments import put_assignment
from assessor_app.store.blobs import begin, put_complete
from assessor_app.store.columns import to_json
from assessor_app.store.download import Download
from assessor_app.store.opening import Store
from assessor_app.store.packets import put_packet, put_rubric
from assessor_app.wire.evidence import dump_layer, dump_text_view
from tests.store.making import EPOCH, NOW, assignment, blob_of, packet, sha256
from tests.ui.desk.rubric import RUBRIC_BYTES, RUBRIC_REF
from tests.ui.evidence.conftest import layer

RESPONSE = "We read the exit tickets first. The plan is in A1 Plan, with one goal."
VIEW = TextView(
    (
        Heading(1, "Exit tickets"),
        Paragraph("Nineteen of twenty-six gave a reason."),
        Table((("Week", "Reasons"), ("1", "6"), ("7", "19"))),
    )
)


def _webp() -> bytes:
    made = BytesIO()
    Image.new("RGB", (248, 351), "white").save(made, "WEBP", lossless=True)
    return made.getvalue()


IMAGE, LAYER, TEXT = _webp(), dump_layer(layer()), dump_text_view(VIEW)
CONTENTS = (IMAGE, LAYER, TEXT)

PAGE = Page(
    image=blob_of(IMAGE),
    layer=blob_of(LAYER),
    width_px=248,
    height_px=351,
    width_pt=595.0,
    height_pt=842.0,
    mode=PageMode.LOSSLESS,
)


def _artifact(name: str, kind: ArtifactKind, state: ArtifactState) -> Artifact:
    base = packet().artifacts[0]
    return replace(
        base, id=ArtifactId(name), title=f"Evidence {name}", kind=kind, state=state, pages=()
    )


def packet_of_many_kinds() -> Packet:
    at = RESPONSE.index("A1")
    prompt = Prompt(
        id=PromptId("p1"),
        text="What was the goal?",
        word_limit=10,
        response=RESPONSE,
        mentions=(Mention(start=at, end=at + 7, artifact=ArtifactId("A1")),),
    )
    here = ArtifactState.AVAILABLE
    link = _artifact("A3", ArtifactKind.LINK, ArtifactState.INACCESSIBLE)
    locked = _artifact("A4", ArtifactKind.DOCUMENT, ArtifactState.UNREADABLE)
    table = TextRendition(view=blob_of(TEXT))
    return replace(
        packet(),
        rubric=RUBRIC_REF,
        parts=(
            Part(id=PartId("part1"), number=1, title="Overview", prompts=(prompt,)),
            Part(id=PartId("part2"), number=2, title="Work"),
        ),
        artifacts=(
            replace(_artifact("A1", ArtifactKind.DOCUMENT, here), pages=(PAGE, PAGE, PAGE)),
            replace(_artifact("A2", ArtifactKind.TABLE, here), text=table),
            replace(link, capture=Capture(at=NOW, status=403)),
            replace(locked, problem="encrypted"),
            _artifact("A5", ArtifactKind.VIDEO, ArtifactState.KEPT_AT_PLATFORM),
        ),
    )


def fill(store: Store) -> AssignmentId:
    """Put assignment, manifest and rubric into a store; no blob has arrived yet."""
    manifest = to_json(packet_of_many_kinds())
    lent = assignment()
    reference = PacketRef(id=lent.packet.id, version=1, manifest_sha256=sha256(manifest))
    with store.sessions.begin() as session:
        put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)
        put_packet(session, reference, manifest, blob_ids={}, related={})
        named = replace(lent, packet=reference, rubric=RUBRIC_REF)
        put_assignment(session, named, epoch=EPOCH)
    return lent.id


def keep(store: Store, content: bytes) -> None:
    """Have one blob arrive."""
    blob = blob_of(content)
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob)
    with Download(store.blob_folder, ticket) as download:
        for span in download.missing():
            download.write(span.offset, content[span.offset : span.offset + span.length])
        download.finish()
    with store.sessions.begin() as session:
        put_complete(session, blob.sha256)
