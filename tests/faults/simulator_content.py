"""What is reviewed in the simulator: small packets without files, rubrics, finished reviews."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from assessor_app.domain.ids import (
    CriterionId,
    FeedbackId,
    LevelId,
    MicrocredentialId,
    PartId,
    PromptId,
    RubricId,
    Sha256,
)
from assessor_app.domain.packet import (
    Agreements,
    AiDeclaration,
    BlindingReport,
    Collaboration,
    Microcredential,
    Packet,
    Part,
    Prompt,
    RubricRef,
)
from assessor_app.domain.policy import AiPolicy, CollaborationPolicy, PolicyPack
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Review
from assessor_app.domain.rubric import Criterion, PerformanceLevel, Rubric
from assessor_app.wire.codec import dump, sha256

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
DUE = date(2026, 3, 20)
TITLE = "Feedback that moves learning on"
GRACE_HOURS = 2
PLAN, CONTEXT = CriterionId("plan"), CriterionId("context")
PROFICIENT, DEVELOPING = LevelId("proficient"), LevelId("developing")


@dataclass(frozen=True, slots=True)
class Content:
    """Exact bytes under their hash."""

    sha256: Sha256
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RubricName:
    """A published rubric. After a restore the same version can be published with other words."""

    words: int = 1
    version: int = 1


FIRST_RUBRIC = RubricName()


@cache
def rubric(name: RubricName) -> Content:
    """Return a rubric version. From version to version one criterion says something else."""
    levels = (
        PerformanceLevel(id=PROFICIENT, name="Proficient", descriptor="Every step has a purpose."),
        PerformanceLevel(id=DEVELOPING, name="Developing", descriptor="Steps are listed."),
    )
    content = dump(
        Rubric(
            id=RubricId("feedback-rubric"),
            version=name.version,
            criteria=tuple(
                Criterion(
                    id=name, title=title, part=PartId("part1"), levels=levels, required=PROFICIENT
                )
                for name, title in ((PLAN, f"Plan {name.words}"), (CONTEXT, "Context"))
            ),
        )
    )
    return Content(sha256(content), content)


def rubric_ref(name: RubricName) -> RubricRef:
    """Return how assignments name a rubric version."""
    return RubricRef(
        id=RubricId("feedback-rubric"), version=name.version, sha256=rubric(name).sha256
    )


@cache
def manifest(submission: int, blinding: int) -> Content:
    """Return a packet version. Every second submission has a grace after the seal."""
    content = dump(
        Packet(
            microcredential=Microcredential(
                id=MicrocredentialId("feedback"),
                version=1,
                title=TITLE,
                issuer="Tarnbrook Teaching Council",
                competency="Gives feedback that pupils act on.",
                key_method="Notice, name, next step.",
                components=(),
                research=(),
                resources=(),
                required_evidence=(),
            ),
            rubric=rubric_ref(FIRST_RUBRIC),
            policy=PolicyPack(
                ai=AiPolicy.DISCLOSE,
                collaboration=CollaborationPolicy.ALLOWED,
                seal_grace_hours=GRACE_HOURS if submission % 2 else None,
            ),
            submitted_at=MORNING,
            due_on=DUE,
            parts=(
                Part(
                    id=PartId("part1"),
                    number=1,
                    title="Overview and context",
                    prompts=(
                        Prompt(
                            id=PromptId("context"),
                            text="Describe your class.",
                            word_limit=200,
                            response=f"Class {submission} of the hill school.",
                        ),
                    ),
                ),
            ),
            artifacts=(),
            agreements=Agreements(ready_for_review=True, confirm_release=True, confirm_work=True),
            ai=AiDeclaration(used=False),
            collaboration=Collaboration(),
            related=(),
            blinding=BlindingReport(
                policy_version="1", detectors=(), hits_masked=blinding, hits_passed=0
            ),
        )
    )
    return Content(sha256(content), content)


def finished(review: Review, mark: str) -> Review:
    """Return a review with everything that a seal needs; `mark` is the text only it has."""
    for criterion in (PLAN, CONTEXT):
        review = review.rate(criterion, PROFICIENT)
    for number, kind in enumerate((FeedbackKind.PRAISE, FeedbackKind.CHALLENGE)):
        review = review.give_feedback(
            FeedbackItem(id=FeedbackId(f"f{number}"), kind=kind, criterion=PLAN, text=mark)
        )
    return replace(review, no_conflict=True, rubric_alone=True)
