"""What an act changed, so that screens know what to show again."""

from dataclasses import dataclass

from assessor_app.domain.ids import AssignmentId


@dataclass(frozen=True, slots=True)
class Changes:
    """Assignments whose row or desk looks different now, and whether the outbox does."""

    assignments: frozenset[AssignmentId] = frozenset()
    outbox: bool = False

    def __or__(self, other: "Changes") -> "Changes":
        """Return both together."""
        return Changes(self.assignments | other.assignments, self.outbox or other.outbox)


def changes_to(assignment: AssignmentId, *, outbox: bool = False) -> Changes:
    """Return the changes of an act on one assignment."""
    return Changes(frozenset({assignment}), outbox)
