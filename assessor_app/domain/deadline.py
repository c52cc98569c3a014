"""Business days between submission and decision, counted in the issuer's calendar."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assessor_app.domain.policy import Calendar

BUSINESS_DAYS_TO_DECIDE = 14
_SATURDAY = 5


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Return whether the issuer works on this day."""
    return day.weekday() < _SATURDAY and day not in calendar.closed


def due_date(submitted_at: datetime, calendar: Calendar) -> date:
    """Return the last business day on which the earner may still be waiting.

    Source: domain rule 5, at most 14 business days from submission to award or denial.
    """
    day = submitted_at.astimezone(_zone(calendar)).date()
    left = BUSINESS_DAYS_TO_DECIDE
    while left:
        day += timedelta(days=1)
        left -= is_business_day(day, calendar)
    return day


def business_days_left(due: date, now: datetime, calendar: Calendar) -> int:
    """Return the business days after today up to and with `due`; negative when it is over."""
    today = now.astimezone(_zone(calendar)).date()
    first, last = sorted((today, due))
    closed = {day for day in calendar.closed if first < day <= last and day.weekday() < _SATURDAY}
    days = _weekdays_until(last) - _weekdays_until(first) - len(closed)
    return days if due >= today else -days


def _zone(calendar: Calendar) -> tzinfo:
    """Return the issuer's time zone, or UTC where this computer does not know it."""
    try:
        return ZoneInfo(calendar.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _weekdays_until(day: date) -> int:
    """Return how many days from Monday to Friday there were since the Monday of 1 January 1."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * _SATURDAY + min(days, _SATURDAY)
