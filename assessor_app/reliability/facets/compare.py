"""Comparing fits: does work look randomly assigned, and has an assessor changed?"""

from dataclasses import dataclass, replace

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.discovery import two_sided_p
from assessor_app.reliability.distributions import chi2_tail, normal_quantile
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.estimate import CONFIDENCE, Estimate
from assessor_app.reliability.facets.fit import INFLATION, Fit, Progress, fit, no_progress
from assessor_app.reliability.facets.layout import Model
from assessor_app.reliability.facets.reads import Reads, linked_reads
from assessor_app.reliability.facets.severity import severities

ALARM = 0.01


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Divergence:
    """A Hausman-type comparison of the linked fit with the fit of everything.

    Attributes:
        chi2: Squared difference over its variance.
        df: Directions in which the second fit knows more.
        p: Small when single reads contradict the shared ones.
        difference: Shape (n,), all minus linked, in logits, of the raters of the linked fit.
    """

    chi2: float
    df: int
    p: float
    difference: Floats

    @property
    def alarm(self) -> bool:
        """Tell whether work does not look randomly assigned."""
        return self.p < ALARM


def divergence(linked: Fit, everything: Fit) -> Divergence:
    """Return how far the two fits differ, centred on the pool.

    Both must have the same spread of severities. The single reads add information to the linked
    fit; if they are of the same kind, the posterior means differ by no more than the variance they
    remove.

    Raises:
        NotComputableError: Single reads add nothing.

    Source:
        Hausman (1978), Econometrica 46, eq. 2.17.
    """
    first, second = severities(linked, to_pool=True), severities(everything, to_pool=True)
    shared = np.isin(second.raters, first.raters)
    n = len(first.raters)
    centring = np.eye(n) - 1 / n
    difference = centring @ (second.logits[shared] - first.logits)
    gained = first.covariance - second.covariance[np.ix_(shared, shared)]
    values, vectors = np.linalg.eigh(centring @ gained @ centring)
    informative = values > 0.02 * np.diag(first.covariance).max()
    if not informative.any():
        raise NotComputableError(Reason.NO_EVIDENCE)
    along = vectors[:, informative].T @ difference
    chi2 = float((along**2 / values[informative]).sum())
    df = int(informative.sum())
    return Divergence(chi2=chi2, df=df, p=chi2_tail(chi2, df), difference=difference)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BothFits:
    """The default fit of shared packets, and the fit of everything with the same spread."""

    linked: Fit
    everything: Fit
    divergence: Divergence | None


def both_fits(reads: Reads, *, progress: Progress = no_progress) -> BothFits:
    """Return the linked fit, the fit of all reads, and how far they differ.

    `divergence` is None when no single read could contradict the shared ones.

    Raises:
        NotComputableError: No packet is shared, or the search did not converge.
        CancelledError: `progress` stopped the fit.
    """
    shared = linked_reads(reads)
    if not len(shared.packet):
        raise NotComputableError(Reason.NOT_LINKED)
    linked = fit(shared, Model(caseload=True), progress=progress)
    everything = fit(reads, severity_sd=linked.severity_sd, progress=progress)
    try:
        found = divergence(linked, everything)
    except NotComputableError:
        found = None
    return BothFits(linked=linked, everything=everything, divergence=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodContrast:
    """How an assessor's severity changed from the first period to the second.

    Attributes:
        change: In logits; positive is harsher now. `n` counts the reads of both periods.
        z: Change over its error.
        p: Two-sided, for `discoveries`.
    """

    rater: int
    change: Estimate
    z: float
    p: float


def period_contrasts(
    reads: Reads, later: Bools, *, progress: Progress = no_progress
) -> tuple[PeriodContrast, ...]:
    """Return the change of every assessor who read in both periods.

    Each is fitted as two assessors, all reads together, so the work of either period is allowed
    to differ in difficulty. Trust it as far as assignment was random, or packets are shared.

    Args:
        reads: What was read.
        later: Shape (n_reads,), which reads are of the second period.
        progress: As in `fit`.

    Raises:
        NotComputableError: Nobody read in both periods, or the search did not converge.
    """
    split = later & (reads.rater != (-1 if reads.panel is None else reads.panel))
    both = np.intersect1d(reads.rater[split], reads.rater[~split])
    if not len(both):
        raise NotComputableError(Reason.NO_CASES)
    doubled = replace(
        reads,
        rater=np.where(split, reads.rater + reads.n_raters, reads.rater),
        n_raters=2 * reads.n_raters,
    )
    fitted = fit(doubled, progress=progress)
    return tuple(_contrast(fitted, reads, int(rater)) for rater in both)


def _contrast(fitted: Fit, reads: Reads, rater: int) -> PeriodContrast:
    places: Ints = np.searchsorted(fitted.raters, [rater, rater + reads.n_raters])
    before, after = int(places[0]), int(places[1])
    value = float(fitted.vector[after] - fitted.vector[before])
    own = fitted.covariance[np.ix_(places, places)]
    error = INFLATION * float(np.sqrt(own[0, 0] + own[1, 1] - 2 * own[0, 1]))
    half = normal_quantile(0.5 + CONFIDENCE / 2) * error
    n = int((reads.rater == rater).sum())
    change = Estimate(value=value, n=n, standard_error=error, interval=(value - half, value + half))
    return PeriodContrast(rater=rater, change=change, z=value / error, p=two_sided_p(value / error))
