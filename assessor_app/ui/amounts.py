"""Sizes, rates and durations as people write them, in the language of the system."""

from PySide6.QtCore import QCoreApplication, QLocale

_KILO = 1000
_MINUTE_S = 60
_HOUR_S = 3600


def size(count_bytes: int) -> str:
    """Return "38 MB", "640 kB" below one megabyte, or "1.4 GB" from a gigabyte on."""
    return f"{_number(count_bytes, _divisor(count_bytes))} {_unit(count_bytes)}"


def part_of(done_bytes: int, total_bytes: int) -> str:
    """Return "41 of 96 MB", both in the unit of the whole."""
    divisor = _divisor(total_bytes)
    return _tr("{0} of {1} {2}").format(
        _number(done_bytes, divisor), _number(total_bytes, divisor), _unit(total_bytes)
    )


def rate(bytes_s: float) -> str:
    """Return "2.1 Mbit/s", or "640 kbit/s" below one."""
    bits = bytes_s * 8
    if bits < _KILO**2:
        return _tr("{0} kbit/s").format(QLocale().toString(round(bits / _KILO)))
    return _tr("{0} Mbit/s").format(QLocale().toString(bits / _KILO**2, "f", 1))


def about_left(seconds: float) -> str:
    """Return "about 4 min left", never finer than ten seconds."""
    if seconds < _MINUTE_S:
        tens = max(1, round(seconds / 10)) * 10
        return _tr("about {0} s left").format(tens)
    if seconds < _HOUR_S:
        return _tr("about {0} min left").format(round(seconds / _MINUTE_S))
    return _tr("about {0} h left").format(round(seconds / _HOUR_S))


def _divisor(count_bytes: int) -> int:
    return next((one for one in (_KILO**3, _KILO**2) if count_bytes >= one), _KILO)


def _unit(count_bytes: int) -> str:
    return {_KILO**3: "GB", _KILO**2: "MB"}.get(_divisor(count_bytes), "kB")


def _number(count_bytes: int, divisor: int) -> str:
    """Return a whole number, or one place where the whole number would be a single digit.

    Whole gigabytes are what somebody chose: they have no place.
    """
    value = count_bytes / divisor
    is_chosen = divisor == _KILO**3 and value == round(value)
    places = 1 if 0 < value < 9.95 and divisor != _KILO and not is_chosen else 0  # noqa: PLR2004 (10 with one place)
    return QLocale().toString(value, "f", places)


def _tr(words: str) -> str:
    return QCoreApplication.translate("amounts", words)
