"""Rubric: version-numbered criteria with ordered performance levels, and the award rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor_app.domain.ids import CriterionId, LevelId, PartId, RubricId


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceLevel:
    """One step of a criterion, with what it looks like and optionally an example passage."""

    id: LevelId
    name: str
    descriptor: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One row of a rubric. `levels` run from the highest to the lowest, as they are printed."""

    id: CriterionId
    title: str
    part: PartId
    levels: tuple[PerformanceLevel, ...]
    required: LevelId

    def __post_init__(self) -> None:
        ids = [level.id for level in self.levels]
        if len(ids) < 2 or len(set(ids)) != len(ids):  # noqa: PLR2004 (one level rates nothing)
            raise ValueError("a criterion needs at least two different levels")
        if self.required not in ids:
            raise ValueError("the required level is not a level of the criterion")

    def place_of(self, level: LevelId) -> int:
        """Return the position of a level, 0 for the highest.

        Raises:
            KeyError: The criterion has no such level.
        """
        for place, own in enumerate(self.levels):
            if own.id == level:
                return place
        raise KeyError(level)

    def level(self, level: LevelId) -> PerformanceLevel:
        """Return one level. Raises KeyError where there is none."""
        return self.levels[self.place_of(level)]

    def reaches(self, level: LevelId) -> bool:
        """Return whether a level is the required one or a higher one."""
        return self.place_of(level) <= self.place_of(self.required)


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRule:
    """How ratings decide: every criterion must reach its required level, but `may_miss` of them.

    Criteria in `essential` may never be missed.
    """

    may_miss: int = 0
    essential: tuple[CriterionId, ...] = ()

    def is_met(self, below: tuple[CriterionId, ...]) -> bool:
        """Return whether the rule is met when exactly these criteria are below their level."""
        return len(below) <= self.may_miss and not set(below) & set(self.essential)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A version of the criteria of one micro-credential, and their award rule."""

    id: RubricId
    version: int
    criteria: tuple[Criterion, ...]
    award_rule: AwardRule = AwardRule()

    def __post_init__(self) -> None:
        ids = {criterion.id for criterion in self.criteria}
        if not ids or len(ids) != len(self.criteria):
            raise ValueError("a rubric needs criteria with different ids")
        if not ids.issuperset(self.award_rule.essential):
            raise ValueError("an essential criterion is not in the rubric")

    def criterion(self, criterion_id: CriterionId) -> Criterion:
        """Return one criterion. Raises KeyError where there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def number(self, criterion_id: CriterionId) -> int:
        """Return the printed number of a criterion, from 1."""
        return self.criteria.index(self.criterion(criterion_id)) + 1

    def below(self, ratings: Mapping[CriterionId, LevelId]) -> tuple[CriterionId, ...]:
        """Return the rated criteria that do not reach their required level, in rubric order."""
        return tuple(
            criterion.id
            for criterion in self.criteria
            if criterion.id in ratings and not criterion.reaches(ratings[criterion.id])
        )
