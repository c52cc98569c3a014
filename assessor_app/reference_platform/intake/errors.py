"""Why a folder is not taken in: everything that is wrong with it, at once."""

from dataclasses import dataclass, field

from assessor_app.domain.errors import AppError


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing to mend. `path` names a file, and after # a place in it as a JSON pointer.

    Meant for the operator who holds the folder; may name files of the earner, so it is no text for
    logs.
    """

    path: str = field(repr=False)
    what: str = field(repr=False)
    how: str = field(repr=False)


@dataclass(eq=False)
class IntakeRefusedError(AppError):
    """A submission is not taken in. Nothing was kept of it."""

    problems: tuple[Problem, ...] = field(repr=False, kw_only=True)
