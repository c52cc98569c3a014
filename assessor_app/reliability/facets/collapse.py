"""The reads of one rubric, boiled down to what the likelihood depends on.

By Rasch sufficiency a read enters only through its assessor, the criteria that were rated and the
sum of the ranks, so equal reads are one row; packets read once are rows with a weight.
"""

from dataclasses import dataclass

import numpy as np

from assessor_app.reliability.arrays import Bools, Floats, Ints, sums
from assessor_app.reliability.facets.reads import Reads

PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Packets with the same number of reads, two or more.

    Attributes:
        rows: Shape (n_packets, n_reads), row numbers.
        weight: Shape (n_packets,), copies.
        load: Shape (n_packets,), whose caseload: 0 of nobody known, else one more than the rater.
    """

    rows: Ints
    weight: Floats
    load: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One rubric's evidence.

    Attributes:
        criteria: Shape (n_own,), the criterion numbers of this rubric.
        raters: Shape (n_own_raters,), ascending, who read under this rubric.
        panel_place: Where the definitive panel stands in `raters`; empty or one number.
        n_levels: Shape (n_own,).
        row_cell: Shape (n_rows,), ascending; a cell is an assessor with a set of criteria.
        row_sum: Shape (n_rows,), sum of the ranks.
        cell_rater: Shape (n_cells,), ascending.
        cell_mask: Shape (n_cells, n_own), which criteria were rated.
        consensus: Shape (n_rows,), rows of the definitive panel.
        single: Shape (n_rows,), packets that were read once, as this row.
        groups: The packets read more than once.
        reached: Shape (n_own, most_levels - 1), ratings at or above each level from the second,
            by assessors.
        panel_reached: The same, by the definitive panel.
        of_rater: Shape (n_raters,), sum of all ranks an assessor gave.
        n_packets: Packets of this rubric.
    """

    criteria: Ints
    raters: Ints
    panel_place: Ints
    n_levels: Ints
    row_cell: Ints
    row_sum: Floats
    cell_rater: Ints
    cell_mask: Bools
    consensus: Bools
    single: Floats
    groups: tuple[Group, ...]
    reached: Floats
    panel_reached: Floats
    of_rater: Floats
    n_packets: int

    @property
    def row_rater(self) -> Ints:
        """Return the assessor of each row, shape (n_rows,)."""
        return self.cell_rater[self.row_cell]

    @property
    def cell_place(self) -> Ints:
        """Return the place of each cell's assessor in `raters`, shape (n_cells,)."""
        return np.searchsorted(self.raters, self.cell_rater)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """A part, and which row and packet each of its reads became.

    Attributes:
        part: The evidence.
        read: Shape (n_own_reads,), read numbers.
        row: Shape (n_own_reads,).
    """

    part: Part
    read: Ints
    row: Ints


def parts(reads: Reads) -> tuple[Placed, ...]:
    """Return the evidence by rubric; rubrics and reads without any rating are left out."""
    found: list[Placed] = []
    for rubric in range(int(reads.rubric.max(initial=-1)) + 1):
        criteria = np.flatnonzero(reads.rubric == rubric)
        chosen = np.flatnonzero((reads.levels[:, criteria] >= 0).any(axis=1))
        if len(chosen):
            found.append(_collapse(reads, criteria, chosen))
    return tuple(found)


def _collapse(reads: Reads, criteria: Ints, chosen: Ints) -> Placed:
    levels = reads.levels[np.ix_(chosen, criteria)]
    rated = levels >= 0
    packet, rater = reads.packet[chosen], reads.rater[chosen]
    total = np.where(rated, levels, 0).sum(axis=1)
    masks, mask = np.unique(rated, axis=0, return_inverse=True)
    cells, cell = np.unique(rater * len(masks) + mask.ravel(), return_inverse=True)
    width = int(total.max()) + 1
    rows, row = np.unique(cell * width + total, return_inverse=True)
    n_levels = reads.n_levels[criteria]
    reached = levels[:, :, None] >= np.arange(1, int(n_levels.max()))
    panel = -1 if reads.panel is None else reads.panel
    load = np.zeros(len(chosen), dtype=np.int64)
    if reads.caseload is not None:
        load = reads.caseload[chosen] + 1
    single, groups = _packets(packet, row.astype(np.int64), load, len(rows))
    part = Part(
        criteria=criteria,
        raters=np.unique(rater),
        panel_place=np.flatnonzero(np.unique(rater) == panel),
        n_levels=n_levels,
        row_cell=rows // width,
        row_sum=(rows % width).astype(np.float64),
        cell_rater=cells // len(masks),
        cell_mask=masks[cells % len(masks)],
        consensus=cells[rows // width] // len(masks) == panel,
        single=single,
        groups=groups,
        reached=reached[rater != panel].sum(axis=0).astype(np.float64),
        panel_reached=reached[rater == panel].sum(axis=0).astype(np.float64),
        of_rater=sums(rater, total.astype(np.float64), reads.n_raters),
        n_packets=len(np.unique(packet)),
    )
    return Placed(part=part, read=chosen, row=row.astype(np.int64))


def _packets(packet: Ints, row: Ints, load: Ints, n_rows: int) -> tuple[Floats, tuple[Group, ...]]:
    order = np.lexsort((row, packet))
    _, start, count = np.unique(packet[order], return_index=True, return_counts=True)
    alone = row[order[start[count == 1]]]
    single = np.bincount(alone, minlength=n_rows).astype(np.float64)
    groups: list[Group] = []
    for size in np.unique(count[count >= PAIR]):
        starts = start[count == size]
        rows = row[order[starts[:, None] + np.arange(size)[None, :]]]
        of_packet, weight = load[order[starts]], np.ones(len(rows))
        if size == PAIR:
            keys = (of_packet * n_rows + rows[:, 0]) * n_rows + rows[:, 1]
            pairs, copies = np.unique(keys, return_counts=True)
            rows = np.stack([pairs // n_rows % n_rows, pairs % n_rows], axis=1)
            of_packet, weight = pairs // n_rows**2, copies.astype(np.float64)
        groups.append(Group(rows=rows, weight=weight, load=of_packet))
    return single, tuple(groups)
