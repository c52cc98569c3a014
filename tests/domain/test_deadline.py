from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.deadline import business_days_left, due_date, is_business_day
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


@given(
    st.dates(date(2026, 10, 1), date(2026, 12, 31)),
    st.lists(st.dates(date(2026, 10, 20), date(2026, 11, 30))),
)
def test_days_left_are_the_business_days_in_between(due: date, closed: list[date]) -> None:
    calendar = Calendar(closed=tuple(closed))
    today = FRIDAY_NIGHT.date()
    first, last = sorted((today, due))
    between = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    counted = sum(is_business_day(day, calendar) for day in between)

    left = business_days_left(due, FRIDAY_NIGHT, calendar)

    assert abs(left) == counted
    assert left <= 0 or due > today


def test_the_end_of_time_is_counted_at_once() -> None:
    assert business_days_left(date.max, FRIDAY_NIGHT, PLAIN) == 2_080_095


@pytest.mark.parametrize("zone", ["Nowhere/Atlantis", "", "../../etc/localtime"])
def test_in_a_zone_this_computer_does_not_know_days_are_those_of_utc(zone: str) -> None:
    assert business_days_left(date(2026, 11, 9), FRIDAY_NIGHT, Calendar(timezone=zone)) == 1
