"""The keys of the desk, as named in the key sheet."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk.sources import tr
from assessor_app.ui.shell.shortcuts import Shortcut, Shortcuts

DIGITS = 9


class Press(QObject):
    """One key that hands a number on."""

    def __init__(self, act: Callable[[int], None], value: int, parent: QObject) -> None:
        super().__init__(parent)
        self._act, self._value = act, value

    @Slot()
    def fire(self) -> None:
        """The key was pressed."""
        self._act(self._value)


class DeskKeys:
    """Adds keys that work while the desk is in front."""

    def __init__(self, shortcuts: Shortcuts, scope: QWidget) -> None:
        self._shortcuts, self._scope = shortcuts, scope

    def add(self, key: str, words: str, keys: str, slot: Callable[[], None]) -> None:
        """Add one key."""
        shortcut = Shortcut(key=f"desk.{key}", words=words, keys=keys, group=tr("Desk"))
        self._shortcuts.add(shortcut, slot, scope=self._scope)

    def add_number(
        self, key: str, words: str, keys: str, act: Callable[[int], None], value: int
    ) -> None:
        """Add a key that hands a number to `act`."""
        self.add(key, words, keys, Press(act, value, self._scope).fire)

    def add_digits(
        self, key: str, words: str, before: str, act: Callable[[int], None], first: int
    ) -> None:
        """Add the keys 1 to 9, each handing `first` and its followers to `act`."""
        for digit in range(1, DIGITS + 1):
            keys = f"{before}{digit}"
            value = first + digit - 1
            self.add_number(f"{key}.{digit}", words.format(digit), keys, act, value)
