"""Agreement between raters who need not be the same for every submission.

Percent agreement and the coefficients that correct it for chance, with analytic errors. For two
fixed raters see `two_raters`; for Krippendorff's own metrics see `alpha`.
"""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Floats, sums
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import Estimate, wilson_ci95, with_t_interval
from assessor_app.reliability.panel import PAIR, Panel, Tally, tally, unit_counts
from assessor_app.reliability.weights import Weights, weight_matrix

NEGLIGIBLE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """Observed agreement: of each pattern (0 where unpaired), and its mean over paired units."""

    per_pattern: Floats
    units: float
    paired_units: float
    value: float


def observed(patterns: Tally, weights: Floats) -> Observed:
    """Return the weighted agreement of all pairs of reads, averaged over submissions.

    Source:
        Gwet (2008), Br. J. Math. Stat. Psychol. 61, the p_a of eq. 5.
    """
    counts, reads = patterns.counts, patterns.reads
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    pairs = np.where(patterns.paired, reads * (reads - 1), 1.0)
    per_pattern = np.where(patterns.paired, agreeing / pairs, 0.0)
    paired_units = float(patterns.copies[patterns.paired].sum())
    return Observed(
        per_pattern=per_pattern,
        units=float(patterns.copies.sum()),
        paired_units=paired_units,
        value=float(per_pattern @ patterns.copies) / paired_units,
    )


def level_shares(patterns: Tally) -> Floats:
    """Return how much each level is used, every submission counting once, shape (n_levels,).

    Submissions with one read count too.
    """
    weighted = patterns.counts * (patterns.copies / patterns.reads)[:, None]
    shares: Floats = weighted.sum(axis=0) / patterns.copies.sum()
    return shares


def corrected(
    patterns: Tally, weights: Floats, chance: float, chance_of_pattern: Floats
) -> Estimate:
    """Return (p_a - p_e) / (1 - p_e) with its linearised error.

    Args:
        patterns: The ratings.
        weights: Shape (n_levels, n_levels).
        chance: The agreement p_e expected by chance.
        chance_of_pattern: Shape (n_patterns,), what each unit contributes to p_e; its mean over
            units is `chance`.

    Raises:
        NotComputableError: Chance alone explains everything (0/0).

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, section 5.3 and eq. 5.17 with raters
        fixed and submissions sampled from an infinite population.
    """
    if 1 - chance < NEGLIGIBLE:
        raise NotComputableError(Reason.ONE_LEVEL)
    seen = observed(patterns, weights)
    value = (seen.value - chance) / (1 - chance)
    own = (seen.per_pattern - chance * patterns.paired) / (1 - chance)
    own = own * seen.units / seen.paired_units
    influence = own - 2 * (1 - value) * (chance_of_pattern - chance) / (1 - chance)
    return with_t_interval(
        value, mean_variance(influence - value, patterns.copies), round(seen.units)
    )


def mean_variance(deviations: Floats, copies: Floats) -> float | None:
    """Return the variance of a mean of influences around it; None for a single submission."""
    units = float(copies.sum())
    if units < PAIR:
        return None
    return float((copies * deviations**2).sum() / (units * (units - 1)))


def percent_agreement(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return the share of agreeing pairs of reads, averaged over submissions, in [0, 1].

    Not corrected for chance. `n` counts the submissions with two reads or more. The interval is
    Wilson's when every such submission has exactly two reads and an agreement is all or nothing,
    else Student's over submissions.

    Raises:
        NotComputableError: No submission was read twice.

    Source:
        Gwet (2008), Br. J. Math. Stat. Psychol. 61, the p_a of eq. 5.
    """
    patterns = tally(panel)
    seen = observed(patterns, weight_matrix(weights, panel.n_levels))
    own = seen.per_pattern * seen.units / seen.paired_units
    variance = mean_variance(own - seen.value, patterns.copies)
    by_t = with_t_interval(seen.value, variance, round(seen.units))
    interval = by_t.interval
    n = round(seen.paired_units)
    all_or_nothing = weights in {Weights.IDENTITY, Weights.WITHIN_ONE}
    if all_or_nothing and (patterns.reads[patterns.paired] == PAIR).all():
        interval = wilson_ci95(round(seen.value * n), n)
    return Estimate(value=seen.value, n=n, standard_error=by_t.standard_error, interval=interval)


def percent_within_one(panel: Panel) -> Estimate:
    """Return the share of pairs of reads at most one level apart; see `percent_agreement`."""
    return percent_agreement(panel, Weights.WITHIN_ONE)


def brennan_prediger(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return agreement corrected for chance that is even over all levels of the rubric.

    Raises:
        NotComputableError: No submission was read twice, or the rubric has one level.

    Source:
        Brennan & Prediger (1981), Educ. Psychol. Meas. 41; weighted form of Gwet (2014).
    """
    patterns = tally(panel)
    matrix = weight_matrix(weights, panel.n_levels)
    _need_levels(panel)
    chance = float(matrix.mean())
    return corrected(patterns, matrix, chance, np.full(len(patterns.copies), chance))


def gwet_ac1(panel: Panel) -> Estimate:
    """Return Gwet's AC1: agreement corrected for chance that shrinks as one level dominates.

    Raises:
        NotComputableError: No submission was read twice, or the rubric has one level.

    Source:
        Gwet (2008), Br. J. Math. Stat. Psychol. 61, eq. 5.
    """
    return gwet_ac2(panel, Weights.IDENTITY)


def gwet_ac2(panel: Panel, weights: Weights = Weights.QUADRATIC) -> Estimate:
    """Return Gwet's AC2, the weighted AC1. It flatters skewed ratings: never give it alone.

    Raises:
        NotComputableError: No submission was read twice, or the rubric has one level.

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, section 4.4.
    """
    patterns = tally(panel)
    matrix = weight_matrix(weights, panel.n_levels)
    _need_levels(panel)
    shares = level_shares(patterns)
    scale = float(matrix.sum()) / (panel.n_levels * (panel.n_levels - 1))
    of_pattern = scale * (patterns.counts @ (1 - shares)) / patterns.reads
    return corrected(patterns, matrix, scale * float(shares @ (1 - shares)), of_pattern)


def fleiss_kappa(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return Fleiss' kappa: chance from the pooled use of levels, any number of reads.

    Raises:
        NotComputableError: No submission was read twice, or everyone used one level.

    Source:
        Fleiss (1971), Psychol. Bull. 76; weighted and incomplete form of Gwet (2014).
    """
    patterns = tally(panel)
    matrix = weight_matrix(weights, panel.n_levels)
    shares = level_shares(patterns)
    of_pattern = (patterns.counts @ (matrix @ shares)) / patterns.reads
    return corrected(patterns, matrix, float(shares @ matrix @ shares), of_pattern)


def scott_pi(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return Scott's pi, which is Fleiss' kappa of two raters.

    Raises:
        NotComputableError: Not exactly two raters, no double read, or one level only.

    Source:
        Scott (1955), Public Opin. Q. 19.
    """
    if panel.n_raters != PAIR:
        raise NotComputableError(Reason.TWO_RATERS_ONLY)
    return fleiss_kappa(panel, weights)


def conger_kappa(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return Conger's kappa: chance from each rater's own use of levels.

    With two raters who rated everything it is Cohen's kappa.

    Raises:
        NotComputableError: No submission was read twice, fewer than two raters, or one level only.

    Source:
        Conger (1980), Psychol. Bull. 88; incomplete form and error of Gwet (2014), section 5.3.
    """
    units = _by_unit(panel)
    matrix = weight_matrix(weights, panel.n_levels)
    raters, levels = panel.n_raters, panel.n_levels
    used = np.bincount(panel.rater * levels + panel.level, minlength=raters * levels)
    given: Floats = used.reshape(raters, levels).astype(np.float64)
    load = given.sum(axis=1)
    margins = given / load[:, None]
    mean = margins.mean(axis=0)
    spread = (margins.T @ margins - raters * np.outer(mean, mean)) / (raters - 1)
    chance = float((matrix * (np.outer(mean, mean) - spread / raters)).sum())
    others = (raters * mean - margins) @ matrix
    centre = (others * margins).sum(axis=1)
    lift = others[panel.rater, panel.level] - centre[panel.rater]
    lift = lift * panel.n_units / load[panel.rater]
    of_unit = centre.sum() + sums(panel.unit, lift, panel.n_units)
    return corrected(units, matrix, chance, of_unit / (raters * (raters - 1)))


def krippendorff_alpha_gwet_form(panel: Panel, weights: Weights = Weights.IDENTITY) -> Estimate:
    """Return Krippendorff's alpha as a weighted coefficient with fixed weights and an error.

    Identity equals the nominal alpha, quadratic the interval alpha of equally spaced levels.
    Ordinal weights are *not* Krippendorff's ordinal metric, which depends on the data.

    Raises:
        NotComputableError: No submission was read twice, or everyone used one level.

    Source:
        Gwet (2014), Handbook of Inter-Rater Reliability, sections 4.6 and 5.4.
    """
    every = tally(panel)
    paired = Tally(counts=every.counts[every.paired], copies=every.copies[every.paired])
    matrix = weight_matrix(weights, panel.n_levels)
    counts, copies, reads = paired.counts, paired.copies, paired.reads
    units = float(copies.sum())
    mean_reads = float(reads @ copies) / units
    agreeing = (counts * (counts @ matrix - 1)).sum(axis=1) / (mean_reads * (reads - 1))
    raw = float(agreeing @ copies) / units
    shares = (counts * copies[:, None]).sum(axis=0) / (units * mean_reads)
    chance = float(shares @ matrix @ shares)
    if 1 - chance < NEGLIGIBLE:
        raise NotComputableError(Reason.ONE_LEVEL)
    small_sample = 1 / (units * mean_reads)
    seen = (1 - small_sample) * raw + small_sample
    value = (seen - chance) / (1 - chance)
    without = (raw - chance) / (1 - chance)
    excess = (reads - mean_reads) / mean_reads
    own = (agreeing - seen * excess - chance) / (1 - chance)
    by_chance = (counts @ (matrix @ shares)) / mean_reads - chance * excess
    influence = own - 2 * (1 - without) * (by_chance - chance) / (1 - chance)
    return with_t_interval(value, mean_variance(influence - without, copies), round(units))


def _need_levels(panel: Panel) -> None:
    if panel.n_levels < PAIR:
        raise NotComputableError(Reason.ONE_LEVEL_RUBRIC)


def _by_unit(panel: Panel) -> Tally:
    """Return the tally with one pattern per unit, in unit order."""
    patterns = Tally(counts=unit_counts(panel).astype(np.float64), copies=np.ones(panel.n_units))
    if not patterns.paired.any():
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    return patterns
