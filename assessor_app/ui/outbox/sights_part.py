"""What this laptop sees, in the card of the sync centre while the platform is not reached."""

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.outbox.copy_button import CopyButton
from assessor_app.ui.outbox.sights import Sight, as_text
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.parts.tone import INK
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

MOST_LINES = 4
_MEDIUM = 500


class _SightLine(QWidget):
    """One line: an icon, what is seen, and its particulars."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = IconMark(theme, "circle-check", parent=self)
        self._title = Paragraph(theme, style=Style.UI, parent=self)
        self._text = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        marks = Column(theme, margin=(0, 2, 0, 0))
        marks.addWidget(self._mark)
        marks.addStretch(1)
        said = Column(theme, gap=0)
        said.addWidget(self._title)
        said.addWidget(self._text)
        row = Row(theme, self, margin=(0, 6, 0, 7), gap=10)
        row.addLayout(marks)
        row.addLayout(said, 1)

    def show_sight(self, sight: Sight) -> None:
        self._mark.show_icon(sight.icon, INK[sight.tone])
        self._title.show_text(sight.title, (Mark(start=0, end=len(sight.title), weight=_MEDIUM),))
        self._text.show_text(sight.text)
        self.setAccessibleName(f"{sight.title}: {sight.text}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        line = self._theme.color(Color.LINE)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, line)


class SightsPart(QWidget):
    """The lines under their heading, and a way to copy them all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sights: tuple[Sight, ...] = ()
        self._now: datetime | None = None
        self._copy = CopyButton(theme, self.tr("Copy what this laptop sees"), self)
        self._lines = tuple(_SightLine(theme, self) for _ in range(MOST_LINES))
        head = Row(theme)
        title = Label(theme, self.tr("What this laptop sees"), style=Style.HEADING, parent=self)
        head.addWidget(title.elided(), 1)
        head.addWidget(self._copy)
        column = Column(theme, self, gap=0)
        column.addLayout(head)
        for line in self._lines:
            column.addWidget(line)
        column.addSpacing(theme.space(8))
        self._copy.clicked.connect(self._on_copy_clicked)
        self.hide()

    def show_sights(self, sights: tuple[Sight, ...], now: datetime) -> None:
        """Show other lines; none hide the part."""
        self._now = now
        if sights == self._sights:
            return
        self._sights = sights
        for line, sight in zip(self._lines, sights, strict=False):
            line.show_sight(sight)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(sights))
        self.setVisible(bool(sights))

    @Slot()
    def _on_copy_clicked(self) -> None:
        if self._now is not None:
            QGuiApplication.clipboard().setText(as_text(self._sights, self._now))
