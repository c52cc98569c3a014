"""The preview as a card on the sunken ground, like the letter it becomes."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.feedback_item import FEEDBACK_ICONS
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.seal.preview import PreviewItem, PreviewSection, PreviewState
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

CARD_WIDTH = 680


class PreviewCard(QWidget):
    """Read-only; what the leak check found stands out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._body = Column(theme, self, margin=(40, 24, 40, 40), gap=12)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_preview(self, preview: PreviewState) -> None:
        """Show the review as the earner will read it."""
        while (old := self._body.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        theme = self._theme
        self._body.addWidget(Paragraph(theme, preview.title, style=Style.TITLE, parent=self))
        self._body.addWidget(Paragraph(theme, preview.opening, style=Style.READING, parent=self))
        for title, explanation in preview.reasons:
            self._body.addWidget(Rule(theme, parent=self))
            self._body.addWidget(Paragraph(theme, title, style=Style.HEADING, parent=self))
            text = Paragraph(theme, explanation, style=Style.READING, parent=self)
            self._body.addWidget(text)
        for section in preview.sections:
            self._body.addWidget(_Section(theme, section, self))
        if preview.closing:
            self._body.addWidget(Rule(theme, parent=self))
            closing = Paragraph(theme, preview.closing, ink=Color.TEXT_2, parent=self)
            self._body.addWidget(closing)
        self._body.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.RAISED, line=Color.LINE, radius=self._theme.radius("sheet"))
        paint_box(QPainter(self), self._theme, self.rect(), box)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setMaximumWidth(self._theme.text(CARD_WIDTH))


class _Section(QWidget):
    """A criterion: its title and level, then the items."""

    def __init__(self, theme: Theme, section: PreviewSection, parent: QWidget) -> None:
        super().__init__(parent)
        column = Column(theme, self, gap=8)
        column.addWidget(Rule(theme, parent=self))
        head = Row(theme, margin=(0, 4, 0, 0), gap=4)
        head.addWidget(Label(theme, section.title, style=Style.HEADING, parent=self).elided(), 1)
        if section.required:
            head.addWidget(Label(theme, section.level, style=Style.UI_STRONG, parent=self))
            dot = Label(theme, f"· {section.required}", ink=Color.TEXT_2, parent=self)
            head.addWidget(dot)
        column.addLayout(head)
        for item in section.items:
            column.addWidget(_Item(theme, item, self))


class _Item(QWidget):
    """One feedback item with its kind."""

    def __init__(self, theme: Theme, item: PreviewItem, parent: QWidget) -> None:
        super().__init__(parent)
        row = Row(theme, self, gap=12)
        marks = Column(theme, gap=0)
        marks.addWidget(IconMark(theme, FEEDBACK_ICONS[item.kind], parent=self))
        marks.addStretch(1)
        row.addLayout(marks)
        words = Column(theme, gap=0)
        kind = Label(theme, item.word, style=Style.SMALL_STRONG, ink=Color.TEXT_2, parent=self)
        text = Paragraph(theme, style=Style.READING, parent=self)
        text.show_text(
            item.text,
            tuple(
                Mark(start=start, end=end, fill=Color.WARN_SOFT, underline=Color.WARN)
                for start, end in item.findings
            ),
        )
        words.addWidget(kind)
        words.addWidget(text)
        row.addLayout(words, 1)
