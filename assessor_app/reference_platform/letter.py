"""What a letter to an earner says. How it looks is told in `letter_html` and `letter_text`.

No assessor, no submission id but the earner's own, and no time finer than a day.
"""

from dataclasses import dataclass, field
from datetime import date

from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import CriterionId, SubmissionId
from assessor_app.domain.packet import Packet
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Reason
from assessor_app.domain.rubric import Rubric
from assessor_app.wire.messages import ReviewBody

KIND_WORDS = {
    FeedbackKind.PRAISE: "What works",
    FeedbackKind.CHALLENGE: "Challenge",
    FeedbackKind.RESOURCE: "Resource",
    FeedbackKind.CONNECTION: "A connection",
}
REASON_WORDS = {
    ReasonCode.NOT_DEMONSTRATED: "Not yet demonstrated",
    ReasonCode.INACCESSIBLE_ARTIFACT: "A piece of evidence could not be opened",
    ReasonCode.UNREADABLE_ARTIFACT: "A piece of evidence could not be read",
    ReasonCode.MISSING_EVIDENCE: "Evidence is missing",
    ReasonCode.AI_POLICY: "The rules on generative tools were not kept",
    ReasonCode.AUTHENTICITY: "The work could not be recognised as your own",
    ReasonCode.DUPLICATE_REFLECTION: "A reflection is shared with another submission",
    ReasonCode.STUDENT_PRIVACY: "Students' privacy is not protected",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One feedback item in its kind."""

    kind: FeedbackKind
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """The level reached on one criterion; `level` empty where it was not rated."""

    number: int
    title: str
    level: str
    descriptor: str
    required: str
    reached: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReason:
    """Why a submission was denied, beside the ratings. `about` names a piece of evidence."""

    words: str
    about: str
    explanation: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything the earner learns."""

    handle: SubmissionId
    title: str
    issuer: str
    decided: Determination
    decided_on: date
    results: tuple[CriterionResult, ...]
    overall: tuple[Remark, ...]
    reasons: tuple[GivenReason, ...]
    next_steps: tuple[str, ...]


def decision_in_words(decided: Determination) -> str:
    """Return the issuer's decision as the earner reads it."""
    return "Awarded" if decided is Determination.AWARD else "Not awarded this time"


def day_in_words(day: date) -> str:
    """Return a day as people write it, whatever the platform's locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def letter_of(
    body: ReviewBody,
    packet: Packet,
    rubric: Rubric,
    *,
    handle: SubmissionId,
    decided: Determination,
    decided_on: date,
) -> Letter:
    """Return the letter on a decision, in the words of one review."""
    results = _results(body, rubric)
    reasons = () if decided is Determination.AWARD else body.reasons
    return Letter(
        handle=handle,
        title=packet.microcredential.title,
        issuer=packet.microcredential.issuer,
        decided=decided,
        decided_on=decided_on,
        results=results,
        overall=_remarks(body.feedback, None),
        reasons=tuple(_given(reason, packet) for reason in reasons),
        next_steps=_next_steps(decided, results, packet),
    )


def _results(body: ReviewBody, rubric: Rubric) -> tuple[CriterionResult, ...]:
    levels = {rating.criterion: rating.level for rating in body.ratings}
    results: list[CriterionResult] = []
    for number, criterion in enumerate(rubric.criteria, start=1):
        rated = levels.get(criterion.id)
        level = criterion.level(rated) if rated else None
        results.append(
            CriterionResult(
                number=number,
                title=criterion.title,
                level=level.name if level else "",
                descriptor=level.descriptor if level else "",
                required=criterion.level(criterion.required).name,
                reached=level is not None and criterion.reaches(level.id),
                remarks=_remarks(body.feedback, criterion.id),
            )
        )
    return tuple(results)


def _remarks(
    feedback: tuple[FeedbackItem, ...], criterion: CriterionId | None
) -> tuple[Remark, ...]:
    order = tuple(FeedbackKind)
    own = (item for item in feedback if item.criterion == criterion and item.text.strip())
    ordered = sorted(own, key=lambda item: order.index(item.kind))
    return tuple(Remark(kind=item.kind, text=item.text.strip()) for item in ordered)


def _given(reason: Reason, packet: Packet) -> GivenReason:
    about = (
        f"{packet.artifact(reason.artifact).title} ({reason.artifact})" if reason.artifact else ""
    )
    return GivenReason(
        words=REASON_WORDS[reason.code], about=about, explanation=reason.explanation.strip()
    )


def _next_steps(
    decided: Determination, results: tuple[CriterionResult, ...], packet: Packet
) -> tuple[str, ...]:
    if decided is Determination.AWARD:
        kept = "There is nothing more to send. Keep this letter with your evidence."
        return (kept, *_reading(packet))
    challenged = [
        f"“{result.title}”"
        for result in results
        if any(remark.kind is FeedbackKind.CHALLENGE for remark in result.remarks)
    ]
    asked = "Answer each challenge in this letter: it says what the evidence has to show."
    if len(challenged) == 1:
        asked = f"Answer the challenge on {challenged[0]}: it says what the evidence has to show."
    elif challenged:
        asked = f"Answer the challenges on {_listed(challenged)}:"
        asked += " they say what the evidence has to show."
    return (
        "You may submit again at any time. There is no waiting time and no limit to how often.",
        asked,
        "Keep what already reaches its level; you need not begin again.",
        *_reading(packet),
    )


def _reading(packet: Packet) -> tuple[str, ...]:
    resources = packet.microcredential.resources
    if not resources:
        return ()
    return (f"The micro-credential names resources, among them “{resources[0].title}”.",)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
