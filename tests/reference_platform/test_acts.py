"""Voids and the other acts: each has one effect, however often it arrives."""

import pytest

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.determination import Determination
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.errors import NotAssignableError
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import Problem, ProblemKind
from assessor_app.wire.receipts import is_genuine
from tests.reference_platform.factory import (
    FIRST,
    SECOND,
    act,
    blinded_again,
    built,
    review,
    rubric,
)
from tests.reference_platform.serving import Hand, receipt, refusal


def test_a_void_opens_the_assignment_again(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))

    got = receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))

    assert is_genuine(got, first.meta().receipt_key)
    assert (got.kind, got.sequence) == (ActKind.VOID, 2)
    after = first.only()
    assert (after.state, after.final_review) == (AssignmentState.OPEN, None)
    assert after.view_version == assignment.view_version + 2
    assert [held.live for held in platform.status().reviews] == [False]
    assert receipt(first.put(review(after), after.view_version)).sequence == 3


def test_a_delayed_review_after_its_void_has_no_effect(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))

    answer = first.put(sealed, assignment.view_version)

    assert refusal(answer) == (409, ProblemKind.VOIDED)
    assert first.only() == assignment
    assert platform.status().reviews == ()


def test_a_void_is_one_act_however_often_it_arrives(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))
    void = act(ActKind.VOID, assignment.id, of_review=sealed)

    once, again = first.act(void), first.act(void)
    anew = first.act(act(ActKind.VOID, assignment.id, of_review=sealed))

    assert (once.status_code, again.status_code, anew.status_code) == (201, 200, 201)
    assert receipt(once) == receipt(again)
    assert first.only().view_version == assignment.view_version + 2


def test_a_counted_review_cannot_be_voided(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    once = receipt(first.put(sealed, assignment.view_version))
    final = first.only()
    platform.decide(lent, Determination.AWARD)

    answer = first.act(act(ActKind.VOID, assignment.id, of_review=sealed))

    assert refusal(answer) == (410, ProblemKind.CLOSED)
    assert parse(Problem, answer.content).receipt == once
    assert first.only() == final


def test_an_act_of_another_epoch_has_no_effect(first: Hand, lent: str) -> None:
    assignment = first.only()

    answer = first.act(act(ActKind.RETURN, assignment.id), {"Assessor-Epoch": "another"})

    assert refusal(answer) == (428, ProblemKind.EPOCH_MISMATCH)
    assert first.only() == assignment


def test_an_act_names_its_kind_and_review_in_address_and_body(first: Hand, lent: str) -> None:
    assignment = first.only()
    body = dump(act(ActKind.ASK, assignment.id))
    path = routes.act(assignment.id, ActKind.RECUSE)

    wrong = first.request("POST", path, body, first.envelope(body))

    assert refusal(wrong) == (422, ProblemKind.INVALID)
    assert [error.pointer for error in parse(Problem, wrong.content).errors] == ["/kind"]
    assert first.only() == assignment


@pytest.mark.parametrize("kind", [ActKind.RETURN, ActKind.RECUSE])
def test_what_is_given_back_is_free_for_others(
    platform: Platform, first: Hand, second: Hand, lent: str, kind: ActKind
) -> None:
    assignment = first.only()
    given = act(kind, assignment.id)

    got = receipt(first.act(given))
    platform.assign(lent, SECOND)

    assert receipt(first.act(given)) == got
    assert first.only().state is AssignmentState.WITHDRAWN
    assert second.only().state is AssignmentState.OPEN


def test_what_was_returned_comes_back_under_the_same_id(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    receipt(first.act(act(ActKind.RETURN, assignment.id)))

    platform.assign(lent, FIRST)

    back = first.only()
    assert (back.id, back.state, back.packet) == (
        assignment.id,
        AssignmentState.OPEN,
        assignment.packet,
    )


def test_after_a_recusal_it_is_never_lent_to_this_person_again(
    platform: Platform, first: Hand, lent: str
) -> None:
    receipt(first.act(act(ActKind.RECUSE, first.only().id)))

    with pytest.raises(NotAssignableError):
        platform.assign(lent, FIRST)
    assert platform.assign_all(FIRST) == ()


def test_a_lease_goes_on(first: Hand, lent: str) -> None:
    before = first.only().lease_until

    receipt(first.act(act(ActKind.LEASE, first.only().id)))

    after = first.only()
    assert before
    assert after.lease_until
    assert after.lease_until > before
    assert after.state is AssignmentState.OPEN


def test_a_question_parks_until_a_review_comes(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()

    receipt(first.act(act(ActKind.ASK, assignment.id)))

    assert platform.status().assignments[0].asked_at is not None
    assert first.only() == assignment
    receipt(first.put(review(assignment), assignment.view_version))
    assert platform.status().assignments[0].asked_at is None


@pytest.mark.parametrize("kind", [ActKind.LEASE, ActKind.RETURN, ActKind.RECUSE, ActKind.ASK])
def test_acts_on_what_is_final_or_closed_are_refused(
    platform: Platform, first: Hand, lent: str, kind: ActKind
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))
    final = first.act(act(kind, assignment.id))
    receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))
    platform.withdraw(lent)
    closed = first.act(act(kind, assignment.id))

    assert refusal(final) == (409, ProblemKind.ALREADY_DECIDED)
    assert refusal(closed) == (410, ProblemKind.CLOSED)


def test_a_found_leak_keeps_the_packet_version_from_everyone(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    mine, others = first.only(), second.only()
    blobs = [(hand, hand.manifest(hand.only()).blobs[0].blob_id) for hand in (first, second)]

    receipt(first.act(act(ActKind.FLAG, mine.id)))

    for hand, blob in blobs:
        packet = hand.only().packet
        assert hand.only().state is AssignmentState.WITHDRAWN
        assert hand.get(routes.blob(blob)).status_code == 404
        assert hand.get(routes.manifest(packet.id, packet.version)).status_code == 404
    assert refusal(second.put(review(others), 1)) == (410, ProblemKind.CLOSED)


def test_a_new_packet_version_ends_the_quarantine(
    platform: Platform, first: Hand, lent: str
) -> None:
    mine = first.only()
    receipt(first.act(act(ActKind.FLAG, mine.id)))

    platform.take_in(blinded_again(built()))

    after = first.only()
    assert (after.state, after.packet.version) == (AssignmentState.OPEN, 2)
    assert first.manifest(after).version == 2
    assert first.get(routes.manifest(mine.packet.id, 1)).status_code == 404


def test_a_leak_can_be_reported_after_the_review(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    mine = first.only()
    blob = first.manifest(mine).blobs[0].blob_id
    sealed = review(mine)
    receipt(first.put(sealed, mine.view_version))

    receipt(first.act(act(ActKind.FLAG, mine.id)))

    assert first.only().state is AssignmentState.MINE_FINAL
    assert first.get(routes.blob(blob)).status_code == 404
    assert first.get(routes.manifest(mine.packet.id, 1)).status_code == 404
    assert second.only().state is AssignmentState.WITHDRAWN
    receipt(first.act(act(ActKind.VOID, mine.id, of_review=sealed)))
    assert first.only().state is AssignmentState.WITHDRAWN


def test_a_voided_review_is_made_anew_on_the_packet_and_rubric_of_today(
    platform: Platform, first: Hand, lent: str
) -> None:
    old = first.only()
    sealed = review(old)
    receipt(first.put(sealed, old.view_version))
    platform.take_in(blinded_again(built()))
    platform.publish_rubric(dump(rubric(version=2)))

    receipt(first.act(act(ActKind.VOID, old.id, of_review=sealed)))

    new = first.only()
    assert (new.packet.version, new.rubric.version) == (2, 2)
    assert first.manifest(new).version == 2


def test_late_work_is_kept_as_an_independent_second_read(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    assignment = first.only()
    late = review(assignment, determination=Determination.DENY)
    platform.reassign(lent, FIRST, to=SECOND)
    other = second.only()
    receipt(second.put(review(other), other.view_version))
    donation = act(ActKind.DONATE, assignment.id, of_review=late, sealed=dump(late))

    got = receipt(first.act(donation))

    assert receipt(first.act(donation)) == got
    held = {one.review: one for one in platform.status().reviews}[late.review]
    assert (held.donated, held.live, held.determination) == (True, False, Determination.DENY)
    assert refusal(first.put(late, 1)) == (409, ProblemKind.VOIDED)


def test_a_donation_needs_a_closed_assignment_and_its_own_review(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    late, other = review(assignment), review(assignment)
    early = first.act(act(ActKind.DONATE, assignment.id, of_review=late, sealed=dump(late)))
    platform.withdraw(lent)
    foreign = first.act(act(ActKind.DONATE, assignment.id, of_review=late, sealed=dump(other)))
    broken = first.act(act(ActKind.DONATE, assignment.id, of_review=late, sealed=b"{}"))

    for answer, pointer in ((early, "/kind"), (foreign, "/sealed"), (broken, "/sealed")):
        assert refusal(answer) == (422, ProblemKind.INVALID)
        assert [error.pointer for error in parse(Problem, answer.content).errors] == [pointer]
    assert platform.status().reviews == ()


def test_a_received_review_is_not_donated_too(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))
    platform.decide(lent, Determination.AWARD)

    answer = first.act(act(ActKind.DONATE, assignment.id, of_review=sealed, sealed=dump(sealed)))

    assert refusal(answer) == (409, ProblemKind.ALREADY_DECIDED)
