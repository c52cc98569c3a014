"""Which figures may be shown: too few reads make any number look like knowledge."""

from enum import StrEnum

from assessor_app.reliability.thresholds import Thresholds


class Kind(StrEnum):
    """How much evidence a figure needs."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    UNWEIGHTED = "unweighted coefficient"
    WEIGHTED = "weighted coefficient"
    SEVERITY = "severity"


def needed(kind: Kind, top_share: float, thresholds: Thresholds) -> int:
    """Return the double reads (for severities: shared packets) a kind of figure needs.

    Args:
        kind: Of the figure.
        top_share: Share of ratings at the commonest level.
        thresholds: Of the issuer.
    """
    weighted = thresholds.weighted_from
    if top_share > thresholds.skewed:
        weighted = thresholds.weighted_from_if_skewed
    return {
        Kind.COUNT: 0,
        Kind.PERCENTAGE: thresholds.percentages_from,
        Kind.UNWEIGHTED: thresholds.unweighted_from,
        Kind.WEIGHTED: weighted,
        Kind.SEVERITY: thresholds.linked_packets,
    }[kind]
