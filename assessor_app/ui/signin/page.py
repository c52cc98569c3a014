"""A page with one column in its middle: what first run, sign-in and unlocking have in common."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.logo import Logo
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style, Width

_WIDTH = 568
_RING = 4


class Page(Panel):
    """Widgets go into `body`, a column at most 560 wide, which scrolls where it must."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        bar = theme.width(Width.SCROLL_BAR)  # kept free at the right: the middle is the window's
        self._scroll = ScrollColumn(theme, self, margin=(24 + bar, 24, 24, 24))
        self._middle = QWidget()
        self.body = Column(theme, self._middle, margin=(_RING, _RING, _RING, _RING), gap=12)
        across = Row(theme)
        across.addStretch(1)
        across.addWidget(self._middle, 1000)
        across.addStretch(1)
        self._scroll.body.addStretch(2)
        self._scroll.body.addLayout(across)
        self._scroll.body.addStretch(3)
        self.column = Column(theme, self, gap=0)
        self.column.addWidget(self._scroll, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def add_title(self, title: str, text: str) -> None:
        """Put the mark, a title and a sentence at the head of the column."""
        head = Row(self._theme, gap=12)
        head.addWidget(Logo(self._theme, 32, self))
        head.addWidget(Label(self._theme, title, style=Style.TITLE, parent=self).elided(), 1)
        self.body.addLayout(head)
        words = Paragraph(self._theme, text, style=Style.READING, ink=Color.TEXT_2, parent=self)
        self.body.addWidget(words)
        self.body.addSpacing(self._theme.space(8))

    def add_foot(self, *widgets: QWidget, link: QWidget | None = None) -> None:
        """Put the way on at the right, under a gap, and another way at the left."""
        foot = Row(self._theme, margin=(0, 8, 0, 0), gap=12)
        if link is not None:
            foot.addWidget(link)
        foot.addStretch(1)
        for widget in widgets:
            foot.addWidget(widget)
        self.body.addLayout(foot)

    def add_promise(self, text: str) -> None:
        """Say under everything else how the work is kept."""
        row = Row(self._theme)
        row.addStretch(1)
        row.addWidget(IconMark(self._theme, "shield-check", parent=self))
        promise = Label(self._theme, text, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        row.addWidget(promise.elided())
        row.addStretch(1)
        self.body.addSpacing(self._theme.space(16))
        self.body.addLayout(row)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._middle.setMaximumWidth(self._theme.text(_WIDTH))
