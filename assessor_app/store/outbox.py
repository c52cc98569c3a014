"""The outbox: sealed work on its way, one function per transition. Voids are in `voids`."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, ReviewPlace, place_of
from assessor_app.domain.review import Review
from assessor_app.store import direct
from assessor_app.store.acts import (
    ACT,
    ENDED,
    Act,
    S,
    act_of,
    find_row,
    hash_of,
    known_row,
    step,
    take_receipt,
)
from assessor_app.store.ahead import write_ahead
from assessor_app.store.errors import IllegalTransitionError, SealedReviewError
from assessor_app.store.hold import HOLDS, is_held
from assessor_app.store.journal import DonationEntry, Journal, KeptReceipt, SealEntry
from assessor_app.store.reviews import Draft, get_draft, keep_text, take_up_again
from assessor_app.store.schema import AccountRow, AssignmentRow, DraftRow, OutboxRow

CLOCK_IS_WRONG = timedelta(hours=1)
"""A clock that is set back by so much was wrong; by less, a grace only ends so much later."""

_AFTER_LEAVING = (S.SENDING, S.AMBIGUOUS)
_READY = (S.QUEUED, S.AMBIGUOUS)
_SUPERSEDED = (S.VOIDING, S.VOIDED)
_JOURNALED = (ActKind.REVIEW, ActKind.VOID, ActKind.DONATE)
_VOID = aliased(OutboxRow)
_AWAITS_VOID = exists().where(
    _VOID.assignment == OutboxRow.assignment,
    _VOID.kind == ActKind.VOID,
    _VOID.state.not_in((S.RECEIVED, *ENDED)),
)
_MAY_LEAVE = (
    select(OutboxRow.act_id)
    .where(
        OutboxRow.state.in_(_READY),
        or_(OutboxRow.kind == ActKind.VOID, ~HOLDS),
        or_(OutboxRow.kind != ActKind.REVIEW, ~_AWAITS_VOID),
    )
    .order_by(OutboxRow.sequence)
)
_LIVE = select(OutboxRow.act_id).where(
    OutboxRow.assignment == bindparam("of"),
    OutboxRow.kind == ActKind.REVIEW,
    OutboxRow.state.not_in(_SUPERSEDED),
)
_RELEASE = (
    update(OutboxRow)
    .where(
        OutboxRow.state == S.SEALED,
        or_(
            OutboxRow.grace_until.is_(None),
            OutboxRow.grace_until <= bindparam("now"),
            OutboxRow.sealed_at > bindparam("later"),
        ),
        ~HOLDS,
    )
    .values(state=S.QUEUED)
)
_DURABLE = (
    update(AccountRow)
    .where(AccountRow.epoch == bindparam("of"))
    .values(durable_upto=func.max(AccountRow.durable_upto, bindparam("upto")))
)
_SETTLE = (
    update(OutboxRow)
    .where(
        OutboxRow.state == S.RECEIVED,
        OutboxRow.receipt_epoch == bindparam("of"),
        OutboxRow.receipt_sequence <= bindparam("upto"),
    )
    .values(state=S.SETTLED)
)
_INTERRUPTED = (
    update(OutboxRow).where(OutboxRow.state == S.SENDING).values(state=S.AMBIGUOUS, in_doubt=True)
)


@dataclass(frozen=True, slots=True)
class Places:
    """How many reviews are in each of the three places. `is_held`: the outbox is held."""

    laptop: int
    outbox: int
    received: int
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """What a seal adds to a review. `grace_until` None: it stays until the next sync."""

    act_id: ReviewId
    body: bytes = field(repr=False)
    now: datetime
    grace_until: datetime | None = None


def seal(session: Session, journal: Journal, review: Review, sealing: Sealing) -> Act:
    """Freeze a review: journal first, then draft and outbox row in the caller's transaction.

    Raises:
        SealedReviewError: A revision of it is sealed, or waits for attention, already.
        DiskFullError: Nothing was sealed.
    """
    if direct.value(session, _LIVE, {"of": review.assignment}):
        raise SealedReviewError(review.assignment)
    keep_text(session, review, sealed_as=sealing.act_id, now=sealing.now)
    entry = SealEntry(
        act=sealing.act_id,
        review=review,
        body=sealing.body,
        sealed_at=sealing.now,
        grace_until=sealing.grace_until,
    )
    row = row_of_seal(entry, S.SEALED)
    session.add(row)
    session.flush()
    write_ahead(session, journal, entry)
    return act_of(row)


def row_of_seal(entry: SealEntry, state: OutboxState) -> OutboxRow:
    """Return the row of a sealed review."""
    return OutboxRow(
        act_id=entry.act,
        kind=ActKind.REVIEW,
        assignment=entry.review.assignment,
        review=entry.act,
        body=entry.body,
        body_sha256=hash_of(entry.body),
        sealed_at=entry.sealed_at,
        state=state,
        grace_until=entry.grace_until,
    )


def put_act(
    session: Session,
    *,
    act_id: ActId,
    kind: ActKind,
    assignment: AssignmentId,
    body: bytes,
    now: datetime,
) -> Act:
    """Queue a lease, return, recusal, flag or question."""
    if kind in _JOURNALED:
        raise ValueError(f"{kind} has a function of its own")
    row = OutboxRow(
        act_id=act_id,
        kind=kind,
        assignment=assignment,
        body=body,
        body_sha256=hash_of(body),
        sealed_at=now,
        state=S.QUEUED,
    )
    session.add(row)
    session.flush()
    return act_of(row)


def donate(
    session: Session,
    journal: Journal,
    review: ReviewId,
    *,
    act_id: ActId,
    body: bytes,
    now: datetime,
) -> Act:
    """Give a review that came too late to the lead, as an independent second read.

    Raises:
        IllegalTransitionError: The review was not refused because its assignment is closed.
    """
    late = find_row(session, review)
    if late.state is not S.ATTENTION or late.reason is not AttentionReason.CLOSED:
        raise IllegalTransitionError(ActId(review), late.state, S.QUEUED)
    entry = DonationEntry(
        act=act_id,
        review=review,
        assignment=AssignmentId(late.assignment),
        body=body,
        sealed_at=now,
    )
    row = row_of_donation(entry, S.QUEUED)
    session.add(row)
    session.flush()
    write_ahead(session, journal, entry)
    return act_of(row)


def row_of_donation(entry: DonationEntry, state: OutboxState) -> OutboxRow:
    """Return the row of a donation."""
    return OutboxRow(
        act_id=entry.act,
        kind=ActKind.DONATE,
        assignment=entry.assignment,
        review=entry.review,
        body=entry.body,
        body_sha256=hash_of(entry.body),
        sealed_at=entry.sealed_at,
        state=state,
    )


def release(session: Session, *, now: datetime) -> int:
    """Queue every sealed review whose grace is over, at the start of a round. Return how many.

    What was sealed later than now was sealed by a wrong clock, and would never leave. What is held
    stays sealed.
    """
    return direct.change(session, _RELEASE, {"now": now, "later": now + CLOCK_IS_WRONG})


def begin_sending(session: Session, *, held: Collection[str] = ()) -> Act | None:
    """Return the oldest act that may leave, marked as leaving: commit before the first byte does.

    `held` are acts in back-off. No review leaves while a void of its assignment is unanswered, and
    nothing but voids while the assessor holds the outbox.
    """
    ready = (act_id for act_id in direct.values(session, _MAY_LEAVE) if act_id not in held)
    oldest = next(ready, None)
    if oldest is None:
        return None
    row = find_row(session, oldest)
    step(row, S.SENDING, among=_READY)
    row.tries += 1
    return act_of(row)


def lost_answer(session: Session, act_id: ActId) -> None:
    """Note that the bytes may have arrived: `sending → ambiguous`."""
    row = find_row(session, act_id)
    step(row, S.AMBIGUOUS, among=(S.SENDING,))
    row.in_doubt = True


def put_back(session: Session, act_id: ActId) -> None:
    """Note that this try surely had no effect; an earlier one may have had."""
    row = find_row(session, act_id)
    step(row, S.AMBIGUOUS if row.in_doubt else S.QUEUED, among=(S.SENDING,))


def receive(session: Session, act_id: ActId, receipt: KeptReceipt) -> None:
    """Note that the platform holds an act; a void's receipt ends its review too.

    Raises:
        WrongReceiptError: The receipt is not about exactly these bytes.
    """
    row = find_row(session, act_id)
    take_receipt(row, receipt, among=_AFTER_LEAVING)
    if row.kind is ActKind.VOID:
        end_review(session, row)


def end_review(session: Session, void: OutboxRow) -> None:
    """Bring the review of an answered void to its end: voided, or attention with its reason."""
    review = known_row(session, void.review)
    if review is None or review.state is not S.VOIDING:
        return
    waiting = review.reason, review.problem
    step(review, S.VOIDED if review.reason is None else S.ATTENTION, among=(S.VOIDING,))
    review.reason, review.problem = waiting


def refuse(
    session: Session, act_id: ActId, reason: AttentionReason, problem: bytes | None = None
) -> None:
    """Put an act before the assessor, whole, with the reason and the platform's problem."""
    row = find_row(session, act_id)
    step(row, S.ATTENTION, among=(S.QUEUED, *_AFTER_LEAVING))
    row.reason, row.problem = reason, problem


def found_voided(session: Session, act_id: ActId) -> None:
    """Note that the platform holds a tombstone of this review: its text is a draft again."""
    row = find_row(session, act_id)
    step(row, S.VOIDED, among=_AFTER_LEAVING if row.kind is ActKind.REVIEW else ())
    take_up_again(session, AssignmentId(row.assignment), ReviewId(act_id))


def retry(session: Session, act_id: ActId) -> None:
    """Send an act that waited for attention once more, because the assessor says so."""
    step(find_row(session, act_id), S.QUEUED, among=(S.ATTENTION,))


def settle(session: Session, *, durable_upto: int, epoch: Epoch) -> int:
    """Settle what every backup of the current epoch holds. Return how many acts that were."""
    told = {"of": epoch, "upto": durable_upto}
    return direct.change(session, _SETTLE, told) if direct.change(session, _DURABLE, told) else 0


def find_interrupted(session: Session) -> int:
    """At start: what was leaving when the process ended is ambiguous. Return how many."""
    return direct.change(session, _INTERRUPTED)


def get_act(session: Session, act_id: ActId) -> Act | None:
    """Return an act, or None."""
    row = direct.row(session, ACT, {"act_id": act_id})
    return None if row is None else act_of(row)


def list_acts(
    session: Session,
    *,
    assignment: AssignmentId | None = None,
    states: Collection[OutboxState] = (),
) -> tuple[Act, ...]:
    """Return acts in order of sealing, of one assignment or all, in some states or any."""
    wanted = select(OutboxRow).order_by(OutboxRow.sequence)
    if assignment is not None:
        wanted = wanted.where(OutboxRow.assignment == assignment)
    if states:
        wanted = wanted.where(OutboxRow.state.in_(states))
    return tuple(act_of(row) for row in session.scalars(wanted))


def list_attention(session: Session) -> tuple[Act, ...]:
    """Return the acts that wait for the assessor. A donated review waits no more."""
    donation = aliased(OutboxRow)
    donated = exists().where(
        donation.kind == ActKind.DONATE,
        donation.review == OutboxRow.act_id,
        donation.state != S.ATTENTION,
    )
    wanted = select(OutboxRow).where(OutboxRow.state == S.ATTENTION, ~donated)
    return tuple(act_of(row) for row in session.scalars(wanted.order_by(OutboxRow.sequence)))


def list_stranded_drafts(session: Session) -> tuple[Draft, ...]:
    """Return unsealed drafts that cannot be sealed: withdrawn, or the platform counts another."""
    decided = exists().where(
        OutboxRow.assignment == DraftRow.assignment,
        OutboxRow.kind == ActKind.REVIEW,
        OutboxRow.state.in_((S.RECEIVED, S.SETTLED)),
    )
    closed = exists().where(
        AssignmentRow.id == DraftRow.assignment, AssignmentRow.state != AssignmentState.OPEN
    )
    wanted = select(DraftRow.assignment).where(DraftRow.sealed_as.is_(None), or_(decided, closed))
    found = (get_draft(session, AssignmentId(each)) for each in session.scalars(wanted).all())
    return tuple(draft for draft in found if draft is not None)


def count_places(session: Session) -> Places:
    """Return how many reviews are on this laptop only, in the outbox, and received.

    One that was given as a second read is where the gift is.
    """
    gift = aliased(OutboxRow)
    given = (
        select(gift.state)
        .where(
            OutboxRow.state == S.ATTENTION,
            gift.kind == ActKind.DONATE,
            gift.review == OutboxRow.act_id,
            gift.state != S.ATTENTION,
        )
        .order_by(gift.sequence.desc())
        .limit(1)
        .correlate(OutboxRow)
        .scalar_subquery()
    )
    where = func.coalesce(given, OutboxRow.state)
    unsealed = select(func.count()).select_from(DraftRow).where(DraftRow.sealed_as.is_(None))
    states = select(where, func.count()).where(
        OutboxRow.kind == ActKind.REVIEW, OutboxRow.state != S.VOIDED
    )
    counts = dict.fromkeys(ReviewPlace, 0)
    counts[ReviewPlace.LAPTOP] = session.scalar(unsealed) or 0
    for state, number in session.execute(states.group_by(where)):
        counts[place_of(S(state))] += number
    return Places(
        laptop=counts[ReviewPlace.LAPTOP],
        outbox=counts[ReviewPlace.OUTBOX],
        received=counts[ReviewPlace.RECEIVED],
        is_held=is_held(session),
    )
