"""A review whose packet or rubric has a new version: compare, choose again, write on.

Nothing is voided before the assessor goes on with the new version. Levels chosen while comparing
are kept, so that they outlive the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.deadline import business_days_left
from assessor_app.domain.ids import ActId, AssignmentId, CriterionId, LevelId
from assessor_app.domain.outbox import AttentionReason
from assessor_app.domain.review import Pin, Review
from assessor_app.domain.rubric import Criterion
from assessor_app.store import assignments, outbox, reviews
from assessor_app.store import settings as stored
from assessor_app.store.reviews import Draft
from assessor_app.usecases.carrying import (
    Version,
    carried,
    criterion_before,
    found_again,
    has_changed,
    unchanged,
)
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import NoDraftError
from assessor_app.usecases.packet import is_outdated
from assessor_app.usecases.review import Saved, draft_state, save_draft, versions
from assessor_app.usecases.seal import reopen
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import ReviewBody

__all__ = [
    "Comparison",
    "CriterionChange",
    "Version",
    "choose_level",
    "compare",
    "renew",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """One criterion of the present rubric, and what it was. `before` None: it is new.

    `is_kept`: its rating is carried over; else the assessor chooses a level again. `pins` are
    found again in the present packet, `lost` are not.
    """

    number: int
    before: Criterion | None
    now: Criterion
    is_kept: bool
    evidence_changed: bool
    pins: tuple[Pin, ...]
    lost: tuple[Pin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A review on its old version beside the present one. `is_sealed`: its old one is voided first.

    `chosen` are the levels given to changed criteria since.
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
    chosen: Mapping[CriterionId, LevelId]

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
            if not change.is_kept and change.now.id not in self.chosen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """Levels chosen for exactly one packet and rubric."""

    packet: str = ""
    rubric: str = ""
    levels: dict[str, str]


def compare(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Comparison | None:
    """Return a review beside the version that holds now; None where it is about that one.

    Raises:
        NotHereError: The present version has not arrived yet.
        NoDraftError: Nothing was written.
    """
    draft, assignment = _written(at, assignment_id)
    if not is_outdated(draft.review, assignment):
        return None
    before, present = versions(at, draft.review, assignment)
    kept = unchanged(draft.review, before, present)
    known = {criterion.id for criterion in present.rubric.criteria}
    return Comparison(
        assignment=assignment,
        review=draft.review,
        before=before,
        now=present,
        old_packet_version=_old_packet_version(at, draft),
        written_at=draft.saved_at,
        days_left=business_days_left(assignment.due_on, now, present.packet.policy.calendar),
        is_sealed=draft.sealed_as is not None,
        criteria=tuple(
            _change(
                number, criterion, draft.review, (before, present), is_kept=criterion.id in kept
            )
            for number, criterion in enumerate(present.rubric.criteria, start=1)
        ),
        removed=tuple(own for own in before.rubric.criteria if own.id not in known),
        chosen=_choices(at, assignment),
    )


def choose_level(
    at: Transaction, assignment_id: AssignmentId, criterion: CriterionId, level: LevelId
) -> None:
    """Keep the level chosen for a changed criterion until the assessor goes on."""
    _, assignment = _written(at, assignment_id)
    chosen = {**_choices(at, assignment), criterion: level}
    kept = _Choices(
        packet=assignment.packet.manifest_sha256,
        rubric=assignment.rubric.sha256,
        levels={str(key): str(value) for key, value in chosen.items()},
    )
    stored.put_setting(at.session, _name(assignment_id), dump(kept).decode())


def renew(at: Transaction, assignment_id: AssignmentId, *, now: datetime) -> Saved:
    """Write on with the present version: a sealed review is voided first, then carried over.

    A review that is about the present version stays as it is.

    Raises:
        NotHereError: The present version has not arrived yet.
        IllegalTransitionError: The old review is leaving this moment.
    """
    draft, assignment = _written(at, assignment_id)
    if not is_outdated(draft.review, assignment):
        return Saved(draft_state(draft), Changes())
    before, present = versions(at, draft.review, assignment)
    changes = Changes()
    if draft.sealed_as is not None:
        changes = reopen(at, draft.sealed_as, now=now).changes
    review = carried(draft.review, before, present, assignment)
    for criterion, level in _choices(at, assignment).items():
        review = review.rate(criterion, level)
    stored.put_setting(at.session, _name(assignment_id), "")
    saved = save_draft(at, review, now=now)
    return Saved(saved.draft, saved.changes | changes)


def is_stale(reason: AttentionReason | None) -> bool:
    """Return whether a review was refused because its packet or rubric is no longer present."""
    return reason in (AttentionReason.STALE_PACKET, AttentionReason.STALE_RUBRIC)


def _written(at: Transaction, assignment_id: AssignmentId) -> tuple[Draft, Assignment]:
    draft = reviews.get_draft(at.session, assignment_id)
    assignment = assignments.get_assignment(at.session, assignment_id)
    if draft is None or assignment is None:
        raise NoDraftError(assignment_id)
    return draft, assignment


def _change(
    number: int,
    criterion: Criterion,
    review: Review,
    versions_of: tuple[Version, Version],
    *,
    is_kept: bool,
) -> CriterionChange:
    before, now = versions_of
    mine = [pin for pin in review.pins if pin.criterion == criterion.id]
    found = {pin.id: found_again(pin, now.packet) for pin in mine}
    return CriterionChange(
        number=number,
        before=criterion_before(criterion, before.rubric),
        now=criterion,
        is_kept=is_kept,
        evidence_changed=has_changed(criterion.part, before.packet, now.packet),
        pins=tuple(pin for pin in found.values() if pin is not None),
        lost=tuple(pin for pin in mine if found[pin.id] is None),
    )


def _choices(at: Transaction, assignment: Assignment) -> Mapping[CriterionId, LevelId]:
    """Return the levels chosen for the present version; those for another one do not count."""
    kept = stored.get_setting(at.session, _name(assignment.id))
    if not kept:
        return {}
    try:
        choices = parse(_Choices, kept)
    except MalformedError:
        return {}
    present = (assignment.packet.manifest_sha256, assignment.rubric.sha256)
    if (choices.packet, choices.rubric) != present:
        return {}
    return {CriterionId(key): LevelId(value) for key, value in choices.levels.items()}


def _old_packet_version(at: Transaction, draft: Draft) -> int | None:
    """Return the number of the packet version a sealed review names."""
    if draft.sealed_as is None:
        return None
    act = outbox.get_act(at.session, ActId(draft.sealed_as))
    return None if act is None else parse(ReviewBody, act.body).packet.version


def _name(assignment: AssignmentId) -> str:
    return f"renewal/{assignment}"
