"""The root of every expected failure. Sentences about failures live in the interface."""


class AppError(Exception):
    """Base of every expected failure. Carries facts; the interface turns facts into sentences."""


class UnexpectedError(AppError):
    """A fault of the program itself, for whoever waits: what was asked for was not done."""
