"""What the model reads: who gave which levels to which packet."""

from dataclasses import dataclass, replace

import numpy as np

from assessor_app.reliability.arrays import Bools, Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reads:
    """Blind reads of packets, one row per read.

    Attributes:
        packet: Shape (n_reads,), from 0.
        rater: Shape (n_reads,), from 0. No rater reads a packet twice.
        levels: Shape (n_reads, n_criteria), ranks from 0; -1 where a criterion was not rated or
            belongs to another rubric.
        n_levels: Shape (n_criteria,), levels of each criterion.
        rubric: Shape (n_criteria,), the rubric version each criterion belongs to, from 0. A packet
            is read under one rubric.
        n_raters: Number of raters, the definitive panel included.
        panel: The rater number of the definitive panel, whose severity is 0 by definition; None
            without one.
        caseload: Shape (n_reads,), the rater to whom the packet was assigned first, the same for
            all its reads; -1 where that is not known. None throughout when nothing is known.
    """

    packet: Ints
    rater: Ints
    levels: Ints
    n_levels: Ints
    rubric: Ints
    n_raters: int
    panel: int | None = None
    caseload: Ints | None = None

    def only(self, chosen: Bools) -> "Reads":
        """Return the chosen reads, shape (n_reads,)."""
        return replace(
            self,
            packet=self.packet[chosen],
            rater=self.rater[chosen],
            levels=self.levels[chosen],
            caseload=None if self.caseload is None else self.caseload[chosen],
        )


def linked_reads(reads: Reads) -> Reads:
    """Return the reads of packets that have two or more: only these tell assessors from work."""
    read_count = np.bincount(reads.packet)
    return reads.only(read_count[reads.packet] > 1)


def link_groups(reads: Reads) -> Ints:
    """Return which raters are connected through shared packets.

    Returns:
        Shape (n_raters,), the least rater number of each connected group; -1 for a rater who
        shares no packet. Severities of different groups cannot be compared.
    """
    linked = linked_reads(reads)
    group = np.arange(reads.n_raters)
    order = np.argsort(linked.packet, kind="stable")
    packet, rater = linked.packet[order], linked.rater[order]
    same = packet[1:] == packet[:-1]
    edges = np.unique(np.stack([rater[:-1][same], rater[1:][same]], axis=1), axis=0)
    changed = True
    while changed:
        least = np.minimum(group[edges[:, 0]], group[edges[:, 1]])
        before = group.copy()
        np.minimum.at(group, edges[:, 0], least)
        np.minimum.at(group, edges[:, 1], least)
        changed = bool((before != group).any())
    alone = np.bincount(linked.rater, minlength=reads.n_raters) == 0
    group[alone] = -1
    return group
