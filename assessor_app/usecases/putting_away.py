"""What the assessor put away: it needs nobody any more, stays whole, and can be brought back.

It is said of one act or draft as it was seen, and holds while its assignment is closed: once that
is open again, another reason stands or the draft was written on, it needs the assessor as before.
Nothing of the act changes, here or on the platform, which does not count it.
"""

from assessor_app.domain.assignment import Assignment, AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.domain.outbox import OutboxState
from assessor_app.store import outbox, reviews
from assessor_app.store.acts import Act
from assessor_app.store.lines import PUT_AWAY
from assessor_app.store.reviews import Draft
from assessor_app.store.settings import get_setting, put_setting
from assessor_app.usecases.changes import Changes, changes_to
from assessor_app.usecases.errors import NoActError, NoDraftError
from assessor_app.usecases.queue_rows import seen_as
from assessor_app.usecases.workbench import Transaction


def put_away(at: Transaction, assignment: AssignmentId, act: ActId | None = None) -> Changes:
    """Let an act of a closed assignment need nobody; None: its stranded draft.

    Raises:
        NoActError, NoDraftError: It is there no more.
    """
    if act is not None:
        found = outbox.get_act(at.session, act)
        if found is None:
            raise NoActError(act)
        seen = seen_as(found.reason, None)
    else:
        draft = reviews.get_draft(at.session, assignment)
        if draft is None:
            raise NoDraftError(assignment)
        seen = seen_as(None, draft.saved_at)
    put_setting(at.session, PUT_AWAY + (act or assignment), seen)
    return changes_to(assignment, outbox=True)


def bring_back(at: Transaction, assignment: AssignmentId, act: ActId | None = None) -> Changes:
    """Let what was put away need the assessor again; None: the draft."""
    put_setting(at.session, PUT_AWAY + (act or assignment), "")
    return changes_to(assignment, outbox=True)


def can_be_put_away(act: Act, assignment: Assignment | None) -> bool:
    """Return whether an act waits for the assessor although its assignment is closed."""
    is_open = assignment is None or assignment.state is AssignmentState.OPEN
    return act.state is OutboxState.ATTENTION and not is_open


def is_put_away(at: Transaction, act: Act, assignment: Assignment | None) -> bool:
    """Return whether the assessor put an act away as it is now."""
    seen = get_setting(at.session, PUT_AWAY + act.act_id)
    return can_be_put_away(act, assignment) and bool(seen) and seen == seen_as(act.reason, None)


def is_draft_put_away(at: Transaction, draft: Draft) -> bool:
    """Return whether the assessor put a stranded draft away as it is now."""
    seen = get_setting(at.session, PUT_AWAY + draft.review.assignment)
    return seen == seen_as(None, draft.saved_at)
