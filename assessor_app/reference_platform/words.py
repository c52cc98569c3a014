"""Sentences for the operator about what stood in the way of a command."""

from collections.abc import Mapping
from types import MappingProxyType

from assessor_app.domain.errors import AppError
from assessor_app.reference_platform import errors
from assessor_app.render.errors import RenderError

_WORDS: Mapping[type[AppError], str] = MappingProxyType(
    {
        errors.UnknownSubmissionError: "No submission has the id {0.submission}.",
        errors.UnknownAssessorError: "There is no assessor {0.assessor}: make a token first.",
        errors.NotOneAssessorError: "Say which assessor: there is not exactly one.",
        errors.BadNameError: "Name an assessor by an opaque word: small letters, digits, hyphens.",
        errors.HeldError: "{0.submission} is held for the issuer: release it first.",
        errors.NotAssignableError: "{0.submission} cannot be lent to this assessor, or not now.",
        errors.NothingLentError: "Nothing of {0.submission} is lent.",
        errors.NotReviewedError: "{0.submission} has no review to decide on.",
        errors.AlreadyDecidedError: "{0.submission} is decided already.",
        errors.NotDecidedError: "{0.submission} is not decided yet: there is no letter.",
        errors.UnknownEarlierAttemptError: "Take in the earlier attempt that it names first.",
        errors.ReferenceTakenError: "Its reference is that of another earner's submission.",
        errors.DifferentRubricError: "Rubric {0.rubric} {0.version} has other words already.",
        errors.NoBackupError: "There is no such backup here.",
        RenderError: "The worker that rebuilds files cannot be started: try assessor-app doctor.",
    }
)


def sentence(error: AppError) -> str:
    """Return one sentence with what is wrong and, where there is one, the next step."""
    for kind in type(error).__mro__:
        if words := _WORDS.get(kind):
            return words.format(error)
    return f"That did not work ({type(error).__name__})."
