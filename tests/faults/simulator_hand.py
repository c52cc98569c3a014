"""The hands of an assessor: what can be done at a laptop now, done by chance, and remembered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Protocol, TypeAlias

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.determination import IncompleteReviewError
from assessor_app.domain.ids import ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store.errors import DiskFullError, IllegalTransitionError, SealedReviewError
from assessor_app.usecases.errors import NotHereError, OldVersionGoneError, OutdatedDraftError
from tests.faults.simulator_memory import Memory, Owner
from tests.faults.simulator_shown import Shown, ShownAct, ShownAssignment

S = OutboxState
REFUSALS = (
    DiskFullError,
    IllegalTransitionError,
    IncompleteReviewError,
    NotHereError,
    OldVersionGoneError,
    OutdatedDraftError,
    SealedReviewError,
)
_REOPENABLE = (S.SENDING, S.SEALED, S.QUEUED, S.AMBIGUOUS, S.RECEIVED, S.ATTENTION)
_RENEWABLE = tuple(state for state in _REOPENABLE if state is not S.RECEIVED)
_OTHER_ACTS = (ActKind.LEASE, ActKind.RETURN, ActKind.RECUSE, ActKind.FLAG, ActKind.ASK)

Choice: TypeAlias = tuple[int, Callable[[], object]]
"""How likely it is, and what is done."""


class Desk(Owner, Protocol):
    """What an assessor can do at a laptop."""

    def write(self, assignment: str, mark: str) -> None: ...
    def seal(self, assignment: str) -> ReviewId: ...
    def reopen(self, review: str) -> None: ...
    def renew(self, assignment: str) -> None: ...
    def retry(self, act: str) -> None: ...
    def donate(self, review: str) -> None: ...
    def act(self, kind: ActKind, assignment: str) -> None: ...
    def purge(self, assignment: str, /) -> bool: ...


@dataclass
class Hand:
    """Works at laptops by chance. `marks` are texts that nobody has written yet."""

    memory: Memory
    chance: Random
    marks: Iterator[str]
    hits: Counter[str]

    def act(self, desk: Desk) -> None:
        """Do one thing that can be done now. The program's refusals are heard and accepted."""
        self._do_one_of(list(self._choices(desk, desk.shown())))

    def insist(self, desk: Desk) -> None:
        """Send again, give to the lead, or renew, something that came back."""
        shown = desk.shown()
        self._do_one_of([*self._with_attention(desk, shown), *self._with_versions(desk, shown)])

    def _do_one_of(self, choices: list[Choice]) -> None:
        if not choices:
            return
        weights = [weight for weight, _ in choices]
        deed = self.chance.choices([deed for _, deed in choices], weights)[0]
        try:
            deed()
        except REFUSALS:
            return

    def _choices(self, desk: Desk, shown: Shown) -> Iterator[Choice]:
        yield from self._with_drafts(desk, shown)
        yield from self._with_attention(desk, shown)
        yield from self._with_versions(desk, shown)
        for act in shown.acts:
            if act.state in _REOPENABLE and act.kind is ActKind.REVIEW:
                yield 8, partial(self._reopen, desk, act.act)
        for name, known in shown.assignments.items():
            if known.state is AssignmentState.OPEN:
                kind = self.chance.choice(_OTHER_ACTS)
                yield 2, partial(desk.act, kind, name)
            else:
                yield 8, partial(self._purge, desk, name)

    def _with_attention(self, desk: Desk, shown: Shown) -> Iterator[Choice]:
        for act in shown.acts:
            if act.state is S.ATTENTION:
                yield _retry_weight(act, shown), partial(desk.retry, act.act)
                if act.reason is AttentionReason.CLOSED and act.kind is ActKind.REVIEW:
                    yield 12, partial(desk.donate, act.act)

    def _with_versions(self, desk: Desk, shown: Shown) -> Iterator[Choice]:
        """A sealed review that is about another version than the present one may be renewed."""
        for act in shown.reviews():
            draft = shown.drafts.get(act.assignment)
            known = shown.assignments.get(act.assignment)
            is_sealed = draft is not None and draft.sealed_as == act.act
            if act.state in _RENEWABLE and is_sealed and known and _is_outdated(act, known):
                yield 80, partial(self._renew, desk, act)

    def _with_drafts(self, desk: Desk, shown: Shown) -> Iterator[Choice]:
        for name, known in shown.assignments.items():
            draft = shown.drafts.get(name)
            is_free = draft is None or draft.sealed_as is None
            if known.is_here and is_free:
                yield 3, partial(self._write, desk, name)
                if known.state is AssignmentState.OPEN:
                    yield 20, partial(self._finish, desk, name)
            if draft is not None and is_free:
                yield 3, partial(self._seal, desk, name)

    def _write(self, desk: Desk, assignment: str) -> None:
        mark = next(self.marks)
        self.memory.wrote(desk, assignment, mark, surely=False)
        desk.write(assignment, mark)
        self.memory.wrote(desk, assignment, mark)

    def _finish(self, desk: Desk, assignment: str) -> None:
        self._write(desk, assignment)
        self._seal(desk, assignment)

    def _seal(self, desk: Desk, assignment: str) -> None:
        seen = desk.shown().assignments.get(assignment)
        review = desk.seal(assignment)
        if seen is not None:
            self.memory.seals(desk, review, seen)

    def _reopen(self, desk: Desk, review: str) -> None:
        self._take_back(review, lambda: desk.reopen(review))

    def _renew(self, desk: Desk, act: ShownAct) -> None:
        self._take_back(act.act, lambda: desk.renew(act.assignment))
        self.hits["renewed"] += 1

    def _take_back(self, review: str, deed: Callable[[], None]) -> None:
        known = self.memory.sealed[review]
        known.maybe_reopened = True
        try:
            deed()
        except REFUSALS:
            known.maybe_reopened = False
            raise
        known.reopened = True

    def _purge(self, desk: Desk, assignment: str) -> None:
        self.memory.may_purge(desk, assignment)
        if desk.purge(assignment):
            self.hits["purged"] += 1
            self.memory.purges(desk, assignment)


def needs_attention(desk: Owner) -> bool:
    """Return whether something came back."""
    return any(act.state is S.ATTENTION for act in desk.shown().acts)


def _is_outdated(act: ShownAct, known: ShownAssignment) -> bool:
    names = (known.manifest_sha256, known.rubric_sha256)
    return any(name.encode() not in act.body for name in names)


def _retry_weight(act: ShownAct, shown: Shown) -> int:
    """Return how tempting it is to send something again; most so where a tombstone waits."""
    is_donated = any(other.review == act.act for other in shown.acts if other.act != act.act)
    return 200 if act.reason is AttentionReason.REFUSED or is_donated else 8
