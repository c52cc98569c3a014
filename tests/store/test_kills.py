"""The process is killed at the worst moments; the next start finds what was promised."""

import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import OutboxState
from assessor_app.store import outbox
from assessor_app.store.blobs import begin, has_blob, open_reader, put_complete
from assessor_app.store.download import Download, Span
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from assessor_app.store.reviews import get_draft
from tests.store.making import IMAGE, ONE, blob_of, reopened, review

Die = Callable[[str], Store]


@pytest.fixture
def die_at(store: Store, key: ProfileKey) -> Die:
    """Let a process of its own die at a moment, and open what it left."""

    def die(moment: str) -> Store:
        store.close()
        folder = store.profile.folder
        command = [sys.executable, "-m", "tests.store.dying", moment, str(folder), key.secret.hex()]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL, done.stderr
        return reopened(folder, key)

    return die


def state_of(store: Store, act: str) -> OutboxState | None:
    with store.sessions.begin() as session:
        found = outbox.get_act(session, ActId(act))
    return found.state if found else None


def draft_text(store: Store) -> tuple[object, object]:
    with store.sessions.begin() as session:
        draft = get_draft(session, ONE)
    assert draft is not None
    return draft.review, draft.sealed_as


def test_killed_between_the_journal_and_the_commit_of_a_seal_it_is_sealed(die_at: Die) -> None:
    with die_at("seal").sessions.begin() as session:
        (act,) = outbox.list_acts(session)
        draft = get_draft(session, ONE)

    assert (act.act_id, act.state, act.body) == ("r1", OutboxState.AMBIGUOUS, b"frozen")
    assert draft is not None
    assert (draft.sealed_as, draft.review) == ("r1", review(text="sealed"))


def test_killed_between_the_journal_and_the_commit_of_a_reopening_it_is_reopened(
    die_at: Die,
) -> None:
    store = die_at("reopen")

    assert state_of(store, "r1") is OutboxState.VOIDING
    assert state_of(store, "v1") is OutboxState.AMBIGUOUS
    assert draft_text(store) == (review(text="sealed"), None)


def test_killed_after_the_journal_knew_that_a_void_was_refused_the_review_counts(
    die_at: Die,
) -> None:
    store = die_at("closed")

    assert state_of(store, "r1") is OutboxState.RECEIVED
    assert state_of(store, "v1") is None


def test_killed_while_sending_the_act_is_ambiguous(die_at: Die) -> None:
    store = die_at("sending")

    assert store.report.found_sending == 1
    assert state_of(store, "r1") is OutboxState.AMBIGUOUS


def test_killed_in_the_middle_of_a_save_the_draft_is_as_of_its_last_save(die_at: Die) -> None:
    assert draft_text(die_at("draft")) == (review(text="saved"), None)


def test_killed_after_a_save_the_draft_is_there(die_at: Die) -> None:
    assert draft_text(die_at("saved")) == (review(text="saved"), None)


def test_killed_after_the_rename_and_before_the_row_nothing_is_fetched_again(die_at: Die) -> None:
    store = die_at("renamed")
    blob = blob_of(IMAGE)
    with store.sessions.begin() as session:
        assert not has_blob(session, blob.sha256)
        ticket = begin(session, store.blob_folder, blob)

    with Download(store.blob_folder, ticket) as download:
        assert download.missing() == ()
        download.finish()

    with store.sessions.begin() as session:
        put_complete(session, blob.sha256)
        with open_reader(session, store.blob_folder, blob.sha256) as reader:
            assert reader.read_all() == IMAGE


def test_killed_within_a_chunk_the_download_goes_on_at_that_byte(die_at: Die) -> None:
    store = die_at("part")
    with store.sessions.begin() as session:
        ticket = begin(session, store.blob_folder, blob_of(IMAGE))

    with Download(store.blob_folder, ticket) as download:
        assert download.missing() == (Span(71_000, len(IMAGE) - 71_000),)
