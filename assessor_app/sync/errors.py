"""What the network can answer instead of what was asked for."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.errors import AppError
from assessor_app.wire.messages import Problem


class OfflineReason(StrEnum):
    """Why the platform cannot be talked to now."""

    NO_NETWORK = "no_network"
    """No connection came about: nothing was sent."""
    NOT_THE_PLATFORM = "not_the_platform"
    """Somebody else answers in its place: a captive portal, a proxy, another web server."""
    UNTRUSTED = "untrusted"
    """A certificate this computer does not trust: nothing was sent."""


class Seen(StrEnum):
    """What this laptop saw where the platform should have been."""

    NOTHING = "nothing"
    NO_NAME = "no_name"
    """Nobody here knows the name of the platform."""
    REFUSED = "refused"
    SILENCE = "silence"
    PROXY = "proxy"
    OTHER_NAME = "other_name"
    """A certificate that belongs to somebody else."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNKNOWN_ISSUER = "unknown_issuer"
    SENT_ELSEWHERE = "sent_elsewhere"
    WEB_PAGE = "web_page"
    NETWORK_SIGN_IN = "network_sign_in"
    NO_RECEIPT = "no_receipt"
    """A yes to something sent, without a receipt for it that the pinned key signed."""
    OTHER_WORDS = "other_words"
    """An answer, but not one of the contract."""


class AddressFault(StrEnum):
    """What is wrong with the address of a platform."""

    UNREADABLE = "unreadable"
    NOT_ENCRYPTED = "not_encrypted"
    MORE_THAN_A_HOST = "more_than_a_host"


@dataclass(eq=False)
class OfflineError(AppError):
    """The platform itself did not answer. What was queued stays first in line."""

    reason: OfflineReason
    seen: Seen = Seen.NOTHING


@dataclass(eq=False)
class UncertainError(AppError):
    """No believable answer to something that may have arrived. `status` 0: none at all."""

    status: int = 0


@dataclass(eq=False)
class RetryLaterError(AppError):
    """The platform asks everybody to wait. `retry_after_s` None: it did not say how long."""

    status: int
    retry_after_s: float | None


@dataclass(eq=False)
class UnauthorisedError(AppError):
    """The token is not, or no longer, good."""


@dataclass(eq=False)
class RefusedError(AppError):
    """The platform answered and refused; the problem says why."""

    problem: Problem


@dataclass(eq=False)
class OtherEpochError(AppError):
    """An answer came from the platform before or after a restore."""


@dataclass(eq=False)
class OtherKeyError(AppError):
    """The platform signs with another key than the one pinned at sign-in."""


@dataclass(eq=False)
class NewerPlatformError(AppError):
    """The platform speaks only protocols this program does not know."""

    protocols: tuple[int, ...]


@dataclass(eq=False)
class CancelledError(AppError):
    """The assessor stopped or paused the work."""


@dataclass(eq=False)
class BadAddressError(AppError):
    """The address of a platform that cannot be used."""

    fault: AddressFault
