"""What an operator does: tokens, lending, second reads, decisions."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import Sha256
from assessor_app.domain.policy import ReasonCode, SecondReads
from assessor_app.domain.review import Reason
from assessor_app.reference_platform import keys
from assessor_app.reference_platform.blobs import BlobFiles
from assessor_app.reference_platform.errors import (
    AlreadyDecidedError,
    BadNameError,
    DifferentRubricError,
    HeldError,
    NotAssignableError,
    NotDecidedError,
    NothingLentError,
    NotReviewedError,
    UnknownAssessorError,
    UnknownEarlierAttemptError,
    UnknownSubmissionError,
)
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.receiving import Envelope
from assessor_app.reference_platform.schema import ReadReason, Row
from assessor_app.reference_platform.service import Platform
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import ReviewBody
from tests.reference_platform.factory import (
    FIRST,
    MORNING,
    SECOND,
    Clock,
    blinded_again,
    built,
    hash_of,
    review,
    rubric,
)

THIRD = "assessor-3"


def person(platform: Platform, key: str) -> Person:
    found = platform.person_of(platform.token(key))
    assert found
    return found


def seal(platform: Platform, who: Person, body: ReviewBody) -> None:
    (mine,) = (one for one in platform.snapshot(who).assignments if one.id == body.assignment)
    envelope = Envelope(epoch=platform.meta().epoch, view_version=mine.view_version)
    platform.receive_review(who, dump(body), body, envelope)


def reasons(platform: Platform) -> list[ReadReason]:
    return [one.reason for one in platform.status().assignments]


def test_a_token_is_kept_as_a_hash_only(platform: Platform, tmp_path: Path) -> None:
    token = platform.token(FIRST)

    assert platform.person_of(token)
    files = [p.read_bytes() for p in (tmp_path / "platform").rglob("*") if p.is_file()]
    assert not any(token.encode() in content for content in files)


def test_a_person_may_have_several_tokens(platform: Platform) -> None:
    one, other = platform.token(FIRST), platform.token(FIRST)

    assert one != other
    assert platform.person_of(one) == platform.person_of(other)


@pytest.mark.parametrize("name", ["", "Ms. Quandt", "mq@example.org", "Ünal", "a" * 41])
def test_an_assessor_has_no_name_here(platform: Platform, name: str) -> None:
    with pytest.raises(BadNameError):
        platform.token(name)


def test_all_latest_attempts_are_lent_but_no_earlier_one(platform: Platform) -> None:
    platform.token(FIRST)
    earlier = built("early", earner="earner-1")
    platform.take_in(earlier)
    platform.take_in(built("late", earner="earner-1", earlier=(earlier,)))
    platform.take_in(built("other"))

    lent = platform.assign_all(FIRST)

    attempts = {one.submission: one.attempt for one in platform.status().submissions}
    got = [attempts[one.earner_submission] for one in platform.status().assignments]
    assert (len(lent), sorted(got)) == (2, [1, 2])
    assert platform.assign_all(FIRST) == ()


def test_an_earlier_attempt_has_to_be_known(platform: Platform) -> None:
    with pytest.raises(UnknownEarlierAttemptError):
        platform.take_in(built("late", earlier=(built("early"),)))
    assert platform.status().submissions == ()


def test_intake_learns_of_earlier_attempts(platform: Platform) -> None:
    submission = built("early")
    platform.take_in(submission)

    found = platform.earlier("S-early")

    assert found
    assert found.earner == submission.earner
    assert found.related.manifest_sha256 == submission.manifest_sha256
    assert platform.earlier("S-no") is None


def test_a_held_submission_waits_for_its_release(platform: Platform) -> None:
    platform.token(FIRST)
    submission = platform.take_in(replace(built(), held=True))

    with pytest.raises(HeldError):
        platform.assign(submission, FIRST)
    assert platform.assign_all(FIRST) == ()
    platform.release(submission)
    assert len(platform.assign_all(FIRST)) == 1


def test_the_same_folder_again_changes_nothing(platform: Platform) -> None:
    platform.token(FIRST)
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)
    before = platform.status()

    assert platform.take_in(built()) == submission
    assert platform.status() == before


def test_nobody_reads_a_submission_twice(platform: Platform) -> None:
    platform.token(FIRST)
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)

    with pytest.raises(NotAssignableError):
        platform.assign(submission, FIRST)


def test_what_cannot_be_found_is_told(platform: Platform) -> None:
    platform.token(FIRST)
    submission = platform.take_in(built())

    with pytest.raises(UnknownSubmissionError):
        platform.assign("MC-AAAA-A", FIRST)
    with pytest.raises(UnknownAssessorError):
        platform.assign(submission, SECOND)
    with pytest.raises(NothingLentError):
        platform.withdraw(submission)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (SecondReads(first_n=1, share=0.0, near_rule=False, reasons=()), ReadReason.RANDOM_SECOND),
        (SecondReads(first_n=0, share=1.1, near_rule=False, reasons=()), ReadReason.RANDOM_SECOND),
        (SecondReads(first_n=0, share=0.5, near_rule=False, reasons=()), None),
    ],
)
def test_second_reads_are_drawn_at_intake(
    platform: Platform, rules: SecondReads, expected: ReadReason | None
) -> None:
    platform.token(FIRST)
    platform.token(SECOND)
    platform.take_in(replace(built(), second_reads=rules))

    platform.assign_all(FIRST)
    platform.assign_all(SECOND)

    assert reasons(platform) == [ReadReason.PRIMARY, *([expected] if expected else [])]


@pytest.mark.parametrize("why", ["near", "reason", "wish", "nothing"])
def test_second_reads_follow_from_the_first(platform: Platform, why: str) -> None:
    who = person(platform, FIRST)
    platform.token(SECOND)
    rules = SecondReads(first_n=0, share=0.0, near_rule=why == "near")
    platform.take_in(replace(built(), second_reads=rules))
    platform.assign_all(FIRST)
    before = platform.status().submissions[0].next_read
    (mine,) = platform.snapshot(who).assignments
    body = review(mine, determination=Determination.DENY)
    if why == "reason":
        body = replace(body, reasons=(Reason(code=ReasonCode.AI_POLICY, explanation="Declared."),))
    seal(platform, who, replace(body, wants_second_read=why == "wish"))

    platform.assign_all(SECOND)

    assert before is None
    second = [] if why == "nothing" else [ReadReason.CONDITIONAL_SECOND]
    assert reasons(platform) == [ReadReason.PRIMARY, *second]


def test_a_reassigned_read_keeps_its_reason(platform: Platform) -> None:
    for key in (FIRST, SECOND, THIRD):
        platform.token(key)
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)
    platform.assign(submission, SECOND, reason=ReadReason.RANDOM_SECOND)

    platform.reassign(submission, SECOND, to=THIRD)

    assert reasons(platform) == [
        ReadReason.PRIMARY,
        ReadReason.RANDOM_SECOND,
        ReadReason.RANDOM_SECOND,
    ]


def test_a_decision_needs_a_review_and_stays(platform: Platform) -> None:
    who = person(platform, FIRST)
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)
    with pytest.raises(NotReviewedError):
        platform.decide(submission, Determination.AWARD)
    with pytest.raises(NotDecidedError):
        platform.letter(submission)
    (mine,) = platform.snapshot(who).assignments
    seal(platform, who, review(mine))

    platform.decide(mine.submission, Determination.AWARD)
    platform.decide(submission, Determination.AWARD)

    with pytest.raises(AlreadyDecidedError):
        platform.decide(submission, Determination.DENY)
    with pytest.raises(AlreadyDecidedError):
        platform.take_in(blinded_again(built()))
    assert platform.status().submissions[0].decided is Determination.AWARD
    assert platform.letter(mine.submission) == platform.letter(submission.lower())


def test_the_letter_speaks_with_the_review_that_agrees_with_the_issuer(platform: Platform) -> None:
    submission = platform.take_in(built())
    for key, says in ((FIRST, Determination.AWARD), (SECOND, Determination.DENY)):
        who = person(platform, key)
        platform.assign(submission, key)
        (mine,) = platform.snapshot(who).assignments
        seal(platform, who, review(mine, determination=says))

    platform.decide(submission, Determination.DENY)

    assert [result.reached for result in platform.letter(submission).results] == [False, True]


def test_an_adjudication_speaks_before_all_others(platform: Platform) -> None:
    submission = platform.take_in(built())
    for key, says, reason in (
        (FIRST, Determination.DENY, ReadReason.PRIMARY),
        (SECOND, Determination.AWARD, ReadReason.ADJUDICATION),
    ):
        who = person(platform, key)
        platform.assign(submission, key, reason=reason)
        (mine,) = platform.snapshot(who).assignments
        seal(platform, who, review(mine, determination=says))

    platform.decide(submission, Determination.DENY)

    assert [result.reached for result in platform.letter(submission).results] == [True, True]


def test_a_published_rubric_never_changes(platform: Platform) -> None:
    platform.publish_rubric(dump(rubric()))
    other = replace(rubric(version=2), version=1)

    with pytest.raises(DifferentRubricError):
        platform.publish_rubric(dump(other))


def test_blobs_are_written_under_their_own_hash_only(tmp_path: Path) -> None:
    files = BlobFiles(tmp_path / "blobs")
    files.put(hash_of(b"page"), b"page")
    files.put(hash_of(b"page"), b"page")

    with pytest.raises(ValueError, match="another hash"):
        files.put(Sha256("0" * 64), b"page")
    assert files.read(hash_of(b"page"), 1, 3) == b"ag"


def test_handles_are_easy_to_read_aloud() -> None:
    drawn = {keys.new_handle() for _ in range(200)}

    assert len(drawn) > 190
    assert not set("01ILOU") & set("".join(one[3:] for one in drawn))
    assert all(len(one) == 9 for one in drawn)


def test_the_tables_can_be_made_in_postgresql() -> None:
    for table in Row.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_another_database_is_named_by_its_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    platform = Platform(tmp_path / "data", clock=Clock(MORNING), url=url)

    assert platform.take_in(built()).startswith("MC-")
    platform.close()
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "data" / "platform.db").exists()
