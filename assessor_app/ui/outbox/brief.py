"""What needs the assessor in one line, for where something more urgent stands above it."""

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.outbox import AttentionReason
from assessor_app.usecases.outbox import OutboxLine, StrandedDraft


def brief_words(line: OutboxLine) -> str:
    """Return why an act needs the assessor."""
    if line.twin is not None and line.twin.is_equal:
        return _tr("The platform counts another review of yours that says the same.")
    words = {
        AttentionReason.ALREADY_DECIDED: _tr("The platform counts another review of yours."),
        AttentionReason.CLOSED: _tr("The packet was taken back or decided before it arrived."),
        AttentionReason.STALE_PACKET: _tr("The packet has a new version; most is carried over."),
        AttentionReason.STALE_RUBRIC: _tr("The rubric has a new version; most is carried over."),
        AttentionReason.INVALID: _tr("Something in it cannot be taken and is to be changed."),
        AttentionReason.FORBIDDEN: _tr("The platform does not know this packet as yours."),
        AttentionReason.REFUSED: _tr("The platform cannot take it as it is."),
    }
    return words[line.attention or AttentionReason.REFUSED]


def brief_draft_words(draft: StrandedDraft) -> str:
    """Return why a draft that cannot be sealed needs the assessor."""
    if draft.is_decided:
        return _tr("A draft; the platform counts a review of yours already.")
    return _tr("A draft; the packet was taken back before you sealed it.")


def _tr(words: str) -> str:
    return QCoreApplication.translate("outbox", words)
