"""In words, how good a coefficient is: from its error, not from its point value."""

from dataclasses import dataclass
from itertools import accumulate

from assessor_app.reliability.distributions import normal_cdf
from assessor_app.reliability.estimate import CONFIDENCE


@dataclass(frozen=True, slots=True)
class Band:
    """A named range of a coefficient."""

    low: float
    high: float
    name: str


LANDIS_KOCH = (
    Band(0.8, 1, "Almost Perfect"),
    Band(0.6, 0.8, "Substantial"),
    Band(0.4, 0.6, "Moderate"),
    Band(0.2, 0.4, "Fair"),
    Band(0, 0.2, "Slight"),
    Band(-1, 0, "Poor"),
)


def cumulative_membership(
    coefficient: float, standard_error: float, bands: tuple[Band, ...] = LANDIS_KOCH
) -> tuple[float, ...]:
    """Return the probability that the true coefficient lies in each band or a better one.

    Args:
        coefficient: The point value.
        standard_error: Above 0.
        bands: Best first, touching, from 1 down to -1.

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, section 6.4.
    """

    def upto(value: float) -> float:
        return normal_cdf((coefficient - value) / standard_error)

    whole = upto(-1) - upto(1)
    return tuple(accumulate((upto(band.low) - upto(band.high)) / whole for band in bands))


def band_at_95_percent(
    coefficient: float, standard_error: float, bands: tuple[Band, ...] = LANDIS_KOCH
) -> str:
    """Return the name of the best band the coefficient reaches with 95 % probability.

    The bands are conventions; their own authors call them arbitrary.
    """
    membership = cumulative_membership(coefficient, standard_error, bands)
    reached = (
        band.name for band, share in zip(bands, membership, strict=True) if share >= CONFIDENCE
    )
    return next(reached, bands[-1].name)
