"""What the assessor holds stays on the laptop, whatever becomes of the database."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.store import outbox, voids
from assessor_app.store.hold import hold, is_held
from assessor_app.store.journal import HoldEntry
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from tests.store.making import NOW, ONE, TWO, a_void, reopened, review, sealing
from tests.store.test_replay import LOSSES, Loss, lost, snapshot


def seal(session: Session, store: Store) -> None:
    outbox.seal(session, store.journal, review(), sealing("r1"))


def test_nothing_that_is_held_leaves(session: Session, store: Store) -> None:
    seal(session, store)
    outbox.release(session, now=NOW)
    outbox.put_act(
        session, act_id=ActId("q1"), kind=ActKind.ASK, assignment=TWO, body=b"?", now=NOW
    )

    hold(session, store.journal, holds=True)

    assert outbox.begin_sending(session) is None


def test_what_is_held_before_its_time_stays_sealed(session: Session, store: Store) -> None:
    hold(session, store.journal, holds=True)
    seal(session, store)

    assert outbox.release(session, now=NOW) == 0

    (act,) = outbox.list_acts(session, assignment=ONE)
    assert act.state is OutboxState.SEALED


def test_a_reopening_leaves_although_everything_is_held(session: Session, store: Store) -> None:
    seal(session, store)
    hold(session, store.journal, holds=True)
    voids.reopen(session, store.journal, sealing("r1").act_id, a_void("v1"))

    act = outbox.begin_sending(session)

    assert act is not None
    assert act.kind is ActKind.VOID


def test_what_is_let_go_leaves(session: Session, store: Store) -> None:
    hold(session, store.journal, holds=True)
    seal(session, store)

    hold(session, store.journal, holds=False)
    outbox.release(session, now=NOW)

    assert outbox.begin_sending(session) is not None


@LOSSES
@pytest.mark.parametrize("holds", [True, False])
def test_what_was_held_is_held_in_another_database_too(
    store: Store, key: ProfileKey, tmp_path: Path, lose: Loss, *, holds: bool
) -> None:
    with store.sessions.begin() as session:
        hold(session, store.journal, holds=not holds)
    older = snapshot(store, tmp_path)
    with store.sessions.begin() as session:
        hold(session, store.journal, holds=holds)

    again = lost(store, key, lose, older)

    with again.sessions.begin() as session:
        assert is_held(session) is holds
    again.close()


def test_only_the_last_word_is_kept_in_the_journal(store: Store, key: ProfileKey) -> None:
    for holds in (True, False, True):
        with store.sessions.begin() as session:
            hold(session, store.journal, holds=holds)
    store.close()

    again = reopened(store.profile.folder, key)

    kept = [entry for _, entry in again.journal.entries() if isinstance(entry, HoldEntry)]
    assert kept == [HoldEntry(holds=True)]
    again.close()
