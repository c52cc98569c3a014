"""The lines at the right of the seal: one missing thing, one finding of the leak check."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.field import Field
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.seal.checks import CheckState, FindingState
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class CheckItem(QWidget):
    """What is missing, and a link to where it is mended.

    Signals:
        cure_chosen(object): The `Missing` to be mended.
    """

    cure_chosen = Signal(object)

    def __init__(self, theme: Theme, state: CheckState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        row = Row(theme, self, margin=(0, 6, 0, 6), gap=12)
        marks = Column(theme, gap=0)
        mark = IconMark(theme, "circle-dashed", size=18, ink=Color.WARN, parent=self)
        marks.addWidget(mark)
        marks.addStretch(1)
        words = Column(theme, gap=2)
        words.addWidget(Paragraph(theme, state.title, style=Style.UI_STRONG, parent=self))
        text = Paragraph(theme, state.text, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        words.addWidget(text)
        cure = Button(theme, state.cure, kind=Kind.LINK, icon="arrow-right", parent=self)
        cure.setAccessibleName(f"{state.cure}: {state.title}")
        cure.clicked.connect(self._on_cure_clicked)
        row.addLayout(marks)
        row.addLayout(words, 1)
        row.addWidget(cure)

    @Slot()
    def _on_cure_clicked(self) -> None:
        self.cure_chosen.emit(self._state.missing)


class DoneItem(QWidget):
    """A check that is passed."""

    def __init__(self, theme: Theme, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = Row(theme, self, margin=(0, 6, 0, 6), gap=12)
        marks = Column(theme, gap=0)
        marks.addWidget(IconMark(theme, "circle-check", size=18, ink=Color.OK, parent=self))
        marks.addStretch(1)
        words = Column(theme, gap=2)
        words.addWidget(Paragraph(theme, title, style=Style.UI_STRONG, parent=self))
        if text:
            words.addWidget(
                Paragraph(theme, text, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
            )
        row.addLayout(marks)
        row.addLayout(words, 1)


class FindingItem(QWidget):
    """A passage that may tell the earner who the assessor is: change it, or keep it and say why.

    Signals:
        change_chosen(object): The `Leak` whose text is to be changed.
        keep_chosen(object, str): The `Leak` that is kept, and why.
    """

    change_chosen = Signal(object)
    keep_chosen = Signal(object, str)

    def __init__(self, theme: Theme, state: FindingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._state = theme, state
        row = Row(theme, self, margin=(16, 12, 12, 12), gap=12)
        marks = Column(theme, gap=0)
        marks.addWidget(IconMark(theme, "triangle-alert", size=18, ink=Color.WARN, parent=self))
        marks.addStretch(1)
        self._why = Field(theme, tr("Why it can stay"), parent=self)
        self._why.hide()
        self._change = Button(theme, tr("Change the text"), parent=self)
        self._change.setAccessibleName(tr("Change: {0}").format(state.where))
        self._keep = Button(theme, tr("Keep it, with a reason…"), kind=Kind.QUIET, parent=self)
        self._keep.setAccessibleName(tr("Keep: {0}").format(state.where))
        words = Column(theme, gap=4)
        words.addWidget(Label(theme, state.title, style=Style.UI_STRONG, parent=self))
        words.addWidget(Paragraph(theme, state.where, ink=Color.TEXT_2, parent=self))
        words.addWidget(self._why)
        buttons = Row(theme, margin=(0, 4, 0, 0))
        buttons.addWidget(self._change)
        buttons.addWidget(self._keep)
        buttons.addStretch(1)
        words.addLayout(buttons)
        row.addLayout(marks)
        row.addLayout(words, 1)
        self._change.clicked.connect(self._on_change_clicked)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._why.submitted.connect(self._on_why_submitted)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.WARN_SOFT, radius=self._theme.radius("card"))
        paint_box(QPainter(self), self._theme, self.rect(), box)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.change_chosen.emit(self._state.leak)

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self._why.isHidden():
            self._why.show()
            self._why.setFocus()
            self._keep.show_text(tr("Keep it"))
        else:
            self._on_why_submitted(self._why.text())

    @Slot(str)
    def _on_why_submitted(self, why: str) -> None:
        if why.strip():
            self.keep_chosen.emit(self._state.leak, why.strip())
