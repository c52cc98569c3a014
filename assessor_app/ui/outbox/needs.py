"""What the sync centre says of each act that needs the assessor: why, what is safe, what next."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.ui.outbox.brief import brief_draft_words, brief_words
from assessor_app.ui.when import moment
from assessor_app.usecases.outbox import InvalidField, OutboxLine, StrandedDraft, Twin


class Step(StrEnum):
    """The first way on."""

    OPEN = "open"
    VERSIONS = "versions"
    DONATE = "donate"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionState:
    """One act or draft that needs the assessor.

    `brief` says in one line why; `key` is the act, empty for a draft; `retry_key` is empty where
    sending again cannot help; `criterion` is where something is to be mended; `can_put_away`: its
    packet is closed.
    """

    key: str = ""
    assignment: str
    submission: str
    title: str
    words: str
    brief: str = ""
    step: Step = Step.OPEN
    step_words: str = ""
    criterion: str = ""
    retry_key: str = ""
    can_export: bool = False
    can_put_away: bool = False
    details: str = ""


def attention(
    lines: tuple[OutboxLine, ...], stranded: tuple[StrandedDraft, ...] = ()
) -> tuple[AttentionState, ...]:
    """Return what needs the assessor, with the reason and the next step."""
    waiting = [
        line
        for line in lines
        if line.state is OutboxState.ATTENTION and not (line.is_donated or line.is_put_away)
    ]
    taken = {line.assignment for line in waiting}
    drafts = (
        draft for draft in stranded if draft.assignment not in taken and not draft.is_put_away
    )
    return (*(_state(line) for line in waiting), *(_draft(draft) for draft in drafts))


def attention_words(reason: AttentionReason | None, kind: ActKind = ActKind.REVIEW) -> str:
    """Return why an act needs the assessor, what is safe, and what to do."""
    what = _tr("review") if kind is ActKind.REVIEW else _tr("message")
    words = {
        AttentionReason.ALREADY_DECIDED: _tr(
            "The platform holds a review of yours for this packet already, from another device. "
            "This one is kept whole. Open it and compare."
        ),
        AttentionReason.CLOSED: _tr(
            "The packet was taken back or decided before your {0} arrived. It is kept whole. "
            "You can give it to the lead as an independent second read, or open it."
        ),
        AttentionReason.STALE_PACKET: _tr(
            "The packet has a new version, so your {0} was not taken. It is kept whole. "
            "See what changed; the rest is carried over, and you seal it again."
        ),
        AttentionReason.STALE_RUBRIC: _tr(
            "The rubric has a new version, so your {0} was not taken. It is kept whole. "
            "See what changed; the rest is carried over, and you seal it again."
        ),
        AttentionReason.INVALID: _tr(
            "The platform found something in your {0} that it cannot take. It is kept whole. "
            "Open it there, reopen it, change it and seal it again."
        ),
        AttentionReason.FORBIDDEN: _tr(
            "The platform does not know this packet under your account. Your {0} is kept whole. "
            "Ask whoever lent you the packet, then try again."
        ),
        AttentionReason.REFUSED: _tr(
            "The platform cannot take your {0} as it is. It is kept whole. "
            "Ask whoever runs the platform, change it and seal it again, or export it."
        ),
    }
    return words[reason or AttentionReason.REFUSED].format(what)


def _body_words() -> dict[int, str]:
    """Return what a refusal means that is about the form of the body, by its status."""
    return {
        413: _tr(
            "Your review is longer than the platform takes, so it does not count there. It is kept "
            "whole. "
            "Shorten the feedback and seal it again, or export it."
        ),
        426: _tr(
            "The platform takes reviews from a newer Assessor only, so it does not count there. "
            "It is kept whole. Install the newer version, then seal it again, or export it."
        ),
    }


_STALE = (AttentionReason.STALE_PACKET, AttentionReason.STALE_RUBRIC)


def _state(line: OutboxLine) -> AttentionState:
    is_review = line.kind is ActKind.REVIEW
    step, step_words = _step(line)
    words = attention_words(line.attention, line.kind)
    if line.problem is not None and line.attention is AttentionReason.REFUSED:
        words = _body_words().get(line.problem.status, words)
    if line.twin is not None:
        words = _twin_words(line.twin)
    if not is_review and line.attention is AttentionReason.REFUSED:
        words = _tr("The platform cannot take your message as it is. It is kept whole. ") + _tr(
            "Ask whoever runs the platform, then try again."
        )
    if not is_review and line.attention is AttentionReason.CLOSED:
        words = _tr("The packet was taken back or decided before your message arrived. ") + _tr(
            "It is kept whole. Open it to see what you wrote."
        )
    return AttentionState(
        key=line.act,
        assignment=line.assignment,
        submission=line.submission or "",
        title=line.title,
        words=words,
        brief=brief_words(line),
        step=step,
        step_words=step_words,
        criterion=next((str(own.criterion) for own in line.invalid if own.criterion), ""),
        retry_key=line.act if _is_helped_by_retry(line) else "",
        can_export=is_review,
        can_put_away=line.can_be_put_away,
        details=_details(line),
    )


def _is_helped_by_retry(line: OutboxLine) -> bool:
    """Return whether sending the same again can help; a review refused for its form is void."""
    is_message = line.kind is not ActKind.REVIEW
    return line.attention is AttentionReason.FORBIDDEN or (
        line.attention is AttentionReason.REFUSED and is_message
    )


def _step(line: OutboxLine) -> tuple[Step, str]:
    if line.kind is ActKind.REVIEW and line.attention in _STALE:
        return Step.VERSIONS, _tr("See what changed")
    if line.kind is ActKind.REVIEW and line.attention is AttentionReason.CLOSED:
        return Step.DONATE, _tr("Give it to the lead")
    if line.attention is AttentionReason.INVALID:
        return Step.OPEN, _tr("Open it there")
    return Step.OPEN, _tr("Open it")


def _twin_words(twin: Twin) -> str:
    held = _tr("The platform counts another review of yours, receipt {0} of {1}.").format(
        twin.sequence, moment(twin.received_at)
    )
    if twin.is_equal:
        equal = _tr("Both say the same, word for word, so nothing is to be done. ")
        return f"{held} {equal}" + _tr("This one is kept whole; open it to read it.")
    other = _tr("This one says something else and is kept whole. ")
    return f"{held} {other}" + _tr("Open it, and tell the lead if it should count instead.")


def _details(line: OutboxLine) -> str:
    """Return what the platform said, without a word of the review."""
    said = [_field(own) for own in line.invalid]
    if line.twin is not None:
        said.append(_tr("This review: {0}").format(line.act))
        said.append(_tr("The one that counts: {0}").format(line.twin.review))
    if line.problem is not None:
        said.append(f"{line.problem.status} {line.problem.type}")
    return "\n".join(said)


def _field(own: InvalidField) -> str:
    return f"{own.pointer}: {own.problem}"


def _draft(draft: StrandedDraft) -> AttentionState:
    words = _tr("The packet was taken back before you sealed your review. ")
    if draft.is_decided:
        words = _tr("The platform counts a review of yours for this packet already. ")
    return AttentionState(
        assignment=draft.assignment,
        submission=draft.submission or "",
        title=draft.title,
        words=words + _tr("Your draft is kept whole. Open it, export it, or put it away."),
        brief=brief_draft_words(draft),
        step_words=_tr("Open it"),
        can_export=True,
        can_put_away=True,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
