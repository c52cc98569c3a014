"""What the journal knows and the database does not: replayed at every start.

A seal missing in the database returns as `ambiguous`, a void as `voiding`, a void refused with 410
not at all, and a reopening without a sealed successor as a draft with the old text.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId, ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.store.acts import S, known_row
from assessor_app.store.columns import to_json
from assessor_app.store.hold import keep_hold
from assessor_app.store.journal import (
    BindingEntry,
    ClosedEntry,
    DonationEntry,
    Entry,
    HoldEntry,
    Journal,
    KeptReceipt,
    SealEntry,
    VoidCause,
    VoidEntry,
)
from assessor_app.store.outbox import row_of_donation, row_of_seal
from assessor_app.store.reviews import keep_text, take_up_again
from assessor_app.store.schema import AccountRow, OutboxRow
from assessor_app.store.voids import apply_closed, await_void, row_of_void

_UNAWARE = (S.SEALED, S.QUEUED, S.SENDING, S.AMBIGUOUS, S.RECEIVED, S.ATTENTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came back from the journal. All empty at an ordinary start."""

    seals: tuple[ReviewId, ...] = ()
    voids: tuple[ActId, ...] = ()
    donations: tuple[ActId, ...] = ()
    closed: tuple[ActId, ...] = ()


def replay(session: Session, journal: Journal, *, now: datetime) -> Replayed:
    """Make the database say what the journal says, wherever the database knows less."""
    entries = tuple(entry for _, entry in journal.entries())
    knowledge = _Knowledge(session, entries, now)
    for entry in entries:
        knowledge.learn(entry)
    session.flush()
    return knowledge.learnt()


def drop_superseded(journal: Journal) -> None:
    """Drop the text of every voided seal with a sealed successor, and every hold but the last."""
    entries = journal.entries()
    refused = {entry.act for _, entry in entries if isinstance(entry, ClosedEntry)}
    voided = {
        entry.review
        for _, entry in entries
        if isinstance(entry, VoidEntry) and entry.act not in refused
    }
    seals = [(handle, entry) for handle, entry in entries if isinstance(entry, SealEntry)]
    newest = {entry.review.assignment: entry.act for _, entry in seals}
    for handle, entry in seals:
        if entry.act in voided and newest[entry.review.assignment] != entry.act:
            journal.drop(handle)
    for handle in [handle for handle, entry in entries if isinstance(entry, HoldEntry)][:-1]:
        journal.drop(handle)


class _Knowledge:
    """The database while it learns what the journal says, entry by entry."""

    def __init__(self, session: Session, entries: tuple[Entry, ...], now: datetime) -> None:
        self._session = session
        self._now = now
        self._refused = {entry.act for entry in entries if isinstance(entry, ClosedEntry)}
        self._known = set(session.scalars(select(OutboxRow.act_id)))
        voids = select(OutboxRow.review).where(OutboxRow.kind == ActKind.VOID)
        self._voided = set(session.scalars(voids))
        self._learnt: dict[type[Entry], list[str]] = {
            SealEntry: [],
            VoidEntry: [],
            DonationEntry: [],
            ClosedEntry: [],
        }

    def learnt(self) -> Replayed:
        """Return what was news."""
        return Replayed(
            seals=tuple(ReviewId(act) for act in self._learnt[SealEntry]),
            voids=tuple(ActId(act) for act in self._learnt[VoidEntry]),
            donations=tuple(ActId(act) for act in self._learnt[DonationEntry]),
            closed=tuple(ActId(act) for act in self._learnt[ClosedEntry]),
        )

    def learn(self, entry: Entry) -> None:
        """Take one entry in, if it is news."""
        match entry:
            case BindingEntry():
                self._bind(entry)
            case SealEntry():
                self._seal(entry)
            case VoidEntry():
                self._void(entry)
            case DonationEntry():
                self._donation(entry)
            case ClosedEntry():
                self._closed(entry.act, entry.receipt)
            case HoldEntry():
                keep_hold(self._session, holds=entry.holds)

    def _bind(self, entry: BindingEntry) -> None:
        row = self._session.get(AccountRow, 1)
        if row is None:
            row = AccountRow(
                platform_url=entry.platform_url,
                account=entry.account,
                receipt_key=entry.receipt_key,
                roles=to_json(()),
                own_words=to_json(()),
            )
            self._session.add(row)
        row.receipt_key = entry.receipt_key

    def _seal(self, entry: SealEntry) -> None:
        if entry.act in self._known or entry.act in self._voided:
            return
        self._add(row_of_seal(entry, S.AMBIGUOUS), entry)
        keep_text(self._session, entry.review, sealed_as=entry.act, now=self._now)

    def _void(self, entry: VoidEntry) -> None:
        if entry.act in self._known or entry.act in self._refused:
            return
        self._add(row_of_void(entry, S.AMBIGUOUS), entry)
        review = known_row(self._session, entry.review)
        if review is not None and review.state in _UNAWARE:
            await_void(review, reason=entry.reason, problem=entry.problem)
        if entry.cause is VoidCause.REOPENED:
            self._reopen(entry, review)

    def _reopen(self, entry: VoidEntry, review: OutboxRow | None) -> None:
        """Make the text a draft; what the platform had against it matters no more."""
        if review is not None and review.state is S.VOIDING:
            review.reason = review.problem = None
        take_up_again(self._session, entry.assignment, entry.review)

    def _donation(self, entry: DonationEntry) -> None:
        if entry.act not in self._known:
            self._add(row_of_donation(entry, S.AMBIGUOUS), entry)

    def _closed(self, void_id: ActId, receipt: KeptReceipt) -> None:
        void = known_row(self._session, void_id)
        if void is None:
            return
        review = known_row(self._session, receipt.act)
        if review is not None and review.state is not S.VOIDING:
            review.state = S.VOIDING
        apply_closed(self._session, void, receipt)
        self._learnt[ClosedEntry].append(void_id)

    def _add(self, row: OutboxRow, entry: SealEntry | VoidEntry | DonationEntry) -> None:
        row.in_doubt = True
        self._session.add(row)
        self._session.flush()
        self._learnt[type(entry)].append(entry.act)
