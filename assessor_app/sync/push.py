"""Send what the assessor sealed, oldest first, and draw the consequences of every answer.

`sending` is committed before the first byte leaves, no transaction is open while the network is
used, and nothing counts as received without a receipt that verifies for exactly the frozen bytes.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from assessor_app.domain.ids import ActId, AssignmentId, Epoch
from assessor_app.domain.outbox import ActKind, AttentionReason
from assessor_app.store import assignments, outbox, voids
from assessor_app.store.acts import Act
from assessor_app.store.journal import KeptReceipt
from assessor_app.store.opening import Store
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock, Stop
from assessor_app.sync.errors import (
    CancelledError,
    OfflineError,
    OfflineReason,
    OtherEpochError,
    RefusedError,
    RetryLaterError,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.sync.platform import CheckedReceipt, Letter, Platform
from assessor_app.sync.pull import keep_views
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import ActBody, Problem, ProblemKind

NEVER_ARRIVED = (OfflineReason.NO_NETWORK, OfflineReason.UNTRUSTED)
BODY_REFUSED = (413, 415, 426)
NOT_THERE = (403, 404)

_ATTENTION = {
    ProblemKind.ALREADY_DECIDED: AttentionReason.ALREADY_DECIDED,
    ProblemKind.CLOSED: AttentionReason.CLOSED,
    ProblemKind.STALE_PACKET: AttentionReason.STALE_PACKET,
    ProblemKind.STALE_RUBRIC: AttentionReason.STALE_RUBRIC,
    ProblemKind.DIFFERENT_BODY: AttentionReason.INVALID,
    ProblemKind.INVALID: AttentionReason.INVALID,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What one pass over the outbox did."""

    received: tuple[ActId, ...] = ()
    refused: tuple[ActId, ...] = ()
    uncertain: tuple[ActId, ...] = ()
    touched: frozenset[AssignmentId] = frozenset()

    def __add__(self, other: "Pushed") -> "Pushed":
        return Pushed(
            received=self.received + other.received,
            refused=self.refused + other.refused,
            uncertain=self.uncertain + other.uncertain,
            touched=self.touched | other.touched,
        )


NOTHING = Pushed()


def _unseen(_act: Act) -> None:
    """Nobody looks."""


class Pusher:
    """Sends the outbox of one store over one platform, in one epoch. `leaves` sees each act."""

    def __init__(
        self,
        store: Store,
        platform: Platform,
        epoch: Epoch,
        *,
        backoff: Backoff,
        clock: Clock,
        leaves: Callable[[Act], None] = _unseen,
    ) -> None:
        self._store = store
        self._platform = platform
        self._epoch = epoch
        self._backoff = backoff
        self._clock = clock
        self._leaves = leaves
        self._came_back: set[ActId] = set()

    def run(self, stop: Stop, told: Callable[[Pushed], None]) -> None:
        """Send until nothing may leave; tell what each act came to as soon as it is kept.

        Raises:
            OfflineError, RetryLaterError, UnauthorisedError: The whole queue has to wait.
            OtherEpochError: The platform was restored; begin again with meta.
            CancelledError: `stop` was set between two acts.
        """
        tried: set[ActId] = set()
        while letter := self._begin(frozenset(tried) | self._backoff.waiting()):
            tried.add(letter.act.act_id)
            self._leaves(letter.act)
            told(self._send(letter))
            if stop.is_set():
                raise CancelledError

    def _begin(self, held: frozenset[ActId]) -> Letter | None:
        """Commit `sending` for the oldest act that may leave."""
        with self._store.sessions.begin() as session:
            act = outbox.begin_sending(session, held=held)
            if act is None:
                return None
            view = assignments.get_assignment(session, act.assignment)
        version = view.view_version if view else 0
        return Letter(act=act, view_version=version, epoch=self._epoch)

    def _send(self, letter: Letter) -> Pushed:
        act = letter.act
        try:
            return self._deliver(letter)
        except (UncertainError, RefusedError):
            return self._lost(act)
        except OfflineError as offline:
            if offline.reason in NEVER_ARRIVED:
                self._put_back(act)
            else:
                self._lost(act, wait=False)
            raise
        except (RetryLaterError, UnauthorisedError, OtherEpochError):
            self._put_back(act)
            raise

    def _deliver(self, letter: Letter) -> Pushed:
        act = letter.act
        try:
            checked = self._platform.deliver(letter)
        except RefusedError as refusal:
            return self._refused(act, refusal.problem)
        with self._store.sessions.begin() as session:
            outbox.receive(session, act.act_id, kept(checked))
        self._backoff.answered(act.act_id)
        return _told(act, received=True)

    def _lost(self, act: Act, *, wait: bool = True) -> Pushed:
        """Keep an act whose answer nobody can believe: the same bytes again, later."""
        with self._store.sessions.begin() as session:
            outbox.lost_answer(session, act.act_id)
        if wait:
            self._backoff.failed(act.act_id)
        return _told(act, uncertain=True)

    def _put_back(self, act: Act) -> None:
        with self._store.sessions.begin() as session:
            outbox.put_back(session, act.act_id)

    def _refused(self, act: Act, problem: Problem) -> Pushed:
        """Draw the consequence of a problem document."""
        if problem.kind is ProblemKind.EPOCH_MISMATCH:
            raise OtherEpochError
        if problem.kind is ProblemKind.STALE_VIEW:
            return self._stale_view(act)
        if problem.status in NOT_THERE:
            return self._not_there(act, problem)
        if act.kind is ActKind.VOID:
            return self._void_refused(act, problem)
        if problem.kind is ProblemKind.VOIDED and act.kind is ActKind.REVIEW:
            with self._store.sessions.begin() as session:
                outbox.found_voided(session, act.act_id)
            return _told(act, refused=True)
        if problem.status in BODY_REFUSED and act.kind is ActKind.REVIEW:
            self._void_first(act, problem)
            return _told(act, refused=True)
        return self._to_attention(act, problem)

    def _to_attention(self, act: Act, problem: Problem) -> Pushed:
        reason = _ATTENTION.get(problem.kind) if problem.kind else None
        if reason is None and act.kind is not ActKind.REVIEW and problem.status in BODY_REFUSED:
            reason = AttentionReason.REFUSED
        if reason is None and problem.kind is ProblemKind.VOIDED:
            reason = AttentionReason.REFUSED
        if reason is None:
            return self._lost(act)
        stale = reason in (AttentionReason.STALE_PACKET, AttentionReason.STALE_RUBRIC)
        with self._store.sessions.begin() as session:
            outbox.refuse(session, act.act_id, reason, dump(problem))
            if stale:
                assignments.doubt(session, act.assignment)
        self._backoff.answered(act.act_id)
        return _told(act, refused=True)

    def _stale_view(self, act: Act) -> Pushed:
        """Let the same body go again after a pull, once; after that it waits its turn."""
        with self._store.sessions.begin() as session:
            outbox.put_back(session, act.act_id)
            assignments.doubt(session, act.assignment)
        if act.act_id in self._came_back:
            self._backoff.failed(act.act_id)
        self._came_back.add(act.act_id)
        return _told(act)

    def _not_there(self, act: Act, problem: Problem) -> Pushed:
        """Ask a snapshot whether the platform really knows no such assignment of this person.

        It lists withdrawn ones, too: what was seen in this epoch cannot vanish before the next, so
        who says so and leaves it out is behind the platform, and no act may end by such a word. A
        snapshot may leave something out: the assignment itself has to be unknown, too.
        """
        keep_views(self._store, self._platform.snapshot(), self._epoch)
        with self._store.sessions.begin() as session:
            was_seen = assignments.was_seen_in(session, act.assignment, self._epoch)
        if was_seen or self._is_there(act.assignment):
            return self._lost(act)
        with self._store.sessions.begin() as session:
            if act.kind is ActKind.VOID:
                voids.void_unknown(session, act.act_id)
            else:
                reason = (
                    AttentionReason.FORBIDDEN
                    if act.kind is ActKind.REVIEW
                    else AttentionReason.REFUSED
                )
                outbox.refuse(session, act.act_id, reason, dump(problem))
        self._backoff.answered(act.act_id)
        return _told(act, refused=True)

    def _is_there(self, assignment: AssignmentId) -> bool:
        try:
            self._platform.assignment(assignment)
        except RefusedError as refusal:
            return refusal.problem.kind is not ProblemKind.NOT_FOUND
        return True

    def _void_refused(self, act: Act, problem: Problem) -> Pushed:
        """A void can only be refused with the receipt of the review that counts.

        A restored database may not have its bytes any more, if the journal dropped them when the
        next revision was sealed: then the receipt only has to be about a review of that name.
        """
        receipt = problem.receipt
        if problem.kind is ProblemKind.CLOSED and receipt:
            with self._store.sessions.begin() as session:
                voided = outbox.get_act(session, ActId(str(act.review)))
            sha256 = voided.body_sha256 if voided else receipt.body_sha256
            checked = self._platform.checked(receipt, voided or _named_by(act), sha256)
            with self._store.sessions.begin() as session:
                voids.void_closed(session, self._store.journal, act.act_id, kept(checked))
            self._backoff.answered(act.act_id)
            return _told(act, received=True)
        return self._lost(act)

    def _void_first(self, act: Act, problem: Problem) -> None:
        """A body the platform cannot take is voided before the assessor hears of it."""
        if act.review is None:
            raise ValueError("a review act names its review")
        void_id = ActId(str(uuid.uuid4()))
        body = dump(
            ActBody(act=void_id, kind=ActKind.VOID, assignment=act.assignment, review=act.review)
        )
        with self._store.sessions.begin() as session:
            voids.void_refused(
                session,
                self._store.journal,
                act.review,
                void=voids.Void(void_id=void_id, body=body, now=self._clock.now()),
                reason=AttentionReason.REFUSED,
                problem=dump(problem),
            )
        self._backoff.answered(act.act_id)


def kept(checked: CheckedReceipt) -> KeptReceipt:
    """Return a checked receipt as the store keeps it."""
    receipt = checked.receipt
    return KeptReceipt(
        sequence=receipt.sequence,
        act=receipt.act,
        kind=receipt.kind,
        assignment=receipt.assignment,
        body_sha256=receipt.body_sha256,
        epoch=receipt.epoch,
        received_at=receipt.received_at,
        content=checked.content,
    )


def _named_by(void: Act) -> Act:
    return replace(void, act_id=ActId(str(void.review)), kind=ActKind.REVIEW)


def _told(
    act: Act,
    *,
    received: bool = False,
    refused: bool = False,
    uncertain: bool = False,
) -> Pushed:
    name = (act.act_id,)
    return Pushed(
        received=name if received else (),
        refused=name if refused else (),
        uncertain=name if uncertain else (),
        touched=frozenset({act.assignment}),
    )
