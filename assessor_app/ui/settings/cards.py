"""Cards of settings, and the rows in them."""

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from assessor_app.ui.parts.card import Card
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import NO_MARGIN, Column, Row, Rule
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_GAP, _UNDER = 16, 4


class SettingsCard(Card):
    """A card with an icon and a title; rows are divided by hairlines."""

    def __init__(self, theme: Theme, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, margin=20, parent=parent)
        self._theme = theme
        self._has_rows = False
        self.body.show_margin((20, 12, 20, 12), 4)
        head = Row(theme, margin=(0, 0, 0, 4), gap=12)
        head.addWidget(IconMark(theme, icon, size=18, parent=self))
        head.addWidget(Label(theme, title, style=Style.HEADING, parent=self).elided(), 1)
        self.body.addLayout(head)
        self.setAccessibleName(title)

    def divide(self) -> None:
        """Divide the next row from what stands above it, too."""
        self._has_rows = True

    def add_row(self, row: QWidget) -> None:
        """Add a row under the others."""
        if self._has_rows:
            self.body.addWidget(Rule(self._theme, parent=self))
        self._has_rows = True
        self.body.addWidget(row)


class SettingRow(QWidget):
    """What is set, a small line about it, and the control at the right.

    The control goes under the words where these would be cut beside it.
    """

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
        self._theme, self._control = theme, control
        self._words = Label(theme, words, parent=self).elided()
        self._detail = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        column = Column(theme, gap=0)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._detail)
        column.addStretch(1)
        self._row = Row(theme, self, gap=_GAP)
        self._row.addLayout(column, 1)
        if control is not None:
            tail = Row(theme)
            tail.addStretch(1)
            tail.addWidget(control)
            self._row.addLayout(tail)
        self.show_words(words, detail)
        theme.changed.connect(self._fit)

    def show_words(self, words: str, detail: str = "") -> None:
        """Show other words."""
        self._words.show_text(words)
        self._detail.show_text(detail)
        self._detail.setVisible(bool(detail))

    @override
    def event(self, event: QEvent) -> bool:
        """Look for room again when the control has other words."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        room = self.width() - self._theme.space(_GAP) - self._words.sizeHint().width()
        is_cut = self._control is not None and self._control.sizeHint().width() > room
        way = QBoxLayout.Direction.TopToBottom if is_cut else QBoxLayout.Direction.LeftToRight
        if way != self._row.direction():
            self._row.setDirection(way)
            self._row.show_margin(NO_MARGIN, _UNDER if is_cut else _GAP)
