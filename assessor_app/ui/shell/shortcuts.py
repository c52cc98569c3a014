"""Every key of the program in one place: what it does, where it works, and how to change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_PRESSING = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_LARGEST_CHARACTER = 0x00FFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """One act and its keys, written as Qt does: "Ctrl+K", "E, 3", "N"; empty for none."""

    key: str
    words: str
    keys: str
    group: str


@dataclass(slots=True)
class _Bound:
    """A shortcut as Qt holds it."""

    shortcut: Shortcut
    qt: QShortcut
    scope: QWidget


def is_single_letter(keys: str) -> bool:
    """Return whether keys begin with a bare letter, digit or sign: these can be switched off."""
    first = _first(keys)
    if first is None or first.keyboardModifiers() & _MODIFIED:
        return False
    return bool(Qt.Key.Key_Space < first.key() <= _LARGEST_CHARACTER)


def _is_bare(keys: str) -> bool:
    """Return whether keys mean something to a text field."""
    first = _first(keys)
    if first is None or first.keyboardModifiers() & _MODIFIED:
        return False
    return not Qt.Key.Key_F1 <= first.key() <= Qt.Key.Key_F35


def _first(keys: str) -> QKeyCombination | None:
    sequence = QKeySequence(keys)
    if not sequence.count():
        return None
    return cast("QKeyCombination", sequence[0])  # type: ignore[index]  # missing in PySide's stubs


def is_typing(widget: QWidget | None) -> bool:
    """Return whether keys pressed now are text."""
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
        return not widget.isReadOnly()
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QAbstractSpinBox)


def _uses(widget: QWidget | None, keys: str) -> bool:
    """Return whether the focused control itself answers these keys."""
    first = _first(keys)
    if first is None or not _is_bare(keys):
        return False
    if is_typing(widget):
        return True
    if first.key() in _PRESSING:
        return isinstance(widget, QAbstractButton | QAbstractItemView)
    moves = first.key() in _MOVING
    return moves and isinstance(widget, QAbstractItemView | QAbstractSlider | QTabBar)


class Shortcuts(QObject):
    """The registry of one window.

    A shortcut works while its scope is visible, is not covered by a sheet, and the focused control
    does not want the same key for itself: nothing happens by a bare key while text is typed.

    Signals:
        keys_changed(): A shortcut has other keys now.
    """

    keys_changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._bound: dict[str, _Bound] = {}
        self._has_single_letters = True
        self._cover: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def add(self, shortcut: Shortcut, slot: Callable[[], None], *, scope: QWidget) -> None:
        """Have `slot` called for `shortcut` while `scope` is visible.

        Raises:
            ValueError: There is a shortcut with this key already.
        """
        if shortcut.key in self._bound:
            raise ValueError(f"two shortcuts called {shortcut.key}")
        qt = QShortcut(QKeySequence(shortcut.keys), scope)
        qt.setContext(Qt.ShortcutContext.WindowShortcut)
        qt.setAutoRepeat(False)
        qt.activated.connect(slot)
        self._bound[shortcut.key] = _Bound(shortcut, qt, scope)
        self._refresh()

    def remap(self, key: str, keys: str) -> None:
        """Give a shortcut other keys; empty keys take them away."""
        bound = self._bound[key]
        bound.shortcut = replace(bound.shortcut, keys=keys)
        bound.qt.setKey(QKeySequence(keys))
        self._refresh()
        self.keys_changed.emit()

    def show_single_letters(self, working: bool) -> None:  # noqa: FBT001 (a setting)
        """Let bare letters, digits and signs work or not."""
        self._has_single_letters = working
        self._refresh()

    def show_cover(self, cover: QWidget | None) -> None:
        """Let only the shortcuts inside `cover` work; None lets all work again."""
        self._cover = cover
        self._refresh()

    def all(self) -> tuple[Shortcut, ...]:
        """Return every shortcut with its present keys."""
        return tuple(bound.shortcut for bound in self._bound.values())

    def keys(self, key: str) -> str:
        """Return the keys of a shortcut as this system writes them."""
        sequence = QKeySequence(self._bound[key].shortcut.keys)
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)

    def _refresh(self) -> None:
        focused = QApplication.focusWidget()
        for key, bound in tuple(self._bound.items()):
            if not isValid(bound.qt) or not isValid(bound.scope):
                del self._bound[key]
                continue
            bound.qt.setEnabled(self._works(bound, focused))

    def _works(self, bound: _Bound, focused: QWidget | None) -> bool:
        keys = bound.shortcut.keys
        if not self._has_single_letters and is_single_letter(keys):
            return False
        if self._cover is not None and bound.scope is not self._cover:
            return False
        return not _uses(focused, keys)

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._refresh()
