"""Turns a country, a region and closed days into the dates on which an issuer does not work."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from assessor_app.domain.policy import Calendar
from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.reference_platform.intake.forms import text, texts
from assessor_app.reference_platform.intake.schemas import Json

_YEARS = 2
"""A deadline lies in the year of the submission or in the next."""


def calendar_of(raw: dict[str, Json], submitted_at: datetime) -> Calendar:
    """Return the closed days of the years that matter, for a calendar without problems."""
    zone = ZoneInfo(text(raw, "timezone"))
    first = submitted_at.astimezone(zone).year
    own = {date.fromisoformat(day) for day in texts(raw, "closed")}
    public = _public(raw, range(first, first + _YEARS))
    return Calendar(timezone=zone.key, closed=tuple(sorted(own.union(public))))


def calendar_problems(raw: dict[str, Json], path: str) -> Iterator[Problem]:
    """Yield what a schema cannot know: whether zone, place and dates exist."""
    if (zone := text(raw, "timezone")) and not _zone_exists(zone):
        yield Problem(
            path=f"{path}/timezone",
            what="is no time zone",
            how='Write a name of the IANA database, like "America/Chicago".',
        )
    try:
        _public(raw, ())
    except NotImplementedError:
        yield Problem(
            path=path,
            what="the public holidays of this country or region are not known",
            how="Correct the codes, or leave them out and list the closed days.",
        )
    for place, day in enumerate(texts(raw, "closed")):
        try:
            date.fromisoformat(day)
        except ValueError:
            yield Problem(
                path=f"{path}/closed/{place}",
                what="is no date",
                how="Write a date like 2026-03-20.",
            )


def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _public(raw: dict[str, Json], years: Iterable[int]) -> tuple[date, ...]:
    country = text(raw, "country")
    if not country:
        return ()
    return tuple(
        holidays.country_holidays(country, subdiv=text(raw, "region") or None, years=years)
    )
