"""How fast at most, and when a network counts as metered: the choices and their words."""

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.amounts import rate
from assessor_app.ui.parts.menu_button import Choice
from assessor_app.usecases.settings import Metered

LIMITS_KBIT_S = (0, 500, 1000, 2000, 5000, 10_000)


def limit_choices() -> tuple[Choice, ...]:
    """Return the rates that can be chosen."""
    return tuple(Choice(str(kbit_s), limit_words(kbit_s)) for kbit_s in LIMITS_KBIT_S)


def limit_words(kbit_s: int) -> str:
    """Return "2.0 Mbit/s", or that there is no limit."""
    return rate(kbit_s * 1000 / 8) if kbit_s else _tr("No limit")


def metered_choices() -> tuple[Choice, ...]:
    """Return when a network can count as metered."""
    return tuple(Choice(each.value, metered_words(each)) for each in Metered)


def metered_words(metered: Metered) -> str:
    """Return when a network counts as metered; then reviews are sent and nothing is fetched."""
    words = {
        Metered.AS_SYSTEM: _tr("As the system says"),
        Metered.ALWAYS: _tr("Always"),
        Metered.NEVER: _tr("Never"),
    }
    return words[metered]


def pause_choices() -> tuple[Choice, ...]:
    """Return what fetching can do on a metered network."""
    return tuple(Choice(each.value, pause_words(each)) for each in Metered)


def pause_words(metered: Metered) -> str:
    """Return what fetching does on a metered network."""
    words = {
        Metered.AS_SYSTEM: _tr("Pause"),
        Metered.ALWAYS: _tr("Pause on every network"),
        Metered.NEVER: _tr("Fetch too"),
    }
    return words[metered]


def hours_choices() -> tuple[Choice, ...]:
    """Return the hours between which rounds can come by themselves."""
    return tuple(Choice(f"{start}-{end}", hours_words(start, end)) for start, end in HOURS)


def hours_words(start: int, end: int) -> str:
    """Return "07:00 to 19:00", or all day."""
    if start == end:
        return _tr("All day")
    return _tr("{0}:00 to {1}:00").format(f"{start:02}", f"{end:02}")


HOURS = ((0, 0), (7, 19), (18, 8), (22, 6))


def _tr(words: str) -> str:
    return QCoreApplication.translate("network", words)
