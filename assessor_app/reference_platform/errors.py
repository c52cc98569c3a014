"""Why the platform says no: to an assessor over the wire, and to its operator at the command."""

from dataclasses import dataclass, field

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ReviewId, SubmissionId
from assessor_app.wire.messages import InvalidAt, ProblemKind, Receipt


@dataclass(eq=False)
class RefusedError(AppError):
    """An answer that is a problem document. Nothing was stored. `upgrade`: the wanted protocol."""

    kind: ProblemKind
    errors: tuple[InvalidAt, ...] = ()
    review: ReviewId | None = None
    receipt: Receipt | None = None
    retry_after_s: int | None = None
    upgrade: int | None = None


@dataclass(eq=False)
class UnknownSubmissionError(AppError):
    """No person's id for any submission."""

    submission: str


@dataclass(eq=False)
class UnknownAssessorError(AppError):
    """No token was ever made for this assessor."""

    assessor: str


class NotOneAssessorError(AppError):
    """Nobody was named, and there is not exactly one who could be meant."""


@dataclass(eq=False)
class BadNameError(AppError):
    """A key for a person must be opaque: short, lower case, no address and no name of a person."""

    name: str


@dataclass(eq=False)
class HeldError(AppError):
    """The issuer has to look at this submission before anybody reviews it."""

    submission: SubmissionId


@dataclass(eq=False)
class NotAssignableError(AppError):
    """This person has, had or gave back this submission, or it is decided or replaced."""

    submission: SubmissionId


@dataclass(eq=False)
class NothingLentError(AppError):
    """There is no open assignment to take back."""

    submission: SubmissionId


@dataclass(eq=False)
class NotReviewedError(AppError):
    """A decision or letter needs at least one review."""

    submission: SubmissionId


@dataclass(eq=False)
class AlreadyDecidedError(AppError):
    """The issuer has decided otherwise before."""

    submission: SubmissionId


@dataclass(eq=False)
class NotDecidedError(AppError):
    """There is no letter before the issuer's decision."""

    submission: SubmissionId


@dataclass(eq=False)
class UnknownEarlierAttemptError(AppError):
    """A submission names an earlier attempt that was not taken in."""

    reference: str


@dataclass(eq=False)
class ReferenceTakenError(AppError):
    """A reference names a submission of another earner, or at another micro-credential."""

    reference: str = field(repr=False)


@dataclass(eq=False)
class DifferentRubricError(AppError):
    """A published rubric version never changes."""

    rubric: str
    version: int


@dataclass(eq=False)
class NoBackupError(AppError):
    """No such backup, or a database that is backed up with its own tools."""

    backup: str
