"""Days and times as people write them, in the language of the system and the local time zone."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime


def clock_time(at: datetime) -> str:
    """Return "12:03:21"."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute, local.second), "HH:mm:ss")


def hour_minute(at: datetime) -> str:
    """Return "12:03"."""
    local = at.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), "HH:mm")


def day(on: date) -> str:
    """Return "Wed 25 Nov"."""
    return QLocale().toString(QDate(on.year, on.month, on.day), "ddd d MMM")


def moment(at: datetime) -> str:
    """Return "Wed 25 Nov 12:03"."""
    local = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(local, "ddd d MMM HH:mm")


def near(at: datetime, now: datetime) -> str:
    """Return "12:03", or "Wed 25 Nov 12:03" where that is another day than `now`."""
    is_today = at.astimezone().date() == now.astimezone().date()
    return hour_minute(at) if is_today else moment(at)


def days_left(count: int) -> str:
    """Return "3 business days left", or how long it is over."""
    if count == 1:
        return QCoreApplication.translate("when", "1 business day left")
    if count > 1:
        return QCoreApplication.translate("when", "{0} business days left").format(count)
    if count == 0:
        return QCoreApplication.translate("when", "due today")
    if count == -1:
        return QCoreApplication.translate("when", "1 business day over")
    return QCoreApplication.translate("when", "{0} business days over").format(-count)
