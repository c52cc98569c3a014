"""What the sync centre says of each act: state, reason, next step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.ui.amounts import part_of
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import clock_time, moment, near
from assessor_app.usecases.outbox import OutboxLine, StrandedDraft

THIN = "\u202f"
"""Between the thousands of a number."""
COUNTED_S = 90
"""So near, the time of the next try is counted in seconds."""


class RowAction(StrEnum):
    """What can be done with a row besides opening its packet."""

    NONE = "none"
    REOPEN = "reopen"
    ASK_NOW = "ask_now"
    COPY_RECEIPT = "copy_receipt"
    BRING_BACK = "bring_back"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The act that is leaving this moment, and how many of its bytes are on their way."""

    act: str
    sent_bytes: int
    body_bytes: int

    @property
    def share(self) -> float:
        """How much of it that is, from 0 to 1."""
        return min(self.sent_bytes / max(self.body_bytes, 1), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the network does to the acts that wait.

    `asks` says when the back-off of an act ends, `next_round` when the next round comes; None: not
    by itself.
    """

    now: datetime
    is_offline: bool = False
    leaving: Leaving | None = None
    asks: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    next_round: datetime | None = None

    def asks_at(self, act: str) -> datetime | None:
        """Return when an act without a receipt is sent again by itself."""
        if self.next_round is None:
            return None
        return max(self.asks.get(act, self.next_round), self.next_round)

    def counts(self, lines: tuple[OutboxLine, ...]) -> bool:
        """Return whether a row counts seconds."""
        waiting = (line for line in lines if line.state is OutboxState.AMBIGUOUS)
        times = (self.asks_at(line.act) for line in waiting)
        return any(at is not None and (at - self.now).total_seconds() < COUNTED_S for at in times)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActState:
    """One row of the sync centre; `right` stands at its right end.

    `action` is what can be done with it, if anything: `action_words` say so. `share` is how much
    of it is on its way.
    """

    key: str
    assignment: str
    icon: str
    tone: Tone
    submission: str
    title: str
    words: str
    right: str = ""
    share: float | None = None
    action: RowAction = RowAction.NONE
    action_words: str = ""
    can_export: bool = False
    can_put_away: bool = False

    @property
    def action_spoken(self) -> str:
        """What a screen reader says of the action where the row is painted."""
        return _tr("Space: {0}").format(self.action_words) if self.action_words else ""

    @property
    def spoken(self) -> str:
        """What a screen reader says of the row."""
        said = (self.submission, self.title, self.words, self.right)
        return ", ".join(part for part in said if part)


def waiting(lines: tuple[OutboxLine, ...], outlook: Outlook) -> tuple[ActState, ...]:
    """Return what is on its way, oldest first."""
    return tuple(
        _waiting(line, outlook)
        for line in lines
        if line.receipt is None and line.state not in (OutboxState.ATTENTION, OutboxState.VOIDED)
    )


def receipts(lines: tuple[OutboxLine, ...], now: datetime) -> tuple[ActState, ...]:
    """Return what the platform holds; the newest first, as given."""
    return tuple(
        ActState(
            key=line.act,
            assignment=line.assignment,
            icon="circle-check",
            tone=Tone.OK,
            submission=line.submission or "",
            title=line.title,
            words=_received(line.kind, line.receipt.received_at, now),
            right=_tr("Receipt {0}").format(f"{line.receipt.sequence:,}".replace(",", THIN)),
            action=RowAction.COPY_RECEIPT,
            action_words=_tr("Copy"),
        )
        for line in lines
        if line.receipt is not None and line.state is not OutboxState.VOIDED
    )


def ended(lines: tuple[OutboxLine, ...]) -> tuple[ActState, ...]:
    """Return what came to its end without a receipt: reopened, or given as a second read."""
    return tuple(
        ActState(
            key=line.act,
            assignment=line.assignment,
            icon="archive",
            tone=Tone.PLAIN,
            submission=line.submission or "",
            title=line.title,
            words=_tr("{0}, {1}. Given to the lead as an independent second read.").format(
                kind_word(line.kind), moment(line.sealed_at)
            )
            if line.is_donated
            else _tr("{0}, {1}. Reopened; it counts nowhere.").format(
                kind_word(line.kind), moment(line.sealed_at)
            ),
        )
        for line in lines
        if line.is_donated or line.state is OutboxState.VOIDED
    )


def put_away(
    lines: tuple[OutboxLine, ...], stranded: tuple[StrandedDraft, ...]
) -> tuple[ActState, ...]:
    """Return what the assessor put away; without a key it is a draft."""
    acts = (
        _put_away(line, line.act, f"{kind_word(line.kind)}, {moment(line.sealed_at)}.")
        for line in lines
        if line.is_put_away
    )
    drafts = (
        _put_away(draft, "", _tr("Draft, {0}.").format(moment(draft.saved_at)))
        for draft in stranded
        if draft.is_put_away
    )
    return (*acts, *drafts)


def kind_word(kind: ActKind) -> str:
    """Return what an act is called at the beginning of a sentence."""
    words = {
        ActKind.REVIEW: _tr("Review"),
        ActKind.VOID: _tr("Reopening"),
        ActKind.LEASE: _tr("Lending"),
        ActKind.RETURN: _tr("Return"),
        ActKind.RECUSE: _tr("Recusal"),
        ActKind.FLAG: _tr("Report"),
        ActKind.ASK: _tr("Question to the lead"),
        ActKind.DONATE: _tr("Second read given"),
    }
    return words[kind]


def _put_away(own: OutboxLine | StrandedDraft, key: str, words: str) -> ActState:
    return ActState(
        key=key,
        assignment=own.assignment,
        icon="archive",
        tone=Tone.PLAIN,
        submission=own.submission or "",
        title=own.title,
        words=f"{words} " + _tr("Put away by you; kept whole on this laptop."),
        action=RowAction.BRING_BACK,
        action_words=_tr("Bring back"),
    )


def _received(kind: ActKind, at: datetime, now: datetime) -> str:
    is_today = at.astimezone().date() == now.astimezone().date()
    when = clock_time(at) if is_today else moment(at)
    if kind is ActKind.REVIEW:
        return _tr("Received by the platform {0}").format(when)
    return _tr("{0} received by the platform {1}").format(kind_word(kind), when)


def _waiting(line: OutboxLine, outlook: Outlook) -> ActState:
    leaving = outlook.leaving if outlook.leaving and outlook.leaving.act == line.act else None
    icon, tone, words = _leaving(line, leaving) if leaving else _state(line, outlook)
    action, action_words = (RowAction.NONE, "") if leaving else _action(line, outlook)
    return ActState(
        key=line.act,
        assignment=line.assignment,
        icon=icon,
        tone=tone,
        submission=line.submission or "",
        title=line.title,
        words=words,
        right=_tr("{0} %").format(int(leaving.share * 100)) if leaving else _right(line, outlook),
        share=leaving.share if leaving else None,
        action=action,
        action_words=action_words,
        can_export=line.kind is ActKind.REVIEW and line.state is not OutboxState.VOIDING,
    )


def _right(line: OutboxLine, outlook: Outlook) -> str:
    if line.is_held:
        return _tr("held")
    if not outlook.is_offline or line.state is OutboxState.SENDING:
        return ""
    return _tr("not known") if line.state is OutboxState.AMBIGUOUS else _tr("held")


def _action(line: OutboxLine, outlook: Outlook) -> tuple[RowAction, str]:
    if line.kind is ActKind.REVIEW and line.state in (OutboxState.SEALED, OutboxState.QUEUED):
        return RowAction.REOPEN, _tr("Reopen")
    is_waiting = line.state in (OutboxState.AMBIGUOUS, OutboxState.QUEUED)
    if is_waiting and line.tries and not outlook.is_offline and not line.is_held:
        return RowAction.ASK_NOW, _tr("Ask now")
    return RowAction.NONE, ""


def _leaving(line: OutboxLine, leaving: Leaving) -> tuple[str, Tone, str]:
    tries = line.tries if line.state is OutboxState.SENDING else line.tries + 1
    which = _tr("first try") if tries == 1 else _tr("try {0}").format(tries)
    amount = part_of(leaving.sent_bytes, leaving.body_bytes)
    return "send", Tone.ACCENT, _tr("Sending, {0}, {1}").format(which, amount)


def _state(line: OutboxLine, outlook: Outlook) -> tuple[str, Tone, str]:
    kind, sealed = kind_word(line.kind), near(line.sealed_at, outlook.now)
    if line.state is OutboxState.SENDING:
        return "send", Tone.ACCENT, _tr("{0} is being sent.").format(kind)
    if line.state is OutboxState.AMBIGUOUS:
        return _unanswered(line, outlook)
    if line.state is OutboxState.VOIDING:
        words = _tr("Being reopened. Its text is a draft again already.")
        return "lock-open", Tone.PLAIN, words
    began = _tr("{0}, {1}.").format(kind, sealed)
    if line.kind is ActKind.REVIEW:
        began = _tr("Sealed {0}.").format(sealed)
    icon, words = "send", f"{began} " + _tr("It leaves with the next sync.")
    if line.is_held:
        words = f"{began} " + _tr("You hold it: it leaves once you send all.")
        icon = "hand"
    elif line.state is OutboxState.SEALED:
        icon, words = "lock", _sealed_words(line, outlook)
    elif outlook.is_offline and line.tries == 0:
        words = f"{began} " + _tr("Nothing of it has left this laptop.")
        icon = "lock"
    return icon, Tone.PLAIN, words


def _unanswered(line: OutboxLine, outlook: Outlook) -> tuple[str, Tone, str]:
    """Return what stands beside an act that may have arrived."""
    if line.is_held:
        words = _tr("No receipt came, so it may have arrived. It is asked for once you send all.")
        return "hand", Tone.PLAIN, words
    if outlook.is_offline:
        words = _tr("No receipt came, so it may have arrived. It is asked for with the next sync.")
        return "circle-question-mark", Tone.PLAIN, words
    return "clock", Tone.PLAIN, _asking(outlook.asks_at(line.act), outlook.now)


def _asking(at: datetime | None, now: datetime) -> str:
    if at is None:
        return _tr("No answer came. The receipt is asked for with the next sync.")
    left = ceil((at - now).total_seconds())
    if left <= 0:
        return _tr("No answer came. Asking for the receipt again now.")
    if left < COUNTED_S:
        return _tr("No answer came. Asking for the receipt again in {0} s.").format(left)
    return _tr("No answer came. Asking for the receipt again at {0}.").format(near(at, now))


def _sealed_words(line: OutboxLine, outlook: Outlook) -> str:
    sealed = near(line.sealed_at, outlook.now)
    if line.grace_until is None:
        return _tr("Sealed {0}. You can reopen it until it leaves with the next sync.").format(
            sealed
        )
    until = near(line.grace_until, outlook.now)
    return _tr("Sealed {0}. You can reopen it until {1}.").format(sealed, until)


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
