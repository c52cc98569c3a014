"""Review: everything one assessor has said so far about one packet. Pure edits, no storage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assessor_app.domain.ids import (
    ArtifactId,
    AssignmentId,
    CriterionId,
    FeedbackId,
    LevelId,
    PinId,
    Sha256,
)
from assessor_app.domain.packet import RubricRef
from assessor_app.domain.policy import ReasonCode

BOX = 10_000
"""Boxes on a page or image count from 0 to 9999 in both directions."""


class PlaceKind(StrEnum):
    """Where in a packet a pin can be."""

    RESPONSE = "response"
    TEXT = "text"
    PAGE_TEXT = "page_text"
    REGION = "region"
    MOMENT = "moment"


class FeedbackKind(StrEnum):
    """The kinds of feedback an earner gets."""

    PRAISE = "praise"
    CHALLENGE = "challenge"
    RESOURCE = "resource"
    CONNECTION = "connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle on a page or image, 0 to 9999 in both directions."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if not (0 <= self.left < self.right < BOX and 0 <= self.top < self.bottom < BOX):
            raise ValueError("a region must lie on its page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An anchor that survives zoom, re-rendering and re-import.

    `source` is an artifact id (A1) or, for a response, `part/prompt`. `sha256` is the content it
    was made on. `page` counts from 0: a page, a block of a text view, or a picture. `start` and
    `end` are code points in a response or block, or words in a page layer (end exclusive). A
    region's quote is the words in it, if they are one passage.
    """

    kind: PlaceKind
    source: str
    sha256: Sha256 | None = None
    page: int = 0
    start: int = 0
    end: int = 0
    quote: str = field(default="", repr=False)
    region: Region | None = None
    at_ms: int = 0

    def __post_init__(self) -> None:
        if (self.region is not None) != (self.kind is PlaceKind.REGION):
            raise ValueError("a region belongs to a place of the kind region, and only there")
        if min(self.page, self.start, self.end - self.start, self.at_ms) < 0:
            raise ValueError("a place counts from 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A place in the packet bound to one criterion."""

    id: PinId
    criterion: CriterionId
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The level given to one criterion."""

    criterion: CriterionId
    level: LevelId


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackItem:
    """Rubric-aligned text to the earner. `criterion` None is about the whole submission."""

    id: FeedbackId
    kind: FeedbackKind
    criterion: CriterionId | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why to deny, with its own explanation; about one artifact or, with None, the whole packet.

    `whole_packet` says that it makes rating impossible.
    """

    code: ReasonCode
    explanation: str = field(repr=False)
    artifact: ArtifactId | None = None
    whole_packet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeakAnswer:
    """A finding of the leak check that the assessor kept, with why."""

    finding: str = field(repr=False)
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One assessor's work on one assignment, rated on exactly this manifest and rubric.

    `unplaced` are pins of an older version that were not found again in this one; they keep their
    old places, wait for the assessor and are no part of what is sealed.
    """

    assignment: AssignmentId
    manifest_sha256: Sha256
    rubric: RubricRef
    ratings: tuple[Rating, ...] = ()
    pins: tuple[Pin, ...] = ()
    nothing_shows: tuple[CriterionId, ...] = ()
    feedback: tuple[FeedbackItem, ...] = ()
    reasons: tuple[Reason, ...] = ()
    leak_answers: tuple[LeakAnswer, ...] = ()
    unplaced: tuple[Pin, ...] = ()
    wants_second_read: bool = False
    no_conflict: bool = False
    rubric_alone: bool = False

    def levels(self) -> Mapping[CriterionId, LevelId]:
        """Return the level of every rated criterion."""
        return {rating.criterion: rating.level for rating in self.ratings}

    def rate(self, criterion: CriterionId, level: LevelId | None) -> "Review":
        """Return this review with one rating set, replaced or, with None, cleared."""
        others = tuple(rating for rating in self.ratings if rating.criterion != criterion)
        added = () if level is None else (Rating(criterion=criterion, level=level),)
        return replace(self, ratings=others + added)

    def pin(self, pin: Pin) -> "Review":
        """Return this review with a pin added; its criterion no longer says "nothing shows"."""
        silent = tuple(item for item in self.nothing_shows if item != pin.criterion)
        return replace(self, pins=(*self.pins, pin), nothing_shows=silent)

    def unpin(self, pin_id: PinId) -> "Review":
        """Return this review without one pin, be it placed or not."""
        return replace(
            self,
            pins=tuple(pin for pin in self.pins if pin.id != pin_id),
            unplaced=tuple(pin for pin in self.unplaced if pin.id != pin_id),
        )

    def say_nothing_shows(self, criterion: CriterionId, *, stated: bool) -> "Review":
        """Return this review stating, or no longer stating, that nothing shows a criterion."""
        others = tuple(item for item in self.nothing_shows if item != criterion)
        return replace(self, nothing_shows=(*others, criterion) if stated else others)

    def give_feedback(self, item: FeedbackItem) -> "Review":
        """Return this review with a feedback item added, or replaced where its id is known."""
        if all(own.id != item.id for own in self.feedback):
            return replace(self, feedback=(*self.feedback, item))
        changed = tuple(item if own.id == item.id else own for own in self.feedback)
        return replace(self, feedback=changed)

    def drop_feedback(self, feedback_id: FeedbackId) -> "Review":
        """Return this review without one feedback item."""
        kept = tuple(item for item in self.feedback if item.id != feedback_id)
        return replace(self, feedback=kept)

    def give_reason(self, reason: Reason) -> "Review":
        """Return this review with a reason added, or replaced: one per code and artifact."""
        key = (reason.code, reason.artifact)
        if all((own.code, own.artifact) != key for own in self.reasons):
            return replace(self, reasons=(*self.reasons, reason))
        changed = tuple(reason if (own.code, own.artifact) == key else own for own in self.reasons)
        return replace(self, reasons=changed)

    def drop_reason(self, reason: Reason) -> "Review":
        """Return this review without the reason of this code and artifact."""
        key = (reason.code, reason.artifact)
        kept = tuple(own for own in self.reasons if (own.code, own.artifact) != key)
        return replace(self, reasons=kept)

    def answer_leak(self, answer: LeakAnswer) -> "Review":
        """Return this review with one finding of the leak check kept on purpose."""
        others = tuple(own for own in self.leak_answers if own.finding != answer.finding)
        return replace(self, leak_answers=(*others, answer))

    @property
    def is_unratable(self) -> bool:
        """Whether a whole-packet reason makes rating impossible."""
        return any(reason.whole_packet for reason in self.reasons)
