"""The left side of two versions: every criterion, and that nothing is lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.conflict.criterion_line import CriterionLine
from assessor_app.ui.conflict.mine import Plate
from assessor_app.ui.conflict.state import ConflictState
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class SafePlate(Plate):
    """That nothing is lost, with the ways to what was written.

    Signals:
        old_chosen(): See the review as it was written.
        export_chosen(): Keep the review as it was written in a file.
    """

    old_chosen = Signal()
    export_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Color.OK_SOFT, parent)
        self._words = Paragraph(theme, parent=self)
        old = Button(theme, self.tr("Open it"), kind=Kind.LINK, parent=self)
        export = Button(theme, self.tr("Export…"), kind=Kind.LINK, parent=self)
        old.clicked.connect(self.old_chosen)
        export.clicked.connect(self.export_chosen)
        told = Row(theme, gap=8)
        told.addWidget(IconMark(theme, "shield-check", ink=Color.OK, parent=self))
        title = Label(theme, self.tr("Nothing is lost"), style=Style.UI_STRONG, parent=self)
        told.addWidget(title.elided(), 1)
        ways = Row(theme, gap=8)
        ways.addWidget(old)
        ways.addWidget(export)
        ways.addStretch(1)
        safe = Column(theme, self, margin=(16, 12, 16, 8), gap=4)
        safe.addLayout(told)
        safe.addWidget(self._words)
        safe.addLayout(ways)

    def show_safe(self, words: str) -> None:
        """Say what is safe, and where."""
        self._words.show_text(words)


class ConflictSide(Panel):
    """Criteria to step through, and the review as it was written.

    Signals:
        criterion_chosen(key: str): Another criterion is to be in front.
        old_chosen(): See the review as it was written.
        export_chosen(): Keep the review as it was written in a file.
    """

    criterion_chosen = Signal(str)
    old_chosen = Signal()
    export_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Color.WINDOW, parent)
        self._theme = theme
        self._title = Label(theme, style=Style.HEADING, parent=self).elided()
        self._words = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._lines: list[CriterionLine] = []
        self._line_column = Column(theme, gap=0)
        self._safe = SafePlate(theme, self)
        self._safe.old_chosen.connect(self.old_chosen)
        self._safe.export_chosen.connect(self.export_chosen)
        self._build()

    def show_side(self, state: ConflictState) -> None:
        """Show the criteria of a comparison."""
        self._title.show_text(state.naming.list_title)
        self._words.show_text(state.naming.list_words)
        self._safe.show_safe(state.naming.safe)
        if len(self._lines) != len(state.lines):
            self._build_lines(state)
        for line, shown in zip(self._lines, state.lines, strict=True):
            line.show_line(shown)

    def _build_lines(self, state: ConflictState) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for shown in state.lines:
            line = CriterionLine(self._theme, shown, self)
            line.criterion_chosen.connect(self.criterion_chosen)
            self._line_column.addWidget(line)
            self._lines.append(line)

    def _build(self) -> None:
        theme = self._theme
        head = Column(theme, margin=(12, 8, 8, 4), gap=2)
        head.addWidget(self._title)
        head.addWidget(self._words)
        scroll = ScrollColumn(theme, self, margin=(4, 4, 4, 4), gap=0)
        scroll.body.addLayout(self._line_column)
        scroll.body.addStretch(1)
        column = Column(theme, self, margin=(8, 8, 8, 16), gap=4)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(self._safe)
