"""How the screen of two versions names them, and what it says of the work that is safe."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.ids import CriterionId
from assessor_app.ui.when import day, days_left
from assessor_app.usecases.renewal import Comparison, Version

SOON_DAYS = 3
_LONGEST_LIST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Every sentence that names a version."""

    title: str
    submission: str
    days: str
    days_need_you: bool
    became: str
    before: str
    before_words: str
    now: str
    struck: str
    underlined: str
    your_rating: str
    list_title: str
    list_words: str
    safe: str
    seal: str
    foot: str
    foot_words: str


def naming_of(comparison: Comparison) -> Naming:
    """Return the names of both versions and what is said with them."""
    before, now = _names(comparison)
    assignment = comparison.assignment
    count = len(comparison.criteria)
    return Naming(
        title=assignment.title,
        submission=assignment.submission,
        days=days_left(comparison.days_left),
        days_need_you=comparison.days_left <= SOON_DAYS,
        became=_became(comparison),
        before=before,
        before_words=_tr("as you wrote it on {0}").format(day(comparison.written_at.astimezone())),
        now=now,
        struck=_only_in(comparison, comparison.before),
        underlined=_only_in(comparison, comparison.now),
        your_rating=_your_rating(comparison),
        list_title=_tr("Your {0} criteria").format(count),
        list_words=_same_words(comparison),
        safe=_safe_words(comparison),
        seal=_seal(comparison),
        foot=_foot(comparison, count),
        foot_words=_foot_words(comparison),
    )


def _names(comparison: Comparison) -> tuple[str, str]:
    if comparison.rubric_changed:
        return (
            _tr("Version {0}").format(comparison.before.rubric.version),
            _tr("Version {0}").format(comparison.now.rubric.version),
        )
    return _tr("Packet as it was"), _tr("Packet as it is now")


def _only_in(comparison: Comparison, version: Version) -> str:
    if comparison.rubric_changed and not comparison.packet_changed:
        return _tr("only in version {0}").format(version.rubric.version)
    if version is comparison.before:
        return _tr("only there before")
    return _tr("only there now")


def _your_rating(comparison: Comparison) -> str:
    if comparison.rubric_changed:
        return _tr("your rating on version {0}").format(comparison.before.rubric.version)
    return _tr("your rating before")


def _seal(comparison: Comparison) -> str:
    if comparison.rubric_changed:
        return _tr("Seal on version {0}…").format(comparison.now.rubric.version)
    return _tr("Seal anew…")


def _became(comparison: Comparison) -> str:
    if comparison.rubric_changed and comparison.packet_changed:
        return _tr("packet and rubric are new")
    if comparison.rubric_changed:
        return _tr("rubric version {0} became {1}").format(
            comparison.before.rubric.version, comparison.now.rubric.version
        )
    old, new = comparison.old_packet_version, comparison.assignment.packet.version
    if old is None or old == new:
        return _tr("the packet is a new one")
    return _tr("packet version {0} became {1}").format(old, new)


def _same_words(comparison: Comparison) -> str:
    kept = sum(change.is_kept for change in comparison.criteria)
    words = _tr("{0} are the same as before.").format(kept)
    if kept == 1:
        words = _tr("1 is the same as before.")
    if not kept:
        words = _tr("None is the same as before.")
    if comparison.removed:
        titles = ", ".join(own.title for own in comparison.removed)
        words += " " + _tr(
            "No longer there: {0}. What you wrote about it goes along for the whole submission."
        ).format(titles)
    return words


def _safe_words(comparison: Comparison) -> str:
    review = comparison.review
    ratings, pins, items = len(review.ratings), len(review.pins), len(review.feedback)
    what = ", ".join(
        (
            _tr("1 rating") if ratings == 1 else _tr("{0} ratings").format(ratings),
            _tr("1 pin") if pins == 1 else _tr("{0} pins").format(pins),
            _tr("1 feedback item") if items == 1 else _tr("{0} feedback items").format(items),
        )
    )
    if not comparison.is_sealed:
        return _tr("Your draft stays whole until you go on: {0}.").format(what)
    return _tr(
        "Your sealed review stays whole on this laptop: {0}. "
        "It was not received, so it counts nowhere yet."
    ).format(what)


def _foot(comparison: Comparison, count: int) -> str:
    waiting, pins = len(comparison.waiting), len(comparison.waiting_pins)
    if not waiting and not pins:
        return _tr("Every criterion has its level")
    levels = _tr("{0} of {1} criteria to confirm").format(waiting, count)
    places = _tr("1 pin to place") if pins == 1 else _tr("{0} pins to place").format(pins)
    return " · ".join(words for words, has in ((levels, waiting), (places, pins)) if has)


def _foot_words(comparison: Comparison) -> str:
    if comparison.waiting:
        numbers = _numbers(comparison, comparison.waiting)
        if len(comparison.waiting) == 1:
            return _tr("Criterion {0} waits for your level.").format(numbers)
        return _tr("Criteria {0} wait for your level.").format(numbers)
    if comparison.waiting_pins:
        numbers = _numbers(comparison, tuple(pin.criterion for pin in comparison.waiting_pins))
        if len(comparison.waiting_pins) == 1:
            return _tr("Say where it belongs: criterion {0}.").format(numbers)
        return _tr("Say where they belong: criterion {0}.").format(numbers)
    return _tr("You can seal it again, or look at it first.")


def _numbers(comparison: Comparison, criteria: tuple[CriterionId, ...]) -> str:
    """Return "2, 5" or "1 to 7"."""
    numbers = [change.number for change in comparison.criteria if change.now.id in criteria]
    is_run = len(numbers) > _LONGEST_LIST and numbers[-1] - numbers[0] + 1 == len(numbers)
    if is_run:
        return _tr("{0} to {1}").format(numbers[0], numbers[-1])
    return ", ".join(str(number) for number in numbers)


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
