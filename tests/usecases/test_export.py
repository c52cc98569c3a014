"""What leaves the laptop as a file: all of what was written, and nothing of who is who."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.store import account
from assessor_app.store.opening import Store
from assessor_app.usecases.errors import NotWrittenError
from assessor_app.usecases.export import export_act, export_unsent, write_file
from assessor_app.usecases.outbox import hold_all, list_outbox
from assessor_app.usecases.workbench import Workbench
from tests.sync.bench import act, laptop, post, receipt, sealed, yes


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile", "a-1", "a-2", "a-3") as store:
        yield store


def test_every_sealed_review_without_a_receipt_is_exported_and_stays_as_it_is(
    store: Store,
) -> None:
    bench = Workbench(store)
    received = sealed(store, "a-1")
    post(store).push(yes(receipt(received)))
    waiting = [sealed(store, name) for name in ("a-2", "a-3")]
    bench.prepare(hold_all)()
    before = bench.prepare(list_outbox)()

    exported = bench.prepare(export_unsent)()

    assert [one.act for one in exported] == [one.act_id for one in waiting]
    assert [one.content.encode() for one in exported] == [one.body for one in waiting]
    assert bench.prepare(list_outbox)() == before


def test_an_export_has_the_frozen_bytes_and_neither_token_nor_account(store: Store) -> None:
    review = sealed(store)
    with store.sessions.begin() as session:
        bound = account.get_account(session)
    assert bound is not None

    exported = Workbench(store).prepare(export_act, ActId(review.act_id))()

    assert exported.content.encode() == act(store, review.act_id).body
    assert exported.review.assignment == AssignmentId("a-1")
    for secret in (bound.token, bound.account, bound.platform_url, bound.receipt_key):
        assert secret
        assert secret not in f"{exported.content} {exported.submission} {exported.title}"


def test_a_file_is_written_whole_for_this_user_alone_or_not_at_all(tmp_path: Path) -> None:
    write_file(tmp_path / "mine.txt", "all of it")

    assert (tmp_path / "mine.txt").stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotWrittenError):
        write_file(tmp_path / "missing" / "mine.txt", "all of it")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt"]
