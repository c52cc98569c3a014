"""Settings that are one choice of a menu: when, how fast, how long."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.amounts import size
from assessor_app.ui.outbox.network_choices import (
    hours_choices,
    hours_words,
    limit_choices,
    limit_words,
    metered_choices,
    metered_words,
)
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.settings.cards import SettingRow
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.settings import Metered, Settings
from assessor_app.usecases.space import BYTES_A_GB

_LOCK_MINUTES = (5, 10, 15, 30, 60, 0)
_KEEP_DAYS = (0, 7, 30, 90)
_QUOTAS_GB = (1, 2, 4, 8, 16, 32, 0)


class ChosenRows(QObject):
    """The menus, and what is chosen in them.

    Signals:
        chosen(Settings): The assessor chose.
        passphrase_chosen(): The assessor wants another passphrase.
    """

    chosen = Signal(object)
    passphrase_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._parent = theme, parent
        self._settings = Settings()
        self._hours = self._menu(self.tr("At what hours"))
        self._limit = self._menu(self.tr("Fetch at most"))
        self._metered = self._menu(self.tr("Metered network"))
        self._quota = self._menu(self.tr("Use at most"))
        self._keep = self._menu(self.tr("Keep received work for"))
        self._lock = self._menu(self.tr("Lock"))
        change = self.tr("Change the passphrase…")
        self._passphrase = Button(theme, change, kind=Kind.LINK, parent=parent)
        self._passphrase.clicked.connect(self.passphrase_chosen)
        self._hours.choice_chosen.connect(self._on_hours_chosen)
        self._limit.choice_chosen.connect(self._on_limit_chosen)
        self._metered.choice_chosen.connect(self._on_metered_chosen)
        self._quota.choice_chosen.connect(self._on_quota_chosen)
        self._keep.choice_chosen.connect(self._on_keep_chosen)
        self._lock.choice_chosen.connect(self._on_lock_chosen)

    def rows(self) -> tuple[SettingRow, ...]:
        """Return the rows of the network."""
        then = self.tr("On one, reviews are sent and nothing is fetched")
        return self._row(self._hours), self._row(self._limit), self._row(self._metered, then)

    def space_rows(self) -> tuple[SettingRow, ...]:
        """Return the rows of the offline space."""
        only = self.tr("Only work that every backup has is ever cleared")
        return self._row(self._quota), self._row(self._keep, only)

    def lock_rows(self) -> tuple[SettingRow, ...]:
        """Return the rows of the lock."""
        words = self.tr("Passphrase")
        row = SettingRow(self._theme, words, self._passphrase, parent=self._parent)
        return self._row(self._lock), row

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._settings = settings
        hours = (settings.sync_from, settings.sync_until)
        _show(self._hours, hours_choices(), f"{hours[0]}-{hours[1]}", hours_words(*hours))
        limit = settings.fetch_limit_kbit_s
        _show(self._limit, limit_choices(), str(limit), limit_words(limit))
        metered = settings.metered
        _show(self._metered, metered_choices(), metered.value, metered_words(metered))
        quota = settings.quota_gb
        quotas = tuple(Choice(str(each), _quota_words(each)) for each in _QUOTAS_GB)
        _show(self._quota, quotas, str(quota), _quota_words(quota))
        days = settings.keep_received_days
        keep = tuple(Choice(str(each), self._days_words(each)) for each in _KEEP_DAYS)
        _show(self._keep, keep, str(days), self._days_words(days))
        minutes = settings.lock_after_minutes
        lock = tuple(Choice(str(each), self._lock_words(each)) for each in _LOCK_MINUTES)
        _show(self._lock, lock, str(minutes), self._lock_words(minutes))

    def _menu(self, name: str) -> MenuButton:
        menu = MenuButton(self._theme, "", kind=Kind.PLAIN, parent=self._parent)
        menu.setAccessibleName(name)
        return menu

    def _row(self, menu: MenuButton, detail: str = "") -> SettingRow:
        words = menu.accessibleName()
        return SettingRow(self._theme, words, menu, detail=detail, parent=self._parent)

    def _days_words(self, days: int) -> str:
        if days == 0:
            return self.tr("Until every backup has it")
        return self.tr("{0} days").format(days)

    def _lock_words(self, minutes: int) -> str:
        if minutes == 0:
            return self.tr("Never")
        return self.tr("After {0} min idle, and on suspend").format(minutes)

    @Slot(str)
    def _on_hours_chosen(self, key: str) -> None:
        start, _, end = key.partition("-")
        self.chosen.emit(replace(self._settings, sync_from=int(start), sync_until=int(end)))

    @Slot(str)
    def _on_limit_chosen(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, fetch_limit_kbit_s=int(key)))

    @Slot(str)
    def _on_metered_chosen(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, metered=Metered(key)))

    @Slot(str)
    def _on_quota_chosen(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, quota_gb=int(key)))

    @Slot(str)
    def _on_keep_chosen(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, keep_received_days=int(key)))

    @Slot(str)
    def _on_lock_chosen(self, key: str) -> None:
        self.chosen.emit(replace(self._settings, lock_after_minutes=int(key)))


def _quota_words(quota_gb: int) -> str:
    if quota_gb == 0:
        return QCoreApplication.translate("space", "No limit")
    return size(quota_gb * BYTES_A_GB)


def _show(menu: MenuButton, choices: tuple[Choice, ...], current: str, words: str) -> None:
    menu.show_text(words)
    menu.show_choices(choices, current)
