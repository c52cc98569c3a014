"""The evidence pane: one frame around pages, reading text and what cannot be shown."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from assessor_app.domain.review import Region
from assessor_app.ui.evidence.clipboard import EvidenceClipboard
from assessor_app.ui.evidence.find_bar import FindBar
from assessor_app.ui.evidence.notice import Notice, NoticeState
from assessor_app.ui.evidence.page_accessible import install
from assessor_app.ui.evidence.page_geometry import Fit, PageFace
from assessor_app.ui.evidence.page_selection import Tool
from assessor_app.ui.evidence.page_view import PageView
from assessor_app.ui.evidence.pane_bar import EvidenceBar
from assessor_app.ui.evidence.reading_text import Passage
from assessor_app.ui.evidence.reading_view import ReadingView
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Width


class Shown(StrEnum):
    """What fills the pane."""

    PAGES = "pages"
    READING = "reading"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is looked at: an artifact or a part. `detail` is its id and kind in words."""

    key: str
    icon: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What the assessor has selected: words of a page, a region, or text of a passage."""

    source: str
    page: int = 0
    start: int = 0
    end: int = 0
    region: Region | None = None
    in_pages: bool = field(default=True)


class EvidencePane(QWidget):
    """Shows one source at a time.

    Signals:
        evidence_selected(object): A `Selected`, or None when nothing is selected any more.
        find_edited(text: str): The search text changed; empty when the search was closed.
        hit_wanted(step: int): The next (1) or previous (-1) hit is wanted.
        action_chosen(key: str): A button of a notice was pressed.
    """

    evidence_selected = Signal(object)
    find_edited = Signal(str)
    hit_wanted = Signal(int)
    action_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install()
        self._theme = theme
        self._source = SourceState(key="", icon="file", title="", detail="")
        self.bar = EvidenceBar(theme, self)
        self.pages = PageView(theme, self)
        self.reading = ReadingView(theme, self)
        self.clipboard = EvidenceClipboard(self)
        self._notice = Notice(theme, self)
        self._find = FindBar(theme, self)
        self._stack = QStackedWidget(self)
        for view in (self.pages, self.reading, self._notice):
            self._stack.addWidget(view)
        column = Column(theme, self, gap=0)
        column.addWidget(self.bar)
        column.addWidget(self._find)
        column.addWidget(self._stack, 1)
        self._find.hide()
        self.setMinimumWidth(theme.width(Width.EVIDENCE_MIN))
        self._connect()

    def _connect(self) -> None:
        self.bar.page_stepped.connect(self._on_page_stepped)
        self.bar.page_typed.connect(self._on_page_typed)
        self.bar.zoom_stepped.connect(self._on_zoom_stepped)
        self.bar.fit_toggled.connect(self._on_fit_toggled)
        self.bar.tool_toggled.connect(self._on_tool_toggled)
        self.bar.find_chosen.connect(self.open_find)
        self.pages.here_changed.connect(self._on_here_changed)
        self.pages.zoom_changed.connect(self._on_zoom_changed)
        self.pages.passage_selected.connect(self._on_page_passage_selected)
        self.pages.region_selected.connect(self._on_region_selected)
        self.pages.selection_dropped.connect(self._on_selection_dropped)
        self.reading.passage_selected.connect(self._on_reading_selected)
        self.reading.selection_dropped.connect(self._on_selection_dropped)
        self.pages.copied.connect(self._on_copied)
        self.reading.copied.connect(self._on_copied)
        self._find.edited.connect(self.find_edited)
        self._find.step_wanted.connect(self.hit_wanted)
        self._find.closed.connect(self._on_find_closed)
        self._notice.action_chosen.connect(self.action_chosen)

    @property
    def source(self) -> SourceState:
        """What is looked at."""
        return self._source

    @property
    def shown(self) -> Shown:
        """What fills the pane."""
        return tuple(Shown)[self._stack.currentIndex()]

    def show_pages(self, source: SourceState, faces: tuple[PageFace, ...]) -> None:
        """Show a page set from its first page."""
        self._begin(source, self.pages)
        self.pages.setAccessibleName(f"{source.title}, {source.detail}")
        self.pages.show_pages(faces)
        self.bar.show_pages(here=1, total=len(faces))
        self._on_zoom_changed()

    def show_passages(self, source: SourceState, passages: tuple[Passage, ...]) -> None:
        """Show responses or a text view from the beginning."""
        self._begin(source, self.reading)
        self.reading.setAccessibleName(f"{source.title}, {source.detail}")
        self.reading.show_passages(passages)
        self.bar.show_reading()

    def show_notice(self, source: SourceState, notice: NoticeState) -> None:
        """Say why there is nothing to look at, and what can be done."""
        self._begin(source, self._notice)
        self._notice.show_notice(notice)
        self.bar.show_nothing()

    def show_hits(self, total: int, current: int) -> None:
        """Say how many hits there are, and which one is shown."""
        self._find.show_hits(total, current)

    @Slot()
    def open_find(self) -> None:
        """Open the search."""
        if self.shown is not Shown.NOTICE:
            self._find.show()
            self._find.take_focus()

    def take_focus(self) -> None:
        """Put the keys into what is shown."""
        if view := self._stack.currentWidget():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, source: SourceState, view: QWidget) -> None:
        self._source = source
        self._stack.setCurrentWidget(view)
        self.bar.show_source(source.icon, source.title, source.detail)
        self._find.hide()
        self._find.clear()
        self.evidence_selected.emit(None)

    @Slot(int)
    def _on_page_stepped(self, step: int) -> None:
        self.pages.go_to(self.pages.here + step)

    @Slot(int)
    def _on_page_typed(self, number: int) -> None:
        self.pages.go_to(number - 1)
        self.take_focus()

    @Slot(int)
    def _on_zoom_stepped(self, step: int) -> None:
        if step > 0:
            self.pages.zoom_in()
        else:
            self.pages.zoom_out()

    @Slot()
    def _on_fit_toggled(self) -> None:
        self.pages.use_fit(Fit.PAGE if self.pages.fit is Fit.WIDTH else Fit.WIDTH)

    @Slot(bool)
    def _on_tool_toggled(self, regions: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self.pages.use_tool(Tool.REGION if regions else Tool.WORDS)

    @Slot(int)
    def _on_here_changed(self, index: int) -> None:
        self.bar.show_here(index + 1)

    @Slot()
    def _on_zoom_changed(self) -> None:
        self.bar.show_zoom(self.pages.zoom, self.pages.fit)

    @Slot(int, int, int)
    def _on_page_passage_selected(self, page: int, start: int, end: int) -> None:
        selected = Selected(source=self._source.key, page=page, start=start, end=end)
        self.evidence_selected.emit(selected)

    @Slot(int, object)
    def _on_region_selected(self, page: int, region: Region) -> None:
        self.evidence_selected.emit(Selected(source=self._source.key, page=page, region=region))

    @Slot(str, int, int, int)
    def _on_reading_selected(self, source: str, index: int, start: int, end: int) -> None:
        selected = Selected(source=source, page=index, start=start, end=end, in_pages=False)
        self.evidence_selected.emit(selected)

    @Slot()
    def _on_selection_dropped(self) -> None:
        self.evidence_selected.emit(None)

    @Slot()
    def _on_find_closed(self) -> None:
        self._find.hide()
        self.find_edited.emit("")
        self.take_focus()

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        self.clipboard.copy(text)
