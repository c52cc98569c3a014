from dataclasses import replace

import pytest

from assessor_app.domain.ids import CriterionId, LevelId, PartId, RubricId
from assessor_app.domain.rubric import AwardRule, Criterion, PerformanceLevel, Rubric

PLAN, TALK = CriterionId("plan"), CriterionId("talk")
HIGH, MIDDLE, LOW = LevelId("proficient"), LevelId("basic"), LevelId("developing")
LEVELS = tuple(
    PerformanceLevel(id=level, name=level.title(), descriptor=f"What {level} looks like.")
    for level in (HIGH, MIDDLE, LOW)
)


def criterion(criterion_id: CriterionId, required: LevelId = HIGH) -> Criterion:
    return Criterion(
        id=criterion_id, title=criterion_id, part=PartId("part2"), levels=LEVELS, required=required
    )


RUBRIC = Rubric(
    id=RubricId("coaching"), version=3, criteria=(criterion(PLAN), criterion(TALK, MIDDLE))
)


def test_a_level_above_the_required_one_reaches_it() -> None:
    assert [criterion(TALK, MIDDLE).reaches(level) for level in (HIGH, MIDDLE, LOW)] == [
        True,
        True,
        False,
    ]


def test_criteria_below_are_named_in_rubric_order() -> None:
    assert RUBRIC.below({TALK: LOW, PLAN: MIDDLE}) == (PLAN, TALK)


def test_an_unrated_criterion_is_not_below() -> None:
    assert RUBRIC.below({PLAN: HIGH}) == ()


def test_by_default_every_criterion_must_reach_its_level() -> None:
    assert AwardRule().is_met(())
    assert not AwardRule().is_met((PLAN,))


def test_a_rule_may_let_one_be_missed_but_never_an_essential_one() -> None:
    rule = AwardRule(may_miss=1, essential=(PLAN,))

    assert rule.is_met((TALK,))
    assert not rule.is_met((PLAN,))
    assert not rule.is_met((TALK, CriterionId("other")))


def test_criteria_are_numbered_from_one() -> None:
    assert RUBRIC.number(TALK) == 2


@pytest.mark.parametrize("ask", [RUBRIC.criterion, RUBRIC.number, RUBRIC.criteria[0].place_of])
def test_what_is_not_there_is_a_key_error(ask: object) -> None:
    with pytest.raises(KeyError):
        ask("nowhere")  # type: ignore[operator]  # three functions of one argument


def test_a_criterion_with_one_level_rates_nothing() -> None:
    with pytest.raises(ValueError, match="two different levels"):
        replace(criterion(PLAN), levels=LEVELS[:1])


def test_the_required_level_must_be_a_level() -> None:
    with pytest.raises(ValueError, match="not a level"):
        criterion(PLAN, LevelId("master"))


def test_criteria_have_different_ids() -> None:
    with pytest.raises(ValueError, match="different ids"):
        replace(RUBRIC, criteria=(criterion(PLAN), criterion(PLAN)))


def test_an_essential_criterion_is_in_the_rubric() -> None:
    with pytest.raises(ValueError, match="not in the rubric"):
        replace(RUBRIC, award_rule=AwardRule(essential=(CriterionId("other"),)))
