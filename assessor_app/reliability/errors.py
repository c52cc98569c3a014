"""What statistics refuse to do, as facts. The sentences are in `wording`."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a figure has no value."""

    NO_DOUBLE_READS = "no submission was read by two assessors"
    ONE_LEVEL = "everyone used one level"
    ONE_LEVEL_RUBRIC = "the rubric has one level only"
    TWO_RATERS_ONLY = "the figure is defined for exactly two assessors"
    TWO_RATERS_NEEDED = "fewer than two assessors rated"
    INCOMPLETE = "not every assessor read every submission"
    TOO_FEW_UNITS = "fewer than two submissions"
    NO_VARIATION = "there is no variation between submissions"
    NO_NUMBERS = "the levels are not numbers"
    NEGATIVE_NUMBERS = "the ratio metric needs levels that are not negative"
    NO_CHANGES = "no rating changed between the two reads"
    NO_CASES = "no case of this kind"
    SINGULAR = "the margins leave a matrix without an inverse"
    NOT_CONVERGED = "the fit did not converge"
    NOT_LINKED = "no packet links the assessors"
    NO_EVIDENCE = "no read can be used for the model"


class ReliabilityError(Exception):
    """Base of every expected failure of the statistics."""


@dataclass(eq=False)
class NotComputableError(ReliabilityError):
    """The data do not define the figure. Never answered with 0 or 1 instead."""

    reason: Reason


class CancelledError(ReliabilityError):
    """Someone stopped a long computation."""
