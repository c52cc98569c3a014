from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.review import Review
from assessor_app.store import outbox
from assessor_app.store.acts import Act, find_row
from assessor_app.store.assignments import put_assignment, withdraw
from assessor_app.store.errors import (
    IllegalTransitionError,
    NoActError,
    SealedReviewError,
    WrongReceiptError,
)
from assessor_app.store.opening import Store
from assessor_app.store.reviews import get_draft, save_draft
from assessor_app.store.voids import reopen
from tests.store.making import (
    EPOCH,
    NOW,
    ONE,
    TWO,
    a_void,
    assignment,
    other,
    receipt,
    review,
    sealing,
)


def sealed(
    session: Session, store: Store, name: AssignmentId = ONE, text: Review | None = None
) -> Act:
    return outbox.seal(session, store.journal, text or review(name), sealing())


def on_its_way(session: Session, store: Store, name: AssignmentId = ONE) -> Act:
    sealed(session, store, name)
    outbox.release(session, now=NOW)
    act = outbox.begin_sending(session)
    assert act is not None
    return act


def state_of(session: Session, act: Act) -> OutboxState:
    session.flush()
    found = outbox.get_act(session, act.act_id)
    assert found is not None
    return found.state


def test_a_seal_freezes_bytes_and_text_in_one_transaction(session: Session, store: Store) -> None:
    act = outbox.seal(session, store.journal, review(), sealing("r1", body=b"frozen"))

    draft = get_draft(session, ONE)
    assert (act.state, act.body, act.review) == (OutboxState.SEALED, b"frozen", "r1")
    assert draft is not None
    assert (draft.sealed_as, draft.review) == ("r1", review())


def test_what_is_sealed_cannot_be_sealed_or_edited_again(session: Session, store: Store) -> None:
    sealed(session, store)

    with pytest.raises(SealedReviewError):
        sealed(session, store)
    with pytest.raises(SealedReviewError):
        save_draft(session, review(text="other"), now=NOW)


def test_a_review_in_attention_is_reopened_before_another_is_sealed(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    outbox.refuse(session, act.act_id, AttentionReason.INVALID)

    with pytest.raises(SealedReviewError):
        sealed(session, store)


def test_until_sync_ends_with_the_round_and_hours_with_the_hour(
    session: Session, store: Store
) -> None:
    until_sync = sealed(session, store)
    later = outbox.seal(
        session, store.journal, review(TWO), sealing(grace_until=NOW + timedelta(hours=2))
    )

    assert outbox.release(session, now=NOW) == 1
    assert state_of(session, until_sync) is OutboxState.QUEUED
    assert state_of(session, later) is OutboxState.SEALED
    assert outbox.release(session, now=NOW + timedelta(hours=2)) == 1


def test_a_review_sealed_by_a_clock_that_ran_ahead_does_not_wait_for_that_time(
    session: Session, store: Store
) -> None:
    ahead = NOW + timedelta(days=365)
    by_wrong_clock = replace(sealing(grace_until=ahead + timedelta(hours=2)), now=ahead)
    outbox.seal(session, store.journal, review(), by_wrong_clock)
    soon = NOW + timedelta(minutes=30)
    just_set_back = replace(sealing(grace_until=soon + timedelta(hours=2)), now=soon)
    held = outbox.seal(session, store.journal, review(TWO), just_set_back)

    assert outbox.release(session, now=NOW) == 1
    assert state_of(session, held) is OutboxState.SEALED


def test_a_sealed_review_does_not_leave_before_its_grace_ends(
    session: Session, store: Store
) -> None:
    sealed(session, store)

    assert outbox.begin_sending(session) is None


def test_acts_leave_in_the_order_of_sealing_but_for_those_held(
    session: Session, store: Store
) -> None:
    first, second = sealed(session, store), sealed(session, store, TWO)
    outbox.release(session, now=NOW)

    act = outbox.begin_sending(session, held={first.act_id})

    assert act is not None
    assert (act.act_id, act.state, act.tries) == (second.act_id, OutboxState.SENDING, 1)


def test_a_lost_answer_is_followed_by_the_same_bytes(session: Session, store: Store) -> None:
    act = on_its_way(session, store)

    outbox.lost_answer(session, act.act_id)
    again = outbox.begin_sending(session)

    assert again is not None
    assert (again.body, again.body_sha256, again.tries) == (act.body, act.body_sha256, 2)


def test_a_try_without_effect_does_not_undo_an_earlier_doubt(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    outbox.put_back(session, act.act_id)
    assert state_of(session, act) is OutboxState.QUEUED

    outbox.begin_sending(session)
    outbox.lost_answer(session, act.act_id)
    outbox.begin_sending(session)
    outbox.put_back(session, act.act_id)

    assert state_of(session, act) is OutboxState.AMBIGUOUS


def test_received_needs_a_receipt_about_exactly_these_bytes(session: Session, store: Store) -> None:
    act = on_its_way(session, store)
    good = receipt(act)

    for bad in (
        other(good, act="another"),
        other(good, kind=ActKind.FLAG),
        other(good, body_sha256="0" * 64),
        other(good, assignment="another"),
    ):
        with pytest.raises(WrongReceiptError):
            outbox.receive(session, act.act_id, bad)
    assert state_of(session, act) is OutboxState.SENDING

    outbox.receive(session, act.act_id, good)
    found = outbox.get_act(session, act.act_id)
    assert found is not None
    assert (found.state, found.receipt) == (OutboxState.RECEIVED, good)


def test_the_database_itself_refuses_received_without_a_receipt(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)

    with pytest.raises(IntegrityError), session.begin_nested():
        find_row(session, act.act_id).state = OutboxState.RECEIVED

    assert state_of(session, act) is OutboxState.SENDING


def test_what_never_left_cannot_be_received(session: Session, store: Store) -> None:
    act = sealed(session, store)

    with pytest.raises(IllegalTransitionError):
        outbox.receive(session, act.act_id, receipt(act))


def test_settled_needs_the_epoch_and_the_sequence(session: Session, store: Store) -> None:
    act = on_its_way(session, store)
    outbox.receive(session, act.act_id, receipt(act, sequence=5))

    assert outbox.settle(session, durable_upto=4, epoch=EPOCH) == 0
    assert outbox.settle(session, durable_upto=9, epoch=type(EPOCH)("another")) == 0
    assert outbox.settle(session, durable_upto=5, epoch=EPOCH) == 1
    assert state_of(session, act) is OutboxState.SETTLED


def test_a_receipt_of_another_epoch_is_not_settled_by_this_one(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    outbox.receive(session, act.act_id, receipt(act, epoch=type(EPOCH)("epoch-2")))

    assert outbox.settle(session, durable_upto=9, epoch=EPOCH) == 0


def test_an_epoch_the_client_has_not_entered_settles_nothing(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    outbox.receive(session, act.act_id, receipt(act, epoch=type(EPOCH)("epoch-2")))

    assert outbox.settle(session, durable_upto=9, epoch=type(EPOCH)("epoch-2")) == 0


def test_what_is_received_is_not_sent_again_at_will(session: Session, store: Store) -> None:
    act = on_its_way(session, store)
    outbox.receive(session, act.act_id, receipt(act))

    with pytest.raises(IllegalTransitionError):
        outbox.retry(session, act.act_id)


def test_a_voided_review_is_not_received_by_a_late_answer(session: Session, store: Store) -> None:
    act = sealed(session, store)
    assert act.review is not None
    reopen(session, store.journal, act.review, a_void())

    with pytest.raises(IllegalTransitionError):
        outbox.receive(session, act.act_id, receipt(act))


def test_a_refused_review_is_kept_whole_with_its_reason(session: Session, store: Store) -> None:
    act = on_its_way(session, store)

    outbox.refuse(session, act.act_id, AttentionReason.STALE_RUBRIC, b"problem")

    (waiting,) = outbox.list_attention(session)
    assert (waiting.body, waiting.reason) == (act.body, AttentionReason.STALE_RUBRIC)
    assert waiting.problem == b"problem"
    assert outbox.begin_sending(session) is None


def test_an_attention_act_goes_again_only_when_the_assessor_says_so(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    outbox.refuse(session, act.act_id, AttentionReason.FORBIDDEN)

    outbox.retry(session, act.act_id)

    again = outbox.begin_sending(session)
    assert again is not None
    assert (again.act_id, again.reason) == (act.act_id, None)


def test_a_tombstone_makes_the_text_a_draft_again(session: Session, store: Store) -> None:
    act = on_its_way(session, store)

    outbox.found_voided(session, act.act_id)

    draft = get_draft(session, ONE)
    assert state_of(session, act) is OutboxState.VOIDED
    assert draft is not None
    assert draft.sealed_as is None


def test_a_late_review_can_be_donated_once_it_is_known_to_be_late(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)
    late = act.review
    assert late is not None
    with pytest.raises(IllegalTransitionError):
        outbox.donate(session, store.journal, late, act_id=ActId("d"), body=b"d", now=NOW)
    outbox.refuse(session, act.act_id, AttentionReason.CLOSED)

    outbox.donate(session, store.journal, late, act_id=ActId("d"), body=b"d", now=NOW)

    assert outbox.list_attention(session) == ()
    donation = outbox.begin_sending(session)
    assert donation is not None
    outbox.refuse(session, donation.act_id, AttentionReason.REFUSED)
    assert [each.act_id for each in outbox.list_attention(session)] == [act.act_id, "d"]


def test_another_act_is_queued_at_once(session: Session) -> None:
    put = outbox.put_act(
        session, act_id=ActId("a"), kind=ActKind.RECUSE, assignment=ONE, body=b"b", now=NOW
    )

    leaving = outbox.begin_sending(session)

    assert put.state is OutboxState.QUEUED
    assert leaving is not None
    assert (leaving.act_id, leaving.kind, leaving.body) == ("a", ActKind.RECUSE, b"b")


@pytest.mark.parametrize("kind", [ActKind.REVIEW, ActKind.VOID, ActKind.DONATE])
def test_journaled_acts_cannot_be_put_without_the_journal(session: Session, kind: ActKind) -> None:
    with pytest.raises(ValueError, match="function of its own"):
        outbox.put_act(session, act_id=ActId("a"), kind=kind, assignment=ONE, body=b"b", now=NOW)


def test_an_unknown_act_is_said_to_be_unknown(session: Session) -> None:
    with pytest.raises(NoActError):
        outbox.lost_answer(session, ActId("nobody"))


def test_a_draft_of_a_withdrawn_assignment_is_stranded_and_back_when_it_opens(
    session: Session,
) -> None:
    put_assignment(session, assignment(), epoch=EPOCH)
    save_draft(session, review(), now=NOW)
    withdraw(session, ONE, view_version=2, epoch=EPOCH)

    (stranded,) = outbox.list_stranded_drafts(session)
    assert stranded.review == review()
    put_assignment(session, assignment(view_version=3), epoch=EPOCH)
    assert outbox.list_stranded_drafts(session) == ()


def test_a_sealed_review_of_a_withdrawn_assignment_is_still_sent(
    session: Session, store: Store
) -> None:
    put_assignment(session, assignment(), epoch=EPOCH)
    act = sealed(session, store)
    withdraw(session, ONE, view_version=2, epoch=EPOCH)
    outbox.release(session, now=NOW)

    assert outbox.list_stranded_drafts(session) == ()
    leaving = outbox.begin_sending(session)
    assert leaving is not None
    assert leaving.act_id == act.act_id


def test_a_review_is_counted_in_exactly_one_of_three_places(session: Session, store: Store) -> None:
    save_draft(session, review(AssignmentId("draft")), now=NOW)
    received = on_its_way(session, store, AssignmentId("received"))
    outbox.receive(session, received.act_id, receipt(received))
    sealed(session, store, AssignmentId("sealed"))
    reopened = sealed(session, store, AssignmentId("reopened"))
    assert reopened.review is not None
    reopen(session, store.journal, reopened.review, a_void())

    places = outbox.count_places(session)

    assert (places.laptop, places.outbox, places.received) == (2, 2, 1)


def test_what_was_leaving_when_the_process_ended_is_not_known(
    session: Session, store: Store
) -> None:
    act = on_its_way(session, store)

    assert outbox.find_interrupted(session) == 1
    assert state_of(session, act) is OutboxState.AMBIGUOUS

    outbox.begin_sending(session)
    outbox.put_back(session, act.act_id)
    assert state_of(session, act) is OutboxState.AMBIGUOUS


def test_a_withdrawal_that_is_older_than_the_view_is_ignored(session: Session) -> None:
    put_assignment(session, assignment(view_version=5), epoch=EPOCH)

    assert not withdraw(session, ONE, view_version=4, epoch=EPOCH)
    assert not put_assignment(
        session, assignment(view_version=4, state=AssignmentState.WITHDRAWN), epoch=EPOCH
    )
