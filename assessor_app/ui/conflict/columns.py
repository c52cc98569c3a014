"""Two equal columns: what was, and what is. Rows stand beside each other and are equally high."""

from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.conflict.state import CriterionState, LevelPair
from assessor_app.ui.conflict.wording import new_marks, old_marks, spoken
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.level_row import LevelRow
from assessor_app.ui.parts.page_strip import PageStrip
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_PAD, _GAP, _ROW_GAP, _BLOCK_GAP = 9, 16, 2, 8


class Columns(QWidget):
    """The two sides of one criterion; the older is grey, the newer has the accent.

    Signals:
        level_chosen(rank: int): The assessor gave a level of the newer side.
    """

    level_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._shown: CriterionState | None = None
        self._rows: list[QWidget] = []
        self._levels: list[tuple[LevelRow, bool, int]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_criterion(self, state: CriterionState) -> None:
        """Show a criterion; the same one again keeps its rows, and the focus in them."""
        if self._shown is not None and _is_like(self._shown, state):
            for row, is_new, at in self._levels:
                level = state.levels[at].now if is_new else state.levels[at].before
                if level is not None:
                    row.show_level(level)
        else:
            self._build(state)
        self._shown = state

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        half = (self.width() - theme.space(_GAP)) // 2
        left = QRect(0, 0, half, self.height())
        right = QRect(self.width() - half, 0, half, self.height())
        radius = theme.radius("card")
        paint_box(painter, theme, left, Box(fill=Color.WINDOW, radius=radius))
        line = Color.ACCENT_LINE if self._shown and self._shown.is_open else Color.LINE
        paint_box(painter, theme, right, Box(fill=Color.SURFACE, line=line, radius=radius))

    def _build(self, state: CriterionState) -> None:
        for widget in self._rows:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows, self._levels = [], []
        if state.title_before and state.title_before != state.title:
            self._add(*self._texts(state.title_before, state.title))
            self._add(self._gap(), self._gap())
        for strip in state.strips:
            self._add(self._head(strip.title), self._head(strip.title))
            left, right = PageStrip(self._theme, self), PageStrip(self._theme, self)
            left.show_cells(strip.before, f"{strip.title}: {strip.words_before}")
            right.show_cells(strip.now, f"{strip.title}: {strip.words_now}")
            self._add(left, right)
            self._add(self._gap(), self._gap())
        for text in state.texts:
            self._add(self._head(text.title), self._head(text.title))
            self._add(*self._texts(text.before, text.now))
            self._add(self._gap(), self._gap())
        for pair in state.levels:
            self._add_levels(pair, len(self._levels_at()))
        self.updateGeometry()
        self.update()

    def _levels_at(self) -> set[int]:
        return {at for _, _, at in self._levels}

    def _add_levels(self, pair: LevelPair, at: int) -> None:
        row: list[QWidget] = []
        for level, is_new in ((pair.before, False), (pair.now, True)):
            if level is None:
                word = self.tr("No longer a level") if is_new else self.tr("Not a level before")
                row.append(self._head(word))
                continue
            made = LevelRow(self._theme, level, self)
            self._levels.append((made, is_new, at))
            if is_new:
                made.level_chosen.connect(self.level_chosen)
            row.append(made)
        self._add(row[0], row[1])

    def _gap(self) -> QWidget:
        """Return what keeps the evidence apart from the levels."""
        gap = QWidget(self)
        gap.setFixedHeight(self._theme.space(_BLOCK_GAP))
        return gap

    def _head(self, text: str) -> Label:
        return Label(
            self._theme, text, style=Style.SMALL_STRONG, ink=Color.TEXT_2, parent=self
        ).elided()

    def _texts(self, before: str, now: str) -> tuple[Paragraph, Paragraph]:
        left, right = Paragraph(self._theme, parent=self), Paragraph(self._theme, parent=self)
        left.show_text(before, old_marks(before, now))
        right.show_text(now, new_marks(before, now))
        left.setAccessibleDescription(spoken(before, now, is_new=False))
        right.setAccessibleDescription(spoken(before, now, is_new=True))
        return left, right

    def _add(self, left: QWidget, right: QWidget) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(left, row, 0)
        self._grid.addWidget(right, row, 1)
        self._rows += [left, right]
        left.show()
        right.show()

    @Slot()
    def _on_theme_changed(self) -> None:
        space = self._theme.space
        self._grid.setContentsMargins(space(_PAD), space(_PAD), space(_PAD), space(_PAD))
        self._grid.setHorizontalSpacing(space(_GAP) + 2 * space(_PAD))
        self._grid.setVerticalSpacing(space(_ROW_GAP))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.update()


def _is_like(shown: CriterionState, state: CriterionState) -> bool:
    """Return whether only what is chosen can differ."""
    return (
        shown.key == state.key
        and len(shown.levels) == len(state.levels)
        and all(
            (old.before is None, old.now is None) == (new.before is None, new.now is None)
            for old, new in zip(shown.levels, state.levels, strict=True)
        )
        and (shown.texts, shown.strips) == (state.texts, state.strips)
    )
