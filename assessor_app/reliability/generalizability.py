"""Variance components and what they mean for more reads: the G study and the D study.

Sparse crossed designs (every assessor read some submissions) by restricted maximum likelihood,
balanced nested designs (assessors within tasks) by analysis of variance.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import log, pi

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints, sums
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.optimiser import minimise_without_gradient

_CHUNK = 2000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Crossed:
    """Components of value = mean + submission + assessor + residual.

    Attributes:
        submission: Variance between submissions.
        rater: Variance between assessors (severity).
        residual: The rest.
        mean: The overall mean.
        criterion: -2 log restricted likelihood.
        effects: Shape (n_raters,), predicted assessor effects; negative is harsher.
    """

    submission: float
    rater: float
    residual: float
    mean: float
    criterion: float
    effects: Floats

    def erho2(self, n_raters: int) -> float:
        """Return the generalizability of the mean of `n_raters` reads, order alone mattering."""
        return self.submission / (self.submission + self.residual / n_raters)

    def phi(self, n_raters: int) -> float:
        """Return the dependability of the mean of `n_raters` reads, severity counting too."""
        error = (self.rater + self.residual) / n_raters
        return self.submission / (self.submission + error)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sums:
    """Everything the likelihood needs, by number of reads of a submission."""

    reads: Floats  # (n_sizes,)
    submissions: Floats  # (n_sizes,)
    squares: Floats  # (n_sizes,) sum of squared totals
    totals: Floats  # (n_sizes,) sum of totals
    load: Floats  # (n_sizes, n_raters) reads of an assessor
    load_totals: Floats  # (n_sizes, n_raters) totals of the submissions an assessor read
    met: Floats  # (n_sizes, n_raters, n_raters) submissions two assessors share
    of_rater: Floats  # (n_raters,) sum of values
    square: float
    n: int


def reml(values: Floats, subject: Ints, rater: Ints) -> Crossed:
    """Return the variance components of a crossed design, however sparse.

    Args:
        values: Shape (n_reads,).
        subject: Shape (n_reads,), from 0, every number used.
        rater: Shape (n_reads,), from 0, every number used.

    Raises:
        NotComputableError: Fewer than two submissions or assessors, no submission read twice, or
            all values equal.

    Source:
        Patterson & Thompson (1971), Biometrika 58; submissions absorbed, so that the largest
        matrix is assessors by assessors.
    """
    n_raters = int(rater.max(initial=-1)) + 1
    if n_raters < 2:  # noqa: PLR2004 (one assessor has no variance)
        raise NotComputableError(Reason.TWO_RATERS_NEEDED)
    if int(subject.max()) < 1:
        raise NotComputableError(Reason.TOO_FEW_UNITS)
    if len(values) == int(subject.max()) + 1:
        raise NotComputableError(Reason.NO_DOUBLE_READS)
    if float(np.ptp(values)) == 0:
        raise NotComputableError(Reason.NO_VARIATION)
    centre = float(values.mean())
    found = _sums(values - centre, subject, rater)

    def objective(roots: Floats) -> float:
        return _solve(found, roots**2)[0]

    roots = minimise_without_gradient(objective, np.array([1.0, 0.5]))
    criterion, residual, mean, effects = _solve(found, roots**2)
    return Crossed(
        submission=float(roots[0] ** 2) * residual,
        rater=float(roots[1] ** 2) * residual,
        residual=residual,
        mean=mean + centre,
        criterion=criterion,
        effects=effects,
    )


def _sums(values: Floats, subject: Ints, rater: Ints) -> _Sums:
    n_subjects, n_raters = int(subject.max()) + 1, int(rater.max()) + 1
    size = np.bincount(subject)
    totals = sums(subject, values, n_subjects)
    sizes = np.unique(size)
    met = np.zeros((len(sizes), n_raters, n_raters))
    order = np.argsort(subject, kind="stable")
    starts = np.searchsorted(subject[order], np.arange(0, n_subjects + _CHUNK, _CHUNK))
    for low, high in pairwise(starts):
        part = order[low:high]
        first = int(subject[part[0]]) // _CHUNK * _CHUNK
        seen = np.zeros((_CHUNK, n_raters))
        seen[subject[part] - first, rater[part]] = 1.0
        for index, reads in enumerate(sizes):
            of_size = seen[seen.sum(axis=1) == reads]
            met[index] += of_size.T @ of_size
    return _Sums(
        reads=sizes.astype(np.float64),
        submissions=np.array([(size == reads).sum() for reads in sizes], dtype=np.float64),
        squares=np.array([(totals[size == reads] ** 2).sum() for reads in sizes]),
        totals=np.array([totals[size == reads].sum() for reads in sizes]),
        load=np.stack(
            [_by(rater, size[subject] == reads, np.ones(len(rater)), n_raters) for reads in sizes]
        ),
        load_totals=np.stack(
            [_by(rater, size[subject] == reads, totals[subject], n_raters) for reads in sizes]
        ),
        met=met,
        of_rater=sums(rater, values, n_raters),
        square=float(values @ values),
        n=len(values),
    )


def _by(rater: Ints, chosen: Bools, weights: Floats, n: int) -> Floats:
    return sums(rater[chosen], weights[chosen], n)


def _solve(found: _Sums, ratios: Floats) -> tuple[float, float, float, Floats]:
    """Return the criterion, the residual variance, the mean and the effects at given ratios."""
    of_subject, of_rater = float(ratios[0]), float(ratios[1])
    shrink = 1 / (1 + found.reads * of_subject)
    absorbed = of_subject * shrink
    crossed = np.diag(found.load.sum(axis=0)) - np.tensordot(absorbed, found.met, axes=1)
    ones = shrink @ found.load
    lifted = found.of_rater - absorbed @ found.load_totals
    inner = np.eye(len(ones)) + of_rater * crossed
    solved = np.linalg.solve(inner, np.stack([ones, lifted], axis=1))
    weight = float((shrink * found.reads) @ found.submissions) - of_rater * float(
        ones @ solved[:, 0]
    )
    response = float(shrink @ found.totals) - of_rater * float(ones @ solved[:, 1])
    square = (
        found.square - float(absorbed @ found.squares) - of_rater * float(lifted @ solved[:, 1])
    )
    mean = response / weight
    df = found.n - 1
    residual = max(square - mean * response, 1e-12) / df
    log_det = float(found.submissions @ np.log(1 / shrink)) + float(np.linalg.slogdet(inner)[1])
    criterion = df * (log(2 * pi * residual) + 1) + log_det + log(weight)
    effects: Floats = of_rater * (solved[:, 1] - mean * solved[:, 0])
    return criterion, residual, mean, effects


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """Components of submissions by (assessors within tasks).

    Negative estimates are left as they come out.
    """

    person: float
    task: float
    rater_in_task: float
    person_task: float
    residual: float

    def rel_error_var(self, n_tasks: int, n_raters: int) -> float:
        """Return the error variance of an order by means over tasks and assessors."""
        return self.person_task / n_tasks + self.residual / (n_tasks * n_raters)

    def abs_error_var(self, n_tasks: int, n_raters: int) -> float:
        """Return the error variance of the means themselves."""
        own = self.task / n_tasks + self.rater_in_task / (n_tasks * n_raters)
        return self.rel_error_var(n_tasks, n_raters) + own

    def erho2(self, n_tasks: int, n_raters: int) -> float:
        """Return the generalizability coefficient."""
        return self.person / (self.person + self.rel_error_var(n_tasks, n_raters))

    def phi(self, n_tasks: int, n_raters: int) -> float:
        """Return the index of dependability."""
        return self.person / (self.person + self.abs_error_var(n_tasks, n_raters))


def nested_components(values: Floats) -> Nested:
    """Return the components of a complete nested design.

    Args:
        values: Shape (n_submissions, n_tasks, n_raters_per_task), each at least 2.

    Raises:
        NotComputableError: The table is smaller than 2 by 2 by 2.

    Source:
        Brennan (2001), Generalizability Theory, section 3.2, design p x (r:t).
    """
    persons, tasks, raters = values.shape
    if min(values.shape) < 2:  # noqa: PLR2004 (each facet needs a comparison)
        raise NotComputableError(Reason.TOO_FEW_UNITS)
    grand = values.mean()
    person, task = values.mean(axis=(1, 2)), values.mean(axis=(0, 2))
    rater, cell = values.mean(axis=0), values.mean(axis=2)
    of_person = tasks * raters * ((person - grand) ** 2).sum() / (persons - 1)
    of_task = persons * raters * ((task - grand) ** 2).sum() / (tasks - 1)
    of_rater = persons * ((rater - task[:, None]) ** 2).sum() / (tasks * (raters - 1))
    both = cell - person[:, None] - task[None, :] + grand
    of_both = raters * (both**2).sum() / ((persons - 1) * (tasks - 1))
    rest = values - cell[:, :, None] - rater[None] + task[None, :, None]
    residual = (rest**2).sum() / ((persons - 1) * tasks * (raters - 1))
    return Nested(
        person=float((of_person - of_both) / (tasks * raters)),
        task=float((of_task - of_rater - of_both + residual) / (persons * raters)),
        rater_in_task=float((of_rater - residual) / persons),
        person_task=float((of_both - residual) / raters),
        residual=float(residual),
    )
