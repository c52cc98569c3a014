from dataclasses import replace

import pytest

from assessor_app.domain.determination import (
    Determination,
    Missing,
    Need,
    by_the_rubric,
    determination,
    missing,
)
from assessor_app.domain.ids import (
    ArtifactId,
    AssignmentId,
    CriterionId,
    FeedbackId,
    PartId,
    PinId,
    Sha256,
)
from assessor_app.domain.leaks import Leak, LeakKind
from assessor_app.domain.packet import RubricRef
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    LeakAnswer,
    Pin,
    Place,
    PlaceKind,
    Reason,
    Region,
    Review,
)
from tests.domain.test_rubric import HIGH, LOW, MIDDLE, PLAN, RUBRIC, TALK

EMPTY = Review(
    assignment=AssignmentId("a"),
    manifest_sha256=Sha256("0" * 64),
    rubric=RubricRef(id=RUBRIC.id, version=3, sha256=Sha256("1" * 64)),
)


def pin(criterion: CriterionId, pin_id: str = "p") -> Pin:
    place = Place(kind=PlaceKind.PAGE_TEXT, source="A1", page=2, start=4, end=9, quote="the plan")
    return Pin(id=PinId(pin_id), criterion=criterion, place=place)


def said(kind: FeedbackKind, criterion: CriterionId | None = None, text: str = "x") -> FeedbackItem:
    return FeedbackItem(
        id=FeedbackId(f"{kind}{criterion}"), kind=kind, criterion=criterion, text=text
    )


ATTESTED = replace(EMPTY, no_conflict=True, rubric_alone=True)
PINNED = ATTESTED.pin(pin(PLAN)).pin(pin(TALK, "q"))
AWARD = (
    PINNED.rate(PLAN, HIGH)
    .rate(TALK, MIDDLE)
    .give_feedback(said(FeedbackKind.PRAISE))
    .give_feedback(said(FeedbackKind.RESOURCE))
)
DENY = PINNED.rate(PLAN, MIDDLE).rate(TALK, HIGH).give_feedback(said(FeedbackKind.CHALLENGE, PLAN))


def test_the_rubric_says_nothing_before_every_criterion_is_rated() -> None:
    assert by_the_rubric(EMPTY.rate(PLAN, HIGH), RUBRIC) is None


def test_ratings_decide_by_the_award_rule() -> None:
    assert determination(AWARD, RUBRIC) is Determination.AWARD
    assert determination(DENY, RUBRIC) is Determination.DENY


def test_a_reason_denies_although_the_rule_is_met() -> None:
    reason = Reason(
        code=ReasonCode.STUDENT_PRIVACY, explanation="A face.", artifact=ArtifactId("A4")
    )

    assert determination(AWARD.give_reason(reason), RUBRIC) is Determination.DENY


def test_a_reason_does_not_decide_before_the_ratings_are_there() -> None:
    reason = Reason(code=ReasonCode.AUTHENTICITY, explanation="Two voices.")

    assert determination(EMPTY.give_reason(reason), RUBRIC) is None


def test_an_award_is_impossible_while_the_rule_is_not_met() -> None:
    for code in (None, *ReasonCode):
        review = DENY if code is None else DENY.give_reason(Reason(code=code, explanation="x"))
        assert determination(review, RUBRIC) is Determination.DENY


def test_complete_reviews_miss_nothing() -> None:
    assert missing(AWARD, RUBRIC, ()) == ()
    assert missing(DENY, RUBRIC, ()) == ()


@pytest.mark.parametrize(
    ("review", "needs"),
    [
        (AWARD.rate(PLAN, None), [(Need.RATING, PLAN)]),
        (AWARD.unpin(PinId("p")), [(Need.PIN, PLAN)]),
        (DENY.drop_feedback(FeedbackId(f"challenge{PLAN}")), [(Need.CHALLENGE, PLAN)]),
        (DENY.give_feedback(said(FeedbackKind.CHALLENGE, PLAN, " \n")), [(Need.CHALLENGE, PLAN)]),
        (AWARD.drop_feedback(FeedbackId("praiseNone")), [(Need.PRAISE, None)]),
        (AWARD.drop_feedback(FeedbackId("resourceNone")), [(Need.GROWTH, None)]),
        (replace(AWARD, no_conflict=False), [(Need.NO_CONFLICT, None)]),
        (replace(AWARD, rubric_alone=False), [(Need.RUBRIC_ALONE, None)]),
    ],
)
def test_each_missing_thing_is_named(
    review: Review, needs: list[tuple[Need, CriterionId | None]]
) -> None:
    assert [(item.need, item.criterion) for item in missing(review, RUBRIC, ())] == needs


def test_nothing_shows_this_stands_for_a_pin_until_one_is_made() -> None:
    silent = DENY.unpin(PinId("p")).say_nothing_shows(PLAN, stated=True)

    assert missing(silent, RUBRIC, ()) == ()
    assert silent.pin(pin(PLAN)).nothing_shows == ()
    assert silent.say_nothing_shows(PLAN, stated=False).nothing_shows == ()


def test_a_criterion_outside_part_two_needs_no_pin() -> None:
    reflection = replace(RUBRIC.criteria[0], part=PartId("part3"))
    rubric = replace(RUBRIC, criteria=(reflection, RUBRIC.criteria[1]))

    assert missing(AWARD.unpin(PinId("p")), rubric, ()) == ()


def test_with_a_whole_packet_reason_one_challenge_is_enough() -> None:
    reason = Reason(code=ReasonCode.MISSING_EVIDENCE, explanation="", whole_packet=True)
    review = ATTESTED.give_reason(reason)

    assert determination(review, RUBRIC) is Determination.DENY
    assert [item.need for item in missing(review, RUBRIC, ())] == [Need.CHALLENGE, Need.EXPLANATION]
    cured = review.give_reason(replace(reason, explanation="No artifact opens.")).give_feedback(
        said(FeedbackKind.CHALLENGE)
    )
    assert missing(cured, RUBRIC, ()) == ()


def test_a_finding_of_the_leak_check_wants_an_answer_with_a_reason() -> None:
    leak = Leak(kind=LeakKind.DATE, start=0, end=6, quote="week 8")
    kept = AWARD.answer_leak(LeakAnswer(finding=leak.finding, why="from the plan"))

    assert missing(AWARD, RUBRIC, (leak,)) == (Missing(need=Need.LEAK_ANSWER, leak=leak),)
    assert missing(kept, RUBRIC, (leak,)) == ()
    changed = replace(leak, quote="week 9")
    assert missing(kept, RUBRIC, (changed,)) == (Missing(need=Need.LEAK_ANSWER, leak=changed),)


def test_edits_replace_and_never_touch_the_old_value() -> None:
    review = EMPTY.rate(PLAN, HIGH).rate(PLAN, LOW)

    assert review.levels() == {PLAN: LOW}
    assert EMPTY.ratings == ()


def test_feedback_keeps_its_order_when_one_is_changed() -> None:
    first, second = said(FeedbackKind.PRAISE), said(FeedbackKind.CONNECTION)
    review = EMPTY.give_feedback(first).give_feedback(second)

    changed = review.give_feedback(replace(first, text="clearer"))
    assert [item.text for item in changed.feedback] == ["clearer", "x"]


def test_a_reason_is_kept_once_per_artifact() -> None:
    one = Reason(code=ReasonCode.UNREADABLE_ARTIFACT, explanation="a", artifact=ArtifactId("A1"))
    two = replace(one, artifact=ArtifactId("A2"))
    review = EMPTY.give_reason(one).give_reason(two).give_reason(replace(one, explanation="b"))

    assert [reason.explanation for reason in review.reasons] == ["b", "a"]
    assert review.drop_reason(two).reasons == (replace(one, explanation="b"),)


def test_a_place_tells_the_truth_about_its_kind() -> None:
    with pytest.raises(ValueError, match="region"):
        Place(kind=PlaceKind.REGION, source="A1")
    with pytest.raises(ValueError, match="from 0"):
        Place(kind=PlaceKind.MOMENT, source="A2", at_ms=-1)
    with pytest.raises(ValueError, match="on its page"):
        Region(left=5, top=5, right=5, bottom=10_000)


def test_free_text_is_not_in_a_representation() -> None:
    words = "the coach said"
    review = EMPTY.give_feedback(said(FeedbackKind.PRAISE, None, words)).give_reason(
        Reason(code=ReasonCode.AUTHENTICITY, explanation=words)
    )

    assert words not in repr(review)
    assert "the plan" not in repr(pin(PLAN))
