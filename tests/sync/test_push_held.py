"""What the assessor holds does not leave; what is taken back does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.domain.ids import ReviewId
from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.store.opening import Store
from assessor_app.sync.errors import UncertainError
from assessor_app.usecases.outbox import hold_all, list_outbox, send_all
from assessor_app.usecases.seal import reopen
from assessor_app.usecases.workbench import Workbench
from tests.sync.bench import act, acts, laptop, post, receipt, sealed, yes
from tests.sync.timing import MORNING


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile", "a-1", "a-2") as store:
        yield store


def test_nothing_leaves_while_it_is_held_and_all_of_it_afterwards(store: Store) -> None:
    first, second, office = sealed(store, "a-1"), sealed(store, "a-2"), post(store)
    bench = Workbench(store)

    bench.prepare(hold_all)()
    office.push()
    assert office.script.requests == []
    assert [line.is_held for line in bench.prepare(list_outbox)()] == [True, True]

    bench.prepare(send_all)()
    office.push(yes(receipt(first)), yes(receipt(second, sequence=2)))
    assert [act(store, one.act_id).state for one in (first, second)] == [OutboxState.RECEIVED] * 2


def test_what_may_have_arrived_is_not_sent_again_while_it_is_held(store: Store) -> None:
    review, office = sealed(store), post(store)
    office.push(UncertainError())
    office.backoff.answered(review.act_id)
    Workbench(store).prepare(hold_all)()

    office.push()

    assert len(office.script.requests) == 1
    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_a_reopening_leaves_although_everything_is_held(store: Store) -> None:
    review, office = sealed(store), post(store)
    bench = Workbench(store)
    bench.prepare(hold_all)()
    bench.prepare(reopen, ReviewId(review.act_id), now=MORNING)()
    (void,) = acts(store, ActKind.VOID)

    office.push(yes(receipt(void)))

    assert act(store, review.act_id).state is OutboxState.VOIDED
    assert act(store, void.act_id).state is OutboxState.RECEIVED
