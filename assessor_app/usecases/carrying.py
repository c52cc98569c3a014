"""What of a review still stands on another version of its packet or rubric. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import CriterionId, PartId, Sha256
from assessor_app.domain.packet import Packet, Part
from assessor_app.domain.review import Pin, Place, PlaceKind, Review
from assessor_app.domain.rubric import Criterion, Rubric

EVIDENCE_PART = 2
"""Artifacts are evidence of Part 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The packet and rubric a review is about."""

    packet: Packet
    rubric: Rubric


def carried(review: Review, before: Version, now: Version, assignment: Assignment) -> Review:
    """Return a review on the present version.

    A rating stays where its criterion is word for word the same, the part it speaks of too, and
    each of its pins is found again. Pins stay where their content is, feedback where its criterion
    is. The assessor attests anew.
    """
    same = unchanged(review, before, now)
    known = {criterion.id for criterion in now.rubric.criteria}
    return replace(
        review,
        manifest_sha256=assignment.packet.manifest_sha256,
        rubric=assignment.rubric,
        ratings=tuple(own for own in review.ratings if own.criterion in same),
        pins=tuple(
            found
            for pin in review.pins
            if pin.criterion in known and (found := found_again(pin, now.packet)) is not None
        ),
        nothing_shows=tuple(own for own in review.nothing_shows if own in same),
        feedback=tuple(item for item in review.feedback if item.criterion in (None, *known)),
        no_conflict=False,
        rubric_alone=False,
    )


def unchanged(review: Review, before: Version, now: Version) -> frozenset[CriterionId]:
    """Return the criteria whose rating needs no second look."""
    return frozenset(
        criterion.id
        for criterion in now.rubric.criteria
        if criterion in before.rubric.criteria
        and not has_changed(criterion.part, before.packet, now.packet)
        and all(
            found_again(pin, now.packet) is not None
            for pin in review.pins
            if pin.criterion == criterion.id
        )
    )


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


def found_again(pin: Pin, packet: Packet) -> Pin | None:
    """Return a pin on another packet: where its content is, or where its words now stand."""
    if pin.place.kind is PlaceKind.RESPONSE:
        place = _in_response(pin.place, packet)
        return None if place is None else replace(pin, place=place)
    return pin if pin.place.sha256 in set(_contents(pin.place, packet)) else None


def _in_response(place: Place, packet: Packet) -> Place | None:
    for part in packet.parts:
        for prompt in part.prompts:
            if f"{part.id}/{prompt.id}" != place.source:
                continue
            if prompt.response[place.start : place.end] == place.quote:
                return place
            if place.quote and prompt.response.count(place.quote) == 1:
                start = prompt.response.index(place.quote)
                return replace(place, start=start, end=start + len(place.quote))
    return None


def _contents(place: Place, packet: Packet) -> Iterator[Sha256]:
    for artifact in packet.artifacts:
        if artifact.id == place.source:
            if artifact.sha256 is not None:
                yield artifact.sha256
            yield from (blob.sha256 for blob in artifact.blobs())


def _part(part_id: PartId, packet: Packet) -> Part | None:
    return next((part for part in packet.parts if part.id == part_id), None)
