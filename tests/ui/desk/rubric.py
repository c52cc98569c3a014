"""A rubric of three criteria: two on Part 2, one on the reflection."""

from assessor_app.domain.ids import CriterionId, LevelId, PartId, RubricId
from assessor_app.domain.packet import RubricRef
from assessor_app.domain.rubric import Criterion, PerformanceLevel, Rubric
from assessor_app.store.columns import to_json
from tests.store.making import sha256

PLAN, TALK, REFLECTION = CriterionId("plan"), CriterionId("talk"), CriterionId("reflection")
HIGH, MIDDLE, LOW = LevelId("proficient"), LevelId("basic"), LevelId("developing")


def _criterion(criterion: CriterionId, title: str, part: str) -> Criterion:
    return Criterion(
        id=criterion,
        title=title,
        part=PartId(part),
        levels=tuple(
            PerformanceLevel(
                id=level,
                name=level.capitalize(),
                descriptor=f"{title} looks {level}.",
                anchor=f"An example that is {level}.",
            )
            for level in (HIGH, MIDDLE, LOW)
        ),
        required=HIGH,
    )


RUBRIC = Rubric(
    id=RubricId("rubric-3"),
    version=1,
    criteria=(
        _criterion(PLAN, "Coaching plan", "part2"),
        _criterion(TALK, "Coaching talk", "part2"),
        _criterion(REFLECTION, "Reflection", "part3"),
    ),
)
RUBRIC_BYTES = to_json(RUBRIC)
RUBRIC_REF = RubricRef(id=RUBRIC.id, version=1, sha256=sha256(RUBRIC_BYTES))
