"""What a sealed review has to keep beyond its form: the rubric, the award rule, the policies."""

from collections.abc import Iterator, Sequence
from itertools import islice

from assessor_app.domain import determination as rule
from assessor_app.domain.determination import Need
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Pin, PlaceKind, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.wire.messages import InvalidAt, ReviewBody

MOST_TOLD = 100
"""Broken rules in one answer: whoever breaks more has not made the body with a client."""
_WHERE = {
    Need.RATING: "/ratings",
    Need.PIN: "/pins",
    Need.CHALLENGE: "/feedback",
    Need.PRAISE: "/feedback",
    Need.GROWTH: "/feedback",
    Need.EXPLANATION: "/reasons",
    Need.NO_CONFLICT: "/attestations/no_conflict",
    Need.RUBRIC_ALONE: "/attestations/rubric_alone",
}


def broken_rules(body: ReviewBody, rubric: Rubric, packet: Packet) -> tuple[InvalidAt, ...]:
    """Return broken rules, each with a pointer to its place; none means it can be kept.

    Names of things that do not exist come first and alone: the other rules speak of the named.
    """
    unknown = tuple(islice(_unknown_names(body, rubric, packet), MOST_TOLD))
    if unknown:
        return unknown
    return (*_repeated(body), *_undecided(body, rubric))


def _unknown_names(body: ReviewBody, rubric: Rubric, packet: Packet) -> Iterator[InvalidAt]:
    yield from _unknown_levels(body, rubric)
    known = {criterion.id for criterion in rubric.criteria}
    named = [
        *((f"/pins/{place}/criterion", pin.criterion) for place, pin in enumerate(body.pins)),
        *((f"/nothing_shows/{place}", silent) for place, silent in enumerate(body.nothing_shows)),
        *(
            (f"/feedback/{place}/criterion", item.criterion)
            for place, item in enumerate(body.feedback)
        ),
    ]
    for pointer, criterion in named:
        if criterion is not None and criterion not in known:
            yield InvalidAt(pointer=pointer, problem="no such criterion")
    for place, pin in enumerate(body.pins):
        if not _has_source(pin, packet):
            yield InvalidAt(pointer=f"/pins/{place}/place/source", problem="no such source")
    artifacts = {None, *(artifact.id for artifact in packet.artifacts)}
    for place, reason in enumerate(body.reasons):
        if reason.artifact not in artifacts:
            yield InvalidAt(pointer=f"/reasons/{place}/artifact", problem="no such artifact")


def _unknown_levels(body: ReviewBody, rubric: Rubric) -> Iterator[InvalidAt]:
    criteria = {criterion.id: criterion for criterion in rubric.criteria}
    for place, rating in enumerate(body.ratings):
        known = criteria.get(rating.criterion)
        if known is None:
            yield InvalidAt(pointer=f"/ratings/{place}/criterion", problem="no such criterion")
        elif all(level.id != rating.level for level in known.levels):
            yield InvalidAt(pointer=f"/ratings/{place}/level", problem="no such level")


def _has_source(pin: Pin, packet: Packet) -> bool:
    if pin.place.kind is not PlaceKind.RESPONSE:
        return any(artifact.id == pin.place.source for artifact in packet.artifacts)
    return any(
        f"{part.id}/{prompt.id}" == pin.place.source
        for part in packet.parts
        for prompt in part.prompts
    )


def _repeated(body: ReviewBody) -> Iterator[InvalidAt]:
    named: dict[str, Sequence[object]] = {
        "/ratings": [rating.criterion for rating in body.ratings],
        "/pins": [pin.id for pin in body.pins],
        "/nothing_shows": body.nothing_shows,
        "/feedback": [item.id for item in body.feedback],
        "/reasons": [(reason.code, reason.artifact) for reason in body.reasons],
    }
    for pointer, names in named.items():
        if len(set(names)) != len(names):
            yield InvalidAt(pointer=pointer, problem="something is there twice")


def _undecided(body: ReviewBody, rubric: Rubric) -> Iterator[InvalidAt]:
    review = Review(
        assignment=body.assignment,
        manifest_sha256=body.packet.manifest_sha256,
        rubric=body.rubric,
        ratings=body.ratings,
        pins=body.pins,
        nothing_shows=body.nothing_shows,
        feedback=body.feedback,
        reasons=body.reasons,
        wants_second_read=body.wants_second_read,
        no_conflict=body.attestations.no_conflict,
        rubric_alone=body.attestations.rubric_alone,
    )
    for missing in rule.missing(review, rubric, ()):
        about = f" for {missing.criterion}" if missing.criterion else ""
        yield InvalidAt(pointer=_WHERE[missing.need], problem=f"missing: {missing.need}{about}")
    if rule.determination(review, rubric) not in (None, body.determination):
        yield InvalidAt(pointer="/determination", problem="not what the award rule says")
