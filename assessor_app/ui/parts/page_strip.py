"""The pages of an artifact in a row: which stayed, which are other ones, new or gone."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.painting import CENTER, Box, Ink, paint_box, paint_text
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_WIDTH, _HEIGHT, _GAP, _CORNER = 22, 28, 4, 6


class PageChange(StrEnum):
    """What became of a page."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PageCell:
    """One page; `label` is its number."""

    label: str
    change: PageChange


class PageStrip(QWidget):
    """A cell a page; `name` is read out, with what the cells say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: tuple[PageCell, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def show_cells(self, cells: tuple[PageCell, ...], name: str) -> None:
        """Show other pages."""
        self._cells = cells
        self.setAccessibleName(name)
        self._on_theme_changed()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        across, high = self._step()
        rows = -(-max(len(self._cells), 1) // max(width // across, 1))
        return rows * high

    @override
    def sizeHint(self) -> QSize:
        across, high = self._step()
        return QSize(max(len(self._cells), 1) * across, high)

    @override
    def minimumSizeHint(self) -> QSize:
        across, high = self._step()
        return QSize(across, high)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        across, high = self._step()
        a_row = max(self.width() // across, 1)
        for number, cell in enumerate(self._cells):
            left, top = number % a_row * across, number // a_row * high
            rect = QRect(left, top, theme.text(_WIDTH), theme.text(_HEIGHT))
            is_changed = cell.change is PageChange.CHANGED
            box = Box(
                fill=Color.SURFACE,
                line=Color.ACCENT if is_changed else Color.CONTROL_LINE,
                width=2 if is_changed else 1,
                radius=theme.radius("small"),
                dashed=cell.change is PageChange.GONE,
            )
            paint_box(painter, theme, rect, box)
            text = "+" if cell.change is PageChange.NEW else cell.label
            ink = Color.TEXT_3 if cell.change is PageChange.GONE else Color.TEXT
            paint_text(painter, theme, rect, text, Ink(theme.number_font(Style.SMALL), ink), CENTER)
            if is_changed:
                corner = theme.text(_CORNER)
                at = QRect(rect.right() - corner, rect.top(), corner + 1, corner)
                painter.fillRect(at, theme.color(Color.ACCENT))

    def _step(self) -> tuple[int, int]:
        gap = self._theme.space(_GAP)
        return self._theme.text(_WIDTH) + gap, self._theme.text(_HEIGHT) + gap

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
