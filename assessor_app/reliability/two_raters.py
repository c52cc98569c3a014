"""Figures of one cross table: two fixed raters, or first and second reads."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.distributions import binomial_cdf, chi2_tail, normal_quantile
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Estimate
from assessor_app.reliability.weights import Weights, weight_matrix

NEGLIGIBLE = 1e-12


def cohen_pe(table: Ints, weights: Weights = Weights.IDENTITY) -> float:
    """Return the agreement two raters reach by chance from their own margins.

    Args:
        table: Shape (n_levels, n_levels), counts, first rater in rows, at least one count.
        weights: The weight family.
    """
    shares = table / table.sum()
    matrix = weight_matrix(weights, table.shape[0])
    return float(shares.sum(axis=1) @ matrix @ shares.sum(axis=0))


def cohen_kappa(table: Ints, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return Cohen's kappa of a cross table, weighted or not, with its large-sample error.

    It is 0 whenever one rater used a single level, however good the agreement. The interval is
    the normal one, clipped to [-1, 1].

    Args:
        table: Shape (n_levels, n_levels), counts, first rater in rows, at least one count.
        weights: The weight family.

    Raises:
        NotComputableError: Both raters used one and the same level (0/0).

    Source:
        Cohen (1968), Psychol. Bull. 70; error of Fleiss, Cohen & Everitt (1969), Psychol. Bull.
        72, eq. 9, divisor n.
    """
    n = int(table.sum())
    shares = table / n
    matrix = weight_matrix(weights, table.shape[0])
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    seen, chance = float((matrix * shares).sum()), float(rows @ matrix @ columns)
    if 1 - chance < NEGLIGIBLE:
        raise NotComputableError(Reason.ONE_LEVEL)
    kappa = (seen - chance) / (1 - chance)
    of_margins = (matrix @ columns)[:, None] + (matrix.T @ rows)[None, :]
    influence = matrix - of_margins * (1 - kappa)
    square = float((shares * influence**2).sum()) - (kappa - chance * (1 - kappa)) ** 2
    error = float(np.sqrt(max(0.0, square) / n)) / (1 - chance)
    half = normal_quantile(0.5 + CONFIDENCE / 2) * error
    interval = (max(-1.0, kappa - half), min(1.0, kappa + half)) if error > NEGLIGIBLE else None
    return Estimate(value=kappa, n=n, standard_error=error, interval=interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoByTwo:
    """Figures of a 2 by 2 table. `None` where no case of that kind exists.

    Attributes:
        pabak: Kappa adjusted for prevalence and bias, 2 p_a - 1.
        positive_agreement: Agreement on the first category, as a share of all its mentions.
        negative_agreement: The same for the second category.
        prevalence_index: |both first - both second| / n.
        bias_index: |only rater 1 first - only rater 2 first| / n.
    """

    pabak: float
    positive_agreement: float | None
    negative_agreement: float | None
    prevalence_index: float
    bias_index: float


def two_by_two(table: Ints) -> TwoByTwo:
    """Return the figures of a 2 by 2 table whose first category is the positive one.

    Source:
        Byrt, Bishop & Carlin (1993), J. Clin. Epidemiol. 46; Cicchetti & Feinstein (1990), 43.
    """
    both, first, second, neither = (int(count) for count in table.ravel())
    n = both + first + second + neither
    positive, negative = 2 * both + first + second, 2 * neither + first + second
    return TwoByTwo(
        pabak=2 * (both + neither) / n - 1,
        positive_agreement=2 * both / positive if positive else None,
        negative_agreement=2 * neither / negative if negative else None,
        prevalence_index=abs(both - neither) / n,
        bias_index=abs(first - second) / n,
    )


def mcnemar_exact_p(table: Ints) -> float:
    """Return the exact two-sided p of McNemar's test: does one rater say yes more often?

    Args:
        table: Shape (2, 2).

    Source:
        McNemar (1947), Psychometrika 12; binomial form.
    """
    first, second = int(table[0, 1]), int(table[1, 0])
    if not first + second:
        return 1.0
    return min(1.0, 2 * binomial_cdf(min(first, second), first + second, 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginalTest:
    """A chi-squared test that both raters use the levels alike."""

    chi2: float
    df: int
    p: float


def stuart_maxwell(table: Ints) -> MarginalTest:
    """Return the Stuart-Maxwell test of equal margins. Levels nobody used are left out.

    Raises:
        NotComputableError: No rating differs, or the covariance has no inverse.

    Source:
        Stuart (1955), Biometrika 42; Maxwell (1970), Br. J. Psychiatry 116.
    """
    difference, covariance, _ = _margins(table)
    return _quadratic_form(difference, covariance)


def bhapkar(table: Ints) -> MarginalTest:
    """Return Bhapkar's test of equal margins, a little more powerful than Stuart-Maxwell.

    Raises:
        NotComputableError: No rating differs, or the covariance has no inverse.

    Source:
        Bhapkar (1966), J. Am. Stat. Assoc. 61.
    """
    difference, covariance, n = _margins(table)
    return _quadratic_form(difference, covariance - np.outer(difference, difference) / n)


def _margins(table: Ints) -> tuple[Floats, Floats, int]:
    used = (table.sum(axis=0) + table.sum(axis=1)) > 0
    kept = table[np.ix_(used, used)].astype(np.float64)
    if not (kept - np.diag(np.diag(kept))).any():
        raise NotComputableError(Reason.NO_CHANGES)
    rows, columns = kept.sum(axis=1), kept.sum(axis=0)
    covariance = -(kept + kept.T)
    np.fill_diagonal(covariance, rows + columns - 2 * np.diag(kept))
    return (rows - columns)[:-1], covariance[:-1, :-1], int(kept.sum())


def _quadratic_form(difference: Floats, covariance: Floats) -> MarginalTest:
    if np.linalg.matrix_rank(covariance) < len(difference):
        raise NotComputableError(Reason.SINGULAR)
    chi2 = float(difference @ np.linalg.solve(covariance, difference))
    return MarginalTest(chi2=chi2, df=len(difference), p=chi2_tail(chi2, len(difference)))
