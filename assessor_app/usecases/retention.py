"""Clear away received work that every backup of the platform holds, and nothing else."""

from datetime import datetime

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import AssignmentId
from assessor_app.store import assignments, outbox
from assessor_app.store.purge import purge_all
from assessor_app.usecases.workbench import Transaction

MOST_AT_ONCE = 20
"""So many share a transaction: few, so that a draft never waits long to be saved."""


def clear_settled(at: Transaction, *, before: datetime) -> frozenset[AssignmentId]:
    """Purge finished assignments whose last receipt is older, the oldest first; return which.

    What is more than `MOST_AT_ONCE` goes with a later round. `store.purge` lets only settled work
    go: a draft, a sealed review or one that needs attention keeps its assignment, however old it
    is.
    """
    newest: dict[AssignmentId, datetime] = {}
    for act in outbox.list_acts(at.session):
        if act.receipt is not None:
            known = newest.get(act.assignment, act.receipt.received_at)
            newest[act.assignment] = max(known, act.receipt.received_at)
    closed = {
        own.id
        for own in assignments.list_assignments(at.session)
        if own.state is not AssignmentState.OPEN
    }
    old = sorted((newest[name], name) for name in closed if name in newest)
    gone = (name for last, name in old if last < before)
    return purge_all(at.session, at.journal, gone, at.blob_folder, most=MOST_AT_ONCE)
