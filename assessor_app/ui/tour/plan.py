"""What the tour's assessor says of the two submissions it reviews."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One criterion: the digit of its level, and the challenge where it is below."""

    digit: str
    challenge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReview:
    """A review to be done. `sample` is the folder of the sample submission.

    `pinned` are the criteria that need a pin; all pins are made in the artifact `pin_in`.
    """

    sample: str
    determination: str
    verdicts: tuple[Verdict, ...]
    pin_in: str
    pinned: tuple[int, ...]
    praise: str
    growth: str = ""


MET = Verdict(digit="1")

AWARDED = PlannedReview(
    sample="number-talks",
    determination="award",
    verdicts=(MET,) * 7,
    pin_in="A2",
    pinned=(2, 3, 4, 5, 6),
    praise="The goal is concrete and was chosen together from what the students wrote.",
    growth="Next time, let the partner word the second question before you compare notes.",
)
DENIED = PlannedReview(
    sample="kitchen-stock",
    determination="deny",
    verdicts=(
        MET,
        Verdict(digit="2"),
        Verdict(digit="3", challenge="Let the sheet add up the totals, so that a change shows."),
        Verdict(digit="2"),
        Verdict(digit="2", challenge="Say what you would check first if a total looked wrong."),
    ),
    pin_in="A3",
    pinned=(2, 3, 4),
    praise="The stock list is complete and easy to read.",
)
