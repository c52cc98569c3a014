"""What is missing and what the leak check found, in sentences with the way to the cure."""

from dataclasses import dataclass, field

from assessor_app.domain.determination import (
    Determination,
    Missing,
    Need,
    determination,
)
from assessor_app.domain.leaks import Leak, LeakKind
from assessor_app.domain.review import LeakAnswer, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.ui.desk.card_state import kind_word, reason_word
from assessor_app.ui.desk.sources import tr

ATTESTATIONS = (Need.NO_CONFLICT, Need.RUBRIC_ALONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """One missing thing. `cure` is what the button says."""

    missing: Missing
    title: str
    text: str
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingState:
    """One finding of the leak check. `answer` is why it was kept, empty while open."""

    leak: Leak
    title: str
    where: str = field(repr=False)
    answer: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationState:
    """The determination in words."""

    icon: str
    title: str
    text: str


def recommendation_of(review: Review, rubric: Rubric) -> RecommendationState:
    """Return what the review recommends, and why."""
    decides = tr("The issuer decides; the earner may resubmit at any time.")
    said = determination(review, rubric)
    if said is Determination.AWARD:
        text = tr("By the rubric: every criterion that has to reaches its level.")
        return RecommendationState(
            icon="circle-check", title=tr("Recommend to award"), text=f"{text} {decides}"
        )
    if said is None:
        text = tr("Every criterion needs a rating, or a reason that makes rating impossible.")
        return RecommendationState(icon="circle-dashed", title=tr("Not decided yet"), text=text)
    whys = [reason_word(reason.code) + "." for reason in review.reasons]
    levels = review.levels()
    whys += [_below_words(rubric, criterion, review) for criterion in rubric.below(levels)]
    return RecommendationState(
        icon="circle-minus", title=tr("Recommend to deny"), text=" ".join((*whys, decides))
    )


def _below_words(rubric: Rubric, criterion_id: str, review: Review) -> str:
    criterion = next(own for own in rubric.criteria if own.id == criterion_id)
    given = criterion.level(review.levels()[criterion.id]).name
    required = criterion.level(criterion.required).name
    return tr("Criterion {0}, {1}, is {2} and {3} is required.").format(
        rubric.number(criterion.id), criterion.title, given, required
    )


def checks_of(missing: tuple[Missing, ...], rubric: Rubric) -> tuple[CheckState, ...]:
    """Return what is missing beside leak answers and ticks, which have places of their own."""
    elsewhere = (*ATTESTATIONS, Need.LEAK_ANSWER)
    return tuple(_check(item, rubric) for item in missing if item.need not in elsewhere)


def _check(item: Missing, rubric: Rubric) -> CheckState:
    number = rubric.number(item.criterion) if item.criterion else 0
    title, text, cure = {
        Need.RATING: (
            tr("Criterion {0} is not rated").format(number),
            tr("Choose a level, or give a reason that makes rating impossible."),
            tr("Rate it"),
        ),
        Need.PIN: (
            tr("Criterion {0} has no evidence pin").format(number),
            tr("Pin a passage, or say that nothing shows it."),
            tr("Pin it"),
        ),
        Need.PLACE: (
            tr("A pin on criterion {0} has lost its place").format(number),
            tr("Its words were not found again. Pin them anew, or take the pin away."),
            tr("Look at it"),
        ),
        Need.CHALLENGE: (
            tr("Criterion {0} needs a challenge").format(number)
            if number
            else tr("One challenge is needed"),
            tr("Say what evidence is missing."),
            tr("Write it"),
        ),
        Need.PRAISE: (
            tr("One praise is needed"),
            tr("An award, too, says what is good."),
            tr("Write it"),
        ),
        Need.GROWTH: (
            tr("One challenge or resource is needed"),
            tr("An award, too, says how to grow."),
            tr("Write it"),
        ),
        Need.EXPLANATION: (
            reason_word(item.reason) if item.reason else "",
            tr("This reason needs its own explanation."),
            tr("Explain it"),
        ),
    }[item.need]
    return CheckState(missing=item, title=title, text=text, cure=cure)


def findings_of(
    leaks: tuple[Leak, ...], review: Review, rubric: Rubric
) -> tuple[FindingState, ...]:
    """Return the findings of the leak check, open ones first."""
    answers = {own.finding: own.why for own in review.leak_answers if own.why.strip()}
    states = [_finding(leak, review, rubric, answers.get(leak.finding, "")) for leak in leaks]
    return tuple(sorted(states, key=lambda state: bool(state.answer)))


def _finding(leak: Leak, review: Review, rubric: Rubric, answer: str) -> FindingState:
    title = {
        LeakKind.OWN_WORD: tr("This names you"),
        LeakKind.EMAIL: tr("This is a mail address"),
        LeakKind.PHONE: tr("This looks like a phone number"),
        LeakKind.LINK: tr("A link can lead to you"),
        LeakKind.WORKPLACE: tr("This may reveal who you are"),
        LeakKind.PERSON: tr("This may name a person"),
        LeakKind.DATE: tr("This looks like a date"),
    }[leak.kind]
    item = next((own for own in review.feedback if own.id == leak.feedback), None)
    kind = kind_word(item.kind).lower() if item else tr("a reason")
    where = (
        tr("“{0}” in criterion {1}, {2}").format(leak.quote, rubric.number(leak.criterion), kind)
        if leak.criterion
        else tr("“{0}” in {1}").format(leak.quote, kind)
    )
    return FindingState(leak=leak, title=title, where=where, answer=answer)


def answered(review: Review, leak: Leak, why: str) -> Review:
    """Return the review with a finding kept on purpose."""
    return review.answer_leak(LeakAnswer(finding=leak.finding, why=why))


def left_words(missing: tuple[Missing, ...]) -> str:
    """Return "3 things left: a pin, an answer, a tick"."""
    if not missing:
        return tr("Everything is there.")
    words = {
        Need.RATING: tr("a rating"),
        Need.PIN: tr("a pin"),
        Need.PLACE: tr("a pin’s place"),
        Need.CHALLENGE: tr("a challenge"),
        Need.PRAISE: tr("a praise"),
        Need.GROWTH: tr("a challenge or resource"),
        Need.EXPLANATION: tr("an explanation"),
        Need.LEAK_ANSWER: tr("an answer"),
        Need.NO_CONFLICT: tr("a tick"),
        Need.RUBRIC_ALONE: tr("a tick"),
    }
    kinds = list(dict.fromkeys(words[item.need] for item in missing))
    count = len(missing)
    start = tr("1 thing left") if count == 1 else tr("{0} things left").format(count)
    return f"{start}: {', '.join(kinds)}."
