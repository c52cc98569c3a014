"""Policy pack: an issuer's rules for one micro-credential, as they travel in the packet."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AiPolicy(StrEnum):
    """What the issuer allows earners to do with generative tools."""

    PROHIBITED = "prohibited"
    DISCLOSE = "disclose"
    OPEN = "open"


class CollaborationPolicy(StrEnum):
    """Whether the work may or must be done with others."""

    INDIVIDUAL = "individual"
    ALLOWED = "allowed"
    EXPECTED = "expected"


class DuplicatesPolicy(StrEnum):
    """What a reflection shared with another submission means. Shared artifacts are always fine."""

    DENY = "deny"
    NEEDS_CONTEXT = "needs_context"


class WordLimitPolicy(StrEnum):
    """How to read a response over its limit; never an automatic denial."""

    READ_ALL = "read_all"
    READ_TO_LIMIT = "read_to_limit"
    FLAG = "flag"


class PriorView(StrEnum):
    """When the ratings and feedback of an earlier attempt become visible."""

    FULL = "full"
    AFTER_PROVISIONAL = "after_provisional"
    NEVER = "never"


class IdentityHits(StrEnum):
    """What intake does with a known identity it finds in text or pages."""

    MASK = "mask"
    HOLD = "hold"
    PASS = "pass"  # noqa: S105 (the policy's own word)


class ReasonCode(StrEnum):
    """Why a submission is denied. All but the first can deny although the award rule is met."""

    NOT_DEMONSTRATED = "NOT_DEMONSTRATED"
    INACCESSIBLE_ARTIFACT = "INACCESSIBLE_ARTIFACT"
    UNREADABLE_ARTIFACT = "UNREADABLE_ARTIFACT"
    MISSING_EVIDENCE = "MISSING_EVIDENCE"
    AI_POLICY = "AI_POLICY"
    AUTHENTICITY = "AUTHENTICITY"
    DUPLICATE_REFLECTION = "DUPLICATE_REFLECTION"
    STUDENT_PRIVACY = "STUDENT_PRIVACY"


SECOND_READ_REASONS = (
    ReasonCode.AI_POLICY,
    ReasonCode.AUTHENTICITY,
    ReasonCode.DUPLICATE_REFLECTION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReads:
    """When a submission is read by a second assessor. `share` is of all submissions, 0 to 1."""

    share: float = 0.1
    near_rule: bool = True
    first_n: int = 10
    reasons: tuple[ReasonCode, ...] = SECOND_READ_REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days on which the issuer works, in the issuer's own time zone."""

    timezone: str = "UTC"
    closed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPack:
    """The issuer's rules. `seal_grace_hours` None means: until the next sync."""

    ai: AiPolicy
    collaboration: CollaborationPolicy
    duplicates: DuplicatesPolicy = DuplicatesPolicy.NEEDS_CONTEXT
    word_limit: WordLimitPolicy = WordLimitPolicy.FLAG
    prior_view: PriorView = PriorView.AFTER_PROVISIONAL
    seal_grace_hours: int | None = None
    calendar: Calendar = Calendar()
    identity_hits: IdentityHits = IdentityHits.MASK
