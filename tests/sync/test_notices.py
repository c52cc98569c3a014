"""What the feed tells beside assignments is kept until it was read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessor_app.store import assignments
from assessor_app.store.opening import Store
from assessor_app.sync.pull import SINGLE_ASSIGNMENTS, keep_views, pull_views
from assessor_app.usecases.notices import list_notices, read_notices
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.messages import FeedEntry, FeedOp, NoticeKind
from tests.sync.bench import EPOCH, Never, greeted, laptop, snapshot, view
from tests.sync.test_pull import feed, known, put_cursor, upsert


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile") as store:
        put_cursor(store, "c-1")
        yield store


def notice(kind: str) -> FeedEntry:
    return FeedEntry(op=FeedOp.NOTICE, kind=kind, id="n-1", view_version=0)


def told(store: Store) -> tuple[str, ...]:
    return Workbench(store).prepare(list_notices)()


def test_a_notice_is_kept_and_changes_no_assignment(store: Store) -> None:
    made, _ = greeted(feed(notice(NoticeKind.MAINTENANCE)))

    assert pull_views(store, made, EPOCH, Never()) == frozenset()

    assert told(store) == (NoticeKind.MAINTENANCE,)
    assert known(store) == view()


def test_what_was_read_is_gone_and_what_came_meanwhile_is_not(store: Store) -> None:
    made, _ = greeted(feed(notice("maintenance")), feed(notice("new-word"), notice("maintenance")))
    pull_views(store, made, EPOCH, Never())
    seen = told(store)
    pull_views(store, made, EPOCH, Never())
    assert told(store) == ("maintenance", "new-word")

    Workbench(store).prepare(read_notices, seen)()

    assert told(store) == ("new-word",)


def test_a_snapshot_that_saves_questions_loses_no_notice(store: Store) -> None:
    many = tuple(upsert(f"b-{n}") for n in range(SINGLE_ASSIGNMENTS + 1))
    made, script = greeted(
        feed(*many, notice("maintenance"), more=True, cursor="c-2"),
        feed(notice("update-soon"), cursor="c-3"),
        snapshot(view("b-1")),
    )

    assert pull_views(store, made, EPOCH, Never()) == {view("b-1").id}

    assert told(store) == ("maintenance", "update-soon")
    assert script.steps == []


def test_a_snapshot_after_a_contradiction_loses_no_notice(store: Store) -> None:
    with store.sessions.begin() as session:
        assignments.doubt(session, view().id)
    made, script = greeted(
        feed(notice("maintenance"), more=True, cursor="c-2"),
        feed(notice("update-soon"), cursor="c-3"),
        snapshot(replace(view(), view_version=1)),
        feed(),
    )

    pull_views(store, made, EPOCH, Never())

    assert told(store) == ("maintenance", "update-soon")
    assert known(store) == replace(view(), view_version=1)
    pull_views(store, made, EPOCH, Never())
    assert script.steps == []


def test_a_snapshot_that_only_confirms_something_skips_no_notice(store: Store) -> None:
    made, _ = greeted(snapshot(view()), feed(notice("maintenance")))

    keep_views(store, made.snapshot(), EPOCH)
    pull_views(store, made, EPOCH, Never())

    assert told(store) == ("maintenance",)
