from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assessor_app.store.errors import NothingToUndoError
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from assessor_app.store.reviews import get_draft, list_drafts, redo, save_draft, undo
from tests.store.making import NOW, ONE, TWO, reopened, review


def test_undo_and_redo_walk_every_stored_revision(session: Session) -> None:
    for number in range(30):
        save_draft(session, review(text=f"text {number}"), now=NOW)

    for number in reversed(range(29)):
        assert undo(session, ONE, now=NOW).review == review(text=f"text {number}")
    assert redo(session, ONE, now=NOW).review == review(text="text 1")


def test_undo_outlives_a_restart(store: Store, key: ProfileKey) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="first"), now=NOW)
        save_draft(session, review(text="second"), now=NOW)
    folder: Path = store.profile.folder
    store.close()

    again = reopened(folder, key)
    with again.sessions.begin() as session:
        draft = undo(session, ONE, now=NOW)
    again.close()

    assert (draft.review, draft.can_undo, draft.can_redo) == (review(text="first"), False, True)


def test_a_save_after_undo_begins_a_new_line(session: Session) -> None:
    for text in ("first", "second", "third"):
        save_draft(session, review(text=text), now=NOW)
    undo(session, ONE, now=NOW)

    draft = save_draft(session, review(text="other"), now=NOW)

    assert not draft.can_redo
    assert undo(session, ONE, now=NOW).review == review(text="second")


def test_typing_one_text_is_one_revision(session: Session) -> None:
    save_draft(session, review(text=""), now=NOW)
    for text in ("w", "wa", "wai", "wait"):
        save_draft(session, review(text=text), now=NOW, merge_key="f1")

    assert undo(session, ONE, now=NOW).review == review(text="")


def test_typing_after_undo_keeps_the_text_that_was_returned_to(session: Session) -> None:
    save_draft(session, review(text="wait"), now=NOW, merge_key="f1")
    save_draft(session, review(text="wait time"), now=NOW)
    undo(session, ONE, now=NOW)

    save_draft(session, review(text="wait a bit"), now=NOW, merge_key="f1")

    assert undo(session, ONE, now=NOW).review == review(text="wait")


def test_there_is_an_end_to_undo_and_redo(session: Session) -> None:
    save_draft(session, review(), now=NOW)

    with pytest.raises(NothingToUndoError):
        undo(session, ONE, now=NOW)
    with pytest.raises(NothingToUndoError):
        redo(session, ONE, now=NOW)
    with pytest.raises(NothingToUndoError):
        undo(session, TWO, now=NOW)


def test_drafts_are_kept_apart(session: Session) -> None:
    save_draft(session, review(ONE, "one"), now=NOW)
    save_draft(session, review(TWO, "two"), now=NOW)

    draft = get_draft(session, ONE)

    assert draft is not None
    assert draft.review == review(ONE, "one")
    assert len(list_drafts(session)) == 2
