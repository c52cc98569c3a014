"""How the modelled platform receives: the order of checks of the specification, and each effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, Epoch
from assessor_app.domain.outbox import ActKind
from assessor_app.wire.codec import parse, sha256
from assessor_app.wire.messages import ActBody, ProblemKind, Receipt, ReviewBody
from tests.faults.simulator_content import MORNING, manifest, rubric
from tests.faults.simulator_state import Act, Held, Kept, Lent


@dataclass(eq=False)
class RefusalError(Exception):
    """The platform says no. `receipt` is that of the review that stands in the way."""

    kind: ProblemKind
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What arrived: who sent which bytes, in which envelope."""

    person: str
    content: bytes
    epoch: str | None
    view_version: int | None


def receive_review(held: Held, letter: Letter, assignment: str) -> tuple[Receipt, bool]:
    """Keep a review, once; return its unsigned receipt and whether this try made it."""
    lent = own(held, letter.person, assignment)
    body = parse(ReviewBody, letter.content)
    key = (letter.person, str(body.review))
    if key in held.tombstones:
        raise RefusalError(ProblemKind.VOIDED)
    if (known := _known(held, letter, body.review)) is not None:
        return known, False
    _check_epoch(held, letter)
    _check_undecided(held, lent)
    _check_open(lent)
    _check_versions(lent, letter, body)
    if held.submissions[lent.submission].strict:
        raise RefusalError(ProblemKind.INVALID)
    receipt = _add(held, letter, body.review, ActKind.REVIEW, lent)
    held.reviews[key] = Kept(
        assignment=lent.id, submission=lent.submission, body=letter.content, live=True
    )
    held.put(lent, AssignmentState.MINE_FINAL)
    return receipt, True


def receive_act(held: Held, letter: Letter, assignment: str) -> tuple[Receipt, bool]:
    """Keep an act and do what it says, once."""
    lent = own(held, letter.person, assignment)
    body = parse(ActBody, letter.content)
    if (known := _known(held, letter, body.act)) is not None:
        return known, False
    _check_epoch(held, letter)
    _EFFECTS[body.kind](held, lent, body)
    return _add(held, letter, body.act, body.kind, held.lent[lent.id]), True


def own(held: Held, person: str, assignment: str) -> Lent:
    """Return a person's assignment; unknown and somebody else's are the same refusal."""
    lent = held.lent.get(assignment)
    if lent is None or lent.person != person:
        raise RefusalError(ProblemKind.NOT_FOUND)
    return lent


def quarantine(held: Held, submission: int, packet: int) -> None:
    """Keep a packet version from everyone."""
    known = held.submissions[submission]
    held.submissions[submission] = replace(known, quarantined=known.quarantined | {packet})
    for lent in open_of(held, submission):
        if lent.packet == packet:
            held.put(replace(lent, quarantined=True), AssignmentState.WITHDRAWN)


def open_of(held: Held, submission: int) -> tuple[Lent, ...]:
    """Return what is lent of a submission and not final, in the order of lending."""
    return tuple(
        lent
        for lent in held.lent.values()
        if lent.submission == submission and lent.state is AssignmentState.OPEN
    )


def receipt_of(held: Held, person: str, act: str) -> Receipt:
    """Return the receipt of an act for the present epoch, not signed yet."""
    kept = held.acts[person, act]
    return Receipt(
        sequence=kept.sequence,
        act=ActId(act),
        kind=kept.kind,
        assignment=AssignmentId(kept.assignment),
        body_sha256=kept.body_sha256,
        epoch=Epoch(held.epoch),
        received_at=MORNING,
        signature="",
    )


def _known(held: Held, letter: Letter, act: str) -> Receipt | None:
    kept = held.acts.get((letter.person, act))
    if kept is None:
        return None
    if kept.body_sha256 != sha256(letter.content):
        raise RefusalError(ProblemKind.DIFFERENT_BODY)
    return receipt_of(held, letter.person, act)


def _check_epoch(held: Held, letter: Letter) -> None:
    if letter.epoch != held.epoch:
        raise RefusalError(ProblemKind.EPOCH_MISMATCH)


def _check_undecided(held: Held, lent: Lent) -> None:
    for uuid in held.live(lent.id):
        raise RefusalError(ProblemKind.ALREADY_DECIDED, receipt_of(held, lent.person, uuid))


def _check_open(lent: Lent) -> None:
    if lent.state is AssignmentState.WITHDRAWN:
        raise RefusalError(ProblemKind.CLOSED)


def _check_versions(lent: Lent, letter: Letter, body: ReviewBody) -> None:
    if body.packet.manifest_sha256 != manifest(lent.submission, lent.packet).sha256:
        raise RefusalError(ProblemKind.STALE_PACKET)
    if body.rubric.sha256 != rubric(lent.rubric).sha256:
        raise RefusalError(ProblemKind.STALE_RUBRIC)
    if letter.view_version != lent.view_version:
        raise RefusalError(ProblemKind.STALE_VIEW)


def _add(held: Held, letter: Letter, act: str, kind: ActKind, lent: Lent) -> Receipt:
    sequence = held.sequences.get(letter.person, 0) + 1
    held.sequences[letter.person] = sequence
    held.acts[letter.person, act] = Act(
        kind=kind, assignment=lent.id, body_sha256=sha256(letter.content), sequence=sequence
    )
    return receipt_of(held, letter.person, act)


def _void(held: Held, lent: Lent, body: ActBody) -> None:
    key = (lent.person, str(body.review))
    review = held.reviews.get(key)
    if review is not None and review.counted:
        raise RefusalError(ProblemKind.CLOSED, receipt_of(held, *key))
    held.tombstones |= {key}
    if review is not None and review.live:
        held.reviews[key] = replace(review, live=False)
        _reopen(held, lent)


def _reopen(held: Held, lent: Lent) -> None:
    submission = held.submissions[lent.submission]
    again = replace(lent, rubric=submission.rubric)
    if submission.packet is None:
        held.put(replace(again, quarantined=True), AssignmentState.WITHDRAWN)
        return
    again = replace(again, packet=submission.packet)
    held.give(again)
    held.put(again, AssignmentState.OPEN)


def _lease(held: Held, lent: Lent, _body: ActBody) -> None:
    _check_workable(held, lent)
    held.put(lent, AssignmentState.OPEN)


def _return(held: Held, lent: Lent, _body: ActBody) -> None:
    _check_workable(held, lent)
    held.put(lent, AssignmentState.WITHDRAWN)


def _recuse(held: Held, lent: Lent, _body: ActBody) -> None:
    _check_workable(held, lent)
    held.put(replace(lent, recused=True), AssignmentState.WITHDRAWN)


def _flag(held: Held, lent: Lent, _body: ActBody) -> None:
    quarantine(held, lent.submission, lent.packet)


def _ask(held: Held, lent: Lent, _body: ActBody) -> None:
    _check_workable(held, lent)


def _donate(held: Held, lent: Lent, body: ActBody) -> None:
    key = (lent.person, str(body.review))
    if key in held.tombstones:
        raise RefusalError(ProblemKind.VOIDED)
    _check_undecided(held, lent)
    if lent.state is AssignmentState.OPEN:
        raise RefusalError(ProblemKind.INVALID)
    held.reviews[key] = Kept(
        assignment=lent.id, submission=lent.submission, body=body.sealed.encode(), donated=True
    )
    held.tombstones |= {key}


def _check_workable(held: Held, lent: Lent) -> None:
    _check_undecided(held, lent)
    _check_open(lent)


_EFFECTS: Mapping[ActKind, Callable[[Held, Lent, ActBody], None]] = MappingProxyType(
    {
        ActKind.VOID: _void,
        ActKind.LEASE: _lease,
        ActKind.RETURN: _return,
        ActKind.RECUSE: _recuse,
        ActKind.FLAG: _flag,
        ActKind.ASK: _ask,
        ActKind.DONATE: _donate,
    }
)
