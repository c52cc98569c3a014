"""The states of what an assessor sends, and the three places a review can be in."""

from enum import StrEnum


class ActKind(StrEnum):
    """What an assessor can do that the platform must learn of."""

    REVIEW = "review"
    VOID = "void"
    LEASE = "lease"
    RETURN = "return"
    RECUSE = "recuse"
    FLAG = "flag"
    ASK = "ask"
    DONATE = "donate"


class OutboxState(StrEnum):
    """How far an act has come. `sending` found at start is `ambiguous`."""

    SEALED = "sealed"
    QUEUED = "queued"
    SENDING = "sending"
    AMBIGUOUS = "ambiguous"
    VOIDING = "voiding"
    VOIDED = "voided"
    ATTENTION = "attention"
    RECEIVED = "received"
    SETTLED = "settled"


class AttentionReason(StrEnum):
    """Why an act waits for the assessor. The work is kept whole in every case."""

    ALREADY_DECIDED = "already_decided"
    CLOSED = "closed"
    STALE_PACKET = "stale_packet"
    STALE_RUBRIC = "stale_rubric"
    INVALID = "invalid"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"


class ReviewPlace(StrEnum):
    """Where a review is, in the words of the status bar."""

    LAPTOP = "laptop"
    OUTBOX = "outbox"
    RECEIVED = "received"


def place_of(state: OutboxState | None) -> ReviewPlace:
    """Return the place of a review; None is a draft, which has no outbox row."""
    if state is None or state is OutboxState.VOIDED:
        return ReviewPlace.LAPTOP
    if state in (OutboxState.RECEIVED, OutboxState.SETTLED):
        return ReviewPlace.RECEIVED
    return ReviewPlace.OUTBOX
