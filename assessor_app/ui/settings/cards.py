"""Cards of settings, and the rows in them."""

from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.card import Card
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class SettingsCard(Card):
    """A card with an icon and a title; rows are divided by hairlines."""

    def __init__(self, theme: Theme, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, parent=parent)
        self._theme = theme
        self._has_rows = False
        self.body.show_margin((20, 12, 20, 14), 6)
        head = Row(theme, gap=12)
        head.addWidget(IconMark(theme, icon, size=18, parent=self))
        head.addWidget(Label(theme, title, style=Style.HEADING, parent=self).elided(), 1)
        self.body.addLayout(head)
        self.setAccessibleName(title)

    def add_row(self, row: QWidget) -> None:
        """Add a row under the others."""
        if self._has_rows:
            self.body.addWidget(Rule(self._theme, parent=self))
        self._has_rows = True
        self.body.addWidget(row)


class SettingRow(QWidget):
    """What is set, a small line about it, and the control at the right."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        control: QWidget | None = None,
        *,
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = Label(theme, words, parent=self).elided()
        self._detail = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        column = Column(theme, gap=0)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._detail)
        column.addStretch(1)
        row = Row(theme, self, margin=(0, 2, 0, 2), gap=16)
        row.addLayout(column, 1)
        if control is not None:
            row.addWidget(control)
        self.show_words(words, detail)

    def show_words(self, words: str, detail: str = "") -> None:
        """Show other words."""
        self._words.show_text(words)
        self._detail.show_text(detail)
        self._detail.setVisible(bool(detail))
