"""What of a review still stands on another version of its packet or rubric. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import CriterionId, PartId, PinId
from assessor_app.domain.packet import Packet, Part
from assessor_app.domain.review import Pin, Review
from assessor_app.domain.rubric import Criterion, Rubric
from assessor_app.usecases.placing import Evidence, Placed, placed

EVIDENCE_PART = 2
"""Artifacts are evidence of Part 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The packet and rubric a review is about."""

    packet: Packet
    rubric: Rubric


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A review on its way from one version to another.

    `kept` are the criteria whose rating needs no second look; `pins` says where each pin is now.
    """

    review: Review
    before: Version
    now: Version
    kept: frozenset[CriterionId]
    pins: Mapping[PinId, Placed]


def cross(review: Review, before: Version, now: Version, evidence: Evidence) -> Crossing:
    """Return what of a review still stands on the present version.

    A rating stays where its criterion is word for word the same, the part it speaks of too, and
    each of its pins is found again.
    """
    pins = {pin.id: placed(pin, before.packet, now.packet, evidence) for pin in all_pins(review)}
    lost = {found.pin.criterion for found in pins.values() if found.place is None}
    kept = frozenset(
        criterion.id
        for criterion in now.rubric.criteria
        if criterion in before.rubric.criteria
        and criterion.id not in lost
        and not has_changed(criterion.part, before.packet, now.packet)
    )
    return Crossing(review=review, before=before, now=now, kept=kept, pins=pins)


def carried(crossing: Crossing, assignment: Assignment) -> Review:
    """Return the review on the present version.

    A pin goes where it was found again; one that was not, or whose criterion is no more, is kept
    aside. What was written to the earner about a criterion that is no more is about the whole
    submission. The assessor attests anew.
    """
    review, kept = crossing.review, crossing.kept
    known = {criterion.id for criterion in crossing.now.rubric.criteria}
    found = [crossing.pins[pin.id] for pin in all_pins(review)]
    return replace(
        review,
        manifest_sha256=assignment.packet.manifest_sha256,
        rubric=assignment.rubric,
        ratings=tuple(own for own in review.ratings if own.criterion in kept),
        pins=tuple(
            pin for own in found if (pin := own.moved) is not None and pin.criterion in known
        ),
        unplaced=tuple(
            own.pin for own in found if own.place is None or own.pin.criterion not in known
        ),
        nothing_shows=tuple(own for own in review.nothing_shows if own in kept),
        feedback=tuple(
            item if item.criterion in (None, *known) else replace(item, criterion=None)
            for item in review.feedback
        ),
        no_conflict=False,
        rubric_alone=False,
    )


def carried_alone(review: Review, now: Version, assignment: Assignment) -> Review:
    """Return a review on the present version where the one it was written on is gone.

    What was written stays, pins are kept aside, and every criterion is rated again.
    """
    pins = {pin.id: Placed(pin=pin) for pin in all_pins(review)}
    alone = Crossing(review=review, before=now, now=now, kept=frozenset(), pins=pins)
    return carried(alone, assignment)


def all_pins(review: Review) -> tuple[Pin, ...]:
    """Return the pins of a review, those without a place last."""
    return (*review.pins, *review.unplaced)


def has_changed(part: PartId, before: Packet, now: Packet) -> bool:
    """Return whether a part says, or shows, something else than before."""
    old, fresh = _part(part, before), _part(part, now)
    if old != fresh:
        return True
    is_evidence = fresh is not None and fresh.number == EVIDENCE_PART
    return is_evidence and before.artifacts != now.artifacts


def criterion_before(criterion: Criterion, before: Rubric) -> Criterion | None:
    """Return what a criterion was on another version; None where it is new."""
    return next((own for own in before.criteria if own.id == criterion.id), None)


def _part(part_id: PartId, packet: Packet) -> Part | None:
    return next((part for part in packet.parts if part.id == part_id), None)
