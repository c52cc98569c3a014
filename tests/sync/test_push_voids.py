"""What voids and the other acts come to, and bodies that have to be voided first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete

from assessor_app.domain.ids import AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store.acts import Act
from assessor_app.store.opening import Store
from assessor_app.store.schema import OutboxRow
from assessor_app.sync.answers import Answer
from assessor_app.sync.errors import (
    OfflineError,
    UncertainError,
)
from assessor_app.usecases.seal import act as do
from assessor_app.usecases.seal import reopen
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.messages import ProblemKind
from tests.sync.bench import (
    Request,
    act,
    acts,
    know_epoch,
    laptop,
    last_seen_before,
    no,
    post,
    receipt,
    sealed,
    snapshot,
    view,
    yes,
)
from tests.sync.timing import MORNING

_GONE = no(404, ProblemKind.NOT_FOUND)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile", "a-1", "a-2") as store:
        yield store


@pytest.mark.parametrize(
    ("status", "kind"),
    [(413, ProblemKind.TOO_LARGE), (415, ProblemKind.UNSUPPORTED), (426, "upgrade")],
)
def test_a_body_that_can_never_be_taken_is_voided_before_the_assessor_hears_of_it(
    store: Store, status: int, kind: str
) -> None:
    review, office = sealed(store), post(store)

    def void_receipt(_request: Request) -> Answer:
        assert act(store, review.act_id).state is OutboxState.VOIDING
        (void,) = acts(store, ActKind.VOID)
        return yes(receipt(void))

    office.push(no(status, kind), void_receipt)

    kept = act(store, review.act_id)
    assert (kept.state, kept.reason) == (OutboxState.ATTENTION, AttentionReason.REFUSED)


def reopened(store: Store, review: str) -> None:
    Workbench(store).prepare(reopen, ReviewId(review), now=MORNING)()


def reopened_and_forgotten(store: Store) -> Act:
    """Return a review that an older database does not know; its void came from the journal."""
    review = sealed(store)
    reopened(store, review.act_id)
    with store.sessions.begin() as session:
        session.execute(delete(OutboxRow).where(OutboxRow.act_id == review.act_id))
    return review


def test_a_void_that_is_received_ends_its_review(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)
    (void,) = acts(store, ActKind.VOID)

    office.push(yes(receipt(void)))

    assert act(store, review.act_id).state is OutboxState.VOIDED
    assert office.script.requests[0].path.endswith(f"/reviews/{review.act_id}/void")


def test_no_review_leaves_before_the_void_of_the_one_before_is_answered(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)
    sealed(store)

    office.push(UncertainError())

    assert [request.method for request in office.script.requests] == ["POST"]


def test_a_void_that_came_too_late_makes_the_review_received(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)
    second = sealed(store)

    office.push(no(410, ProblemKind.CLOSED, receipt=receipt(review)))

    assert act(store, review.act_id).state is OutboxState.RECEIVED
    late = act(store, second.act_id)
    assert (late.state, late.reason) == (OutboxState.ATTENTION, AttentionReason.ALREADY_DECIDED)


def test_a_refused_void_without_a_genuine_receipt_is_nobodys_word(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)
    forged = receipt(review, key=Ed25519PrivateKey.generate())

    with pytest.raises(OfflineError):
        office.push(no(410, ProblemKind.CLOSED, receipt=forged))

    (void,) = acts(store, ActKind.VOID)
    assert void.state is OutboxState.AMBIGUOUS
    assert act(store, review.act_id).state is OutboxState.VOIDING


def test_a_void_that_is_closed_without_a_receipt_goes_again(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)

    office.push(no(410, ProblemKind.CLOSED))

    (void,) = acts(store, ActKind.VOID)
    assert void.state is OutboxState.AMBIGUOUS


def test_a_void_outlives_the_bytes_of_its_review(store: Store) -> None:
    review, office = reopened_and_forgotten(store), post(store)

    office.push(no(410, ProblemKind.CLOSED, receipt=receipt(review)))

    assert acts(store, ActKind.VOID) == ()


def test_a_void_whose_review_is_forgotten_believes_no_receipt_of_another(store: Store) -> None:
    review, office = reopened_and_forgotten(store), post(store)

    with pytest.raises(OfflineError):
        office.push(no(410, ProblemKind.CLOSED, receipt=receipt(review, act="another")))

    (void,) = acts(store, ActKind.VOID)
    assert void.state is OutboxState.AMBIGUOUS


def test_a_void_of_something_unknown_is_done_when_a_snapshot_confirms_it(store: Store) -> None:
    review, office = sealed(store), post(store)
    reopened(store, review.act_id)
    last_seen_before(store)
    know_epoch(office)

    office.push(_GONE, snapshot(view("a-2")), _GONE)

    assert act(store, review.act_id).state is OutboxState.VOIDED


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ((no(410, ProblemKind.CLOSED),), AttentionReason.CLOSED),
        ((no(422, ProblemKind.INVALID),), AttentionReason.INVALID),
        ((no(413, ProblemKind.TOO_LARGE),), AttentionReason.REFUSED),
        ((no(409, ProblemKind.VOIDED),), AttentionReason.REFUSED),
        ((_GONE, snapshot(), _GONE), AttentionReason.REFUSED),
    ],
)
def test_other_acts_that_are_refused_need_attention(
    store: Store, answers: tuple[Answer, ...], reason: AttentionReason
) -> None:
    Workbench(store).prepare(do, ActKind.ASK, AssignmentId("a-1"), now=MORNING, text="Why?")()
    last_seen_before(store)
    office = post(store)
    know_epoch(office)

    office.push(*answers)

    (asked,) = acts(store, ActKind.ASK)
    assert (asked.state, asked.reason) == (OutboxState.ATTENTION, reason)
