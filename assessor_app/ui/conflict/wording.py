"""What differs, struck and underlined, and said in words for who does not see it."""

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.difference import difference
from assessor_app.ui.parts.paragraph import Mark
from assessor_app.ui.theme.tokens import Color

_STRONG = 600


def old_marks(before: str, now: str) -> tuple[Mark, ...]:
    """Return what is gone, struck."""
    return tuple(
        Mark(start=each.start, end=each.end, fill=Color.PRESSED, struck=Color.TEXT_2)
        for each in difference(before, now).gone
    )


def new_marks(before: str, now: str, *, is_chosen: bool = False) -> tuple[Mark, ...]:
    """Return what is new, underlined; in a chosen row the fill gives way to the row's own."""
    fill = Color.SURFACE if is_chosen else Color.ACCENT_SOFT
    return tuple(
        Mark(start=each.start, end=each.end, fill=fill, underline=Color.ACCENT, weight=_STRONG)
        for each in difference(before, now).new
    )


def spoken(before: str, now: str, *, is_new: bool) -> str:
    """Return what a screen reader adds to a text."""
    found = difference(before, now)
    if is_new:
        return "; ".join(_tr("new: {0}").format(now[each.start : each.end]) for each in found.new)
    return "; ".join(_tr("gone: {0}").format(before[each.start : each.end]) for each in found.gone)


def _tr(words: str) -> str:
    return QCoreApplication.translate("conflict", words)
