"""Why an artifact could not be shown: one code, which is all that crosses from the worker."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.errors import AppError


class RenderCode(StrEnum):
    """What went wrong with one artifact or one request."""

    EMPTY = "empty"
    """No bytes, or nothing in them that could be shown."""
    BROKEN = "broken"
    """Not a file of the kind it was sent as, or damaged beyond reading."""
    ENCRYPTED = "encrypted"
    """Needs a password."""
    TOO_LARGE = "too_large"
    """More bytes, pixels, rows, blocks or memory than the limits allow."""
    TOO_MANY_PAGES = "too_many_pages"
    """More pages than the limits allow."""
    UNSUPPORTED = "unsupported"
    """The worker of this profile does not do this kind."""
    HUNG = "hung"
    """No progress within the time limit; the worker was killed."""
    CRASHED = "crashed"
    """The worker died, by a fault of its own or because it made a forbidden system call."""
    IMPLAUSIBLE = "implausible"
    """The worker's answer did not pass the checks; the worker was killed."""
    UNAVAILABLE = "unavailable"
    """No worker can be started on this system."""


@dataclass(eq=False)
class RenderError(AppError):
    """One artifact could not be shown. The worker serves the next request."""

    code: RenderCode


class WorkerLostError(RenderError):
    """The worker hung, died or answered nonsense."""
