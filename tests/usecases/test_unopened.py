"""Work of a newer version: all of it is read, whatever is new about it, and no byte is changed."""

import hashlib
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from assessor_app.domain.ids import AssignmentId, FeedbackId
from assessor_app.domain.outbox import OutboxState
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Review
from assessor_app.store import reviews
from assessor_app.store.opening import Store
from assessor_app.sync.clock import Clock
from assessor_app.ui.outbox.export_text import words_of
from assessor_app.usecases.errors import NewerStoreError, UnreadableStoreError
from assessor_app.usecases.profiles import open_with_keyring
from assessor_app.usecases.unopened import UnopenedWork, read_unopened
from tests.fakes import Vault
from tests.sync.bench import BUILT, KEYS, act, laptop, sealed, view
from tests.sync.timing import MORNING

WORDS = "The juniper coachee chose the goal herself."
NEWER = (
    "UPDATE alembic_version SET version_num = '9999'",
    "ALTER TABLE drafts ADD COLUMN mood TEXT",
    "ALTER TABLE outbox ADD COLUMN urgency INTEGER NOT NULL DEFAULT 3",
    "CREATE TABLE whatever (id INTEGER PRIMARY KEY, content BLOB)",
)


def write(store: Store, name: str) -> Review:
    """Begin a review in words that can be found again."""
    begun = Review(
        assignment=AssignmentId(name),
        manifest_sha256=BUILT.manifest_sha256,
        rubric=view().rubric,
    )
    item = FeedbackItem(
        id=FeedbackId("f1"),
        kind=FeedbackKind.PRAISE,
        criterion=BUILT.rubric.criteria[0].id,
        text=WORDS,
    )
    draft = begun.give_feedback(item)
    with store.sessions.begin() as session:
        reviews.save_draft(session, draft, now=MORNING)
    return draft


def change(store: Store, *statements: str) -> None:
    with store.sessions.begin() as session:
        for statement in statements:
            session.execute(text(statement))


def newer(tmp_path: Path, *statements: str, was_killed: bool = False) -> tuple[Path, Vault]:
    """Return a profile with a draft and a sealed review that a newer version left.

    One that was killed leaves the log, in which the latest still is.
    """
    folder, left = tmp_path / "profile", tmp_path / "left"
    with laptop(folder, "a-1", "a-2") as store:
        sealed(store, "a-1")
        change(store, *NEWER, *statements)
        write(store, "a-2")
        if was_killed:
            shutil.copytree(folder, left)
        vault = Vault({store.profile.facts.id: KEYS[tmp_path.parent / "model"].secret})
    return (left if was_killed else folder), vault


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def words(work: UnopenedWork) -> tuple[str, ...]:
    return tuple(words_of(each.exported) for each in work.reviews if each.exported is not None)


@pytest.mark.parametrize("was_killed", [False, True])
def test_reading_changes_no_byte_and_leaves_no_file(
    tmp_path: Path,
    was_killed: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    folder, vault = newer(tmp_path, was_killed=was_killed)
    before = hashes(folder)
    assert ("store.db-wal" in before) is was_killed

    work = read_unopened(folder, vault)

    assert hashes(folder) == before
    draft, review = work.reviews
    assert (draft.act, draft.submission, draft.written_at) == (None, "MC-4F2K-9", MORNING)
    assert (review.state, review.submission) == (OutboxState.QUEUED, "MC-4F2K-9")
    assert WORDS in words(work)[0]
    assert WORDS in work.everything


def test_a_start_that_refuses_and_a_look_change_no_byte_together(tmp_path: Path) -> None:
    folder, vault = newer(tmp_path)
    before = hashes(folder)

    with pytest.raises(NewerStoreError):
        open_with_keyring(folder, vault, Clock(now=lambda: MORNING))
    read_unopened(folder, vault)

    assert hashes(folder) == before


def test_a_sealed_review_is_shown_as_it_was_sealed(tmp_path: Path) -> None:
    with laptop(tmp_path / "profile") as store:
        frozen = act(store, sealed(store).act_id).body
        change(store, *NEWER)
        vault = Vault({store.profile.facts.id: KEYS[tmp_path.parent / "model"].secret})

    (review,) = read_unopened(tmp_path / "profile", vault).reviews

    assert review.content.encode() == frozen
    assert review.exported is not None
    for item in review.exported.review.feedback:
        assert item.text in words_of(review.exported)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outbox SET body = replace(CAST(body AS TEXT), 'review/1', 'review/2')",
        "UPDATE rubrics SET content = X'7B7D'",
        "UPDATE outbox SET sealed_at = 'a while ago'",
        "DELETE FROM rubrics",
        "DELETE FROM assignments",
    ],
)
def test_what_only_the_newer_version_knows_leaves_the_text_there(
    tmp_path: Path, statement: str
) -> None:
    folder, vault = newer(tmp_path, statement)

    work = read_unopened(folder, vault)

    draft, review = work.reviews
    assert WORDS in draft.content
    assert BUILT.rubric.criteria[0].id in review.content


def test_a_state_of_the_newer_version_is_not_known_and_the_text_is(tmp_path: Path) -> None:
    folder, vault = newer(tmp_path, "UPDATE outbox SET state = 'resting'")

    _, review = read_unopened(folder, vault).reviews

    assert review.state is None
    assert review.act is not None
    assert review.exported is not None


def test_a_reopened_review_is_there_once_as_its_draft(tmp_path: Path) -> None:
    folder, vault = newer(
        tmp_path, "UPDATE outbox SET state = 'voided'", "UPDATE drafts SET sealed_as = NULL"
    )

    assert [each.act for each in read_unopened(folder, vault).reviews] == [None, None]


def test_work_kept_in_other_places_is_said_and_left_alone(tmp_path: Path) -> None:
    folder, vault = newer(tmp_path, "ALTER TABLE outbox RENAME TO acts")
    before = hashes(folder)

    with pytest.raises(UnreadableStoreError):
        read_unopened(folder, vault)

    assert hashes(folder) == before


def test_what_was_written_is_in_no_representation(tmp_path: Path) -> None:
    folder, vault = newer(tmp_path)

    work = read_unopened(folder, vault)

    assert WORDS not in repr(work)
    assert all(WORDS not in repr(each) for each in work.reviews)
