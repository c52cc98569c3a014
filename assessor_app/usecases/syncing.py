"""Rounds with the platform, as screens and commands see them."""

from assessor_app.sync.clock import Clock, Stop
from assessor_app.sync.errors import OfflineReason, Seen
from assessor_app.sync.rounds import Link, RoundProgress, RoundReport, Stage
from assessor_app.usecases.changes import Changes

__all__ = [
    "Clock",
    "Link",
    "OfflineReason",
    "RoundProgress",
    "RoundReport",
    "Seen",
    "Stage",
    "Stop",
    "changes_of",
]


def changes_of(report: RoundReport) -> Changes:
    """Return what to show again after a round."""
    acts = (*report.received, *report.refused, *report.uncertain)
    return Changes(report.changed, outbox=bool(acts))
