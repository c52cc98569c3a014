"""What the sync centre says of each act: state, reason, next step."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import hour_minute, moment
from assessor_app.usecases.outbox import OutboxLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ActState:
    """One row of the sync centre; `right` stands at the end of the first line."""

    key: str
    assignment: str
    icon: str
    tone: Tone
    submission: str
    title: str
    words: str
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionState:
    """One act that needs the assessor; `retry_key` is empty where sending again cannot help."""

    assignment: str
    submission: str
    title: str
    words: str
    retry_key: str = ""


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
        )
        for line in lines
        if line.receipt is not None and line.state is not OutboxState.VOIDED
    )


def attention(lines: tuple[OutboxLine, ...]) -> tuple[AttentionState, ...]:
    """Return what needs the assessor, with the reason and the next step."""
    return tuple(
        AttentionState(
            assignment=line.assignment,
            submission=line.submission or "",
            title=line.title,
            words=attention_words(line.attention, line.kind),
            retry_key=line.act if line.attention in _HELPED_BY_RETRY else "",
        )
        for line in lines
        if line.state is OutboxState.ATTENTION
    )


def attention_words(reason: AttentionReason | None, kind: ActKind = ActKind.REVIEW) -> str:
    """Return why an act needs the assessor, what is safe, and what to do."""
    what = _tr("review") if kind is ActKind.REVIEW else _tr("message")
    words = {
        AttentionReason.ALREADY_DECIDED: _tr(
            "The platform holds a review of yours for this packet already, from another device. "
            "This one is kept whole. Open it and compare."
        ),
        AttentionReason.CLOSED: _tr(
            "The packet was taken back or decided before your {0} arrived. "
            "It is kept whole on this laptop. Open it to see what you wrote."
        ),
        AttentionReason.STALE_PACKET: _tr(
            "The packet has a new version, so your {0} was not taken. It is kept whole. "
            "Open it, look at what changed, and seal it again."
        ),
        AttentionReason.STALE_RUBRIC: _tr(
            "The rubric has a new version, so your {0} was not taken. It is kept whole. "
            "Open it, look at what changed, and seal it again."
        ),
        AttentionReason.INVALID: _tr(
            "The platform found something in your {0} that it cannot take. It is kept whole. "
            "Open it, change it and seal it again."
        ),
        AttentionReason.FORBIDDEN: _tr(
            "The platform does not know this packet under your account. Your {0} is kept whole. "
            "Ask whoever lent you the packet, then try again."
        ),
        AttentionReason.REFUSED: _tr(
            "The platform refused your {0}. It is kept whole on this laptop. Try again, or ask "
            "whoever runs the platform."
        ),
    }
    return words[reason or AttentionReason.REFUSED].format(what)


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


_HELPED_BY_RETRY = (AttentionReason.FORBIDDEN, AttentionReason.REFUSED)


def _waiting(line: OutboxLine, *, is_offline: bool) -> ActState:
    icon, tone, words = _state(line, is_offline=is_offline)
    is_known = line.state is not OutboxState.AMBIGUOUS
    held = _tr("held") if is_offline and is_known else ""
    return ActState(
        key=line.act,
        assignment=line.assignment,
        icon=icon,
        tone=tone,
        submission=line.submission or "",
        title=line.title,
        words=words,
        right=held if is_known else _tr("not known"),
    )


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
