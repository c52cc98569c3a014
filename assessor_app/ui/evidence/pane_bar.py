"""The bar above the evidence: what it is, its pages, the zoom, the tools."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.evidence.page_geometry import Fit
from assessor_app.ui.parts.bars import PaneBar
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.field import LineInput
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Rule
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_ROOM_FOR_ZOOM = 500
_ROOM_FOR_PERCENT = 640
_ROOM_FOR_DETAIL = 620


class EvidenceBar(PaneBar):
    """Forty pixels of tools; the zoom gives way first, then the detail.

    Signals:
        page_stepped(step: int): To the next (1) or previous (-1) page.
        page_typed(number: int): To a page, from 1.
        zoom_stepped(step: int): Larger (1) or smaller (-1).
        fit_toggled(): From the width to a whole page, and back.
        tool_toggled(regions: bool): Draw regions, or select words.
        find_chosen(): Open the search.
    """

    page_stepped = Signal(int)
    page_typed = Signal(int)
    zoom_stepped = Signal(int)
    fit_toggled = Signal()
    tool_toggled = Signal(bool)
    find_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._icon = IconMark(theme, "file", parent=self)
        self._title = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._detail = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._previous = IconButton(theme, "chevron-left", "Previous page", key="PgUp")
        self._page_word = Label(theme, "Page", weight=500)
        self._box = LineInput(theme)
        self._box.setAccessibleName("Page number")
        self._box.setValidator(QIntValidator(1, 9999, self))
        self._total = Label(theme, weight=500)
        self._next = IconButton(theme, "chevron-right", "Next page", key="PgDown")
        self._smaller = IconButton(theme, "minus", "Zoom out", key="Ctrl+-")
        self._percent = Label(theme, weight=500)
        self._larger = IconButton(theme, "plus", "Zoom in", key="Ctrl++")
        self._fit = IconButton(theme, "move-horizontal", "Fit the width")
        self._tool = IconButton(theme, "square-dashed-mouse-pointer", "Select a region", key="R")
        self._find = IconButton(theme, "search", "Find in this evidence", key="Ctrl+F")
        self._rules = tuple(Rule(theme, upright=True) for _ in range(2))
        self._regions = False
        self._has_pages = False
        self._build()
        theme.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _build(self) -> None:
        for rule in self._rules:
            rule.setFixedHeight(14)
        self.row.addWidget(self._icon)
        self.row.addWidget(self._title)
        self.row.addWidget(self._detail)
        self.row.addStretch(1)
        for widget in (self._previous, self._page_word, self._box, self._total, self._next):
            self.row.addWidget(widget)
        self.row.addWidget(self._rules[0])
        for widget in (self._smaller, self._percent, self._larger, self._fit):
            self.row.addWidget(widget)
        self.row.addWidget(self._rules[1])
        self.row.addWidget(self._find)
        self.row.addWidget(self._tool)
        self._previous.clicked.connect(self._on_previous_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self._box.returnPressed.connect(self._on_page_entered)
        self._smaller.clicked.connect(self._on_smaller_clicked)
        self._larger.clicked.connect(self._on_larger_clicked)
        self._fit.clicked.connect(self.fit_toggled)
        self._tool.clicked.connect(self._on_tool_clicked)
        self._find.clicked.connect(self.find_chosen)

    def show_source(self, icon: str, title: str, detail: str) -> None:
        """Name what is looked at."""
        self._icon.show_icon(icon)
        self._title.show_text(title)
        self._detail.show_text(detail)

    def show_pages(self, *, here: int, total: int) -> None:
        """Offer the tools for pages."""
        self._has_pages = True
        self._total.show_text(f"of {total}")
        self.show_here(here)
        self._find.show()
        self._make_room()

    def show_reading(self) -> None:
        """Offer the tools for text."""
        self._has_pages = False
        self._find.show()
        self._make_room()

    def show_nothing(self) -> None:
        """Offer no tools."""
        self._has_pages = False
        self._find.hide()
        self._make_room()

    def show_here(self, number: int) -> None:
        """Show the page being read, from 1."""
        self._box.setText(str(number))

    def show_zoom(self, zoom: float, fit: Fit) -> None:
        """Show the percentage and whether it is found by fitting."""
        self._percent.show_text(f"{round(zoom * 100)} %")
        self._fit.show_chosen(fit is not Fit.FREE)
        self._fit.show_icon("maximize" if fit is Fit.PAGE else "move-horizontal")
        self._fit.show_name("Fit the whole page" if fit is Fit.WIDTH else "Fit the width")

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrower than its tools: they give way."""
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        roomy = self._theme.roomy_width(self.width())
        for widget in (self._previous, self._page_word, self._box, self._total, self._next):
            widget.setVisible(self._has_pages)
        self._page_word.setVisible(self._has_pages and roomy >= _ROOM_FOR_DETAIL)
        zoomed = self._has_pages and roomy >= _ROOM_FOR_ZOOM
        for tool in (*self._rules, self._smaller, self._percent, self._larger, self._fit):
            tool.setVisible(zoomed)
        self._percent.setVisible(zoomed and roomy >= _ROOM_FOR_PERCENT)
        self._tool.setVisible(self._has_pages)
        self._detail.setVisible(roomy >= _ROOM_FOR_DETAIL or not self._has_pages)

    @Slot()
    def _on_previous_clicked(self) -> None:
        self.page_stepped.emit(-1)

    @Slot()
    def _on_next_clicked(self) -> None:
        self.page_stepped.emit(1)

    @Slot()
    def _on_page_entered(self) -> None:
        self.page_typed.emit(int(self._box.text() or 1))

    @Slot()
    def _on_smaller_clicked(self) -> None:
        self.zoom_stepped.emit(-1)

    @Slot()
    def _on_larger_clicked(self) -> None:
        self.zoom_stepped.emit(1)

    @Slot()
    def _on_tool_clicked(self) -> None:
        self._regions = not self._regions
        self._tool.show_chosen(self._regions)
        self.tool_toggled.emit(self._regions)

    @Slot()
    def _on_look_changed(self) -> None:
        self._box.setFixedWidth(self._theme.text(44))
        self._make_room()
