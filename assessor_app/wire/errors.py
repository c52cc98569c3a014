"""What the contract raises when bytes do not keep it."""

from dataclasses import dataclass

from assessor_app.domain.errors import AppError


@dataclass(eq=False)
class MalformedError(AppError):
    """Bytes that do not keep the contract.

    `pointer` is a JSON pointer to the place; `problem` names the broken rule and never quotes the
    content.
    """

    pointer: str
    problem: str
