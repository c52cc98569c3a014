import pytest
from sqlalchemy.orm import Session

from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.store import outbox, voids
from assessor_app.store.account import get_account, put_cursor
from assessor_app.store.acts import Act
from assessor_app.store.epochs import enter_epoch
from assessor_app.store.errors import IllegalTransitionError, WrongReceiptError
from assessor_app.store.opening import Store
from assessor_app.store.reviews import get_draft, save_draft
from tests.store.making import EPOCH, NOW, ONE, TWO, a_void, receipt, review, sealing

SECOND = Epoch("epoch-2")


def seal(session: Session, store: Store, act: str, name: AssignmentId = ONE) -> ReviewId:
    outbox.seal(session, store.journal, review(name, f"text of {act}"), sealing(act))
    outbox.release(session, now=NOW)
    return ReviewId(act)


def send(session: Session) -> Act:
    act = outbox.begin_sending(session)
    assert act is not None
    return act


def state_of(session: Session, act: str) -> OutboxState | None:
    session.flush()
    found = outbox.get_act(session, ActId(act))
    return found.state if found else None


def test_reopening_always_voids_from_sealed_too(session: Session, store: Store) -> None:
    outbox.seal(session, store.journal, review(), sealing("r1"))

    draft = voids.reopen(session, store.journal, ReviewId("r1"), a_void("v1"))

    assert (draft.sealed_as, draft.review) == (None, review())
    assert state_of(session, "r1") is OutboxState.VOIDING
    leaving = send(session)
    assert (leaving.act_id, leaving.kind, leaving.review) == ("v1", ActKind.VOID, "r1")


def test_what_leaves_this_moment_cannot_be_reopened(session: Session, store: Store) -> None:
    seal(session, store, "r1")
    send(session)

    with pytest.raises(IllegalTransitionError):
        voids.reopen(session, store.journal, ReviewId("r1"), a_void())


def test_no_review_leaves_while_a_void_of_its_assignment_is_unanswered(
    session: Session, store: Store
) -> None:
    first = seal(session, store, "r1")
    voids.reopen(session, store.journal, first, a_void("v1"))
    seal(session, store, "r2")

    void = send(session)
    assert void.act_id == "v1"
    assert outbox.begin_sending(session) is None
    outbox.lost_answer(session, void.act_id)
    assert outbox.begin_sending(session, held={"v1"}) is None

    void = send(session)
    outbox.receive(session, void.act_id, receipt(void))
    assert state_of(session, "r1") is OutboxState.VOIDED
    assert send(session).act_id == "r2"


def test_a_void_in_attention_still_holds_its_successor(session: Session, store: Store) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))
    seal(session, store, "r2")
    outbox.refuse(session, send(session).act_id, AttentionReason.REFUSED)

    assert outbox.begin_sending(session) is None


def test_a_void_holds_no_other_assignment(session: Session, store: Store) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))
    seal(session, store, "r2", TWO)

    leaving = outbox.begin_sending(session, held={"v1"})

    assert leaving is not None
    assert leaving.act_id == "r2"


def test_a_refused_body_is_voided_first_and_then_waits_for_the_assessor(
    session: Session, store: Store
) -> None:
    review_id = seal(session, store, "r1")
    send(session)

    voids.void_refused(
        session,
        store.journal,
        review_id,
        void=a_void("v1"),
        reason=AttentionReason.REFUSED,
        problem=b"too large",
    )
    assert state_of(session, "r1") is OutboxState.VOIDING
    void = send(session)
    outbox.receive(session, void.act_id, receipt(void))

    (waiting,) = outbox.list_attention(session)
    assert (waiting.act_id, waiting.reason) == ("r1", AttentionReason.REFUSED)
    assert waiting.problem == b"too large"
    assert voids.reopen(session, store.journal, review_id, a_void("v2")).sealed_as is None


def test_a_void_of_an_unknown_assignment_ends_both(session: Session, store: Store) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))

    voids.void_unknown(session, send(session).act_id)

    assert state_of(session, "r1") is OutboxState.VOIDED
    assert state_of(session, "v1") is OutboxState.VOIDED


def test_a_void_that_came_too_late_means_that_the_review_counts(
    session: Session, store: Store
) -> None:
    first = seal(session, store, "r1")
    body = outbox.get_act(session, ActId(first))
    assert body is not None
    voids.reopen(session, store.journal, first, a_void("v1"))
    seal(session, store, "r2")
    void = send(session)

    voids.void_closed(session, store.journal, void.act_id, receipt(body, sequence=7))

    assert state_of(session, "r1") is OutboxState.RECEIVED
    assert state_of(session, "v1") is None
    (waiting,) = outbox.list_attention(session)
    assert (waiting.act_id, waiting.reason) == ("r2", AttentionReason.ALREADY_DECIDED)


def test_a_draft_begun_after_a_void_that_came_too_late_is_stranded(
    session: Session, store: Store
) -> None:
    first = seal(session, store, "r1")
    body = outbox.get_act(session, ActId(first))
    assert body is not None
    voids.reopen(session, store.journal, first, a_void("v1"))
    save_draft(session, review(text="changed"), now=NOW)

    voids.void_closed(session, store.journal, send(session).act_id, receipt(body))

    (stranded,) = outbox.list_stranded_drafts(session)
    assert stranded.review == review(text="changed")


def test_a_void_came_too_late_only_with_the_receipt_of_its_own_review(
    session: Session, store: Store
) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))
    seal(session, store, "r2", TWO)
    stranger = outbox.get_act(session, ActId("r2"))
    assert stranger is not None
    void = send(session)

    with pytest.raises(WrongReceiptError), session.begin_nested():
        voids.void_closed(session, store.journal, void.act_id, receipt(stranger))

    assert state_of(session, "v1") is OutboxState.SENDING


def test_only_a_void_can_be_answered_as_one(session: Session, store: Store) -> None:
    seal(session, store, "r1")
    send(session)

    with pytest.raises(IllegalTransitionError):
        voids.void_unknown(session, ActId("r1"))


def test_a_new_epoch_sends_again_what_is_received_and_not_settled(
    session: Session, store: Store
) -> None:
    for review_id, name in (("r1", ONE), ("r2", TWO), ("r3", AssignmentId("three"))):
        seal(session, store, review_id, name)
    for sequence in (1, 2):
        act = send(session)
        outbox.receive(session, act.act_id, receipt(act, sequence=sequence))
    outbox.settle(session, durable_upto=1, epoch=EPOCH)
    outbox.refuse(session, send(session).act_id, AttentionReason.INVALID)

    assert enter_epoch(session, SECOND)

    assert state_of(session, "r1") is OutboxState.SETTLED
    assert state_of(session, "r3") is OutboxState.ATTENTION
    again = send(session)
    assert (again.act_id, again.receipt) == ("r2", None)
    assert outbox.begin_sending(session) is None
    assert not enter_epoch(session, SECOND)


def test_a_new_epoch_forgets_cursor_and_durable_sequence(session: Session) -> None:
    put_cursor(session, "cursor of the old epoch")
    outbox.settle(session, durable_upto=9, epoch=EPOCH)

    enter_epoch(session, SECOND)

    account = get_account(session)
    assert account is not None
    assert (account.epoch, account.cursor, account.durable_upto) == (SECOND, None, 0)


def test_a_superseded_review_sends_only_its_void_in_a_new_epoch(
    session: Session, store: Store
) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))
    void = send(session)
    outbox.receive(session, void.act_id, receipt(void))
    seal(session, store, "r2")
    second = send(session)
    outbox.receive(session, second.act_id, receipt(second, sequence=2))

    enter_epoch(session, SECOND)

    assert state_of(session, "r1") is OutboxState.VOIDING
    void = send(session)
    assert void.act_id == "v1"
    assert outbox.begin_sending(session) is None
    outbox.receive(session, void.act_id, receipt(void, epoch=SECOND))
    assert state_of(session, "r1") is OutboxState.VOIDED
    assert send(session).act_id == "r2"


def test_an_unknown_void_goes_again_in_a_new_epoch(session: Session, store: Store) -> None:
    voids.reopen(session, store.journal, seal(session, store, "r1"), a_void("v1"))
    voids.void_unknown(session, send(session).act_id)

    enter_epoch(session, SECOND)

    assert send(session).act_id == "v1"


def test_a_receipt_of_the_new_epoch_stays(session: Session, store: Store) -> None:
    seal(session, store, "r1")
    act = send(session)
    outbox.receive(session, act.act_id, receipt(act, epoch=SECOND))

    enter_epoch(session, SECOND)

    assert state_of(session, "r1") is OutboxState.RECEIVED


def test_the_text_survives_every_void(session: Session, store: Store) -> None:
    first = seal(session, store, "r1")
    voids.reopen(session, store.journal, first, a_void("v1"))
    void = send(session)
    outbox.receive(session, void.act_id, receipt(void))

    draft = get_draft(session, ONE)

    assert draft is not None
    assert draft.review == review(text="text of r1")
