"""Widgets beside each other that go on in a new line where there is no room."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem
from typing_extensions import override

from assessor_app.ui.parts.button import Button
from assessor_app.ui.theme.theme import Theme

_LEAST_WORDS = 160


@dataclass(slots=True)
class _Line:
    """Items with their widths, and how high the highest is."""

    items: list[tuple[QLayoutItem, int]]
    height: int = 0


class Flow(QLayout):
    """A line begins where the words above begin: buttons without a frame are moved by their edge.

    Words that wrap take the rest of their line.
    """

    def __init__(self, theme: Theme, *, gap: int = 8) -> None:
        super().__init__()
        self._theme, self._gap = theme, gap
        self._items: list[QLayoutItem] = []
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def insert_widget(self, at: int, widget: QWidget) -> None:
        """Put a widget before the one at a place.

        Not `addWidget`: an item that Qt made itself may be gone while it is still in the layout.
        """
        self.addChildWidget(widget)
        self._items.insert(at, QWidgetItem(widget))
        self.invalidate()

    def widgets(self) -> tuple[QWidget, ...]:
        """Return the widgets in their order, shown or not."""
        found = (item.widget() for item in self._items)
        return tuple(widget for widget in found if widget is not None)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(line.height for line in lines) + self.spacing() * max(len(lines) - 1, 0)

    @override
    def minimumSize(self) -> QSize:
        shown = self._shown()
        widths = (item.minimumSize().width() - _inset(item) for item in shown)
        heights = (item.minimumSize().height() for item in shown)
        return QSize(max(widths, default=0), max(heights, default=0))

    @override
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(len(hints) - 1, 0)
        width = sum(hint.width() for hint in hints) + gaps
        return QSize(width, max((hint.height() for hint in hints), default=0))

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.y()
        for line in self._lines(rect.width()):
            left = rect.x() - _inset(line.items[0][0])
            for item, width in line.items:
                height = _height(item, width)
                at = QPoint(left, top + (line.height - height) // 2)
                item.setGeometry(QRect(at, QSize(width, height)))
                left += width + self.spacing()
            top += line.height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        left = 0
        for item in self._shown():
            least = self._least(item)
            if not lines or left + least > width:
                lines.append(_Line([]))
                left = -_inset(item)
            taken = max(width - left, 1) if item.hasHeightForWidth() else item.sizeHint().width()
            lines[-1].items.append((item, taken))
            lines[-1].height = max(lines[-1].height, _height(item, taken))
            left += taken + self.spacing()
        return lines

    def _least(self, item: QLayoutItem) -> int:
        width = item.sizeHint().width()
        return min(width, self._theme.text(_LEAST_WORDS)) if item.hasHeightForWidth() else width

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setSpacing(self._theme.space(self._gap))
        self.invalidate()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _inset(item: QLayoutItem) -> int:
    widget = item.widget()
    return widget.bare_inset() if isinstance(widget, Button) else 0
