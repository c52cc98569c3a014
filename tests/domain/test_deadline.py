from datetime import UTC, date, datetime

import pytest

from assessor_app.domain.deadline import business_days_left, due_date
from assessor_app.domain.policy import Calendar

PLAIN = Calendar()
FRIDAY_NIGHT = datetime(2026, 11, 6, 23, 30, tzinfo=UTC)


def test_fourteen_business_days_are_not_fourteen_days() -> None:
    assert due_date(datetime(2026, 11, 5, 9, tzinfo=UTC), PLAIN) == date(2026, 11, 25)


def test_a_closed_day_gives_the_assessor_one_more() -> None:
    closed = Calendar(closed=(date(2026, 11, 11),))

    assert due_date(datetime(2026, 11, 5, 9, tzinfo=UTC), closed) == date(2026, 11, 26)


def test_the_day_is_the_issuers() -> None:
    """Friday night in UTC is already Saturday in Auckland."""
    auckland = Calendar(timezone="Pacific/Auckland")

    assert due_date(FRIDAY_NIGHT, PLAIN) == date(2026, 11, 26)
    assert due_date(FRIDAY_NIGHT, auckland) == date(2026, 11, 26)
    assert business_days_left(date(2026, 11, 9), FRIDAY_NIGHT, PLAIN) == 1
    assert (
        business_days_left(date(2026, 11, 9), datetime(2026, 11, 8, 20, tzinfo=UTC), auckland) == 0
    )


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (date(2026, 11, 6), 0),
        (date(2026, 11, 9), 1),
        (date(2026, 11, 13), 5),
        (date(2026, 11, 5), -1),
        (date(2026, 11, 2), -4),
    ],
)
def test_days_left_skip_the_weekend_and_go_below_zero(due: date, left: int) -> None:
    assert business_days_left(due, FRIDAY_NIGHT, PLAIN) == left
