"""Values for the tests of the store: a review in progress, its seal, its receipt, a packet."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from assessor_app.domain.assignment import Assignment, AssignmentKind, AssignmentState, PacketRef
from assessor_app.domain.ids import (
    ActId,
    ArtifactId,
    AssignmentId,
    BlobId,
    CriterionId,
    Epoch,
    EvidenceId,
    FeedbackId,
    LevelId,
    MicrocredentialId,
    PacketId,
    PartId,
    PromptId,
    ReviewId,
    RubricId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import (
    CHUNK_BYTES,
    Agreements,
    AiDeclaration,
    Artifact,
    ArtifactKind,
    ArtifactState,
    BlindingReport,
    Blob,
    Collaboration,
    Microcredential,
    Packet,
    Page,
    PageMode,
    Part,
    Prompt,
    RubricRef,
)
from assessor_app.domain.policy import AiPolicy, CollaborationPolicy, PolicyPack
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Review
from assessor_app.domain.rubric import Criterion, PerformanceLevel, Rubric
from assessor_app.store.account import SignIn
from assessor_app.store.acts import Act
from assessor_app.store.columns import to_json
from assessor_app.store.journal import KeptReceipt
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.store.outbox import Sealing
from assessor_app.store.profile import lock_profile
from assessor_app.store.voids import Void

NOW = datetime(2026, 11, 25, 12, 3, 21, tzinfo=UTC)
ONE = AssignmentId("assignment-1")
TWO = AssignmentId("assignment-2")
EPOCH = Epoch("epoch-1")
RESPONSE = "The coach and I agreed on wait time as the marigold of this plan."
FEEDBACK = "Show how the juniper coachee chose the goal herself."
CRITERION_TITLE = "Coaching plan of the periwinkle kind"
TOKEN = "token-of-saffron-4711"  # noqa: S105 (made up)
SIGNED_IN = SignIn(
    platform_url="https://platform.example",
    account="account-1",
    receipt_key="cmVjZWlwdCBrZXk=",
    token=TOKEN,
)
PLAINTEXTS = (RESPONSE, FEEDBACK, CRITERION_TITLE, TOKEN)

RUBRIC = Rubric(
    id=RubricId("rubric-1"),
    version=2,
    criteria=(
        Criterion(
            id=CriterionId("plan"),
            title=CRITERION_TITLE,
            part=PartId("part2"),
            levels=(
                PerformanceLevel(id=LevelId("proficient"), name="Proficient", descriptor="Yes"),
                PerformanceLevel(id=LevelId("developing"), name="Developing", descriptor="No"),
            ),
            required=LevelId("proficient"),
        ),
    ),
)
RUBRIC_BYTES = to_json(RUBRIC)


def sha256(content: bytes) -> Sha256:
    return Sha256(hashlib.sha256(content).hexdigest())


RUBRIC_REF = RubricRef(id=RUBRIC.id, version=RUBRIC.version, sha256=sha256(RUBRIC_BYTES))


def blob_of(content: bytes) -> Blob:
    """Name some bytes as a manifest does."""
    pieces = [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)]
    chunks = tuple(sha256(piece) for piece in pieces) if len(content) > CHUNK_BYTES else ()
    return Blob(sha256=sha256(content), size_bytes=len(content), chunks=chunks)


IMAGE = bytes(range(256)) * 700
LAYER = b'{"words":[]}'


MICROCREDENTIAL = Microcredential(
    id=MicrocredentialId("mc"),
    version=1,
    title="Planning a Coaching Cycle",
    issuer="An issuer",
    competency="Plans a coaching cycle",
    key_method="A method",
    components=(),
    research=(),
    resources=(),
    required_evidence=(),
)


def packet(response: str = RESPONSE) -> Packet:
    page = Page(
        image=blob_of(IMAGE),
        layer=blob_of(LAYER),
        width_px=100,
        height_px=100,
        width_pt=72.0,
        height_pt=72.0,
        mode=PageMode.LOSSLESS,
    )
    return Packet(
        microcredential=MICROCREDENTIAL,
        rubric=RUBRIC_REF,
        policy=PolicyPack(ai=AiPolicy.OPEN, collaboration=CollaborationPolicy.ALLOWED),
        submitted_at=NOW,
        due_on=date(2026, 12, 15),
        parts=(
            Part(
                id=PartId("part1"),
                number=1,
                title="Overview",
                prompts=(
                    Prompt(
                        id=PromptId("p1"),
                        text="What was the goal?",
                        word_limit=300,
                        response=response,
                    ),
                ),
            ),
        ),
        artifacts=(
            Artifact(
                id=ArtifactId("A1"),
                title="Plan",
                evidence=EvidenceId("e1"),
                kind=ArtifactKind.DOCUMENT,
                state=ArtifactState.AVAILABLE,
                pages=(page,),
            ),
        ),
        agreements=Agreements(ready_for_review=True, confirm_release=True, confirm_work=True),
        ai=AiDeclaration(used=False),
        collaboration=Collaboration(),
        related=(),
        blinding=BlindingReport(policy_version="1", detectors=(), hits_masked=0, hits_passed=0),
    )


MANIFEST = to_json(packet())
PACKET_REF = PacketRef(id=PacketId("packet-1"), version=1, manifest_sha256=sha256(MANIFEST))
BLOB_IDS = {sha256(IMAGE): BlobId("blob-a"), sha256(LAYER): BlobId("blob-b")}


def assignment(
    name: AssignmentId = ONE,
    *,
    state: AssignmentState = AssignmentState.OPEN,
    view_version: int = 1,
    due_on: date = date(2026, 12, 15),
) -> Assignment:
    return Assignment(
        id=name,
        submission=SubmissionId("MC-4F2K-9"),
        kind=AssignmentKind.REVIEW,
        state=state,
        title="Planning a Coaching Cycle",
        packet=PACKET_REF,
        rubric=RUBRIC_REF,
        submitted_at=NOW,
        due_on=due_on,
        size_bytes=len(IMAGE) + len(LAYER),
        view_version=view_version,
    )


def review(name: AssignmentId = ONE, text: str = FEEDBACK) -> Review:
    item = FeedbackItem(
        id=FeedbackId("f1"), kind=FeedbackKind.CHALLENGE, criterion=CriterionId("plan"), text=text
    )
    begun = Review(assignment=name, manifest_sha256=PACKET_REF.manifest_sha256, rubric=RUBRIC_REF)
    return begun.rate(CriterionId("plan"), LevelId("developing")).give_feedback(item)


def sealing(act: str = "", *, body: bytes = b"", grace_until: datetime | None = None) -> Sealing:
    act_id = ReviewId(act or str(uuid4()))
    return Sealing(
        act_id=act_id,
        body=body or f"body of {act_id}: {FEEDBACK}".encode(),
        now=NOW,
        grace_until=grace_until,
    )


def a_void(act: str = "") -> Void:
    void_id = ActId(act or str(uuid4()))
    return Void(void_id=void_id, body=f"void {void_id}".encode(), now=NOW)


def receipt(act: Act, *, sequence: int = 1, epoch: Epoch = EPOCH) -> KeptReceipt:
    return KeptReceipt(
        sequence=sequence,
        act=act.act_id,
        kind=act.kind,
        assignment=act.assignment,
        body_sha256=act.body_sha256,
        epoch=epoch,
        received_at=NOW + timedelta(minutes=1),
        content=f"receipt {sequence} of {act.act_id}".encode(),
    )


def other(given: KeptReceipt, **change: object) -> KeptReceipt:
    """Return a receipt that differs in one thing."""
    match change:
        case {"act": str(act)}:
            return replace(given, act=ActId(act))
        case {"kind": ActKind() as kind}:
            return replace(given, kind=kind)
        case {"body_sha256": str(digest)}:
            return replace(given, body_sha256=Sha256(digest))
        case {"assignment": str(name)}:
            return replace(given, assignment=AssignmentId(name))
        case _:
            raise ValueError(change)


def reopened(folder: Path, key: ProfileKey) -> Store:
    """Open a profile as the next start does."""
    return open_store(lock_profile(folder), key, now=NOW)


def files_of(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
