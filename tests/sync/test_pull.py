import threading
from dataclasses import replace

import pytest

from assessor_app.domain.assignment import Assignment, AssignmentState
from assessor_app.domain.ids import AssignmentId, Epoch
from assessor_app.domain.outbox import OutboxState
from assessor_app.store import account, assignments
from assessor_app.store.opening import Store
from assessor_app.sync.answers import Answer
from assessor_app.sync.errors import (
    CancelledError,
    OfflineError,
    OtherEpochError,
    RefusedError,
    UncertainError,
)
from assessor_app.sync.http import MAX_ANSWER_BYTES
from assessor_app.sync.pull import pull_views
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import (
    Durable,
    Feed,
    FeedEntry,
    FeedOp,
    ProblemKind,
)
from tests.sync.bench import (
    EPOCH,
    Never,
    act,
    greeted,
    no,
    post,
    receipt,
    sealed,
    snapshot,
    view,
    yes,
)


def upsert(name: str) -> FeedEntry:
    return FeedEntry(op=FeedOp.UPSERT, kind="assignment", id=name, view_version=1)


def feed(
    *entries: FeedEntry, cursor: str = "c-2", more: bool = False, durable: Durable | None = None
) -> Answer:
    return yes(
        Feed(
            epoch=EPOCH,
            entries=entries,
            cursor=cursor,
            more=more,
            durable_upto=durable or Durable(EPOCH, 0),
        ),
        200,
    )


def known(store: Store, name: str = "a-1") -> Assignment | None:
    with store.sessions.begin() as session:
        return assignments.get_assignment(session, AssignmentId(name))


def put_cursor(store: Store, cursor: str) -> None:
    with store.sessions.begin() as session:
        account.put_cursor(session, cursor)


def cursor_of(store: Store) -> str | None:
    with store.sessions.begin() as session:
        bound = account.get_account(session)
    assert bound is not None
    return bound.cursor


def test_without_a_cursor_a_snapshot_is_taken(store: Store) -> None:
    made, script = greeted(snapshot(view("a-2")))

    changed = pull_views(store, made, EPOCH, Never())

    assert changed == {AssignmentId("a-2")}
    assert script.requests[-1].path == "/v1/assignments"
    assert cursor_of(store) == "c-1"


def test_absence_deletes_nothing(store: Store) -> None:
    made, _ = greeted(snapshot())

    pull_views(store, made, EPOCH, Never())

    kept = known(store)
    assert kept is not None
    assert kept.state is AssignmentState.OPEN


def test_a_feed_is_read_to_its_end_and_goes_on_from_there(store: Store) -> None:
    put_cursor(store, "c-1")
    made, script = greeted(
        feed(upsert("a-2"), more=True), yes(view("a-2"), 200), feed(cursor="c-3")
    )

    changed = pull_views(store, made, EPOCH, Never())

    asked = [(one.path, one.params) for one in script.requests[1:]]
    assert changed == {AssignmentId("a-2")}
    assert asked[0] == ("/v1/feed", (("cursor", "c-1"),))
    assert asked[2] == ("/v1/feed", (("cursor", "c-2"),))
    assert cursor_of(store) == "c-3"


def test_a_feed_that_does_not_move_is_left(store: Store) -> None:
    put_cursor(store, "c-1")
    made, _ = greeted(feed(cursor="c-1", more=True))

    with pytest.raises(UncertainError):
        pull_views(store, made, EPOCH, Never())


def test_a_feed_without_end_can_be_stopped_and_what_came_is_kept(store: Store) -> None:
    put_cursor(store, "c-1")
    made, _ = greeted(feed(upsert("a-2"), more=True), yes(view("a-2"), 200))
    stop = threading.Event()
    stop.set()

    with pytest.raises(CancelledError):
        pull_views(store, made, EPOCH, stop)

    assert known(store, "a-2") == view("a-2")
    assert cursor_of(store) == "c-2"


def test_only_an_explicit_withdrawal_ends_an_assignment(store: Store) -> None:
    put_cursor(store, "c-1")
    gone = FeedEntry(op=FeedOp.WITHDRAW, kind="assignment", id="a-1", view_version=4)
    made, _ = greeted(feed(gone))

    changed = pull_views(store, made, EPOCH, Never())

    kept = known(store)
    assert kept is not None
    assert kept.state is AssignmentState.WITHDRAWN
    assert changed == {AssignmentId("a-1")}


def test_a_notice_of_an_unknown_kind_is_passed_over(store: Store) -> None:
    put_cursor(store, "c-1")
    notice = FeedEntry(op=FeedOp.NOTICE, kind="maintenance", id="n-1", view_version=4)
    made, _ = greeted(feed(notice))

    assert pull_views(store, made, EPOCH, Never()) == frozenset()


def test_an_assignment_that_is_gone_before_it_was_asked_for_is_left_alone(store: Store) -> None:
    put_cursor(store, "c-1")
    made, _ = greeted(feed(upsert("a-1")), no(404, ProblemKind.NOT_FOUND))

    assert pull_views(store, made, EPOCH, Never()) == frozenset()
    assert known(store) == view()


def test_a_snapshot_of_a_whole_working_life_fits_an_answer() -> None:
    """Twenty years of fifteen packets a day."""
    assert 60_000 * len(dump(view())) < MAX_ANSWER_BYTES


def test_an_expired_cursor_is_followed_by_a_snapshot(store: Store) -> None:
    put_cursor(store, "c-old")
    made, _ = greeted(no(410, ProblemKind.CURSOR_EXPIRED), snapshot(view("a-2")))

    assert pull_views(store, made, EPOCH, Never()) == {AssignmentId("a-2")}


def test_another_refusal_of_the_feed_is_passed_on(store: Store) -> None:
    put_cursor(store, "c-1")
    made, _ = greeted(no(403, ProblemKind.NOT_FOUND))

    with pytest.raises(RefusedError):
        pull_views(store, made, EPOCH, Never())


def test_many_changes_are_one_snapshot(store: Store) -> None:
    put_cursor(store, "c-1")
    names = [f"b-{n}" for n in range(9)]
    made, script = greeted(
        feed(*(upsert(name) for name in names)), snapshot(*(view(name) for name in names))
    )

    changed = pull_views(store, made, EPOCH, Never())

    assert len(changed) == 9
    assert len(script.requests) == 3


def test_a_view_that_says_nothing_new_changes_nothing(store: Store) -> None:
    made, _ = greeted(snapshot(view()))

    assert pull_views(store, made, EPOCH, Never()) == frozenset()


def test_an_older_view_changes_nothing(store: Store) -> None:
    older = replace(view(), view_version=2, state=AssignmentState.WITHDRAWN)
    made, _ = greeted(snapshot(older))

    assert pull_views(store, made, EPOCH, Never()) == frozenset()
    assert known(store) == view()


def test_an_answer_of_another_epoch_keeps_nothing(store: Store) -> None:
    made, _ = greeted(snapshot(view("a-2"), epoch=Epoch("epoch-2")))

    with pytest.raises(OtherEpochError):
        pull_views(store, made, EPOCH, Never())

    assert known(store, "a-2") is None


def test_another_assignment_than_asked_for_is_nobodys_word(store: Store) -> None:
    put_cursor(store, "c-1")
    made, _ = greeted(feed(upsert("a-2")), yes(view("a-3"), 200))

    with pytest.raises(OfflineError):
        pull_views(store, made, EPOCH, Never())


def test_receipts_settle_only_up_to_what_every_backup_holds(store: Store) -> None:
    review, office = sealed(store), post(store)
    office.push(yes(receipt(review, sequence=5)))
    put_cursor(store, "c-1")
    made, _ = greeted(feed(durable=Durable(EPOCH, 4)), feed(durable=Durable(EPOCH, 5)))

    pull_views(store, made, EPOCH, Never())
    before = act(store, review.act_id).state
    pull_views(store, made, EPOCH, Never())

    assert before is OutboxState.RECEIVED
    assert act(store, review.act_id).state is OutboxState.SETTLED


def test_durability_of_another_epoch_settles_nothing(store: Store) -> None:
    review, office = sealed(store), post(store)
    office.push(yes(receipt(review)))
    put_cursor(store, "c-1")
    made, _ = greeted(feed(durable=Durable(Epoch("epoch-0"), 9)))

    with pytest.raises(OtherEpochError):
        pull_views(store, made, EPOCH, Never())

    assert act(store, review.act_id).state is OutboxState.RECEIVED


def test_a_view_older_than_the_feed_told_is_not_believed(store: Store) -> None:
    put_cursor(store, "c-1")
    told = FeedEntry(op=FeedOp.UPSERT, kind="assignment", id="a-1", view_version=9)
    made, _ = greeted(feed(told), yes(replace(view(), view_version=8), 200))

    with pytest.raises(UncertainError):
        pull_views(store, made, EPOCH, Never())

    with store.sessions.begin() as session:
        bound = account.get_account(session)
    assert known(store) == view()
    assert bound is not None
    assert bound.cursor == "c-1"
