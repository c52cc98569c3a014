"""A review whose packet or rubric has a new version: compare, choose again, write on.

Nothing is voided before the assessor goes on with the new version. Levels chosen while comparing
are kept, as are the places given to pins, so that they outlive the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.deadline import business_days_left
from assessor_app.domain.ids import ActId, AssignmentId, CriterionId, LevelId, PinId
from assessor_app.domain.review import Pin, Place, Review
from assessor_app.domain.rubric import Criterion
from assessor_app.store import assignments, outbox, reviews
from assessor_app.store import settings as stored
from assessor_app.store.columns import from_json
from assessor_app.store.reviews import Draft
from assessor_app.usecases.carrying import (
    Crossing,
    Version,
    carried,
    criterion_before,
    has_changed,
)
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import NoDraftError
from assessor_app.usecases.packet import is_outdated
from assessor_app.usecases.placing import Placed
from assessor_app.usecases.review import Saved, crossing, draft_state, save_draft
from assessor_app.usecases.seal import reopen
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import ReviewBody

__all__ = [
    "Choices",
    "Comparison",
    "CriterionChange",
    "PinChange",
    "Version",
    "choose_level",
    "choose_place",
    "compare",
    "forget_place",
    "renew",
    "restore",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What was chosen while comparing, for exactly one packet and rubric.

    `levels` of changed criteria, by their ids; `places` of pins that were not found again, None
    for one that was taken away.
    """

    packet: str = ""
    rubric: str = ""
    levels: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, Place | None] = field(default_factory=dict[str, Place | None])


@dataclass(frozen=True, slots=True, kw_only=True)
class PinChange:
    """A pin and where it is in the present packet: found again, or placed by the assessor."""

    found: Placed
    place: Place | None
    is_chosen: bool

    @property
    def waits(self) -> bool:
        """Whether only the assessor can say where it belongs, and has not yet."""
        return self.place is None and not self.is_chosen

    @property
    def is_taken_away(self) -> bool:
        """Whether the assessor does not want it any more."""
        return self.place is None and self.is_chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """One criterion of the present rubric, and what it was. `before` None: it is new.

    `is_kept`: its rating is carried over; else the assessor chooses a level again.
    """

    number: int
    before: Criterion | None
    now: Criterion
    is_kept: bool
    evidence_changed: bool
    pins: tuple[PinChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A review on its old version beside the present one. `is_sealed`: its old one is voided first.

    `choices` are what was chosen for changed criteria and lost pins since.
    """

    assignment: Assignment
    review: Review
    before: Version
    now: Version
    old_packet_version: int | None
    written_at: datetime
    days_left: int
    is_sealed: bool
    criteria: tuple[CriterionChange, ...]
    removed: tuple[Criterion, ...]
    choices: Choices

    @property
    def chosen(self) -> Mapping[CriterionId, LevelId]:
        """The levels given to changed criteria since."""
        levels = self.choices.levels
        return {CriterionId(key): LevelId(level) for key, level in levels.items()}

    @property
    def rubric_changed(self) -> bool:
        """Whether the rubric has another version."""
        return self.review.rubric != self.assignment.rubric

    @property
    def packet_changed(self) -> bool:
        """Whether the packet has another version."""
        return self.review.manifest_sha256 != self.assignment.packet.manifest_sha256

    @property
    def waiting(self) -> tuple[CriterionId, ...]:
        """The criteria that wait for a level, in rubric order."""
        return tuple(
            change.now.id
            for change in self.criteria
            if not change.is_kept and change.now.id not in self.choices.levels
        )

    @property
    def waiting_pins(self) -> tuple[Pin, ...]:
        """The pins that wait for a place."""
        return tuple(pin.found.pin for change in self.criteria for pin in change.pins if pin.waits)


def compare(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Comparison | None:
    """Return a review beside the version that holds now; None where it is about that one.

    Raises:
        NotHereError: The present version has not arrived yet.
        OldVersionGoneError: The old one is not on this laptop any more.
        NoDraftError: Nothing was written.
    """
    draft, assignment = _written(at, assignment_id)
    if not is_outdated(draft.review, assignment):
        return None
    way = crossing(at, draft.review, assignment)
    choices = _choices(at, assignment)
    known = {criterion.id for criterion in way.now.rubric.criteria}
    return Comparison(
        assignment=assignment,
        review=draft.review,
        before=way.before,
        now=way.now,
        old_packet_version=_old_packet_version(at, draft),
        written_at=draft.saved_at,
        days_left=business_days_left(assignment.due_on, now, way.now.packet.policy.calendar),
        is_sealed=draft.sealed_as is not None,
        criteria=criteria_of(way, choices),
        removed=tuple(own for own in way.before.rubric.criteria if own.id not in known),
        choices=choices,
    )


def criteria_of(way: Crossing, choices: Choices) -> tuple[CriterionChange, ...]:
    """Return what became of each criterion of the present rubric."""
    return tuple(
        CriterionChange(
            number=number,
            before=criterion_before(criterion, way.before.rubric),
            now=criterion,
            is_kept=criterion.id in way.kept,
            evidence_changed=has_changed(criterion.part, way.before.packet, way.now.packet),
            pins=tuple(
                _pin_change(found, choices)
                for found in way.pins.values()
                if found.pin.criterion == criterion.id
            ),
        )
        for number, criterion in enumerate(way.now.rubric.criteria, start=1)
    )


def choose_level(
    at: Transaction, assignment_id: AssignmentId, criterion: CriterionId, level: LevelId | None
) -> None:
    """Keep the level chosen for a changed criterion until the assessor goes on; None clears it."""
    _, assignment = _written(at, assignment_id)
    choices = _choices(at, assignment)
    others = {key: own for key, own in choices.levels.items() if key != criterion}
    levels = others if level is None else {**others, criterion: level}
    _keep(at, assignment, replace(choices, levels=levels))


def choose_place(
    at: Transaction, assignment_id: AssignmentId, pin: PinId, place: Place | None
) -> None:
    """Keep where a pin that was not found again belongs; None: it is not wanted any more."""
    _, assignment = _written(at, assignment_id)
    choices = _choices(at, assignment)
    _keep(at, assignment, replace(choices, places={**choices.places, pin: place}))


def forget_place(at: Transaction, assignment_id: AssignmentId, pin: PinId) -> None:
    """Take back what was said of a pin; it waits again."""
    _, assignment = _written(at, assignment_id)
    choices = _choices(at, assignment)
    places = {key: place for key, place in choices.places.items() if key != pin}
    _keep(at, assignment, replace(choices, places=places))


def restore(at: Transaction, assignment_id: AssignmentId, choices: Choices) -> None:
    """Go back to what had been chosen before."""
    _, assignment = _written(at, assignment_id)
    _keep(at, assignment, choices)


def renew(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Saved:
    """Write on with the present version: a sealed review is voided first, then carried over.

    A review that is about the present version stays as it is.

    Raises:
        NotHereError: The present version has not arrived yet.
        OldVersionGoneError: The old one is not on this laptop any more.
        IllegalTransitionError: The old review is leaving this moment.
    """
    draft, assignment = _written(at, assignment_id)
    if not is_outdated(draft.review, assignment):
        return Saved(draft_state(draft), Changes())
    choices = _choices(at, assignment)
    way = crossing(at, draft.review, assignment)
    pins = {key: _with_place(found, choices) for key, found in way.pins.items()}
    changes = Changes()
    if draft.sealed_as is not None:
        changes = reopen(at, draft.sealed_as, now=now).changes
    review = carried(replace(way, pins=pins), assignment)
    review = _without_taken_away(review, choices)
    for criterion, level in choices.levels.items():
        review = review.rate(CriterionId(criterion), LevelId(level))
    stored.put_setting(at.session, _name(assignment_id), "")
    saved = save_draft(at, review, now=now)
    return Saved(saved.draft, saved.changes | changes)


def _written(at: Transaction, assignment_id: AssignmentId) -> tuple[Draft, Assignment]:
    draft = reviews.get_draft(at.session, assignment_id)
    assignment = assignments.get_assignment(at.session, assignment_id)
    if draft is None or assignment is None:
        raise NoDraftError(assignment_id)
    return draft, assignment


def _pin_change(found: Placed, choices: Choices) -> PinChange:
    is_chosen = found.pin.id in choices.places
    place = choices.places[found.pin.id] if is_chosen else found.place
    return PinChange(found=found, place=place, is_chosen=is_chosen)


def _with_place(found: Placed, choices: Choices) -> Placed:
    """Return a pin with the place the assessor gave it."""
    place = choices.places.get(found.pin.id)
    return found if place is None else replace(found, place=place)


def _without_taken_away(review: Review, choices: Choices) -> Review:
    for pin, place in choices.places.items():
        if place is None:
            review = review.unpin(PinId(pin))
    return review


def _choices(at: Transaction, assignment: Assignment) -> Choices:
    """Return what was chosen for the present version; what was for another one does not count."""
    fresh = Choices(packet=assignment.packet.manifest_sha256, rubric=assignment.rubric.sha256)
    kept = stored.get_setting(at.session, _name(assignment.id))
    if not kept:
        return fresh
    try:
        choices = parse(Choices, kept)
    except MalformedError:
        return fresh
    is_present = (choices.packet, choices.rubric) == (fresh.packet, fresh.rubric)
    return choices if is_present else fresh


def _keep(at: Transaction, assignment: Assignment, choices: Choices) -> None:
    stored.put_setting(at.session, _name(assignment.id), dump(choices).decode())


def _old_packet_version(at: Transaction, draft: Draft) -> int | None:
    """Return the number of the packet version a sealed review names."""
    if draft.sealed_as is None:
        return None
    act = outbox.get_act(at.session, ActId(draft.sealed_as))
    return None if act is None else from_json(ReviewBody, act.body).packet.version


def _name(assignment: AssignmentId) -> str:
    return f"renewal/{assignment}"
