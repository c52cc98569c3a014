from dataclasses import replace
from datetime import datetime, timedelta

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.review import Review
from assessor_app.store import assignments, outbox, packets, reviews
from assessor_app.store.acts import Act
from assessor_app.store.opening import Store
from assessor_app.sync.platform import CheckedReceipt
from assessor_app.sync.push import kept
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.queue import list_queue
from assessor_app.usecases.retention import MOST_AT_ONCE, clear_settled
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import sha256
from tests.sync.bench import BUILT, EPOCH, receipt, sealed, view
from tests.sync.timing import MORNING

ID = AssignmentId("a-1")
LATER = MORNING + timedelta(days=1)


def received(
    store: Store,
    name: str = ID,
    *,
    state: AssignmentState = AssignmentState.MINE_FINAL,
    at: datetime = MORNING,
) -> Act:
    review = sealed(store, name)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        told = receipt(review, received_at=at)
        outbox.receive(session, review.act_id, kept(CheckedReceipt(told, b"{}")))
        closed = replace(view(name), state=state, view_version=4)
        assignments.put_assignment(session, closed, epoch=EPOCH)
    return review


def settle(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.settle(session, durable_upto=1, epoch=EPOCH)


def test_settled_work_leaves_once_it_was_kept_long_enough(store: Store, bench: Workbench) -> None:
    received(store)
    settle(store)

    assert bench.prepare(clear_settled, before=MORNING)() == frozenset()
    assert bench.prepare(clear_settled, before=LATER)() == {ID}

    assert bench.prepare(list_outbox)() == ()
    assert bench.prepare(list_queue, now=LATER)().rows == ()
    with store.sessions.begin() as session:
        assert packets.get_packet(session, BUILT.manifest_sha256) is None


def test_much_leaves_in_parts_so_that_no_draft_waits_long(store: Store, bench: Workbench) -> None:
    names = tuple(AssignmentId(f"b-{number:02}") for number in range(MOST_AT_ONCE + 1))
    for number, name in enumerate(names):
        with store.sessions.begin() as session:
            assignments.put_assignment(session, view(name), epoch=EPOCH)
        received(store, name, at=MORNING - timedelta(minutes=number))
    settle(store)

    assert bench.prepare(clear_settled, before=LATER)() == frozenset(names[1:])
    assert bench.prepare(clear_settled, before=LATER)() == {names[0]}


def test_what_not_every_backup_holds_stays(store: Store, bench: Workbench) -> None:
    received(store)

    assert bench.prepare(clear_settled, before=LATER)() == frozenset()

    assert len(bench.prepare(list_outbox)()) == 1


def test_a_packet_that_is_still_lent_stays(store: Store, bench: Workbench) -> None:
    received(store, state=AssignmentState.OPEN)
    settle(store)

    assert bench.prepare(clear_settled, before=LATER)() == frozenset()


def test_a_packet_that_another_draft_speaks_of_stays(store: Store, bench: Workbench) -> None:
    received(store)
    settle(store)
    moved = replace(
        view("a-2"), packet=replace(view().packet, version=2, manifest_sha256=sha256(b"newer"))
    )
    draft = Review(assignment=moved.id, manifest_sha256=BUILT.manifest_sha256, rubric=moved.rubric)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, moved, epoch=EPOCH)
        reviews.save_draft(session, draft, now=MORNING)

    assert bench.prepare(clear_settled, before=LATER)() == {ID}

    with store.sessions.begin() as session:
        assert packets.get_packet(session, BUILT.manifest_sha256) is not None


def test_what_was_never_received_stays_however_old(store: Store, bench: Workbench) -> None:
    sealed(store)
    with store.sessions.begin() as session:
        withdrawn = replace(view(), state=AssignmentState.WITHDRAWN, view_version=4)
        assignments.put_assignment(session, withdrawn, epoch=EPOCH)

    assert bench.prepare(clear_settled, before=LATER)() == frozenset()
