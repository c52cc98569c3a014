"""What the sync centre says of each act: state, reason, next step."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import hour_minute, moment
from assessor_app.usecases.outbox import OutboxLine


class RowAction(StrEnum):
    """What can be done with a row besides opening its packet."""

    NONE = "none"
    REOPEN = "reopen"
    ASK_NOW = "ask_now"
    COPY_RECEIPT = "copy_receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActState:
    """One row of the sync centre; `right` stands at the end of the first line.

    `action` is what can be done with it, if anything: `action_words` say so.
    """

    key: str
    assignment: str
    icon: str
    tone: Tone
    submission: str
    title: str
    words: str
    right: str = ""
    action: RowAction = RowAction.NONE
    action_words: str = ""

    @property
    def action_spoken(self) -> str:
        """What a screen reader says of the action."""
        return _tr("Space: {0}").format(self.action_words) if self.action_words else ""


def waiting(lines: tuple[OutboxLine, ...], *, is_offline: bool) -> tuple[ActState, ...]:
    """Return what is on its way, oldest first."""
    return tuple(
        _waiting(line, is_offline=is_offline)
        for line in lines
        if line.receipt is None and line.state not in (OutboxState.ATTENTION, OutboxState.VOIDED)
    )


def receipts(lines: tuple[OutboxLine, ...]) -> tuple[ActState, ...]:
    """Return what the platform holds; the newest first, as given."""
    return tuple(
        ActState(
            key=line.act,
            assignment=line.assignment,
            icon="circle-check",
            tone=Tone.OK,
            submission=line.submission or "",
            title=line.title,
            words=_tr("{0} received by the platform {1}").format(
                kind_word(line.kind), moment(line.receipt.received_at)
            ),
            right=_tr("Receipt {0}").format(line.receipt.sequence),
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


def _waiting(line: OutboxLine, *, is_offline: bool) -> ActState:
    icon, tone, words = _state(line, is_offline=is_offline)
    is_known = line.state is not OutboxState.AMBIGUOUS
    held = _tr("held") if is_offline and is_known else ""
    action, action_words = _action(line, is_offline=is_offline)
    return ActState(
        action=action,
        action_words=action_words,
        key=line.act,
        assignment=line.assignment,
        icon=icon,
        tone=tone,
        submission=line.submission or "",
        title=line.title,
        words=words,
        right=held if is_known else _tr("not known"),
    )


def _action(line: OutboxLine, *, is_offline: bool) -> tuple[RowAction, str]:
    if line.kind is ActKind.REVIEW and line.state in (OutboxState.SEALED, OutboxState.QUEUED):
        return RowAction.REOPEN, _tr("Reopen")
    is_waiting = line.state in (OutboxState.AMBIGUOUS, OutboxState.QUEUED)
    if is_waiting and not is_offline and line.tries:
        return RowAction.ASK_NOW, _tr("Ask now")
    return RowAction.NONE, ""


def _state(line: OutboxLine, *, is_offline: bool) -> tuple[str, Tone, str]:
    kind = kind_word(line.kind)
    sealed = hour_minute(line.sealed_at)
    if line.state is OutboxState.SENDING:
        return "send", Tone.ACCENT, _tr("{0} is being sent.").format(kind)
    if line.state is OutboxState.AMBIGUOUS:
        words = _tr("No receipt came. The platform is asked before it is sent again.")
        return "circle-question-mark", Tone.PLAIN, words
    if line.state is OutboxState.VOIDING:
        words = _tr("Being reopened. Its text is a draft again already.")
        return "lock-open", Tone.PLAIN, words
    if line.state is OutboxState.SEALED:
        return "lock", Tone.PLAIN, _sealed_words(line, sealed)
    if is_offline and line.tries == 0:
        words = _tr("{0}, {1}. Nothing of it has left this laptop.").format(kind, sealed)
        return "lock", Tone.PLAIN, words
    return "send", Tone.PLAIN, _tr("{0}, {1}. It leaves with the next sync.").format(kind, sealed)


def _sealed_words(line: OutboxLine, sealed: str) -> str:
    if line.grace_until is None:
        return _tr("Sealed {0}. You can reopen it until it leaves with the next sync.").format(
            sealed
        )
    until = hour_minute(line.grace_until)
    return _tr("Sealed {0}. You can reopen it until {1}.").format(sealed, until)


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
