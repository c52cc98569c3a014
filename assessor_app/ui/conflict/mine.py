"""What the assessor wrote on a criterion: pins and feedback, which go along; and the way on."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.conflict.state import CriterionState
from assessor_app.ui.parts.feedback_item import FEEDBACK_ICONS, FeedbackState
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.pin_chip import PinState
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class Plate(QWidget):
    """A quiet rounded ground; set a layout on it."""

    def __init__(
        self, theme: Theme, fill: Color = Color.WINDOW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._fill = theme, fill
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=self._fill, radius=self._theme.radius("card"))
        paint_box(QPainter(self), self._theme, self.rect(), box)


class Mine(QWidget):
    """Read-only: on the desk it can be changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[object, ...] | None = None
        self._words = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._pins, self._items = Column(theme, gap=4), Column(theme, gap=4)
        self._made: list[QWidget] = []
        head = Row(theme, gap=8)
        title = Label(theme, self.tr("Yours on this criterion"), style=Style.HEADING, parent=self)
        head.addWidget(title)
        head.addWidget(self._words, 1)
        sides = Row(theme, gap=16)
        for side in (self._pins, self._items):
            column = Column(theme, gap=0)
            column.addLayout(side)
            column.addStretch(1)
            sides.addLayout(column, 1)
        whole = Column(theme, self, gap=8)
        whole.addLayout(head)
        whole.addLayout(sides)

    def show_mine(self, state: CriterionState) -> None:
        """Show what was written on a criterion; hidden where there is nothing."""
        mine = (state.key, state.pins, state.lost, state.feedback)
        if mine == self._shown:
            return
        self._shown = mine
        for widget in self._made:
            widget.hide()
            widget.deleteLater()
        self._made = []
        for pin in state.pins:
            self._add(self._pins, self._pin(pin, self.tr("goes along")))
        for pin in state.lost:
            self._add(self._pins, self._pin(pin, self.tr("not found again; pin it anew")))
        for item in state.feedback:
            self._add(self._items, self._item(item))
        self._words.show_text(self.tr("goes along as it is; you can change it on the desk"))
        self.setVisible(bool(self._made))

    def _add(self, column: Column, widget: QWidget) -> None:
        column.addWidget(widget)
        self._made.append(widget)

    def _pin(self, pin: PinState, becomes: str) -> QWidget:
        theme = self._theme
        plate = Plate(theme, parent=self)
        row = Row(theme, plate, margin=(8, 4, 8, 4), gap=6)
        row.addWidget(IconMark(theme, "pin", size=14, ink=Color.PIN_TEXT, parent=plate))
        row.addWidget(Label(theme, pin.place, style=Style.SMALL_STRONG, parent=plate))
        row.addWidget(Label(theme, pin.quote, style=Style.SMALL, parent=plate).elided(), 1)
        row.addWidget(Label(theme, becomes, style=Style.SMALL, ink=Color.TEXT_2, parent=plate))
        plate.setAccessibleName(f"{pin.place} {pin.quote}, {becomes}")
        return plate

    def _item(self, item: FeedbackState) -> QWidget:
        theme = self._theme
        plate = Plate(theme, parent=self)
        row = Row(theme, plate, margin=(10, 8, 10, 8), gap=10)
        marks = Column(theme)
        marks.addWidget(IconMark(theme, FEEDBACK_ICONS[item.kind], parent=plate))
        marks.addStretch(1)
        row.addLayout(marks)
        words = Column(theme, gap=0)
        kind = Label(theme, item.kind_word, style=Style.SMALL_STRONG, ink=Color.TEXT_2)
        words.addWidget(kind)
        words.addWidget(Paragraph(theme, item.text, parent=plate))
        row.addLayout(words, 1)
        return plate


class Steps(Plate):
    """The way on in three steps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        tr = self.tr
        row = Row(theme, self, margin=(16, 12, 16, 12), gap=16)
        steps = (
            ("1", tr("You choose a level"), tr("The same one confirms, another replaces.")),
            ("2", tr("You seal again"), tr("Ratings, pins and feedback go along.")),
            ("3", tr("The old review is set aside"), tr("First that, then this one.")),
        )
        for number, title, text in steps:
            if number != "1":
                row.addWidget(IconMark(theme, "arrow-right", parent=self))
            row.addWidget(Label(theme, number, style=Style.TITLE, ink=Color.TEXT_2, parent=self))
            words = Column(theme, gap=0)
            words.addWidget(Label(theme, title, style=Style.UI_STRONG, parent=self).elided())
            small = Label(theme, text, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
            words.addWidget(small.elided())
            row.addLayout(words, 1)
