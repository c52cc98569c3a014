"""What a laptop shows and keeps, read from its disk past the product."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAct:
    """One row of the outbox."""

    act: str
    kind: ActKind
    assignment: str
    review: str | None
    body: bytes = field(repr=False)
    state: OutboxState
    reason: AttentionReason | None = None
    receipt: bytes | None = field(default=None, repr=False)
    receipt_epoch: str | None = None


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """The text of a review that is not sealed, or that is sealed under a name."""

    mark: str
    sealed_as: str | None


@dataclass(frozen=True, slots=True)
class ShownAssignment:
    """One line of the queue, and the exact content it asks to be judged."""

    state: AssignmentState
    manifest_sha256: str
    rubric_sha256: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything at once."""

    acts: tuple[ShownAct, ...]
    drafts: Mapping[str, ShownDraft]
    assignments: Mapping[str, ShownAssignment]

    def reviews(self) -> tuple[ShownAct, ...]:
        return tuple(act for act in self.acts if act.kind is ActKind.REVIEW)

    def digest(self) -> object:
        """Return what has to stay the same once there is nothing left to do."""
        return (
            tuple((act.act, act.state, act.reason) for act in self.acts),
            tuple(self.drafts.items()),
            tuple(self.assignments.items()),
        )
