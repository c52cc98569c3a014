"""Where every unknown of a fit stands in one vector, and the priors that hold them."""

from dataclasses import dataclass
from math import exp, log

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints, sums
from assessor_app.reliability.facets.collapse import Part
from assessor_app.reliability.facets.likelihood import Parameters, Slope

SMALL_RUBRIC = 30  # packets below which steps lean on the pattern all criteria share
_HALO_PRIOR = (log(0.5), 1.0)
_ABILITY_PRIOR = (log(1.5), 2.0)
_SHARPNESS_PRIOR = (log(2.0), 0.5)
_STEP_PRIOR_SD = 5.0
_LOAD_PRIOR_SD = 1.0
_REACH = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What is fitted.

    Attributes:
        halo: Whether an assessor's reading of one packet moves all criteria together.
        shrink: Whether severities come from a common distribution; otherwise each stands for
            itself, they sum to zero and no prior is used at all.
        caseload: Whether packets first assigned to different raters may differ in ability. Keeps
            severities free of work that is not assigned at random; for shared packets alone.
    """

    halo: bool = True
    shrink: bool = True
    caseload: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """The unknowns of a fit: severities, steps by rubric, log spreads.

    Attributes:
        model: What is fitted.
        parts: The evidence.
        raters: Shape (n_free,), raters with a severity to find.
        n_raters: All raters.
        has_panel: Whether the definitive panel gives severities their zero.
        real_steps: By part, shape (n_own, n_steps), which steps exist.
        loads: Shape (n_loads,), caseloads with a mean to find, as packets are numbered by them.
    """

    model: Model
    parts: tuple[Part, ...]
    raters: Ints
    n_raters: int
    has_panel: bool
    real_steps: tuple[Bools, ...]
    loads: Ints

    @property
    def size(self) -> int:
        """Return the number of unknowns."""
        steps = sum(int(real.sum()) for real in self.real_steps)
        spreads = 1 + self.model.halo + self.has_panel
        return len(self.raters) + steps + len(self.loads) + spreads

    def steps_of(self, place: int) -> slice:
        """Return where the steps of a part stand."""
        start = len(self.raters) + sum(int(real.sum()) for real in self.real_steps[:place])
        return slice(start, start + int(self.real_steps[place].sum()))

    @property
    def loads_at(self) -> slice:
        """Return where the caseload means stand."""
        return slice(self.ability_at - len(self.loads), self.ability_at)

    @property
    def ability_at(self) -> int:
        """Return where the logarithm of the ability spread stands."""
        return self.size - 1 - self.model.halo - self.has_panel

    def start(self) -> Floats:
        """Return a first guess: steps from the use of levels, severities 0."""
        vector = np.zeros(self.size)
        for place, part in enumerate(self.parts):
            above = part.reached + part.panel_reached
            rated = np.maximum(_given(part), above.max(axis=1, initial=1.0))
            use = np.concatenate([rated[:, None], above, np.zeros((len(above), 1))], axis=1)
            levels = use[:, :-1] - use[:, 1:] + 0.5
            guess = np.log(levels[:, :-1] / levels[:, 1:])
            vector[self.steps_of(place)] = guess[self.real_steps[place]]
        vector[self.ability_at] = log(1.2)
        if self.model.halo:
            vector[self.ability_at + 1] = _HALO_PRIOR[0]
        if self.has_panel:
            vector[-1] = _SHARPNESS_PRIOR[0]
        return vector

    def scale(self) -> Floats:
        """Return about how far each unknown may be off; makes the search round."""
        ratings = np.zeros(self.n_raters)
        steps: list[Floats] = []
        for place, part in enumerate(self.parts):
            given = _given(part)
            np.add.at(ratings, part.raters, _ratings(part))
            wide = np.broadcast_to((0.15 * given + 1)[:, None], self.real_steps[place].shape)
            steps.append(wide[self.real_steps[place]])
        packets = sum(part.n_packets for part in self.parts)
        spreads = np.full(self.size - self.ability_at, packets + 1.0)
        loads = np.full(len(self.loads), 8.0)
        information = np.concatenate([0.3 * ratings[self.raters] + 4, *steps, loads, spreads])
        scale: Floats = 1 / np.sqrt(information)
        return scale

    def bounds(self) -> tuple[Floats, Floats]:
        """Return least and greatest values; spreads and sharpness stay where the grid is fine."""
        lower, upper = np.full(self.size, -_REACH), np.full(self.size, _REACH)
        lower[self.ability_at :], upper[self.ability_at :] = log(0.1), log(6.0)
        return lower, upper

    def unpack(self, vector: Floats, place: int) -> Parameters:
        """Return the unknowns as the part at `place` sees them."""
        severity = np.zeros(self.n_raters)
        severity[self.raters] = vector[: len(self.raters)]
        load_mean = np.zeros(self.n_raters + 1 if len(self.loads) else 1)
        load_mean[self.loads] = vector[self.loads_at]
        steps = np.zeros(self.real_steps[place].shape)
        steps[self.real_steps[place]] = vector[self.steps_of(place)]
        return Parameters(
            severity=severity,
            steps=steps,
            ability_sd=exp(float(vector[self.ability_at])),
            halo_sd=exp(float(vector[self.ability_at + 1])) if self.model.halo else 0.0,
            load_mean=load_mean,
            sharpness=exp(float(vector[-1])) if self.has_panel else 1.0,
        )

    def add(self, gradient: Floats, slope: Slope, place: int) -> None:
        """Add the derivatives of one part to those of all."""
        gradient[: len(self.raters)] += slope.severity[self.raters]
        gradient[self.steps_of(place)] += slope.steps[self.real_steps[place]]
        gradient[self.loads_at] += slope.load_mean[self.loads]
        gradient[self.ability_at] += slope.log_ability_sd
        if self.model.halo:
            gradient[self.ability_at + 1] += slope.log_halo_sd
        if self.has_panel:
            gradient[-1] += slope.log_sharpness

    def precision(self, severity_sd: float) -> tuple[Floats, Floats]:
        """Return the quadratic prior: its matrix, shape (size, size), and its centre.

        Severities: normal with `severity_sd` around 0, or around their own mean when a panel gives
        the zero; without shrinkage only their sum is held. Caseload means: normal,
        with a spread wide enough to leave them to the data. Spreads: weakly log-normal. Steps of
        rubrics with few packets or an unused level: towards the mean step of all criteria.
        """
        n = len(self.raters)
        matrix, centre = np.zeros((self.size, self.size)), np.zeros(self.size)
        mean = np.full((n, n), 1 / max(n, 1))
        if not self.model.shrink:
            matrix[:n, :n] = 0 if self.has_panel else mean
            return matrix, centre
        matrix[:n, :n] = (np.eye(n) - mean * self.has_panel) / severity_sd**2
        loads = self.loads_at
        matrix[loads, loads] = np.eye(len(self.loads)) / _LOAD_PRIOR_SD**2
        for place, part in enumerate(self.parts):
            own = self.steps_of(place)
            matrix[own, own] = self._step_precision(part, self.real_steps[place])
        matrix[self.ability_at, self.ability_at] = _ABILITY_PRIOR[1] ** -2
        centre[self.ability_at] = _ABILITY_PRIOR[0]
        if self.model.halo:
            matrix[self.ability_at + 1, self.ability_at + 1] = _HALO_PRIOR[1] ** -2
            centre[self.ability_at + 1] = _HALO_PRIOR[0]
        if self.has_panel:
            matrix[-1, -1] = _SHARPNESS_PRIOR[1] ** -2
            centre[-1] = _SHARPNESS_PRIOR[0]
        return matrix, centre

    @staticmethod
    def _step_precision(part: Part, real: Bools) -> Floats:
        reached = part.reached + part.panel_reached
        use = np.concatenate([_given(part)[:, None], reached], axis=1)
        levels = use - np.pad(use, ((0, 0), (0, 1)))[:, 1:]
        exists = np.concatenate([np.ones((len(real), 1), dtype=np.bool_), real], axis=1)
        unused = bool((exists & (levels == 0)).any())
        if part.n_packets >= SMALL_RUBRIC and not unused:
            return np.zeros((int(real.sum()), int(real.sum())))
        _, step = np.nonzero(real)
        same = (step[:, None] == step[None, :]).astype(np.float64)
        shared = np.eye(len(step)) - same / same.sum(axis=1, keepdims=True)
        result: Floats = shared + np.eye(len(step)) / _STEP_PRIOR_SD**2
        return result


def _given(part: Part) -> Floats:
    """Return the ratings of each criterion, shape (n_own,)."""
    reads = _row_reads(part)
    return reads @ part.cell_mask[part.row_cell].astype(np.float64)


def _ratings(part: Part) -> Floats:
    """Return the ratings by each assessor of the part, shape (n_own_raters,)."""
    each = _row_reads(part) * part.cell_mask.sum(axis=1)[part.row_cell]
    place = part.cell_place[part.row_cell]
    return sums(place, each, len(part.raters))


def _row_reads(part: Part) -> Floats:
    """Return how many reads each row stands for, shape (n_rows,)."""
    reads = part.single.copy()
    for group in part.groups:
        np.add.at(reads, group.rows, np.broadcast_to(group.weight[:, None], group.rows.shape))
    return reads
