"""Mouse and keys on the real window. Controls are found by the name a screen reader says."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class LostError(Exception):
    """A control that should be there is not."""


class Hands:
    """What a person can do with one window: look, click, press, type, take a picture."""

    def __init__(self, window: Callable[[], QWidget], pictures: Path) -> None:
        self._in_front, self._pictures = window, pictures
        self.taken: list[str] = []

    @property
    def _window(self) -> QWidget:
        return self._in_front()

    def sees(self, name: str) -> bool:
        """Return whether a visible control or text has this name, or begins with it and more."""
        return bool(self._named(name))

    def says(self, part: str) -> bool:
        """Return whether some visible control's name or description holds these words."""
        return any(
            part in text
            for widget in self._visible()
            for text in (_name(widget), widget.accessibleDescription(), widget.accessibleName())
        )

    def is_enabled(self, name: str) -> bool:
        """Return whether a control with this name can be used."""
        return any(widget.isEnabled() for widget in self._named(name))

    def reads(self) -> str:
        """Return the text of the evidence in front, as a screen reader gets it."""
        for widget in self._visible():
            if isinstance(widget, QTextEdit) and widget.isReadOnly():
                return widget.toPlainText()
            face = _face(widget)
            if face is not None and face.role() is QAccessible.Role.Document:
                return face.text(QAccessible.Text.Value)
        return ""

    def click(self, name: str) -> None:
        """Click the control with this name."""
        widget = self._one(name)
        QTest.mouseClick(widget, LEFT, NONE, _place_to_click(widget))

    def open_criterion(self, number: int) -> None:
        """Click the cell of a criterion in the strip."""
        for widget in self._visible():
            if widget.accessibleName().startswith(f"Criterion {number},"):
                QTest.mouseClick(widget, LEFT, NONE, widget.rect().center())
                return
        raise LostError(f"criterion {number}")

    def is_writing(self) -> bool:
        """Return whether letters pressed now become text."""
        target = QApplication.focusWidget()
        return isinstance(target, QPlainTextEdit) and not target.isReadOnly()

    def sees_row(self, text: str) -> bool:
        """Return whether a table shows a row with this text."""
        views = (view for view in self._visible() if isinstance(view, QAbstractItemView))
        return any(_cell(view, text) is not None for view in views)

    def open_row(self, text: str) -> None:
        """Double-click the row of a table that holds this text."""
        for view in self._visible():
            if isinstance(view, QAbstractItemView) and (place := _cell(view, text)) is not None:
                target = view.viewport()
                QTest.mouseClick(target, LEFT, NONE, place)
                QTest.mouseDClick(target, LEFT, NONE, place)
                return
        raise LostError(text)

    def open_tab(self, text: str) -> None:
        """Click a tab."""
        for bar in self._visible():
            if isinstance(bar, QTabBar):
                for number in range(bar.count()):
                    if bar.tabText(number) == text:
                        QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(number).center())
                        return
        raise LostError(text)

    def press(self, *keys: Qt.Key, hold: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other, wherever the focus is."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self._window, key, hold)

    def press_letters(self, letters: str) -> None:
        """Press letters and digits as keys of the program."""
        for letter in letters:
            QTest.keyClicks(QApplication.focusWidget() or self._window, letter)

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        target = QApplication.focusWidget()
        if target is None:
            raise LostError("a place to type")
        QTest.keyClicks(target, text)

    def picture(self, words: str) -> None:
        """Take a numbered picture of the window."""
        name = f"{len(self.taken) + 1:02d}-{words}.png"
        if not self._window.grab().save(str(self._pictures / name)):
            raise LostError(name)
        self.taken.append(name)

    def _visible(self) -> list[QWidget]:
        return [widget for widget in self._window.findChildren(QWidget) if widget.isVisible()]

    def _named(self, name: str) -> list[QWidget]:
        return [
            widget for widget in self._visible() if name in (widget.accessibleName(), _name(widget))
        ]

    def _one(self, name: str) -> QWidget:
        found = self._named(name)
        if not found:
            raise LostError(name)
        return next((widget for widget in found if widget.isEnabled()), found[0])


def _face(widget: QWidget) -> QAccessibleInterface | None:
    # The stubs promise one; Qt has none for some widgets.
    return cast("QAccessibleInterface | None", QAccessible.queryAccessibleInterface(widget))


def _name(widget: QWidget) -> str:
    return str(widget.property("text") or "")


def _place_to_click(widget: QWidget) -> QPoint:
    """Return a place well inside: a tick box answers where its box is."""
    return QPoint(min(12, widget.width() // 2), widget.height() // 2)


def _cell(view: QAbstractItemView, text: str) -> QPoint | None:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            shown = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
            if text in str(shown or ""):
                view.scrollTo(index)
                return view.visualRect(index).center()
    return None
