"""What the other reads of a packet say about each read: the basis of surprise and flattening."""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints
from assessor_app.reliability.facets.collapse import Placed
from assessor_app.reliability.facets.fit import Fit
from assessor_app.reliability.facets.likelihood import (
    Parameters,
    Tables,
    level_probabilities,
    tables,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expected:
    """Ratings of packets that others read too, beside what those others make likely.

    Attributes:
        read: Shape (n_ratings,), the read number.
        rater: Shape (n_ratings,).
        criterion: Shape (n_ratings,), the criterion number.
        level: Shape (n_ratings,), the rank given.
        probability: Shape (n_ratings, most_levels), of every rank, from the other reads alone;
            0 beyond a criterion's levels.
    """

    read: Ints
    rater: Ints
    criterion: Ints
    level: Ints
    probability: Floats

    def of(self, rater: int) -> "Expected":
        """Return the ratings of one rater."""
        return self.chosen(self.rater == rater)

    def chosen(self, which: Bools) -> "Expected":
        """Return the chosen ratings, shape (n_ratings,)."""
        return Expected(
            read=self.read[which],
            rater=self.rater[which],
            criterion=self.criterion[which],
            level=self.level[which],
            probability=self.probability[which],
        )

    @property
    def mean(self) -> Floats:
        """Return the expected rank, shape (n_ratings,)."""
        return self.probability @ np.arange(self.probability.shape[1], dtype=np.float64)

    @property
    def variance(self) -> Floats:
        """Return the variance of the rank, shape (n_ratings,)."""
        ranks = np.arange(self.probability.shape[1], dtype=np.float64)
        second: Floats = self.probability @ ranks**2
        return second - self.mean**2


def from_others(fitted: Fit) -> Expected:
    """Return every rating of a packet with several reads, beside its leave-one-out expectation.

    The definitive panel's own ratings are left out, but count as evidence on the others.
    """
    width = int(fitted.reads.n_levels.max())
    pieces = [
        _of_part(fitted, placed, fitted.parameters(place), width)
        for place, placed in enumerate(fitted.placed)
    ]
    return Expected(
        read=np.concatenate([piece.read for piece in pieces]),
        rater=np.concatenate([piece.rater for piece in pieces]),
        criterion=np.concatenate([piece.criterion for piece in pieces]),
        level=np.concatenate([piece.level for piece in pieces]),
        probability=np.concatenate([piece.probability for piece in pieces]),
    )


def _of_part(fitted: Fit, placed: Placed, p: Parameters, width: int) -> Expected:
    reads, part = fitted.reads, placed.part
    t = tables(part, fitted.grid, p)
    ability, several = _abilities(fitted, placed, t)
    read = placed.read[several]
    kept = reads.rater[read] != (-1 if reads.panel is None else reads.panel)
    read, ability = read[kept], ability[kept]
    at = ability @ t.kernel  # ability plus halo
    rows: list[Floats] = []
    for local, rater in enumerate(reads.rater[read]):
        grid = fitted.grid.points - p.severity[rater]
        chances = level_probabilities(p.steps, part.n_levels, grid)
        rows.append(np.einsum("q,qik->ik", at[local], chances))
    shape = (len(read), len(part.criteria), p.steps.shape[1] + 1)
    probability = np.zeros((len(read), len(part.criteria), width))
    probability[:, :, : shape[2]] = np.array(rows).reshape(shape)
    levels = reads.levels[np.ix_(read, part.criteria)]
    where, which = np.nonzero(levels >= 0)
    return Expected(
        read=read[where],
        rater=reads.rater[read[where]],
        criterion=part.criteria[which],
        level=levels[where, which],
        probability=probability[where, which],
    )


def _abilities(fitted: Fit, placed: Placed, t: Tables) -> tuple[Floats, Bools]:
    """Return the posterior of the ability from the other reads, and which reads have others."""
    packet = fitted.reads.packet[placed.read]
    _, packet = np.unique(packet, return_inverse=True)
    logs = np.log(t.smoothed)[placed.row]
    total = np.zeros((int(packet.max()) + 1, logs.shape[1]))
    np.add.at(total, packet, logs)
    several = np.bincount(packet)[packet] > 1
    rest = (total[packet] - logs)[several]
    load = np.zeros(len(packet), dtype=np.int64)
    if fitted.reads.caseload is not None:
        load = fitted.reads.caseload[placed.read] + 1
    density = t.prior[load[several]] * np.exp(rest - rest.max(axis=1, keepdims=True))
    return density / density.sum(axis=1, keepdims=True), several
