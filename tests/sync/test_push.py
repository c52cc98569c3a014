"""The answer table of `docs/sync.md`, row by row."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ActId, AssignmentId, Epoch, Sha256
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store import account, assignments
from assessor_app.store.opening import Store
from assessor_app.sync.answers import JSON, Answer
from assessor_app.sync.errors import (
    OfflineError,
    OfflineReason,
    OtherEpochError,
    RetryLaterError,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.wire.messages import EPOCH_HEADER, PROTOCOL_HEADER, ProblemKind
from tests.sync.bench import (
    Request,
    act,
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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile", "a-1", "a-2") as store:
        yield store


def test_a_verified_receipt_makes_a_review_received(store: Store) -> None:
    review, office = sealed(store), post(store)

    office.push(yes(receipt(review)))

    assert act(store, review.act_id).state is OutboxState.RECEIVED
    assert office.told.received == (review.act_id,)


def test_the_frozen_bytes_leave_in_the_present_envelope(store: Store) -> None:
    review, office = sealed(store), post(store)

    office.push(yes(receipt(review)))

    (request,) = office.script.requests
    assert request.body == review.body
    assert request.headers == {
        "If-Match": '"3"',
        EPOCH_HEADER: "epoch-1",
        PROTOCOL_HEADER: "1",
    }


def test_sending_is_committed_before_the_first_byte_and_no_transaction_is_open(
    store: Store,
) -> None:
    review, office = sealed(store), post(store)
    seen: list[OutboxState] = []

    def look(_request: Request) -> Answer:
        seen.append(act(store, review.act_id).state)
        return yes(receipt(review))

    office.push(look)

    assert seen == [OutboxState.SENDING]


@pytest.mark.parametrize(
    "changes",
    [
        {"body_sha256": Sha256("0" * 64)},
        {"act": ActId("another")},
        {"assignment": AssignmentId("a-2")},
        {"kind": ActKind.VOID},
        {"key": Ed25519PrivateKey.generate()},
    ],
)
def test_a_yes_without_a_receipt_for_exactly_this_is_nobodys_word(
    store: Store, changes: dict[str, object]
) -> None:
    review, office = sealed(store), post(store)

    with pytest.raises(OfflineError):
        office.push(yes(receipt(review, **changes)))  # type: ignore[arg-type]  # a test's own

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_a_receipt_that_was_changed_after_it_was_signed_is_none(store: Store) -> None:
    review, office = sealed(store), post(store)

    with pytest.raises(OfflineError):
        office.push(yes(replace(receipt(review), sequence=2)))

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_a_yes_that_is_not_the_contracts_is_nobodys_word(store: Store) -> None:
    review, office = sealed(store), post(store)
    ok = Answer(status=200, headers={"content-type": JSON}, untrusted_body=b'{"ok":true}')

    with pytest.raises(OfflineError):
        office.push(ok)

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (409, ProblemKind.ALREADY_DECIDED, AttentionReason.ALREADY_DECIDED),
        (410, ProblemKind.CLOSED, AttentionReason.CLOSED),
        (412, ProblemKind.STALE_PACKET, AttentionReason.STALE_PACKET),
        (412, ProblemKind.STALE_RUBRIC, AttentionReason.STALE_RUBRIC),
        (422, ProblemKind.INVALID, AttentionReason.INVALID),
        (422, ProblemKind.DIFFERENT_BODY, AttentionReason.INVALID),
    ],
)
def test_a_refusal_is_kept_whole_before_the_assessor(
    store: Store, status: int, kind: ProblemKind, reason: AttentionReason
) -> None:
    review, office = sealed(store), post(store)

    office.push(no(status, kind))

    kept = act(store, review.act_id)
    assert (kept.state, kept.reason, kept.body) == (OutboxState.ATTENTION, reason, review.body)
    assert kept.problem is not None
    assert office.told.refused == (review.act_id,)


def test_a_tombstone_makes_the_text_a_draft_again(store: Store) -> None:
    review, office = sealed(store), post(store)

    office.push(no(409, ProblemKind.VOIDED))

    assert act(store, review.act_id).state is OutboxState.VOIDED


@pytest.mark.parametrize(
    "step",
    [
        UncertainError(),
        UncertainError(500),
        no(400, ProblemKind.DAMAGED),
        no(418, "teapot"),
        no(409, "unheard-of"),
    ],
)
def test_what_nobody_can_believe_is_sent_again_as_the_same_bytes_after_a_while(
    store: Store, step: AppError | Answer
) -> None:
    review, office = sealed(store), post(store)

    office.push(step)
    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS
    office.push()
    office.hands.seconds = 2.0
    office.push(yes(receipt(review), 200))

    assert act(store, review.act_id).state is OutboxState.RECEIVED
    first, second = office.script.requests
    assert (first.path, first.body) == (second.path, second.body)


def test_back_off_of_one_review_does_not_hold_the_others(store: Store) -> None:
    first, second = sealed(store, "a-1"), sealed(store, "a-2")
    office = post(store)

    office.push(UncertainError(), yes(receipt(second)))

    assert act(store, first.act_id).state is OutboxState.AMBIGUOUS
    assert act(store, second.act_id).state is OutboxState.RECEIVED


@pytest.mark.parametrize(
    "error",
    [
        OfflineError(OfflineReason.NO_NETWORK),
        OfflineError(OfflineReason.UNTRUSTED),
        RetryLaterError(503, 20.0),
        UnauthorisedError(),
    ],
)
def test_what_surely_had_no_effect_stays_queued_and_stops_the_queue(
    store: Store, error: AppError
) -> None:
    first, second = sealed(store, "a-1"), sealed(store, "a-2")
    office = post(store)

    with pytest.raises(type(error)):
        office.push(error)

    assert act(store, first.act_id).state is OutboxState.QUEUED
    assert act(store, second.act_id).state is OutboxState.QUEUED
    assert len(office.script.requests) == 1


def test_what_was_received_waits_for_nothing_more(store: Store) -> None:
    review, office = sealed(store), post(store)
    office.push(UncertainError())
    office.hands.seconds = 2.0
    office.push(yes(receipt(review)))
    office.backoff.failed(review.act_id)

    assert office.backoff.next_s() == 2.0


def test_a_portal_leaves_it_unknown_and_stops_the_queue(store: Store) -> None:
    first, second = sealed(store, "a-1"), sealed(store, "a-2")
    office = post(store)

    with pytest.raises(OfflineError):
        office.push(OfflineError(OfflineReason.NOT_THE_PLATFORM))

    assert act(store, first.act_id).state is OutboxState.AMBIGUOUS
    assert act(store, second.act_id).state is OutboxState.QUEUED


def test_what_may_have_arrived_stays_unknown_when_the_next_try_never_left(store: Store) -> None:
    review, office = sealed(store), post(store)
    office.push(UncertainError())
    office.hands.seconds = 2.0

    with pytest.raises(OfflineError):
        office.push(OfflineError(OfflineReason.NO_NETWORK))

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_a_stale_view_goes_again_once_and_then_waits(store: Store) -> None:
    review, office = sealed(store), post(store)

    office.push(no(412, ProblemKind.STALE_VIEW))
    assert act(store, review.act_id).state is OutboxState.QUEUED
    office.push(no(412, ProblemKind.STALE_VIEW))
    office.push()

    assert office.backoff.waiting() == {review.act_id}


def test_another_epoch_stops_everything_before_it_counts(store: Store) -> None:
    review, office = sealed(store), post(store)

    with pytest.raises(OtherEpochError):
        office.push(no(428, ProblemKind.EPOCH_MISMATCH))

    assert act(store, review.act_id).state is OutboxState.QUEUED


@pytest.mark.parametrize("status", [403, 404])
def test_not_there_is_believed_when_a_snapshot_confirms_it(store: Store, status: int) -> None:
    review, office = sealed(store), post(store)
    last_seen_before(store)
    know_epoch(office)

    gone = no(404, ProblemKind.NOT_FOUND)
    office.push(no(status, ProblemKind.NOT_FOUND), snapshot(view("a-2")), gone)

    kept = act(store, review.act_id)
    assert (kept.state, kept.reason) == (OutboxState.ATTENTION, AttentionReason.FORBIDDEN)


def test_not_there_is_not_believed_while_the_snapshot_lists_it(store: Store) -> None:
    review, office = sealed(store), post(store)
    know_epoch(office)

    office.push(no(404, ProblemKind.NOT_FOUND), snapshot(view("a-1")))

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_not_there_is_not_believed_of_what_was_seen_in_this_epoch(store: Store) -> None:
    review, office = sealed(store), post(store)
    know_epoch(office)

    office.push(no(404, ProblemKind.NOT_FOUND), snapshot(view("a-2")))

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_not_there_is_not_believed_when_only_a_snapshot_left_it_out(store: Store) -> None:
    review, office = sealed(store), post(store)
    last_seen_before(store)
    know_epoch(office)

    office.push(no(404, ProblemKind.NOT_FOUND), snapshot(view("a-2")), yes(view("a-1"), 200))

    assert act(store, review.act_id).state is OutboxState.AMBIGUOUS


def test_a_snapshot_of_another_epoch_confirms_nothing(store: Store) -> None:
    review, office = sealed(store), post(store)
    know_epoch(office)

    with pytest.raises(OtherEpochError):
        office.push(no(404, ProblemKind.NOT_FOUND), snapshot(epoch=Epoch("epoch-2")))

    assert act(store, review.act_id).state is OutboxState.QUEUED


def test_the_oldest_goes_first(store: Store) -> None:
    first, second = sealed(store, "a-2"), sealed(store, "a-1")
    office = post(store)

    office.push(yes(receipt(first)), yes(receipt(second, sequence=2)))

    assert office.told.received == (first.act_id, second.act_id)


@pytest.mark.parametrize(
    "kind", [ProblemKind.STALE_VIEW, ProblemKind.STALE_PACKET, ProblemKind.STALE_RUBRIC]
)
def test_after_a_contradiction_a_snapshot_is_asked_for_and_believed(
    store: Store, kind: ProblemKind
) -> None:
    sealed(store)
    office = post(store)
    with store.sessions.begin() as session:
        account.put_cursor(session, "c-0")

    office.push(no(412, kind))

    with store.sessions.begin() as session:
        bound = account.get_account(session)
        older = replace(view(), view_version=1)
        assert assignments.put_assignment(session, older, epoch=Epoch("epoch-1"))
        assert assignments.wants_snapshot(session)
    assert bound is not None
    assert bound.cursor == "c-0"
