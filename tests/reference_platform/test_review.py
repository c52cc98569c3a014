"""A sealed review on the wire: the order of checks, one effect, and receipts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import ActId, CriterionId, LevelId, ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.review import Rating
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse, sha256
from assessor_app.wire.messages import (
    EPOCH_HEADER,
    Attestations,
    InvalidAt,
    Problem,
    ProblemKind,
    ReviewBody,
)
from assessor_app.wire.receipts import is_genuine
from tests.reference_platform.factory import (
    FIRST,
    PLAN,
    SECOND,
    act,
    blinded_again,
    built,
    new_uuid,
    review,
    rubric,
)
from tests.reference_platform.serving import Hand, receipt, refusal


def test_a_review_is_received_with_a_genuine_receipt(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)

    answer = first.put(sealed, assignment.view_version)

    assert answer.status_code == 201
    got = receipt(answer)
    assert is_genuine(got, first.meta().receipt_key)
    assert (got.act, got.body_sha256, got.sequence) == (
        ActId(sealed.review),
        sha256(dump(sealed)),
        1,
    )
    after = first.only()
    assert (after.state, after.final_review) == (AssignmentState.MINE_FINAL, sealed.review)
    assert after.view_version == assignment.view_version + 1


def test_the_same_bytes_again_get_the_same_receipt_and_no_second_effect(
    platform: Platform, first: Hand, lent: str
) -> None:
    assignment = first.only()
    sealed = review(assignment)
    once = receipt(first.put(sealed, assignment.view_version))

    again = first.put(sealed, assignment.view_version)

    assert again.status_code == 200
    assert receipt(again) == once
    assert len(platform.status().reviews) == platform.status().receipts == 1


def test_many_at_once_have_one_effect(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    same = review(assignment)
    sent = [same, same, same, review(assignment), review(assignment), review(assignment)]

    with ThreadPoolExecutor(len(sent)) as pool:
        answers = list(pool.map(lambda body: first.put(body, assignment.view_version), sent))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses in ([200, 200, 201, 409, 409, 409], [201, 409, 409, 409, 409, 409])
    assert len(platform.status().reviews) == platform.status().receipts == 1


def test_get_answers_like_put(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    path = routes.review(assignment.id, sealed.review)
    before = refusal(first.get(path))
    once = receipt(first.put(sealed, assignment.view_version))

    assert before == (404, ProblemKind.NOT_FOUND)
    assert receipt(first.get(path)) == once
    assert refusal(first.get(path, {EPOCH_HEADER: "another"})) == (428, ProblemKind.EPOCH_MISMATCH)
    receipt(first.act(act(ActKind.VOID, assignment.id, of_review=sealed)))
    assert refusal(first.get(path)) == (409, ProblemKind.VOIDED)


def test_another_body_under_a_known_uuid_is_refused(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    receipt(first.put(sealed, assignment.view_version))

    answer = first.put(replace(sealed, app_version="0.1.1"), assignment.view_version)

    assert refusal(answer) == (422, ProblemKind.DIFFERENT_BODY)


def test_a_second_review_of_the_same_person_is_told_the_first(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    once = receipt(first.put(sealed, assignment.view_version))

    answer = first.put(review(assignment), first.only().view_version)

    assert refusal(answer) == (409, ProblemKind.ALREADY_DECIDED)
    problem = parse(Problem, answer.content)
    assert (problem.review, problem.receipt) == (sealed.review, once)


def test_a_withdrawn_assignment_is_closed(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    platform.withdraw(lent)

    answer = first.put(review(assignment), first.only().view_version)

    assert refusal(answer) == (410, ProblemKind.CLOSED)
    assert platform.status().reviews == ()


def test_a_reassigned_and_a_decided_one_are_closed_alike(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    assignment = first.only()
    platform.reassign(lent, FIRST, to=SECOND)
    reassigned = first.put(review(assignment), assignment.view_version)
    other = second.only()
    receipt(second.put(review(other), other.view_version))
    platform.decide(lent, Determination.AWARD)
    decided = first.put(review(assignment), assignment.view_version)

    assert refusal(reassigned) == (410, ProblemKind.CLOSED)
    assert reassigned.content == decided.content


def test_a_decision_closes_what_others_still_have(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    mine, late = first.only(), second.only()
    receipt(first.put(review(mine), mine.view_version))
    final = first.only()

    platform.decide(lent, Determination.AWARD)

    assert refusal(second.put(review(late), late.view_version)) == (410, ProblemKind.CLOSED)
    assert second.only().state is AssignmentState.WITHDRAWN
    assert first.only() == final


@pytest.mark.parametrize("view_version", [None, 7])
def test_a_review_of_another_view_is_stale(
    first: Hand, lent: str, view_version: int | None
) -> None:
    sealed = review(first.only())
    body = dump(sealed)

    answer = first.request(
        "PUT",
        routes.review(sealed.assignment, sealed.review),
        body,
        first.envelope(body, view_version),
    )

    assert refusal(answer) == (412, ProblemKind.STALE_VIEW)


def test_packet_and_rubric_are_compared_by_hash_not_by_number(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    renumbered = replace(
        sealed,
        packet=replace(sealed.packet, version=99),
        rubric=replace(sealed.rubric, version=99),
    )

    assert receipt(first.put(renumbered, assignment.view_version)).act == ActId(sealed.review)


def test_a_new_packet_version_makes_a_review_stale(
    platform: Platform, first: Hand, lent: str
) -> None:
    old = first.only()
    platform.take_in(blinded_again(built()))
    new = first.only()

    answer = first.put(review(old), new.view_version)

    assert refusal(answer) == (412, ProblemKind.STALE_PACKET)
    assert (new.packet.id, new.packet.version) == (old.packet.id, old.packet.version + 1)
    assert new.view_version == old.view_version + 1
    assert receipt(first.put(review(new), new.view_version)).sequence == 1


def test_a_new_rubric_version_makes_a_review_stale(
    platform: Platform, first: Hand, lent: str
) -> None:
    old = first.only()
    platform.publish_rubric(dump(rubric(version=2)))
    new = first.only()

    answer = first.put(review(old), new.view_version)

    assert refusal(answer) == (412, ProblemKind.STALE_RUBRIC)
    served = first.get(routes.rubric(new.rubric.id, new.rubric.version)).content
    assert sha256(served) == new.rubric.sha256
    assert receipt(first.put(review(new), new.view_version)).sequence == 1


def test_rated_on_a_version_stays_on_it(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()
    receipt(first.put(review(assignment), assignment.view_version))
    final = first.only()

    platform.publish_rubric(dump(rubric(version=2)))

    assert first.only() == final


def broken(sealed: ReviewBody) -> dict[str, ReviewBody]:
    return {
        "/ratings": replace(sealed, ratings=sealed.ratings[:1]),
        "/ratings/0/criterion": replace(
            sealed, ratings=(Rating(criterion=CriterionId("no"), level=LevelId("proficient")),)
        ),
        "/ratings/0/level": replace(
            sealed, ratings=(Rating(criterion=PLAN, level=LevelId("no")), sealed.ratings[1])
        ),
        "/pins": replace(sealed, pins=()),
        "/feedback": replace(sealed, feedback=sealed.feedback[:1]),
        "/determination": replace(sealed, determination=Determination.DENY),
        "/attestations/no_conflict": replace(
            sealed, attestations=Attestations(no_conflict=False, rubric_alone=True)
        ),
        "/review": replace(sealed, review=ReviewId("00000000-0000-1000-8000-000000000000")),
    }


def test_every_broken_rule_is_told_at_its_place(platform: Platform, first: Hand, lent: str) -> None:
    assignment = first.only()

    told = {}
    for pointer, body in broken(review(assignment)).items():
        answer = first.put(body, assignment.view_version)
        assert refusal(answer) == (422, ProblemKind.INVALID)
        told[pointer] = [error.pointer for error in parse(Problem, answer.content).errors]

    assert told == {pointer: [pointer] for pointer in told}
    assert platform.status().receipts == 0


def test_a_body_that_does_not_keep_the_contract_is_told_where(first: Hand, lent: str) -> None:
    assignment = first.only()
    sealed = review(assignment)
    body = dump(sealed).replace(b'"wants_second_read":false', b'"wants_second_read":"no"')

    answer = first.request(
        "PUT",
        routes.review(assignment.id, sealed.review),
        body,
        first.envelope(body, assignment.view_version),
    )

    assert refusal(answer) == (422, ProblemKind.INVALID)
    (error,) = parse(Problem, answer.content).errors
    assert error.pointer == "/wants_second_read"


def test_an_address_and_its_body_have_to_agree(first: Hand, lent: str) -> None:
    sealed = review(first.only())
    body = dump(sealed)

    answer = first.request(
        "PUT", routes.review(sealed.assignment, ReviewId(new_uuid())), body, first.envelope(body, 1)
    )

    assert refusal(answer) == (422, ProblemKind.INVALID)
    assert parse(Problem, answer.content).errors == (
        InvalidAt(pointer="/review", problem="not what the address says"),
    )


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({"Content-Type": "text/plain"}, 415, ProblemKind.UNSUPPORTED),
        ({"Content-Encoding": "gzip"}, 415, ProblemKind.UNSUPPORTED),
        ({"Content-Digest": "sha-256=:AAAA:"}, 400, ProblemKind.DAMAGED),
        ({EPOCH_HEADER: "another"}, 428, ProblemKind.EPOCH_MISMATCH),
        ({"Authorization": "Bearer no"}, 401, ProblemKind.UNAUTHORISED),
        ({"Authorization": "Basic no"}, 401, ProblemKind.UNAUTHORISED),
    ],
)
def test_an_envelope_that_is_not_right_changes_nothing(
    platform: Platform,
    first: Hand,
    lent: str,
    headers: dict[str, str],
    status: int,
    kind: ProblemKind,
) -> None:
    assignment = first.only()

    answer = first.put(review(assignment), assignment.view_version, headers)

    assert refusal(answer) == (status, kind)
    assert platform.status().receipts == 0


def test_a_body_over_the_limit_is_refused(first: Hand, lent: str) -> None:
    assignment = first.only()
    limit = first.meta().limits.review_bytes
    sealed = replace(review(assignment), app_version="x" * limit)

    assert refusal(first.put(sealed, assignment.view_version)) == (413, ProblemKind.TOO_LARGE)


def test_everything_the_statistics_need_is_stored(
    platform: Platform, first: Hand, lent: str, tmp_path: Path
) -> None:
    assignment = first.only()
    receipt(first.put(review(assignment), assignment.view_version))

    (held,) = platform.status().reviews

    assert (held.reason, held.blind, held.attempt, held.rubric_version) == ("primary", True, 1, 1)
    assert held.assigned_at < held.received_at
