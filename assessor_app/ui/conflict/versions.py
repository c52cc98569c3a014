"""How the screen of two versions names them, and what it says of the work that is safe."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.when import day, days_left
from assessor_app.usecases.renewal import Comparison

SOON_DAYS = 3


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
        words += " " + _tr("No longer there: {0}.").format(titles)
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
    waiting = len(comparison.waiting)
    if not waiting:
        return _tr("Every criterion has its level")
    return _tr("{0} of {1} criteria to confirm").format(waiting, count)


def _foot_words(comparison: Comparison) -> str:
    if not comparison.waiting:
        return _tr("You can seal this review again, or look at it on the desk first.")
    numbers = [
        str(change.number) for change in comparison.criteria if change.now.id in comparison.waiting
    ]
    if len(numbers) == 1:
        return _tr("Criterion {0} waits for your level.").format(numbers[0])
    return _tr("Criteria {0} wait for your level.").format(", ".join(numbers))


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
