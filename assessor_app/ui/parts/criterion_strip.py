"""All criteria of a rubric at a glance, each with the digit of its level."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import (
    CENTER,
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    track_pointer,
)
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_CELL = 28
_SMALL_CELL = 20
_GAP = 4
_WEDGE = 5
_SHRINKS_OVER = 9
_SCROLLS_OVER = 14
_ROOM_FOR_RING = 4
_UNRATED = "\u2013"


@dataclass(frozen=True, slots=True, kw_only=True)
class StripCell:
    """One criterion as the strip shows it; `digit` and `level` are empty while unrated."""

    criterion_id: str
    number: int
    title: str
    digit: str = ""
    level: str = ""
    is_below: bool = False


class _Cell(QPushButton):
    """One criterion: its digit, a dashed box while unrated, a wedge if below."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, cell: StripCell, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.cell, self._side = theme, cell, side
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)
        self.show_cell(cell)
        self._on_theme_changed()

    def show_cell(self, cell: StripCell) -> None:
        self.cell = cell
        state = cell.level or self.tr("not rated")
        if cell.is_below:
            state = self.tr("{0}, below required").format(state)
        name = self.tr("Criterion {0}, {1}").format(cell.number, cell.title)
        self.setAccessibleName(name)
        self.setAccessibleDescription(state)
        self.setToolTip(f"{cell.number} {cell.title}: {state}")
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the state to `show_cells`."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), self.rect()
        rated = bool(self.cell.digit)
        fill = hover_fill(self) or Color.SURFACE
        line, width = (Color.BUTTON_LINE if rated else Color.CONTROL_LINE), 1
        if self.isChecked():
            fill, line, width = Color.ACCENT_SOFT, Color.ACCENT, 2
        dashed = not rated and not self.isChecked()
        box = Box(
            fill=fill if rated or self.isChecked() else None, line=line, width=width, dashed=dashed
        )
        paint_box(painter, self._theme, rect, box)
        ink = Color.ACCENT_TEXT if self.isChecked() else (Color.TEXT if rated else Color.TEXT_2)
        font = self._theme.number_font(Style.UI_STRONG)
        paint_text(painter, self._theme, rect, self.cell.digit or _UNRATED, Ink(font, ink), CENTER)
        if self.cell.is_below:
            self._paint_wedge(painter)

    def _paint_wedge(self, painter: QPainter) -> None:
        side = self._theme.text(_WEDGE)
        right, bottom = self.width() - 3, self.height() - 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Color.WARN))
        painter.drawPolygon(
            QPolygon(
                [
                    QPoint(right - 2 * side + 2, bottom - side),
                    QPoint(right, bottom - side),
                    QPoint(right - side + 1, bottom),
                ]
            )
        )

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.cell.criterion_id)

    @Slot()
    def _on_theme_changed(self) -> None:
        side = self._theme.control(self._side)
        self.setFixedSize(side, side)


class CriterionStrip(QScrollArea):
    """One cell per criterion; arrow keys walk through them.

    Signals:
        criterion_chosen(criterion_id: str): The assessor wants to see this one.
    """

    criterion_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: tuple[_Cell, ...] = ()
        self._content = QWidget()
        self._row = QHBoxLayout(self._content)
        ring = _ROOM_FOR_RING
        self._row.setContentsMargins(ring, ring, ring, ring)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self.setAccessibleName(self.tr("Criteria"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(self._content)
        theme.changed.connect(self.updateGeometry)

    def show_cells(self, cells: tuple[StripCell, ...], current_id: str = "") -> None:
        """Show every criterion and which one is open."""
        if [shown.cell.criterion_id for shown in self._cells] != [c.criterion_id for c in cells]:
            self._rebuild(cells)
        for shown, cell in zip(self._cells, cells, strict=True):
            shown.show_cell(cell)
            shown.setChecked(cell.criterion_id == current_id)
            if cell.criterion_id == current_id:
                self.ensureWidgetVisible(shown, self._theme.control(_CELL), 0)

    @override
    def sizeHint(self) -> QSize:
        shown = min(max(len(self._cells), 1), _SCROLLS_OVER)
        side = self._theme.control(self._side(len(self._cells)))
        return QSize(shown * (side + _GAP) - _GAP + 2 * _ROOM_FOR_RING, side + 2 * _ROOM_FOR_RING)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._theme.control(3 * _CELL)), hint.height())

    @staticmethod
    def _side(count: int) -> int:
        return _CELL if count <= _SHRINKS_OVER else _SMALL_CELL

    def _rebuild(self, cells: tuple[StripCell, ...]) -> None:
        for old in self._cells:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        side = self._side(len(cells))
        self._cells = tuple(_Cell(self._theme, cell, side, self._content) for cell in cells)
        for number, cell in enumerate(self._cells):
            cell.chosen.connect(self.criterion_chosen)
            self._row.insertWidget(number, cell)
        self.updateGeometry()
