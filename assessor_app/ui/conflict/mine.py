"""What the assessor wrote on a criterion: pins and feedback, which go along; and the way on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.conflict.pin_item import PinItem
from assessor_app.ui.conflict.pins import PinLine
from assessor_app.ui.conflict.state import CriterionState
from assessor_app.ui.desk.kept_widgets import KeptWidgets
from assessor_app.ui.parts.feedback_item import FEEDBACK_ICONS, FeedbackState
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
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
    """Read-only but for pins that wait for a place: on the desk the rest can be changed.

    Signals:
        pin_followed(pin_id: str): The assessor wants to see the place as it was.
        pin_settled(pin_id: str, way: str): The assessor said where it belongs, or took that back.
    """

    pin_followed = Signal(str)
    pin_settled = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        pins, items = Column(theme, gap=4), Column(theme, gap=4)
        self._pins = KeptWidgets(pins, self._make_pin, PinItem.show_line)
        self._items = KeptWidgets(items, self._make_item, _Item.show_item)
        head = Row(theme, gap=8)
        title = Label(theme, self.tr("Yours on this criterion"), style=Style.HEADING, parent=self)
        head.addWidget(title.elided())
        head.addWidget(self._words, 1)
        sides = Row(theme, gap=16)
        for side in (pins, items):
            half = QWidget(self)  # an empty layout would take its gap away, too
            column = Column(theme, half, gap=0)
            column.addLayout(side)
            column.addStretch(1)
            sides.addWidget(half, 1)
        whole = Column(theme, self, gap=8)
        whole.addLayout(head)
        whole.addLayout(sides)

    def show_mine(self, state: CriterionState) -> None:
        """Show what was written on a criterion; hidden where there is nothing."""
        self._pins.show_states({line.chip.pin_id: line for line in state.pins})
        self._items.show_states({item.item_id: item for item in state.feedback})
        waiting = sum(line.waits for line in state.pins)
        words = self.tr("goes along as it is; you can change it on the desk")
        if waiting:
            words = self.tr("1 pin waits for its place; the rest goes along")
        if waiting > 1:
            words = self.tr("{0} pins wait for their place; the rest goes along").format(waiting)
        self._words.show_text(words)
        self.setVisible(bool(state.pins or state.feedback))

    def _make_pin(self, line: PinLine) -> PinItem:
        made = PinItem(self._theme, line)
        made.pin_followed.connect(self.pin_followed)
        made.pin_settled.connect(self.pin_settled)
        return made

    def _make_item(self, item: FeedbackState) -> "_Item":
        return _Item(self._theme, item)


class _Item(Plate):
    """A feedback item, to be read."""

    def __init__(self, theme: Theme, item: FeedbackState, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        row = Row(theme, self, margin=(10, 8, 10, 8), gap=10)
        marks = Column(theme)
        self._mark = IconMark(theme, FEEDBACK_ICONS[item.kind], parent=self)
        marks.addWidget(self._mark)
        marks.addStretch(1)
        row.addLayout(marks)
        words = Column(theme, gap=0)
        self._kind = Label(theme, style=Style.SMALL_STRONG, ink=Color.TEXT_2, parent=self)
        self._text = Paragraph(theme, parent=self)
        words.addWidget(self._kind)
        words.addWidget(self._text)
        row.addLayout(words, 1)
        self.show_item(item)

    def show_item(self, item: FeedbackState) -> None:
        """Show another item."""
        self._mark.show_icon(FEEDBACK_ICONS[item.kind], Color.TEXT_2)
        self._kind.show_text(item.kind_word)
        self._text.show_text(item.text)


class Steps(Plate):
    """The way on in three steps, for a review that was sealed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        tr = self.tr
        row = Row(theme, self, margin=(16, 12, 16, 12), gap=16)
        self._first = Label(theme, style=Style.UI_STRONG, parent=self)
        self._first_words = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        steps = (
            (self._first, self._first_words),
            self._step(tr("You seal again"), tr("All ratings, pins and feedback go along.")),
            self._step(
                tr("The old review is set aside"),
                tr("First that, then this one: only one can count."),
            ),
        )
        for number, (title, text) in enumerate(steps, start=1):
            if number > 1:
                row.addWidget(IconMark(theme, "arrow-right", parent=self))
            digit = Label(theme, str(number), style=Style.TITLE, ink=Color.TEXT_2, parent=self)
            row.addWidget(digit)
            words = Column(theme, gap=0)
            words.addWidget(title.elided())
            words.addWidget(text)
            row.addLayout(words, 1)

    def show_steps(self, *, has_choices: bool) -> None:
        """Say whether there is anything to choose."""
        tr = self.tr
        self._first.show_text(tr("You choose a level") if has_choices else tr("Every level stands"))
        chosen = tr("The same one confirms, another replaces.")
        self._first_words.show_text(chosen if has_choices else tr("Nothing is to be chosen."))

    def _step(self, title: str, text: str) -> tuple[Label, Paragraph]:
        theme = self._theme
        return (
            Label(theme, title, style=Style.UI_STRONG, parent=self),
            Paragraph(theme, text, style=Style.SMALL, ink=Color.TEXT_2, parent=self),
        )
