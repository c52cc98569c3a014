"""From ratings and reasons to a recommendation, and what is missing before it can be sealed."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import AssignmentId, CriterionId
from assessor_app.domain.leaks import Leak
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackKind, Review
from assessor_app.domain.rubric import Criterion, Rubric

EVIDENCE_PART = "part2"
GROWTH = (FeedbackKind.CHALLENGE, FeedbackKind.RESOURCE)


class Determination(StrEnum):
    """The assessor's recommendation. The issuer decides."""

    AWARD = "award"
    DENY = "deny"


class Need(StrEnum):
    """One kind of thing that has to be there before a review can be sealed."""

    RATING = "rating"
    PIN = "pin"
    PLACE = "place"
    CHALLENGE = "challenge"
    PRAISE = "praise"
    GROWTH = "growth"
    EXPLANATION = "explanation"
    LEAK_ANSWER = "leak_answer"
    NO_CONFLICT = "no_conflict"
    RUBRIC_ALONE = "rubric_alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One missing thing, and where its cure is."""

    need: Need
    criterion: CriterionId | None = None
    reason: ReasonCode | None = None
    leak: Leak | None = None


@dataclass(eq=False)
class IncompleteReviewError(AppError):
    """A seal was asked for while something was still missing."""

    assignment: AssignmentId
    missing: tuple[Missing, ...]


def by_the_rubric(review: Review, rubric: Rubric) -> Determination | None:
    """Return what the award rule says of the ratings; None until every criterion is rated."""
    levels = review.levels()
    if any(criterion.id not in levels for criterion in rubric.criteria):
        return None
    met = rubric.award_rule.is_met(rubric.below(levels))
    return Determination.AWARD if met else Determination.DENY


def determination(review: Review, rubric: Rubric) -> Determination | None:
    """Return the recommendation: a reason denies, else the award rule decides.

    An award while the rule is not met is impossible by construction.
    """
    if any(reason.code is not ReasonCode.NOT_DEMONSTRATED for reason in review.reasons):
        decided = review.is_unratable or by_the_rubric(review, rubric) is not None
        return Determination.DENY if decided else None
    return by_the_rubric(review, rubric)


def missing(review: Review, rubric: Rubric, leaks: tuple[Leak, ...]) -> tuple[Missing, ...]:
    """Return everything to be added before the seal, in the order of the desk."""
    content = _for_the_packet(review) if review.is_unratable else _for_criteria(review, rubric)
    return (*content, *_explanations(review), *_attestation(review, leaks))


def _for_the_packet(review: Review) -> tuple[Missing, ...]:
    if _is_said(review, kind=FeedbackKind.CHALLENGE):
        return ()
    return (Missing(need=Need.CHALLENGE),)


def _for_criteria(review: Review, rubric: Rubric) -> tuple[Missing, ...]:
    found: list[Missing] = []
    levels = review.levels()
    below = rubric.below(levels)
    recommended = determination(review, rubric)
    for criterion in rubric.criteria:
        if criterion.id not in levels:
            found.append(Missing(need=Need.RATING, criterion=criterion.id))
        found += _for_pins(review, criterion)
        challenged = _is_said(review, kind=FeedbackKind.CHALLENGE, criterion=criterion.id)
        if recommended is Determination.DENY and criterion.id in below and not challenged:
            found.append(Missing(need=Need.CHALLENGE, criterion=criterion.id))
    if recommended is Determination.AWARD:
        if not _is_said(review, kind=FeedbackKind.PRAISE):
            found.append(Missing(need=Need.PRAISE))
        if not any(_is_said(review, kind=kind) for kind in GROWTH):
            found.append(Missing(need=Need.GROWTH))
    return tuple(found)


def _for_pins(review: Review, criterion: Criterion) -> tuple[Missing, ...]:
    if any(pin.criterion == criterion.id for pin in review.unplaced):
        return (Missing(need=Need.PLACE, criterion=criterion.id),)
    if _lacks_pin(review, criterion):
        return (Missing(need=Need.PIN, criterion=criterion.id),)
    return ()


def _lacks_pin(review: Review, criterion: Criterion) -> bool:
    if criterion.part != EVIDENCE_PART or criterion.id in review.nothing_shows:
        return False
    return all(pin.criterion != criterion.id for pin in review.pins)


def _is_said(review: Review, *, kind: FeedbackKind, criterion: CriterionId | None = None) -> bool:
    return any(
        item.kind is kind and item.text.strip() and criterion in (None, item.criterion)
        for item in review.feedback
    )


def _explanations(review: Review) -> tuple[Missing, ...]:
    return tuple(
        Missing(need=Need.EXPLANATION, reason=reason.code)
        for reason in review.reasons
        if not reason.explanation.strip()
    )


def _attestation(review: Review, leaks: tuple[Leak, ...]) -> tuple[Missing, ...]:
    answered = {answer.finding for answer in review.leak_answers if answer.why.strip()}
    found = [
        Missing(need=Need.LEAK_ANSWER, criterion=leak.criterion, leak=leak)
        for leak in leaks
        if leak.finding not in answered
    ]
    if not review.no_conflict:
        found.append(Missing(need=Need.NO_CONFLICT))
    if not review.rubric_alone:
        found.append(Missing(need=Need.RUBRIC_ALONE))
    return tuple(found)
