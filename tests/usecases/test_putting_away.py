from dataclasses import replace

import pytest

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.store import assignments, outbox
from assessor_app.store.acts import Act
from assessor_app.store.opening import Store
from assessor_app.store.quick import first_page
from assessor_app.usecases.errors import NoActError, NoDraftError
from assessor_app.usecases.export import export_act, export_review, export_unsent
from assessor_app.usecases.outbox import OutboxLine, count_places, list_outbox, list_stranded
from assessor_app.usecases.putting_away import bring_back, put_away
from assessor_app.usecases.queue import QueueGroup, list_queue
from assessor_app.usecases.queue_rows import is_shown
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import reopen
from assessor_app.usecases.workbench import Workbench
from tests.reference_platform.factory import PLAN, PROFICIENT
from tests.sync.bench import EPOCH, KEYS, sealed, view
from tests.sync.timing import MORNING
from tests.usecases.test_review import BLANK, ID

CLOSED = (AssignmentState.MINE_FINAL, AssignmentState.WITHDRAWN)


def put(store: Store, state: AssignmentState, version: int) -> None:
    with store.sessions.begin() as session:
        known = replace(view(), state=state, view_version=version)
        assignments.put_assignment(session, known, epoch=EPOCH)


def refused(store: Store, reason: AttentionReason = AttentionReason.ALREADY_DECIDED) -> Act:
    act = sealed(store)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.refuse(session, act.act_id, reason)
    return act


def line(bench: Workbench) -> OutboxLine:
    return bench.prepare(list_outbox)()[0]


def groups(store: Store, bench: Workbench) -> list[QueueGroup]:
    """Return where the packet stands in the queue; the first frame says the same."""
    rows = bench.prepare(list_queue, now=MORNING)().rows
    key = KEYS[store.profile.folder.parent.parent / "model"]
    lines = first_page(store.profile.database, key)
    assert len([each for each in lines if is_shown(each)]) == len(rows)
    return [row.group for row in rows]


def away(bench: Workbench) -> list[bool]:
    acts = [each.is_put_away for each in bench.prepare(list_outbox)()]
    return acts + [each.is_put_away for each in bench.prepare(list_stranded)()]


@pytest.mark.parametrize("state", CLOSED)
def test_a_review_put_away_needs_nobody_and_stays_whole(
    store: Store, bench: Workbench, state: AssignmentState
) -> None:
    act = refused(store)
    put(store, state, 4)
    assert (line(bench).can_be_put_away, line(bench).is_put_away) == (True, False)
    assert groups(store, bench) == [QueueGroup.ATTENTION]

    bench.prepare(put_away, ID, act.act_id)()

    assert line(bench).is_put_away
    assert groups(store, bench) == []
    assert bench.prepare(count_places)().outbox == 1
    with store.sessions.begin() as session:
        (kept,) = outbox.list_acts(session)
        assert outbox.begin_sending(session) is None
    assert (kept.state, kept.reason, kept.body) == (
        OutboxState.ATTENTION,
        AttentionReason.ALREADY_DECIDED,
        act.body,
    )
    assert bench.prepare(export_act, act.act_id)().content.encode() == act.body
    assert [each.act for each in bench.prepare(export_unsent)()] == [act.act_id]

    bench.prepare(bring_back, ID, act.act_id)()

    assert not line(bench).is_put_away
    assert groups(store, bench) == [QueueGroup.ATTENTION]
    assert bench.prepare(count_places)().outbox == 1


@pytest.mark.parametrize("state", CLOSED)
def test_a_draft_put_away_needs_nobody_and_stays_whole(
    store: Store, bench: Workbench, state: AssignmentState
) -> None:
    bench.prepare(save_draft, BLANK, now=MORNING)()
    before = bench.prepare(export_review, ID)().content
    put(store, state, 4)
    assert groups(store, bench) == [QueueGroup.ATTENTION]

    bench.prepare(put_away, ID)()

    assert away(bench) == [True]
    assert groups(store, bench) == []
    assert bench.prepare(count_places)().laptop == 1
    assert bench.prepare(export_review, ID)().content == before

    bench.prepare(bring_back, ID)()

    assert away(bench) == [False]
    assert groups(store, bench) == [QueueGroup.ATTENTION]
    assert bench.prepare(count_places)().laptop == 1


def test_a_review_whose_assignment_is_open_cannot_be_put_away(
    store: Store, bench: Workbench
) -> None:
    act = refused(store)

    bench.prepare(put_away, ID, act.act_id)()

    assert (line(bench).can_be_put_away, line(bench).is_put_away) == (False, False)
    assert groups(store, bench) == [QueueGroup.ATTENTION]


def test_a_review_needs_the_assessor_again_once_its_assignment_is_open(
    store: Store, bench: Workbench
) -> None:
    act = refused(store)
    put(store, AssignmentState.MINE_FINAL, 4)
    bench.prepare(put_away, ID, act.act_id)()

    put(store, AssignmentState.OPEN, 5)

    assert not line(bench).is_put_away
    assert groups(store, bench) == [QueueGroup.ATTENTION]
    assert bench.prepare(count_places)().outbox == 1


def test_a_review_that_came_back_for_another_reason_needs_the_assessor_again(
    store: Store, bench: Workbench
) -> None:
    act = refused(store)
    put(store, AssignmentState.MINE_FINAL, 4)
    bench.prepare(put_away, ID, act.act_id)()

    with store.sessions.begin() as session:
        outbox.retry(session, act.act_id)
        outbox.refuse(session, act.act_id, AttentionReason.CLOSED)

    assert not line(bench).is_put_away
    assert groups(store, bench) == [QueueGroup.ATTENTION]


def test_the_text_of_a_reopened_one_needs_the_assessor_as_a_draft(
    store: Store, bench: Workbench
) -> None:
    act = refused(store)
    put(store, AssignmentState.MINE_FINAL, 4)
    bench.prepare(put_away, ID, act.act_id)()

    bench.prepare(reopen, act.act_id, now=MORNING)()  # type: ignore[arg-type]  # a review's own id

    assert away(bench) == [False, False, False]


def test_a_draft_that_was_written_on_needs_the_assessor_again(
    store: Store, bench: Workbench
) -> None:
    bench.prepare(save_draft, BLANK, now=MORNING)()
    put(store, AssignmentState.WITHDRAWN, 4)
    bench.prepare(put_away, ID)()

    later = MORNING.replace(microsecond=1)
    bench.prepare(save_draft, BLANK.rate(PLAN, PROFICIENT), now=later)()

    assert away(bench) == [False]
    assert groups(store, bench) == [QueueGroup.ATTENTION]


def test_a_draft_is_in_progress_again_once_its_assignment_is_open(
    store: Store, bench: Workbench
) -> None:
    bench.prepare(save_draft, BLANK, now=MORNING)()
    put(store, AssignmentState.WITHDRAWN, 4)
    bench.prepare(put_away, ID)()

    put(store, AssignmentState.OPEN, 5)

    assert groups(store, bench) == [QueueGroup.IN_PROGRESS]
    assert bench.prepare(count_places)().laptop == 1


def test_what_is_not_there_is_said(bench: Workbench) -> None:
    with pytest.raises(NoActError):
        bench.prepare(put_away, ID, ActId("nobody"))()
    with pytest.raises(NoDraftError):
        bench.prepare(put_away, AssignmentId("nobody"))()
