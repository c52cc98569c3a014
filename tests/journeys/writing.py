"""How an assessor of the journeys writes: revision by revision, until nothing is missing."""

from collections.abc import Iterator
from dataclasses import replace

from assessor_app.domain.ids import FeedbackId, PinId
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    Pin,
    Place,
    PlaceKind,
    Region,
    Review,
)
from assessor_app.domain.rubric import Rubric
from assessor_app.usecases.packet import OpenedPacket

PRAISE = "Your reasons for each step make the plan easy to follow, quince-marmalade."
GROWTH = "Next time, show what pupils did with the second comment, sorrel-lantern."


def revisions(review: Review, packet: Packet, rubric: Rubric) -> Iterator[Review]:
    """Yield a review after every change, from the first rating to the attestation."""
    for criterion in rubric.criteria:
        review = review.rate(criterion.id, criterion.required)
        yield review
        review = review.pin(
            Pin(id=PinId(f"p-{criterion.id}"), criterion=criterion.id, place=_corner(packet))
        )
        yield review
    first = rubric.criteria[0].id
    for number, (kind, text) in enumerate(
        ((FeedbackKind.PRAISE, PRAISE), (FeedbackKind.CHALLENGE, GROWTH))
    ):
        item = FeedbackItem(id=FeedbackId(f"f{number}"), kind=kind, criterion=first, text=text)
        review = review.give_feedback(item)
        yield review
    yield replace(review, no_conflict=True, rubric_alone=True)


def from_blank(opened: OpenedPacket) -> Iterator[Review]:
    """Yield every revision of a new review on the versions that are open."""
    blank = Review(
        assignment=opened.assignment.id,
        manifest_sha256=opened.assignment.packet.manifest_sha256,
        rubric=opened.assignment.rubric,
    )
    return revisions(blank, opened.packet, opened.rubric)


def _corner(packet: Packet) -> Place:
    artifact = packet.artifacts[0]
    return Place(
        kind=PlaceKind.REGION,
        source=artifact.id,
        sha256=artifact.pages[0].image.sha256,
        region=Region(left=10, top=10, right=500, bottom=400),
    )
