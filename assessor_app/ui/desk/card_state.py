"""What the cards of the rubric pane show, made from packet, rubric and review alone."""

from dataclasses import dataclass, field

from assessor_app.domain.determination import EVIDENCE_PART
from assessor_app.domain.ids import CriterionId
from assessor_app.domain.packet import Packet
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackKind, Pin, Reason, Review
from assessor_app.domain.rubric import Criterion, Rubric
from assessor_app.ui.desk.places import pin_words
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.card import HeadState
from assessor_app.ui.parts.criterion_strip import StripCell
from assessor_app.ui.parts.feedback_item import FeedbackState
from assessor_app.ui.parts.level_row import LevelState
from assessor_app.ui.parts.pin_chip import PinState
from assessor_app.ui.parts.tone import Tone

WHOLE = ""
"""The id of the card that is about the whole submission."""

KINDS = (
    FeedbackKind.PRAISE,
    FeedbackKind.CHALLENGE,
    FeedbackKind.RESOURCE,
    FeedbackKind.CONNECTION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonState:
    """One reason to deny, with its explanation."""

    key: str
    title: str
    explanation: str = field(repr=False)
    whole_packet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardState:
    """One card. `anchors` are (level name, example). The whole submission's card has no levels."""

    key: str
    head: HeadState
    levels: tuple[LevelState, ...] = ()
    anchors: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    pins: tuple[PinState, ...] = ()
    feedback: tuple[FeedbackState, ...] = ()
    reasons: tuple[ReasonState, ...] = ()
    offers_nothing_shows: bool = False
    nothing_shows: bool = False
    is_open: bool = False


def kind_word(kind: FeedbackKind) -> str:
    """Return the name of a kind of feedback."""
    return {
        FeedbackKind.PRAISE: tr("Praise"),
        FeedbackKind.CHALLENGE: tr("Challenge"),
        FeedbackKind.RESOURCE: tr("Resource"),
        FeedbackKind.CONNECTION: tr("Connection"),
    }[kind]


def reason_word(code: ReasonCode) -> str:
    """Return a reason in words."""
    return {
        ReasonCode.NOT_DEMONSTRATED: tr("Not demonstrated"),
        ReasonCode.INACCESSIBLE_ARTIFACT: tr("An artifact is inaccessible"),
        ReasonCode.UNREADABLE_ARTIFACT: tr("An artifact is unreadable"),
        ReasonCode.MISSING_EVIDENCE: tr("Required evidence is missing"),
        ReasonCode.AI_POLICY: tr("AI policy: declared and found differ"),
        ReasonCode.AUTHENTICITY: tr("Authenticity is in doubt"),
        ReasonCode.DUPLICATE_REFLECTION: tr("The reflection is shared with another submission"),
        ReasonCode.STUDENT_PRIVACY: tr("Student data, or a release is missing"),
    }[code]


def reason_key(reason: Reason) -> str:
    """Return the handle of a reason."""
    return f"{reason.code}:{reason.artifact or ''}"


def strip_cells(review: Review, rubric: Rubric) -> tuple[StripCell, ...]:
    """Return a cell per criterion."""
    levels = review.levels()
    cells: list[StripCell] = []
    for number, criterion in enumerate(rubric.criteria, start=1):
        level = levels.get(criterion.id)
        cells.append(
            StripCell(
                criterion_id=criterion.id,
                number=number,
                title=criterion.title,
                digit="" if level is None else str(criterion.place_of(level) + 1),
                level="" if level is None else criterion.level(level).name,
                is_below=level is not None and not criterion.reaches(level),
            )
        )
    return tuple(cells)


def card_states(
    review: Review, rubric: Rubric, packet: Packet, open_key: str
) -> tuple[CardState, ...]:
    """Return a card per criterion, and one for the whole submission."""
    cards = tuple(
        _criterion_card(review, criterion, number, packet, is_open=criterion.id == open_key)
        for number, criterion in enumerate(rubric.criteria, start=1)
    )
    return (*cards, _whole_card(review, is_open=open_key == WHOLE))


def _criterion_card(
    review: Review, criterion: Criterion, number: int, packet: Packet, *, is_open: bool
) -> CardState:
    level = review.levels().get(criterion.id)
    pins = _pins(review.pins, criterion.id, packet, is_lost=False)
    lost = _pins(review.unplaced, criterion.id, packet, is_lost=True)
    words, icon, tone = _rating_words(criterion, review)
    return CardState(
        key=criterion.id,
        head=HeadState(
            number=str(number),
            title=criterion.title,
            words=words,
            icon=icon,
            tone=tone,
            is_open=is_open,
        ),
        levels=tuple(
            LevelState(
                rank=place,
                digit=str(place + 1),
                name=own.name,
                descriptor=own.descriptor,
                is_required=own.id == criterion.required,
                is_chosen=own.id == level,
            )
            for place, own in enumerate(criterion.levels)
        ),
        anchors=tuple((own.name, own.anchor) for own in criterion.levels if own.anchor),
        pins=(*pins, *lost),
        feedback=_feedback(review, criterion.id),
        offers_nothing_shows=criterion.part == EVIDENCE_PART and not (pins or lost),
        nothing_shows=criterion.id in review.nothing_shows,
        is_open=is_open,
    )


def _pins(
    pins: tuple[Pin, ...], criterion: CriterionId, packet: Packet, *, is_lost: bool
) -> tuple[PinState, ...]:
    return tuple(
        PinState(
            pin_id=pin.id,
            place=where,
            quote=tr("not found again: {0}").format(words) if is_lost else words,
            is_lost=is_lost,
        )
        for pin in pins
        if pin.criterion == criterion
        for where, words in (pin_words(pin, packet),)
    )


def _rating_words(criterion: Criterion, review: Review) -> tuple[str, str, Tone]:
    level = review.levels().get(criterion.id)
    if level is None:
        return tr("not rated"), "circle-dashed", Tone.PLAIN
    if criterion.reaches(level):
        return criterion.level(level).name, "circle-check", Tone.OK
    return tr("below required"), "arrow-down", Tone.WARN


def _whole_card(review: Review, *, is_open: bool) -> CardState:
    feedback = _feedback(review, None)
    count = len(feedback) + len(review.reasons)
    words = tr("nothing yet") if not count else tr("{0} notes").format(count)
    words = tr("1 note") if count == 1 else words
    return CardState(
        key=WHOLE,
        head=HeadState(number="", title=tr("Whole submission"), words=words, is_open=is_open),
        feedback=feedback,
        reasons=tuple(
            ReasonState(
                key=reason_key(reason),
                title=" · ".join(t for t in (reason_word(reason.code), reason.artifact) if t),
                explanation=reason.explanation,
                whole_packet=reason.whole_packet,
            )
            for reason in review.reasons
        ),
        is_open=is_open,
    )


def _feedback(review: Review, criterion: CriterionId | None) -> tuple[FeedbackState, ...]:
    return tuple(
        FeedbackState(
            item_id=item.id, kind=item.kind, kind_word=kind_word(item.kind), text=item.text
        )
        for item in review.feedback
        if item.criterion == criterion
    )
