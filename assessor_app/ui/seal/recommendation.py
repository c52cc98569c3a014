"""The determination in large letters: what is recommended, and why."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.seal.checks import RecommendationState
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class Recommendation(QWidget):
    """Read-only; the rubric and the reasons decide."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconMark(theme, "circle-dashed", size=20, ink=Color.TEXT, parent=self)
        self._title = Paragraph(theme, style=Style.TITLE, parent=self)
        self._text = Paragraph(theme, ink=Color.TEXT_2, parent=self)
        column = Column(theme, self, margin=(16, 12, 16, 14), gap=4)
        above = Label(theme, tr("Your determination"), style=Style.SMALL_STRONG, ink=Color.TEXT_2)
        column.addWidget(above)
        row = Row(theme)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._title, 1)
        column.addLayout(row)
        column.addWidget(self._text)

    def show_state(self, state: RecommendationState) -> None:
        """Show another recommendation."""
        self._mark.show_icon(state.icon)
        self._title.show_text(state.title)
        self._text.show_text(state.text)
        self.setAccessibleName(f"{state.title}. {state.text}")
        self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.WINDOW, radius=self._theme.radius("control"))
        paint_box(QPainter(self), self._theme, self.rect(), box)
