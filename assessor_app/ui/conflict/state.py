"""What the screen of two versions shows, as frozen values made from a comparison. No widgets."""

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.ids import CriterionId, LevelId
from assessor_app.domain.rubric import Criterion
from assessor_app.ui.conflict.pages import StripPair, TextPair, strips_of, texts_of
from assessor_app.ui.conflict.pins import PinLine, pin_lines
from assessor_app.ui.conflict.versions import Naming, naming_of
from assessor_app.ui.conflict.wording import new_marks, old_marks, spoken
from assessor_app.ui.desk.card_state import kind_word
from assessor_app.ui.parts.feedback_item import FeedbackState
from assessor_app.ui.parts.level_row import LevelState
from assessor_app.ui.parts.tone import Tone
from assessor_app.usecases.renewal import Comparison, CriterionChange, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class LineState:
    """One criterion in the list at the left."""

    key: str
    number: int
    title: str
    words: str
    icon: str
    tone: Tone
    is_current: bool


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A level as it was and as it is; None where one version has no such level."""

    before: LevelState | None
    now: LevelState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionState:
    """The criterion in front, old beside new."""

    key: str
    number: int
    title: str
    title_before: str
    of: int
    is_open: bool
    levels: tuple[LevelPair, ...]
    texts: tuple[TextPair, ...] = field(default=(), repr=False)
    strips: tuple[StripPair, ...] = ()
    pins: tuple[PinLine, ...] = field(default=(), repr=False)
    feedback: tuple[FeedbackState, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictState:
    """Everything the screen shows. `has_choices`: something changed that waits or waited."""

    naming: Naming
    lines: tuple[LineState, ...]
    criterion: CriterionState
    waiting: int
    has_choices: bool
    is_sealed: bool
    can_undo: bool = False


def conflict_of(
    comparison: Comparison, current: CriterionId, *, can_undo: bool = False
) -> ConflictState:
    """Return the screen with one criterion in front."""
    return ConflictState(
        naming=naming_of(comparison),
        lines=tuple(_line(comparison, change, current) for change in comparison.criteria),
        criterion=_criterion(comparison, current),
        waiting=len(comparison.waiting) + len(comparison.waiting_pins),
        has_choices=any(not change.is_kept for change in comparison.criteria),
        is_sealed=comparison.is_sealed,
        can_undo=can_undo,
    )


def first_to_look_at(comparison: Comparison) -> CriterionId:
    """Return the first criterion that waits, or else the first that changed."""
    pins = {pin.criterion for pin in comparison.waiting_pins}
    waiting = [
        change.now.id
        for change in comparison.criteria
        if change.now.id in (*comparison.waiting, *pins)
    ]
    if waiting:
        return waiting[0]
    changed = [change for change in comparison.criteria if not change.is_kept]
    return (changed or list(comparison.criteria))[0].now.id


def _line(comparison: Comparison, change: CriterionChange, current: CriterionId) -> LineState:
    words, icon, tone = _line_words(comparison, change)
    return LineState(
        key=change.now.id,
        number=change.number,
        title=change.now.title,
        words=words,
        icon=icon,
        tone=tone,
        is_current=change.now.id == current,
    )


def _line_words(comparison: Comparison, change: CriterionChange) -> tuple[str, str, Tone]:
    level = _level_now(comparison, change)
    if not change.is_kept and level is None:
        return _what_changed(change), "triangle-alert", Tone.WARN
    if level is None:
        return _tr("unchanged · not rated yet"), "minus", Tone.PLAIN
    place = change.now.place_of(level)
    rated = f"{place + 1} {change.now.levels[place].name}"
    if change.is_kept:
        return _tr("{0} · carried over").format(rated), "check", Tone.OK
    is_same = comparison.review.levels().get(change.now.id) == level
    said = _tr("{0} · confirmed") if is_same else _tr("{0} · rated again")
    if any(pin.waits for pin in change.pins):
        return _tr("{0} · a pin waits").format(rated), "triangle-alert", Tone.WARN
    return said.format(rated), "check", Tone.OK


def _what_changed(change: CriterionChange) -> str:
    if change.before is None:
        return _tr("new · rate it")
    if change.before != change.now:
        return _tr("changed · confirm or rate again")
    if change.evidence_changed:
        return _tr("other evidence · confirm or rate again")
    return _tr("a pin is lost · confirm or rate again")


def _level_now(comparison: Comparison, change: CriterionChange) -> LevelId | None:
    if change.is_kept:
        return comparison.review.levels().get(change.now.id)
    return comparison.chosen.get(change.now.id)


def _criterion(comparison: Comparison, current: CriterionId) -> CriterionState:
    change = next(one for one in comparison.criteria if one.now.id == current)
    part = change.now.part
    shows_evidence = comparison.packet_changed and change.evidence_changed
    versions: tuple[Version, Version] = (comparison.before, comparison.now)
    return CriterionState(
        key=current,
        number=change.number,
        title=change.now.title,
        title_before=change.before.title if change.before else "",
        of=len(comparison.criteria),
        is_open=not change.is_kept,
        levels=_levels(comparison, change),
        texts=texts_of(part, *versions) if shows_evidence else (),
        strips=strips_of(part, *versions) if shows_evidence else (),
        pins=pin_lines(comparison, change),
        feedback=tuple(
            FeedbackState(
                item_id=item.id, kind=item.kind, kind_word=kind_word(item.kind), text=item.text
            )
            for item in comparison.review.feedback
            if item.criterion == current
        ),
    )


def _levels(comparison: Comparison, change: CriterionChange) -> tuple[LevelPair, ...]:
    """Pair levels by their id, in the order of the present version; those that went come last."""
    given = comparison.review.levels().get(change.now.id)
    old = {level.id: level for level in change.before.levels} if change.before else {}
    pairs = [
        LevelPair(
            _before(change, level.id, given) if level.id in old else None,
            _now(comparison, change, level.id, given),
        )
        for level in change.now.levels
    ]
    present = {level.id for level in change.now.levels}
    gone = [level for level in old if level not in present]
    return (*pairs, *(LevelPair(_before(change, level, given), None) for level in gone))


def _before(change: CriterionChange, level_id: LevelId, given: LevelId | None) -> LevelState:
    old = _known(change.before)
    level = old.level(level_id)
    now = _descriptor(change.now, level_id)
    return LevelState(
        rank=old.place_of(level_id),
        digit=str(old.place_of(level_id) + 1),
        name=level.name,
        descriptor=level.descriptor,
        is_required=level_id == old.required,
        is_chosen=level_id == given,
        is_then=True,
        chosen_word=_tr("your rating"),
        marks=old_marks(level.descriptor, now),
        spoken=spoken(level.descriptor, now, is_new=False),
    )


def _now(
    comparison: Comparison, change: CriterionChange, level_id: LevelId, given: LevelId | None
) -> LevelState:
    level = change.now.level(level_id)
    chosen = _level_now(comparison, change) == level_id
    before = _descriptor(change.before, level_id) if change.before else level.descriptor
    note = ""
    if level_id == given:
        note = naming_of(comparison).your_rating
    return LevelState(
        rank=change.now.place_of(level_id),
        digit=str(change.now.place_of(level_id) + 1),
        name=level.name,
        descriptor=level.descriptor,
        is_required=level_id == change.now.required,
        is_chosen=chosen,
        is_then=change.is_kept,
        chosen_word=_tr("carried over") if change.is_kept else _tr("chosen"),
        note=note,
        marks=new_marks(before, level.descriptor, is_chosen=chosen and not change.is_kept),
        spoken=spoken(before, level.descriptor, is_new=True),
    )


def _descriptor(criterion: Criterion, level_id: LevelId) -> str:
    return next((own.descriptor for own in criterion.levels if own.id == level_id), "")


def _known(criterion: Criterion | None) -> Criterion:
    if criterion is None:
        raise ValueError("the criterion is new")
    return criterion


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
