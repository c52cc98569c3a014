"""What the modelled platform holds, as values that a backup copies and a restore brings back."""

from dataclasses import dataclass, field, replace

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import Sha256
from assessor_app.domain.outbox import ActKind
from assessor_app.wire.messages import FeedOp
from tests.faults.simulator_content import FIRST_RUBRIC, RubricName


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act that was kept, with the person's next receipt number."""

    kind: ActKind
    assignment: str
    body_sha256: Sha256
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A review that was kept. `live`: it is this person's word; `counted`: for good."""

    assignment: str
    submission: int
    body: bytes = field(repr=False)
    live: bool = False
    counted: bool = False
    donated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """One assignment."""

    id: str
    number: int
    person: str
    submission: int
    packet: int
    rubric: RubricName
    state: AssignmentState = AssignmentState.OPEN
    view_version: int = 0
    recused: bool = False
    quarantined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One submission: its newest packet, those in quarantine, its rubric, and the decision.

    `strict`: the rules of its reviews were made stricter than what clients check.
    """

    packets: tuple[int, ...] = (1,)
    quarantined: frozenset[int] = frozenset()
    rubric: RubricName = FIRST_RUBRIC
    decided: bool = False
    strict: bool = False

    @property
    def packet(self) -> int | None:
        """The newest packet version; None while it is in quarantine."""
        newest = self.packets[-1]
        return None if newest in self.quarantined else newest


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's feed."""

    op: FeedOp
    thing: str
    view_version: int


@dataclass(slots=True)
class Held:
    """Everything that a restore brings back. All values are frozen, so that copies are cheap."""

    epoch: str
    rubrics: tuple[RubricName, ...] = (FIRST_RUBRIC,)
    submissions: dict[int, Submission] = field(default_factory=dict)
    lent: dict[str, Lent] = field(default_factory=dict)
    versions: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    acts: dict[tuple[str, str], Act] = field(default_factory=dict)
    reviews: dict[tuple[str, str], Kept] = field(default_factory=dict)
    tombstones: frozenset[tuple[str, str]] = frozenset()
    sequences: dict[str, int] = field(default_factory=dict)
    feeds: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def copy(self) -> "Held":
        """Return a copy that goes its own way."""
        return replace(
            self,
            submissions=dict(self.submissions),
            lent=dict(self.lent),
            versions=dict(self.versions),
            acts=dict(self.acts),
            reviews=dict(self.reviews),
            sequences=dict(self.sequences),
            feeds=dict(self.feeds),
        )

    def live(self, assignment: str) -> tuple[str, ...]:
        """Return the reviews that are somebody's word on an assignment. One at most."""
        return tuple(
            uuid
            for (_, uuid), kept in self.reviews.items()
            if kept.live and kept.assignment == assignment
        )

    def put(self, lent: Lent, state: AssignmentState) -> None:
        """Keep a changed assignment: its view version goes on, and the feed tells it."""
        changed = replace(lent, state=state, view_version=lent.view_version + 1)
        self.lent[lent.id] = changed
        op = FeedOp.WITHDRAW if state is AssignmentState.WITHDRAWN else FeedOp.UPSERT
        told = self.feeds.get(lent.person, ())
        self.feeds[lent.person] = (*told, Entry(op, lent.id, changed.view_version))

    def give(self, lent: Lent) -> None:
        """Let a person fetch the packet of an assignment, under the next version number."""
        known = self.versions.get((lent.person, lent.submission), ())
        if lent.packet not in known:
            self.versions[lent.person, lent.submission] = (*known, lent.packet)
