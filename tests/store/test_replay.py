"""The database is older than the journal, or gone; what was sealed comes back as promised."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId, ReviewId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.store import outbox, voids
from assessor_app.store.account import get_account
from assessor_app.store.errors import IllegalTransitionError
from assessor_app.store.journal import SealEntry
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store
from assessor_app.store.replay import Replayed
from assessor_app.store.reviews import Draft, get_draft, save_draft
from tests.store.making import NOW, ONE, TWO, a_void, receipt, reopened, review, sealing

Loss = Callable[[Store, Path], None]


def destroy(store: Store, _: Path) -> None:
    store.profile.database.unlink()


def put_older(store: Store, older: Path) -> None:
    shutil.copyfile(older, store.profile.database)


def overwrite(store: Store, _: Path) -> None:
    store.profile.database.write_bytes(b"\x07" * 8192)


LOSSES = pytest.mark.parametrize("lose", [destroy, put_older, overwrite])


def snapshot(store: Store, tmp_path: Path) -> Path:
    """Copy the database as a backup would, its log folded in."""
    copy = tmp_path / "older.db"
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    shutil.copyfile(store.profile.database, copy)
    return copy


def lost(store: Store, key: ProfileKey, lose: Loss, older: Path) -> Store:
    """Close the store, damage it, and start again."""
    store.close()
    lose(store, older)
    return reopened(store.profile.folder, key)


def state_of(store: Store, act: str) -> OutboxState | None:
    with store.sessions.begin() as session:
        found = outbox.get_act(session, ActId(act))
    return found.state if found else None


def seal(store: Store, act: str, text: str = "sealed") -> None:
    with store.sessions.begin() as session:
        outbox.seal(session, store.journal, review(text=text), sealing(act, body=act.encode()))
        outbox.release(session, now=NOW)


def reopen(store: Store, review_id: str, void: str) -> None:
    with store.sessions.begin() as session:
        voids.reopen(session, store.journal, ReviewId(review_id), a_void(void))


def draft_of(store: Store) -> Draft:
    with store.sessions.begin() as session:
        draft = get_draft(session, ONE)
    assert draft is not None
    return draft


def receive_next(session: Session) -> None:
    """Send what has to leave first, and let the platform receive it."""
    act = outbox.begin_sending(session)
    assert act is not None
    outbox.receive(session, act.act_id, receipt(act))


def refuse(session: Session, store: Store) -> None:
    voids.void_refused(
        session,
        store.journal,
        ReviewId("r1"),
        void=a_void("v1"),
        reason=AttentionReason.REFUSED,
        problem=b"why",
    )


@LOSSES
def test_a_missing_seal_returns_as_ambiguous_with_its_bytes_and_text(
    store: Store, key: ProfileKey, tmp_path: Path, lose: Loss
) -> None:
    older = snapshot(store, tmp_path)
    seal(store, "r1")

    again = lost(store, key, lose, older)

    with again.sessions.begin() as session:
        (act,) = outbox.list_acts(session)
    draft = draft_of(again)
    assert (act.act_id, act.state, act.body) == ("r1", OutboxState.AMBIGUOUS, b"r1")
    assert (draft.sealed_as, draft.review) == ("r1", review(text="sealed"))
    assert again.report.replayed.seals == ("r1",)
    again.close()


@LOSSES
def test_a_missing_reopening_returns_as_a_void_and_a_draft_with_the_old_text(
    store: Store, key: ProfileKey, tmp_path: Path, lose: Loss
) -> None:
    seal(store, "r1")
    older = snapshot(store, tmp_path)
    reopen(store, "r1", "v1")

    again = lost(store, key, lose, older)

    assert state_of(again, "r1") is OutboxState.VOIDING
    assert state_of(again, "v1") is OutboxState.AMBIGUOUS
    draft = draft_of(again)
    assert (draft.sealed_as, draft.review) == (None, review(text="sealed"))
    again.close()


@LOSSES
def test_a_successor_returns_behind_the_void_of_the_one_before(
    store: Store, key: ProfileKey, tmp_path: Path, lose: Loss
) -> None:
    older = snapshot(store, tmp_path)
    seal(store, "r1")
    reopen(store, "r1", "v1")
    seal(store, "r2", "sealed again")

    again = lost(store, key, lose, older)

    with again.sessions.begin() as session:
        void = outbox.begin_sending(session)
        assert void is not None
        assert void.act_id == "v1"
        assert outbox.begin_sending(session) is None
        outbox.receive(session, void.act_id, receipt(void))
        successor = outbox.begin_sending(session)
    draft = draft_of(again)
    assert successor is not None
    assert successor.body == b"r2"
    assert (draft.sealed_as, draft.review) == ("r2", review(text="sealed again"))
    again.close()


@pytest.mark.parametrize("lose", [destroy, put_older])
def test_a_refused_void_does_not_return(
    store: Store, key: ProfileKey, tmp_path: Path, lose: Loss
) -> None:
    seal(store, "r1")
    older = snapshot(store, tmp_path)
    with store.sessions.begin() as session:
        first = outbox.get_act(session, ActId("r1"))
        assert first is not None
        voids.reopen(session, store.journal, ReviewId("r1"), a_void("v1"))
        outbox.begin_sending(session)
        voids.void_closed(session, store.journal, ActId("v1"), receipt(first))

    again = lost(store, key, lose, older)

    assert state_of(again, "v1") is None
    assert state_of(again, "r1") in (OutboxState.AMBIGUOUS, OutboxState.QUEUED)
    again.close()


def test_a_refused_void_that_the_database_still_has_ends_as_it_was_told(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    seal(store, "r1")
    reopen(store, "r1", "v1")
    seal(store, "r2")
    with store.sessions.begin() as session:
        first = outbox.get_act(session, ActId("r1"))
        outbox.begin_sending(session)
    older = snapshot(store, tmp_path)
    assert first is not None
    with store.sessions.begin() as session:
        voids.void_closed(session, store.journal, ActId("v1"), receipt(first))

    again = lost(store, key, put_older, older)

    assert state_of(again, "r1") is OutboxState.RECEIVED
    assert state_of(again, "v1") is None
    assert state_of(again, "r2") is OutboxState.ATTENTION
    again.close()


def test_a_void_for_a_refused_body_returns_with_its_cause(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    seal(store, "r1")
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        refuse(session, store)

    again = lost(store, key, destroy, tmp_path)

    with again.sessions.begin() as session:
        receive_next(session)
        (waiting,) = outbox.list_attention(session)
    assert (waiting.act_id, waiting.problem) == ("r1", b"why")
    assert draft_of(again).sealed_as == "r1"
    again.close()


def test_a_void_whose_commit_was_lost_while_its_review_left_holds_the_review_again(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    seal(store, "r1")
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
    older = snapshot(store, tmp_path)
    with store.sessions.begin() as session:
        refuse(session, store)

    again = lost(store, key, put_older, older)

    assert state_of(again, "r1") is OutboxState.VOIDING
    with pytest.raises(IllegalTransitionError):
        reopen(again, "r1", "v2")
    again.close()


def test_a_refused_review_that_was_reopened_returns_as_a_draft_alone(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    seal(store, "r1")
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        refuse(session, store)
        receive_next(session)
    reopen(store, "r1", "v2")

    again = lost(store, key, destroy, tmp_path)

    with again.sessions.begin() as session:
        receive_next(session)
        assert outbox.list_attention(session) == ()
    assert draft_of(again).sealed_as is None
    again.close()


def test_a_donation_returns(store: Store, key: ProfileKey, tmp_path: Path) -> None:
    seal(store, "r1")
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.refuse(session, ActId("r1"), AttentionReason.CLOSED)
        outbox.donate(
            session, store.journal, ReviewId("r1"), act_id=ActId("d1"), body=b"d", now=NOW
        )

    again = lost(store, key, destroy, tmp_path)

    assert state_of(again, "d1") is OutboxState.AMBIGUOUS
    again.close()


def test_an_ordinary_start_changes_nothing(store: Store, key: ProfileKey) -> None:
    seal(store, "r1")
    reopen(store, "r1", "v1")
    with store.sessions.begin() as session:
        save_draft(session, review(text="newer than the seal"), now=NOW)
        outbox.seal(session, store.journal, review(TWO), sealing("r2"))
        before = outbox.list_acts(session)
    store.close()

    again = reopened(store.profile.folder, key)

    with again.sessions.begin() as session:
        assert outbox.list_acts(session) == before
    assert draft_of(again).review == review(text="newer than the seal")
    assert again.report.replayed == Replayed()
    again.close()


def test_replaying_twice_is_replaying_once(store: Store, key: ProfileKey, tmp_path: Path) -> None:
    seal(store, "r1")
    reopen(store, "r1", "v1")
    seal(store, "r2")
    again = lost(store, key, destroy, tmp_path)
    with again.sessions.begin() as session:
        before = outbox.list_acts(session)
    again.close()

    third = reopened(store.profile.folder, key)

    with third.sessions.begin() as session:
        assert outbox.list_acts(session) == before
    third.close()


def test_a_destroyed_database_is_still_bound_to_its_account(
    store: Store, key: ProfileKey, tmp_path: Path
) -> None:
    again = lost(store, key, destroy, tmp_path)

    with again.sessions.begin() as session:
        account = get_account(session)
    assert account is not None
    assert (account.account, account.token, account.epoch) == ("account-1", None, None)
    assert account.receipt_key == "cmVjZWlwdCBrZXk="
    again.close()


def test_a_superseded_text_goes_once_its_successor_is_sealed(store: Store, key: ProfileKey) -> None:
    def texts(of: Store) -> list[str]:
        return [entry.act for _, entry in of.journal.entries() if isinstance(entry, SealEntry)]

    seal(store, "r1")
    reopen(store, "r1", "v1")
    store.close()
    again = reopened(store.profile.folder, key)
    assert texts(again) == ["r1"]

    seal(again, "r2")
    again.close()
    third = reopened(store.profile.folder, key)
    assert texts(third) == ["r2"]
    third.close()


def test_drafts_of_a_damaged_database_are_salvaged_where_they_can_be_read(
    store: Store, key: ProfileKey
) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="only a draft"), now=NOW)
        outbox.seal(session, store.journal, review(TWO, "sealed"), sealing("r2"))
    store.close()
    path = store.profile.database
    content = bytearray(path.read_bytes())
    content[-4096:] = bytes(4096)
    path.write_bytes(content)
    path.with_name("store.db.suspect").touch()

    again = reopened(store.profile.folder, key)

    report = again.report
    assert report.quarantined is not None
    assert report.quarantined.read_bytes() == bytes(content)
    assert report.replayed.seals == ("r2",)
    assert report.drafts_salvaged == 1
    assert draft_of(again).review == review(text="only a draft")
    again.close()


@pytest.mark.parametrize("moved", [("store.db",), ("store.db", "store.db-wal")])
def test_a_crash_while_a_damaged_database_is_set_aside_loses_no_draft(
    store: Store, key: ProfileKey, moved: tuple[str, ...]
) -> None:
    with store.sessions.begin() as session:
        save_draft(session, review(text="only a draft"), now=NOW)
    folder = store.profile.folder
    kept = {name: (folder / name).read_bytes() for name in ("store.db", "store.db-wal")}
    store.close()
    (folder / "store.db").unlink()
    aside = folder / "quarantine" / "20261125T120321000000.begun"
    aside.mkdir(parents=True)
    for name, content in kept.items():
        ((aside if name in moved else folder) / name).write_bytes(content)

    again = reopened(folder, key)

    assert again.report.quarantined == aside.with_suffix("") / "store.db"
    assert draft_of(again).review == review(text="only a draft")
    assert not list((folder / "quarantine").glob("*.begun"))
    again.close()
