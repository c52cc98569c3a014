"""Made submissions, reviews and platforms, without intake."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import (
    ActId,
    ArtifactId,
    AssignmentId,
    CriterionId,
    EvidenceId,
    FeedbackId,
    LevelId,
    MicrocredentialId,
    PartId,
    PinId,
    PromptId,
    ReviewId,
    RubricId,
    Sha256,
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
    Component,
    Microcredential,
    Packet,
    Page,
    PageMode,
    Part,
    Prompt,
    RelatedSubmission,
    RequiredEvidence,
    RubricRef,
    Source,
)
from assessor_app.domain.policy import AiPolicy, CollaborationPolicy, PolicyPack, SecondReads
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Pin, Place, PlaceKind, Rating
from assessor_app.domain.rubric import AwardRule, Criterion, PerformanceLevel, Rubric
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.service import Platform
from assessor_app.wire.codec import dump, sha256
from assessor_app.wire.messages import ActBody, Attestations, ReviewBody

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
PLAN, CONTEXT = CriterionId("plan"), CriterionId("context")
PROFICIENT, DEVELOPING = LevelId("proficient"), LevelId("developing")
FIRST, SECOND = "assessor-1", "assessor-2"


class Clock:
    """Goes on by a second each time it is asked."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def open_platform(folder: Path, *, hour: int = MORNING.hour) -> Platform:
    """Open a platform that never draws a second read, with a clock that begins at some hour."""
    return Platform(folder, clock=Clock(MORNING.replace(hour=hour)), draw=lambda: 1.0)


def rubric(version: int = 1) -> Rubric:
    levels = (
        PerformanceLevel(
            id=PROFICIENT, name="Proficient", descriptor=f"Every step has a purpose. ({version})"
        ),
        PerformanceLevel(id=DEVELOPING, name="Developing", descriptor="Steps are listed."),
    )
    return Rubric(
        id=RubricId("feedback-rubric"),
        version=version,
        criteria=(
            Criterion(
                id=PLAN, title="Plan", part=PartId("part2"), levels=levels, required=PROFICIENT
            ),
            Criterion(
                id=CONTEXT,
                title="Context",
                part=PartId("part1"),
                levels=levels,
                required=PROFICIENT,
            ),
        ),
        award_rule=AwardRule(),
    )


def blob(content: bytes) -> Blob:
    pieces = [content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES)]
    chunks = tuple(sha256(piece) for piece in pieces) if len(pieces) > 1 else ()
    return Blob(sha256=sha256(content), size_bytes=len(content), chunks=chunks)


def noise(size: int, seed: str) -> bytes:
    """Return bytes that no compression makes smaller, equal for an equal seed."""
    return hashlib.shake_256(seed.encode()).digest(size)


CARD = Microcredential(
    id=MicrocredentialId("feedback"),
    version=1,
    title="Feedback that moves learning on",
    issuer="Tarnbrook Teaching Council",
    competency="Gives feedback that pupils act on.",
    key_method="Notice, name, next step.",
    components=(Component(title="Notice", text="Looks first."),),
    research=(Source(title="A study", reference="Example Press, 2019"),),
    resources=(Source(title="Comment bank", reference="https://example.org/comments"),),
    required_evidence=(
        RequiredEvidence(id=EvidenceId("plan"), title="Lesson plan", description="One."),
    ),
)


def overview(response: str) -> Part:
    prompt = Prompt(
        id=PromptId("context"), text="Describe your class.", word_limit=200, response=response
    )
    return Part(id=PartId("part1"), number=1, title="Overview and context", prompts=(prompt,))


def plan(image: bytes, layer: bytes) -> Artifact:
    page = Page(
        image=blob(image),
        layer=blob(layer),
        width_px=1000,
        height_px=1400,
        width_pt=595.0,
        height_pt=842.0,
        mode=PageMode.LOSSLESS,
    )
    return Artifact(
        id=ArtifactId("A1"),
        title="Lesson plan",
        evidence=EvidenceId("plan"),
        kind=ArtifactKind.DOCUMENT,
        state=ArtifactState.AVAILABLE,
        pages=(page,),
    )


def packet(part: Part, artifact: Artifact, related: tuple[RelatedSubmission, ...]) -> Packet:
    used = rubric()
    return Packet(
        microcredential=CARD,
        rubric=RubricRef(id=used.id, version=used.version, sha256=sha256(dump(used))),
        policy=PolicyPack(ai=AiPolicy.DISCLOSE, collaboration=CollaborationPolicy.ALLOWED),
        submitted_at=MORNING,
        due_on=date(2026, 3, 20),
        parts=(part,),
        artifacts=(artifact,),
        agreements=Agreements(ready_for_review=True, confirm_release=True, confirm_work=True),
        ai=AiDeclaration(used=False),
        collaboration=Collaboration(),
        related=related,
        blinding=BlindingReport(
            policy_version="1", detectors=("identities",), hits_masked=0, hits_passed=0
        ),
    )


def built(
    seed: str = "north",
    *,
    page_bytes: int = 200_000,
    response_bytes: int = 0,
    earner: str | None = None,
    earlier: tuple[BuiltSubmission, ...] = (),
) -> BuiltSubmission:
    """Return a submission that is the same for the same seed."""
    image, layer = noise(page_bytes, f"image {seed}"), noise(700, f"layer {seed}")
    related = tuple(
        RelatedSubmission(manifest_sha256=one.manifest_sha256, submitted_on=date(2026, 1, 9))
        for one in earlier
    )
    response = f"Twenty-four pupils in {seed}. {noise(response_bytes // 2, seed).hex()}"
    made = packet(overview(response), plan(image, layer), related)
    manifest = dump(made)
    used = rubric()
    return BuiltSubmission(
        reference=f"S-{seed}",
        earner=earner or f"earner-{seed}",
        earlier=tuple(one.reference for one in earlier),
        packet=made,
        manifest=manifest,
        manifest_sha256=sha256(manifest),
        blobs=MappingProxyType({sha256(image): image, sha256(layer): layer}),
        rubric=used,
        rubric_bytes=dump(used),
        second_reads=SecondReads(first_n=0, share=0.0),
        held=False,
    )


def blinded_again(old: BuiltSubmission) -> BuiltSubmission:
    """Return a new packet version of the same submission."""
    report = replace(old.packet.blinding, hits_masked=old.packet.blinding.hits_masked + 1)
    made = replace(old.packet, blinding=report)
    manifest = dump(made)
    return replace(old, packet=made, manifest=manifest, manifest_sha256=sha256(manifest))


def new_uuid() -> str:
    return str(uuid4())


def review(
    assignment: Assignment,
    *,
    determination: Determination = Determination.AWARD,
    uuid: str | None = None,
) -> ReviewBody:
    """Return a complete review: an award, or a denial of the plan."""
    award = determination is Determination.AWARD
    growth = FeedbackItem(
        id=FeedbackId("f2"),
        kind=FeedbackKind.CHALLENGE,
        criterion=PLAN,
        text="Show how step 3 follows from what pupils did in step 2.",
    )
    return ReviewBody(
        review=ReviewId(uuid or new_uuid()),
        assignment=assignment.id,
        packet=assignment.packet,
        rubric=assignment.rubric,
        ratings=(
            Rating(criterion=PLAN, level=PROFICIENT if award else DEVELOPING),
            Rating(criterion=CONTEXT, level=PROFICIENT),
        ),
        pins=(
            Pin(
                id=PinId("p1"),
                criterion=PLAN,
                place=Place(kind=PlaceKind.PAGE_TEXT, source="A1", start=1, end=4),
            ),
        ),
        nothing_shows=(),
        feedback=(
            FeedbackItem(
                id=FeedbackId("f1"),
                kind=FeedbackKind.PRAISE,
                criterion=CONTEXT,
                text="The class comes alive in your words.",
            ),
            growth,
        ),
        determination=determination,
        reasons=(),
        wants_second_read=False,
        attestations=Attestations(no_conflict=True, rubric_alone=True),
        app_version="0.1.0",
    )


def act(
    kind: ActKind,
    assignment: AssignmentId,
    *,
    of_review: ReviewBody | None = None,
    sealed: bytes = b"",
) -> ActBody:
    return ActBody(
        act=ActId(new_uuid()),
        kind=kind,
        assignment=assignment,
        review=of_review.review if of_review else None,
        sealed=sealed.decode(),
    )


def hash_of(content: bytes) -> Sha256:
    return sha256(content)
