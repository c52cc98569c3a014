"""A choice between a few words, all of them visible."""

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.layout import Row
from assessor_app.ui.parts.menu_button import Choice
from assessor_app.ui.parts.painting import (
    CENTER,
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    text_width,
    track_pointer,
)
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_TICK, _GAP, _PADDING = 14, 6, 14


class _Segment(QPushButton):
    """One of the choices."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, choice: Choice, group: str, parent: QWidget) -> None:
        super().__init__(choice.label, parent)
        self._theme, self.key = theme, choice.key
        self.setAccessibleName(f"{group}: {choice.label}")
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)

    @override
    def nextCheckState(self) -> None:
        """Leave the state to `Segmented`."""

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        width = text_width(theme.font(Style.UI_STRONG), self.text()) + 2 * theme.space(_PADDING)
        if self.isChecked():
            width += theme.text(_TICK) + theme.space(_GAP)
        return QSize(width, theme.height(Height.CONTROL))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        radius = theme.radius("control")
        rect = self.rect()
        if self.isChecked():
            box = Box(fill=Color.ACCENT_SOFT, line=Color.ACCENT, width=2, radius=radius)
            paint_box(painter, theme, rect, box)
            side = theme.text(_TICK)
            tick = square(theme.space(_PADDING), side, rect)
            theme.paint_icon(painter, "check", tick, Color.ACCENT_TEXT)
            left = tick.right() + 1 + theme.space(_GAP)
            words = QRect(left, 0, self.width() - left, self.height())
            ink = Ink(theme.font(Style.UI_STRONG), Color.ACCENT_TEXT)
            paint_text(painter, theme, words, self.text(), ink)
            return
        fill = hover_fill(self)
        if fill is not None:
            paint_box(painter, theme, rect.adjusted(2, 2, -2, -2), Box(fill=fill, radius=radius))
        ink = Ink(theme.font(Style.UI, weight=500), Color.TEXT)
        paint_text(painter, theme, rect, self.text(), ink, CENTER)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.key)


class Segmented(QWidget):
    """The chosen part has a frame, a tick and bold words.

    Signals:
        choice_chosen(key: str): The assessor picked one.
    """

    choice_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: tuple[Choice, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        row = Row(theme, self, gap=0)
        self._segments = tuple(_Segment(theme, choice, name, self) for choice in choices)
        for segment in self._segments:
            row.addWidget(segment)
        for segment in self._segments:
            segment.chosen.connect(self.choice_chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def show_choice(self, key: str) -> None:
        """Show which one holds, without telling."""
        for segment in self._segments:
            segment.setChecked(segment.key == key)
        self._on_theme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.SURFACE, line=Color.BUTTON_LINE, radius=self._theme.radius("control"))
        paint_box(QPainter(self), self._theme, self.rect(), box)

    @Slot()
    def _on_theme_changed(self) -> None:
        for segment in self._segments:
            segment.updateGeometry()
            segment.update()
