"""Fitting the many-facet model: severities, steps and spreads by marginal maximum likelihood."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.errors import NotComputableError, Reason
from assessor_app.reliability.facets.collapse import Placed, parts
from assessor_app.reliability.facets.curvature import (
    caseload_information,
    severity_information,
)
from assessor_app.reliability.facets.layout import Layout, Model
from assessor_app.reliability.facets.likelihood import (
    Grid,
    Parameters,
    slope,
    tables,
    uniform_grid,
)
from assessor_app.reliability.facets.reads import Reads
from assessor_app.reliability.optimiser import minimise

Progress = Callable[[str, int], None]
"""Told the stage and how many steps of it are done; raises `CancelledError` to stop the fit."""

INFLATION = 1.03  # the spread of severities is plugged in: errors would run a little short
ROUNDS = 4
FEW_RATERS = 5  # below, the spread of severities is assumed, not estimated
ASSUMED_SEVERITY_SD = 0.4
_LEAST_SEVERITY_SD = 0.03
_AT_BOUND = 1e-6
_OPEN = 1e-9  # of a scaled eigenvalue: a direction the data say nothing about
_TOLERANCE = 2e-3  # of the gradient, in units of the error of an unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """A fitted model.

    Attributes:
        reads: What was fitted.
        model: What kind.
        layout: Where the unknowns stand.
        placed: The evidence and which read became which row.
        grid: Where ability was evaluated.
        vector: Shape (size,), the unknowns.
        covariance: Shape (size, size), of the unknowns.
        severity_sd: Spread of severities.
        log_likelihood: Without priors.
    """

    reads: Reads
    model: Model
    layout: Layout
    placed: tuple[Placed, ...]
    grid: Grid
    vector: Floats
    covariance: Floats
    severity_sd: float
    log_likelihood: float

    def parameters(self, place: int) -> Parameters:
        """Return the unknowns as the rubric at `place` sees them."""
        return self.layout.unpack(self.vector, place)

    @property
    def raters(self) -> Ints:
        """Return the raters with a fitted severity, shape (n_free,)."""
        return self.layout.raters

    @property
    def ability_sd(self) -> float:
        """Return the spread of packets."""
        return self.parameters(0).ability_sd

    @property
    def halo_sd(self) -> float:
        """Return the spread of what moves all criteria of one read together."""
        return self.parameters(0).halo_sd

    @property
    def deviance(self) -> float:
        """Return -2 log likelihood."""
        return -2 * self.log_likelihood


def no_progress(_stage: str, _done: int) -> None:
    """Ignore progress."""


def fit(
    reads: Reads,
    model: Model | None = None,
    *,
    grid: Grid | None = None,
    severity_sd: float | None = None,
    progress: Progress = no_progress,
) -> Fit:
    """Return the fitted model.

    Args:
        reads: What was read. Give `linked_reads` unless work was assigned at random.
        model: Halo and shrinkage by default.
        grid: From -8 to 8 in steps of .4 by default; logits.
        severity_sd: Use this spread of severities instead of estimating it.
        progress: Called before every evaluation (under 0.1 s each at full scale).

    Raises:
        NotComputableError: No read has a rating, or the search did not converge.
        CancelledError: `progress` stopped the fit.

    Source:
        Masters (1982), Psychometrika 47 (partial credit); Linacre (1989), Many-Facet Rasch
        Measurement (severities); Wang & Wilson (2005), Appl. Psychol. Meas. 29 (bundle effect).
    """
    model, grid = model or Model(), grid or uniform_grid()
    reads, placed = _evidence(reads, model)
    layout = _layout(reads, model, placed)
    search = _Search(layout=layout, grid=grid, progress=progress)
    fixed = severity_sd is not None or len(layout.raters) < FEW_RATERS or not model.shrink
    spread = severity_sd or ASSUMED_SEVERITY_SD
    vector = search.run(layout.start(), spread)
    covariance = search.covariance(vector, spread)
    for _ in range(0 if fixed else ROUNDS):
        before, spread = spread, _renewed_spread(layout, vector, covariance, spread)
        vector = search.run(vector, spread)
        covariance = search.covariance(vector, spread)
        if abs(before - spread) < 0.01 * before:
            break
    return Fit(
        reads=reads,
        model=model,
        layout=layout,
        placed=placed,
        grid=grid,
        vector=vector,
        covariance=covariance,
        severity_sd=spread,
        log_likelihood=search.log_likelihood(vector),
    )


def _evidence(reads: Reads, model: Model) -> tuple[Reads, tuple[Placed, ...]]:
    """Return the evidence, and the reads without caseloads where these are not modelled."""
    if not model.caseload:
        reads = replace(reads, caseload=None)
    placed = parts(reads)
    if not placed:
        raise NotComputableError(Reason.NO_EVIDENCE)
    if len(_loads(placed)):
        return reads, placed
    reads = replace(reads, caseload=None)
    return reads, parts(reads)


def _layout(reads: Reads, model: Model, placed: tuple[Placed, ...]) -> Layout:
    present = np.unique(np.concatenate([one.part.raters for one in placed]))
    raters = present[present != (-1 if reads.panel is None else reads.panel)]
    most = [int(one.part.n_levels.max()) for one in placed]
    return Layout(
        model=model,
        parts=tuple(one.part for one in placed),
        raters=raters,
        n_raters=reads.n_raters,
        has_panel=len(raters) < len(present),
        real_steps=tuple(
            np.arange(1, levels)[None, :] < one.part.n_levels[:, None]
            for levels, one in zip(most, placed, strict=True)
        ),
        loads=_loads(placed),
    )


def _loads(placed: tuple[Placed, ...]) -> Ints:
    """Return the caseloads packets are known to come from; none when there are too few."""
    used = [group.load for one in placed for group in one.part.groups]
    known = np.unique(np.concatenate([np.zeros(1, dtype=np.int64), *used]))[1:]
    return known if len(known) >= FEW_RATERS else known[:0]


def _renewed_spread(layout: Layout, vector: Floats, covariance: Floats, spread: float) -> float:
    """Return the next spread of severities: their sum of squares over what the data determine."""
    n = len(layout.raters)
    centring = np.eye(n) - 1 / n
    severity = centring @ vector[:n]
    unknown = float(np.trace(centring @ covariance[:n, :n]))
    known = max(n - 1 - unknown / spread**2, 0.05)
    return max(_LEAST_SEVERITY_SD, float(np.sqrt(severity @ severity / known)))


def _inverse(information: Floats, layout: Layout, vector: Floats) -> Floats:
    """Return the covariance; unknowns at a bound are known, not estimated.

    Raises:
        NotComputableError: The data leave a direction open.
    """
    lower, upper = layout.bounds()
    held = (vector <= lower + _AT_BOUND) | (vector >= upper - _AT_BOUND)
    information[held, :] = 0
    information[:, held] = 0
    information[held, held] = 1.0
    diagonal = np.maximum(np.diag(information), _OPEN)
    scale = np.sqrt(np.outer(diagonal, diagonal))
    values, vectors = np.linalg.eigh(information / scale)
    if values[0] <= _OPEN:
        raise NotComputableError(Reason.SINGULAR)
    covariance: Floats = (vectors / values) @ vectors.T / scale
    covariance[held, held] = 0.0
    return covariance


@dataclass(slots=True, kw_only=True)
class _Search:
    layout: Layout
    grid: Grid
    progress: Progress
    evaluations: int = 0

    def run(self, start: Floats, spread: float) -> Floats:
        matrix, centre = self.layout.precision(spread)
        scale = self.layout.scale()

        def objective(scaled: Floats) -> tuple[float, Floats]:
            vector = scaled * scale
            value, gradient = self.slopes(vector)
            pull = matrix @ (vector - centre)
            return float((vector - centre) @ pull) / 2 - value, (pull - gradient) * scale

        lower, upper = self.layout.bounds()
        bounds = (lower / scale, upper / scale)
        return minimise(objective, start / scale, bounds=bounds, tolerance=_TOLERANCE) * scale

    def slopes(self, vector: Floats) -> tuple[float, Floats]:
        self.evaluations += 1
        self.progress("fitting severities", self.evaluations)
        gradient, value = np.zeros(self.layout.size), 0.0
        for place in range(len(self.layout.parts)):
            value += self._slope_of(vector, place, gradient)
        return value, gradient

    def log_likelihood(self, vector: Floats) -> float:
        return self.slopes(vector)[0]

    def covariance(self, vector: Floats, spread: float) -> Floats:
        layout, n = self.layout, len(self.layout.raters)
        loads = layout.loads_at
        information = np.zeros((layout.size, layout.size))
        for place, part in enumerate(layout.parts):
            p = layout.unpack(vector, place)
            self.progress("working out errors", 0)
            t = tables(part, self.grid, p)
            found = slope(part, self.grid, p, t)
            self.progress("working out errors", 0)
            own = severity_information(part, p, t, found)
            information[:n, :n] += own[np.ix_(layout.raters, layout.raters)]
            if len(layout.loads):
                of_loads, shared = caseload_information(part, self.grid, p, t)
                information[loads, loads] += of_loads[np.ix_(layout.loads, layout.loads)]
                information[:n, loads] += shared[np.ix_(layout.raters, layout.loads)]
            steps = layout.steps_of(place)
            for at in (*range(steps.start, steps.stop), *range(layout.ability_at, layout.size)):
                self.progress("working out errors", at)
                information[:, at] -= self._second(vector, place, at)
        exact = np.zeros(layout.size, dtype=np.bool_)
        exact[:n] = exact[loads] = True
        information[loads, :n] = information[:n, loads].T
        information[np.ix_(~exact, exact)] = information[np.ix_(exact, ~exact)].T
        symmetric = (information + information.T) / 2
        return _inverse(symmetric + layout.precision(spread)[0], layout, vector)

    def _slope_of(self, vector: Floats, place: int, gradient: Floats) -> float:
        part, p = self.layout.parts[place], self.layout.unpack(vector, place)
        found = slope(part, self.grid, p, tables(part, self.grid, p))
        self.layout.add(gradient, found, place)
        return found.value

    def _second(self, vector: Floats, place: int, at: int) -> Floats:
        """Return one column of second derivatives of a part by a central difference."""
        step = 1e-4
        ends: list[Floats] = []
        for sign in (1, -1):
            moved, gradient = vector.copy(), np.zeros(self.layout.size)
            moved[at] += sign * step
            self._slope_of(moved, place, gradient)
            ends.append(gradient)
        column: Floats = (ends[0] - ends[1]) / (2 * step)
        return column
