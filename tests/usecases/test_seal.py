from dataclasses import replace
from datetime import timedelta

import pytest

from assessor_app.domain.determination import Determination, IncompleteReviewError, Need
from assessor_app.domain.ids import ActId, FeedbackId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, ReviewPlace
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    LeakAnswer,
    Review,
)
from assessor_app.store import account, assignments, outbox, packets
from assessor_app.store.opening import Store
from assessor_app.usecases.errors import NoActError, SealedReviewError
from assessor_app.usecases.outbox import count_places, list_outbox, list_receipts
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import Sealed, act, donate, reopen, retry, seal
from assessor_app.usecases.workbench import Transaction, Workbench
from assessor_app.wire.codec import dump, parse, sha256
from assessor_app.wire.messages import ActBody, ProblemKind, ReviewBody
from tests.reference_platform.factory import PLAN
from tests.sync.bench import BUILT, EPOCH, acts, no, post, receipt, view, yes
from tests.sync.bench import act as act_of
from tests.sync.timing import MORNING
from tests.usecases.test_review import BLANK, ID, whole


def sealed(bench: Workbench, review: Review | None = None) -> Sealed:
    bench.prepare(save_draft, review or whole(), now=MORNING)()
    return bench.prepare(seal, ID, now=MORNING)()


def test_the_frozen_body_says_what_was_written_and_on_what(store: Store, bench: Workbench) -> None:
    made = sealed(bench)

    body = parse(ReviewBody, act_of(store, made.review).body)
    assert (body.review, body.assignment, body.determination) == (
        made.review,
        ID,
        Determination.AWARD,
    )
    assert (body.packet, body.rubric) == (view().packet, view().rubric)
    assert (body.ratings, body.pins) == (whole().ratings, whole().pins)
    assert made.changes.outbox


def test_the_journal_holds_the_seal(store: Store, bench: Workbench) -> None:
    made = sealed(bench)

    kept = [entry for _, entry in store.journal.entries()]
    assert any(getattr(entry, "act", "") == made.review for entry in kept)


def seal_and_fail(at: Transaction) -> None:
    seal(at, ID, now=MORNING)
    raise KeyboardInterrupt


def test_draft_and_outbox_row_share_one_transaction(store: Store, bench: Workbench) -> None:
    bench.prepare(save_draft, whole(), now=MORNING)()

    with pytest.raises(KeyboardInterrupt):
        bench.prepare(seal_and_fail)()

    assert acts(store, ActKind.REVIEW) == ()
    assert bench.prepare(open_packet, ID, now=MORNING)().draft.sealed_as is None


def test_what_is_missing_is_listed(bench: Workbench) -> None:
    with pytest.raises(IncompleteReviewError) as raised:
        sealed(bench, BLANK)

    needs = {missing.need for missing in raised.value.missing}
    assert {Need.RATING, Need.PIN, Need.NO_CONFLICT} <= needs


def with_own_name(bench: Workbench, store: Store) -> Review:
    with store.sessions.begin() as session:
        account.put_own_words(session, ("Quillfeather",))
    item = FeedbackItem(
        id=FeedbackId("leak"),
        kind=FeedbackKind.CONNECTION,
        criterion=PLAN,
        text="I am Quillfeather and liked it.",
    )
    return whole().give_feedback(item)


def test_an_unanswered_leak_stops_the_seal(store: Store, bench: Workbench) -> None:
    review = with_own_name(bench, store)

    with pytest.raises(IncompleteReviewError) as raised:
        sealed(bench, review)

    (missing,) = raised.value.missing
    assert missing.need is Need.LEAK_ANSWER


def test_an_answered_leak_does_not(store: Store, bench: Workbench) -> None:
    review = with_own_name(bench, store)
    with pytest.raises(IncompleteReviewError) as raised:
        sealed(bench, review)
    leak = raised.value.missing[0].leak
    assert leak is not None

    answered = review.answer_leak(LeakAnswer(finding=leak.finding, why="A common word here."))

    assert sealed(bench, answered).determination is Determination.AWARD


def test_a_sealed_review_is_not_sealed_again(bench: Workbench) -> None:
    sealed(bench)

    with pytest.raises(SealedReviewError):
        bench.prepare(seal, ID, now=MORNING)()


def test_each_seal_has_an_id_of_its_own(bench: Workbench) -> None:
    first = sealed(bench)
    bench.prepare(reopen, first.review, now=MORNING)()

    assert bench.prepare(seal, ID, now=MORNING)().review != first.review


def test_grace_in_hours_keeps_a_review_from_leaving_until_then(
    store: Store, bench: Workbench
) -> None:
    packet = replace(BUILT.packet, policy=replace(BUILT.packet.policy, seal_grace_hours=2))
    manifest = dump(packet)
    moved = replace(view().packet, manifest_sha256=sha256(manifest))
    with store.sessions.begin() as session:
        assignments.put_assignment(
            session, replace(view(), packet=moved, view_version=4), epoch=EPOCH
        )
        packets.put_packet(session, moved, manifest, blob_ids={}, related={})

    made = sealed(bench, replace(whole(), manifest_sha256=moved.manifest_sha256))

    assert made.grace_until == MORNING + timedelta(hours=2)
    with store.sessions.begin() as session:
        assert outbox.release(session, now=MORNING + timedelta(hours=1)) == 0
        assert outbox.release(session, now=MORNING + timedelta(hours=2)) == 1


def test_reopening_always_voids_and_gives_the_text_back(store: Store, bench: Workbench) -> None:
    made = sealed(bench)

    saved = bench.prepare(reopen, made.review, now=MORNING)()

    assert (saved.draft.review, saved.draft.sealed_as) == (whole(), None)
    assert act_of(store, made.review).state is OutboxState.VOIDING
    (void,) = acts(store, ActKind.VOID)
    body = parse(ActBody, void.body)
    assert (body.kind, body.review, body.act) == (ActKind.VOID, made.review, void.act_id)


def test_an_unknown_act_is_told(bench: Workbench) -> None:
    for use_case in (reopen, donate):
        with pytest.raises(NoActError):
            bench.prepare(use_case, ReviewId("nothing"), now=MORNING)()
    with pytest.raises(NoActError):
        bench.prepare(retry, ActId("nothing"))()


def test_another_act_is_queued_with_its_text(store: Store, bench: Workbench) -> None:
    changes = bench.prepare(act, ActKind.ASK, ID, now=MORNING, text="Which step?")()

    (asked,) = acts(store, ActKind.ASK)
    assert (asked.state, changes.outbox) == (OutboxState.QUEUED, True)
    assert parse(ActBody, asked.body).text == "Which step?"


def closed(store: Store, bench: Workbench) -> Sealed:
    made = sealed(bench)
    with store.sessions.begin() as session:
        outbox.release(session, now=MORNING)
    post(store).push(no(410, ProblemKind.CLOSED))
    return made


def test_a_review_that_came_too_late_can_be_donated_with_its_frozen_text(
    store: Store, bench: Workbench
) -> None:
    made = closed(store, bench)

    bench.prepare(donate, made.review, now=MORNING)()

    (donation,) = acts(store, ActKind.DONATE)
    body = parse(ActBody, donation.body)
    assert body.review == made.review
    assert body.sealed.encode() == act_of(store, made.review).body


def test_an_act_that_needs_attention_can_be_tried_again(store: Store, bench: Workbench) -> None:
    made = closed(store, bench)

    bench.prepare(retry, ActId(made.review))()

    assert act_of(store, made.review).state is OutboxState.QUEUED


def test_the_outbox_tells_state_reason_and_problem(store: Store, bench: Workbench) -> None:
    closed(store, bench)

    (line,) = bench.prepare(list_outbox)()

    assert (line.state, line.place) == (OutboxState.ATTENTION, ReviewPlace.OUTBOX)
    assert line.attention is AttentionReason.CLOSED
    assert line.problem is not None
    assert line.problem.kind is ProblemKind.CLOSED
    assert line.title == "Feedback that moves learning on"


def test_a_receipt_is_shown_with_its_number(store: Store, bench: Workbench) -> None:
    made = sealed(bench)
    with store.sessions.begin() as session:
        outbox.release(session, now=MORNING)
    post(store).push(yes(receipt(act_of(store, made.review), sequence=7)))

    (line,) = bench.prepare(list_receipts)()
    places = bench.prepare(count_places)()

    assert line.receipt is not None
    assert (line.receipt.sequence, line.receipt.received_at) == (7, MORNING)
    assert (places.laptop, places.outbox, places.received) == (0, 0, 1)
