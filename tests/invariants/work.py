"""What of an assessor's work is in a store, in a form that can be compared and kept."""

import hashlib
from typing import Any

from assessor_app.store import outbox
from assessor_app.store.opening import Store
from assessor_app.store.reviews import list_drafts

Work = dict[str, Any]


def work_of(store: Store) -> Work:
    """Return every act with its state and the hash of its frozen bytes, and every draft."""
    with store.sessions.begin() as session:
        acts = {
            act.act_id: [act.kind.value, act.state.value, hashlib.sha256(act.body).hexdigest()]
            for act in outbox.list_acts(session)
        }
        drafts = {
            draft.review.assignment: [
                draft.review.feedback[0].text,
                draft.sealed_as,
                draft.can_undo,
            ]
            for draft in list_drafts(session)
        }
    return {"acts": dict(sorted(acts.items())), "drafts": dict(sorted(drafts.items()))}
