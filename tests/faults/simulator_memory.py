"""What really happened, as nobody in the simulation knows it, and the invariants held against it.

The names are those of the specification: I1 nothing sealed is lost, I2 one live effect, I3 received
has a receipt, I4 a problem does not count, I6 blindness, I8 bytes never change, I9 exact versions,
I11 absence deletes nothing, I12 one account. I14, the fixpoint, is checked by the history. Beside
them: nothing but a void leaves a laptop whose assessor holds the outbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from typing_extensions import override

from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.wire.codec import parse, sha256
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import Receipt, ReviewBody
from assessor_app.wire.receipts import is_genuine
from tests.faults.simulator_platform import RECEIPT_KEY, Asked, ModelPlatform, Said
from tests.faults.simulator_shown import Shown, ShownAct, ShownAssignment

S = OutboxState
PENDING = (S.SEALED, S.QUEUED, S.SENDING, S.AMBIGUOUS, S.VOIDING)
WAITING = (S.SEALED, S.QUEUED, S.SENDING, S.AMBIGUOUS)
HERE = (*WAITING, S.VOIDING, S.ATTENTION, S.RECEIVED)


@dataclass(eq=False)
class BrokenError(Exception):
    """An invariant does not hold."""

    invariant: str
    about: str

    @override
    def __str__(self) -> str:
        return f"{self.invariant}: {self.about}"


class Owner(Protocol):
    """A laptop, as far as the memory cares."""

    person: str

    def shown(self) -> Shown: ...


@dataclass
class Sealed:
    """One sealed review. `reopened`: surely taken back; `maybe`: the process died meanwhile."""

    owner: Owner
    assignment: str
    body: bytes = field(repr=False)
    reopened: bool = False
    maybe_reopened: bool = False
    may_be_purged: bool = False

    @property
    def is_taken_back(self) -> bool:
        """Whether its text may be a draft again."""
        return self.reopened or self.maybe_reopened


@dataclass
class Desk:
    """What one laptop has shown so far. `loose`: an older database came back since the save."""

    assignments: dict[str, ShownAssignment] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    loose: set[str] = field(default_factory=set)
    is_held: bool = False


class Memory:
    """Remembers everything and compares."""

    def __init__(self, platform: ModelPlatform) -> None:
        self._platform = platform
        self.sealed: dict[str, Sealed] = {}
        self._desks: dict[int, Desk] = {}
        self._marks: dict[str, str] = {}
        self._bodies: dict[str, bytes] = {}

    def desk(self, owner: Owner) -> Desk:
        return self._desks.setdefault(id(owner), Desk())

    def wrote(self, owner: Owner, assignment: str, mark: str, *, surely: bool = True) -> None:
        """Note a text that was saved, or perhaps was."""
        desk = self.desk(owner)
        if surely:
            desk.marks[assignment] = [mark]
            desk.loose.discard(assignment)
        else:
            desk.loose |= {assignment} - set(desk.marks)
            desk.marks.setdefault(assignment, []).append(mark)
        self._marks[mark] = owner.person

    def forget_rows(self, owner: Owner) -> None:
        """Note that a laptop has another database now: the journal alone knows of today."""
        desk = self.desk(owner)
        desk.loose |= set(desk.marks)
        desk.assignments.clear()

    def may_purge(self, owner: Owner, assignment: str) -> None:
        """Note that the finished work on an assignment may leave a laptop."""
        self.desk(owner).loose.add(assignment)
        for review in self.sealed.values():
            if (review.owner, review.assignment) == (owner, assignment):
                review.may_be_purged = True

    def purges(self, owner: Owner, assignment: str) -> None:
        """Note that the finished work on an assignment has left a laptop."""
        self.desk(owner).marks.pop(assignment, None)
        for name, review in tuple(self.sealed.items()):
            if (review.owner, review.assignment) == (owner, assignment) and review.is_taken_back:
                del self.sealed[name]

    def seals(self, owner: Owner, review: str, seen: ShownAssignment) -> None:
        """Note a seal that was told to be done. Its bytes are those on the disk now."""
        row = next((act for act in owner.shown().acts if act.act == review), None)
        if row is None:
            raise BrokenError("I1", f"{review} was sealed and is not there")
        self._adopt(owner, row)
        body = parse(ReviewBody, row.body)
        told = (body.packet.manifest_sha256, body.rubric.sha256)
        if told != (seen.manifest_sha256, seen.rubric_sha256):
            raise BrokenError("I9", f"{review} names another packet or rubric than was seen")

    def watch(self, owner: Owner, asked: Asked) -> None:
        """Check what leaves a laptop."""
        if asked.token != f"token-{owner.person}":
            raise BrokenError("I12", f"{asked.path} leaves as {asked.token}")
        if asked.body is None:
            return
        if self.desk(owner).is_held and not asked.path.endswith("/void"):
            raise BrokenError("hold", f"{asked.path} leaves though it is held")
        known = self._bodies.setdefault(asked.path, asked.body)
        if asked.method == "PUT" and known != asked.body:
            raise BrokenError("I8", f"{asked.path} leaves with other bytes than before")
        review = self.sealed.get(asked.path.rpartition("/")[2])
        if review is not None and review.body != asked.body:
            raise BrokenError("I8", f"{asked.path} leaves with other bytes than were sealed")
        if review is not None and review.reopened:
            raise BrokenError("I1", f"{asked.path} leaves though it was taken back")

    def listen(self, owner: Owner, asked: Asked, said: Said) -> None:
        """Check what reaches a laptop. A void that came too late makes the review whole again."""
        if asked.path.endswith("/void") and said.status == 410:
            voided = self.sealed.get(asked.path.split("/")[-2])
            if voided is not None:
                voided.reopened, voided.maybe_reopened = False, True
        for mark, author in self._marks.items():
            if author != owner.person and mark.encode() in said.body:
                raise BrokenError("I6", f"{owner.person} hears of {mark}")
        for name, review in self.sealed.items():
            if review.owner.person != owner.person and name.encode() in said.body:
                raise BrokenError("I6", f"{owner.person} hears of {name}")

    def check(self, owners: Sequence[Owner]) -> None:
        """Hold everything against what all laptops show now."""
        all_shown = [(owner, owner.shown()) for owner in owners]
        for owner, shown in all_shown:
            self._check_rows(owner, shown)
            self._check_desk(owner, shown)
        for owner, shown in all_shown:
            self._check_sealed(owner, shown)
        self._check_live()

    def rests(self, owners: Sequence[Owner]) -> bool:
        """Return whether no laptop has anything left to do."""
        try:
            self.check_rest(owners)
        except BrokenError as error:
            if error.invariant == "I14":
                return False
            raise
        return True

    def check_rest(self, owners: Sequence[Owner]) -> None:
        """Hold against what all laptops show once there is nothing left to do."""
        for owner in owners:
            shown = owner.shown()
            for act in shown.acts:
                if act.state in PENDING:
                    raise BrokenError("I14", f"{act.act} ({act.kind}) is still {act.state}")
            for act in shown.reviews():
                kept = self._platform.held.reviews.get((owner.person, act.act))
                if act.state in (S.VOIDED, S.ATTENTION) and kept is not None and kept.live:
                    raise BrokenError("I4", f"{act.act} is shown as {act.state} and counts")
                if act.state is S.RECEIVED and not self._is_held(owner.person, act.act):
                    raise BrokenError("I1", f"{act.act} is received and not on the platform")
                if act.state is S.RECEIVED and not self._is_current(act):
                    raise BrokenError("I14", f"{act.act} has a receipt of another epoch")

    def _check_rows(self, owner: Owner, shown: Shown) -> None:
        current: dict[str, str] = {}
        for act in shown.acts:
            if act.kind is ActKind.REVIEW:
                self._adopt(owner, act)
            if act.state in (S.RECEIVED, S.SETTLED):
                self._check_receipt(owner, act)
            if act.kind is not ActKind.REVIEW:
                continue
            self._check_problem(owner, act, shown)
            if act.state in (S.RECEIVED, S.SETTLED) and self._is_current(act):
                other = current.setdefault(act.assignment, act.act)
                if other != act.act:
                    raise BrokenError("I2", f"{act.act} and {other} are both received")

    def _adopt(self, owner: Owner, row: ShownAct) -> None:
        """Remember a sealed row from its first sight on; its bytes never change."""
        known = self.sealed.setdefault(row.act, Sealed(owner, row.assignment, row.body))
        if known.body != row.body:
            raise BrokenError("I8", f"{row.act} has other bytes than were sealed")
        if row.state in (S.RECEIVED, S.SETTLED):
            known.reopened = known.maybe_reopened = False

    def _check_receipt(self, owner: Owner, act: ShownAct) -> None:
        receipt = genuine(act.receipt or b"")
        if receipt is None or receipt.act != act.act or receipt.body_sha256 != sha256(act.body):
            raise BrokenError("I3", f"{act.act} is shown as received without a receipt")
        held = self._platform.held.acts.get((owner.person, act.act))
        if self._is_current(act) and (held is None or held.body_sha256 != receipt.body_sha256):
            raise BrokenError("I3", f"{act.act} is shown as received and is not held")

    def _check_problem(self, owner: Owner, act: ShownAct, shown: Shown) -> None:
        kept = self._platform.held.reviews.get((owner.person, act.act))
        counts = kept is not None and kept.live
        if act.state is S.ATTENTION and counts and not self._is_void_forgotten(act.act, shown):
            raise BrokenError("I4", f"{act.act} is shown as a problem ({act.reason}) and counts")
        if act.state is S.VOIDED and counts:
            void = next((each for each in shown.acts if _voids(each, act.act)), None)
            if (
                void is not None
                and void.state in (S.RECEIVED, S.SETTLED)
                and self._is_current(void)
            ):
                raise BrokenError("I4", f"{act.act} is shown as void and counts")

    def _is_void_forgotten(self, review: str, shown: Shown) -> bool:
        """Return whether a void was received, and the platform restored since from before it.

        Nobody can know before the next round, which sends the void again.
        """
        return any(
            act.state in (S.RECEIVED, S.SETTLED) and not self._is_current(act)
            for act in shown.acts
            if _voids(act, review)
        )

    def _is_current(self, act: ShownAct) -> bool:
        return act.receipt_epoch == self._platform.held.epoch

    def _check_desk(self, owner: Owner, shown: Shown) -> None:
        desk = self.desk(owner)
        for name in desk.assignments:
            if name not in shown.assignments:
                raise BrokenError("I11", f"{name} vanished")
        desk.assignments.update(shown.assignments)
        for name, marks in desk.marks.items():
            draft = shown.drafts.get(name)
            if name in desk.loose:
                continue
            if draft is None:
                raise BrokenError("I11", f"the text of {name} vanished")
            if draft.mark not in marks:
                raise BrokenError("I11", f"the text of {name} is {draft.mark}, not {marks}")

    def _check_sealed(self, owner: Owner, shown: Shown) -> None:
        rows = {act.act: act for act in shown.reviews()}
        for name, review in self.sealed.items():
            if review.owner is owner:
                self._check_one(name, review, rows.get(name), shown)

    def _check_one(self, name: str, review: Sealed, row: ShownAct | None, shown: Shown) -> None:
        if row is not None and row.state in HERE:
            if review.reopened and row.state in WAITING:
                raise BrokenError("I1", f"{name} was taken back and is {row.state} again")
            return
        if self._is_held(review.owner.person, name):
            return
        is_void = review.is_taken_back or any(_voids(act, name) for act in shown.acts)
        if is_void and (review.assignment in shown.drafts or review.may_be_purged):
            return
        if any(_donates(act, name) for act in shown.acts):
            return
        state = row.state if row else "not there"
        raise BrokenError("I1", f"{name} is {state} and not on the platform")

    def _is_held(self, person: str, name: str) -> bool:
        """Return whether the platform holds a review in the current epoch, as somebody's work."""
        kept = self._platform.held.reviews.get((person, name))
        return kept is not None and (kept.live or kept.donated)

    def _check_live(self) -> None:
        for lent in self._platform.held.lent:
            if len(self._platform.held.live(lent)) > 1:
                raise BrokenError("I2", f"{lent} has two live reviews")


def _donates(act: ShownAct, review: str) -> bool:
    return act.kind is ActKind.DONATE and act.review == review and act.state in HERE


def _voids(act: ShownAct, review: str) -> bool:
    return act.kind is ActKind.VOID and act.review == review


@lru_cache(maxsize=256)
def genuine(content: bytes) -> Receipt | None:
    """Return a receipt if the platform signed it."""
    try:
        receipt = parse(Receipt, content)
    except MalformedError:
        return None
    return receipt if is_genuine(receipt, RECEIPT_KEY) else None
