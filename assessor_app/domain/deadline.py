"""Business days between submission and decision, counted in the issuer's calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

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
    day = submitted_at.astimezone(ZoneInfo(calendar.timezone)).date()
    left = BUSINESS_DAYS_TO_DECIDE
    while left:
        day += timedelta(days=1)
        left -= is_business_day(day, calendar)
    return day


def business_days_left(due: date, now: datetime, calendar: Calendar) -> int:
    """Return the business days after today up to and with `due`; negative when it is over."""
    today = now.astimezone(ZoneInfo(calendar.timezone)).date()
    first, last = sorted((today, due))
    days = sum(
        is_business_day(first + timedelta(days=offset), calendar)
        for offset in range(1, (last - first).days + 1)
    )
    return days if due >= today else -days
