"""The view of a page set: pages below each other, decoded when they come into sight."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from assessor_app.domain.evidence import PageLayer
from assessor_app.domain.page_text import Box, boxes, quote
from assessor_app.domain.review import Region
from assessor_app.ui.evidence.page_cache import PageCache
from assessor_app.ui.evidence.page_geometry import (
    MARGIN_PX,
    Fit,
    PageFace,
    PageGeometry,
    fitting_zoom,
    in_document,
    next_zoom,
)
from assessor_app.ui.evidence.page_marks import (
    PageMark,
    covered_by,
    mark_rect,
    paint_hit,
    paint_marks,
    paint_paper,
    paint_selection,
    united,
)
from assessor_app.ui.evidence.page_selection import PageSelection, Tool
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color


class PageView(QAbstractScrollArea):
    """Pages of one artifact.

    Signals:
        page_wanted(index: int, width_px: int, height_px: int): A page in sight lacks its pixels.
        page_seen(index: int): Half of a page, or of the view, showed it with its pixels.
        here_changed(index: int): Another page is the one being read.
        zoom_changed(): Percentage or fit are others now.
        passage_selected(page: int, start: int, end: int): Words were selected.
        region_selected(page: int, region: Region): A rectangle was drawn.
        selection_dropped(): Nothing is selected any more.
        pin_chosen(pin_id: str): The margin mark of a pin was clicked.
        copied(text: str): The selected words are to be copied.
    """

    page_wanted = Signal(int, int, int)
    page_seen = Signal(int)
    here_changed = Signal(int)
    zoom_changed = Signal()
    passage_selected = Signal(int, int, int)
    region_selected = Signal(int, object)
    selection_dropped = Signal()
    pin_chosen = Signal(str)
    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faces: tuple[PageFace, ...] = ()
        self._fit, self._zoom = Fit.WIDTH, 1.0
        self._cache = PageCache()
        self._marks: tuple[PageMark, ...] = ()
        self._hits: tuple[tuple[int, int, int], ...] = ()
        self._hit = -1
        self._here = 0
        self._place, self._is_scaling = (0, 0.0), False
        self._selection = PageSelection()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        ring_radius(self, 0)
        theme.changed.connect(self._rescale)

    def show_pages(self, faces: tuple[PageFace, ...]) -> None:
        """Show other pages, from the first."""
        self._faces = faces
        self._cache = PageCache()
        self._marks, self._hits, self._hit, self._here = (), (), -1, 0
        self._place = (0, 0.0)
        self._selection.drop()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._look()

    def show_page(self, index: int, image: QImage, layer: PageLayer) -> None:
        """Show the pixels and words of one page."""
        self._cache.put(index, image, layer)
        self.viewport().update()
        self._tell_seen()

    def show_words(self, index: int, layer: PageLayer) -> None:
        """Have the words of a page before its pixels: they can be selected and found."""
        self._cache.put_layer(index, layer)
        self.viewport().update()

    def show_problem(self, index: int, words: str) -> None:
        """Say in place of a page why it cannot be shown."""
        self._cache.put_problem(index, words)
        self.viewport().update()

    def show_marks(self, marks: tuple[PageMark, ...]) -> None:
        """Show these pins."""
        self._marks = marks
        self.viewport().update()

    def show_hits(self, hits: tuple[tuple[int, int, int], ...], current: int) -> None:
        """Show what the search found: (page, first word, word after the last)."""
        self._hits, self._hit = hits, current
        if 0 <= current < len(hits):
            page, start, end = hits[current]
            self.go_to_words(page, start, end)
        self.viewport().update()

    def layer(self, index: int) -> PageLayer:
        """Return the words of a page, none if it was not shown yet."""
        return self._cache.layer(index)

    def use_tool(self, tool: Tool) -> None:
        """Select words or draw regions from now on."""
        self._selection.tool = tool

    @property
    def here(self) -> int:
        """The page being read."""
        return self._here

    @property
    def zoom(self) -> float:
        """1.0 is 96 pixels per inch."""
        return self._zoom

    @property
    def fit(self) -> Fit:
        """How the zoom is found."""
        return self._fit

    def use_fit(self, fit: Fit) -> None:
        """Fit the width or a whole page."""
        self._fit = fit
        self._rescale()

    @Slot()
    def zoom_in(self) -> None:
        """One step larger."""
        self.use_zoom(next_zoom(self._zoom, larger=True))

    @Slot()
    def zoom_out(self) -> None:
        """One step smaller."""
        self.use_zoom(next_zoom(self._zoom, larger=False))

    def use_zoom(self, zoom: float) -> None:
        """Show pages at a zoom of one's own."""
        self._fit, self._zoom = Fit.FREE, zoom
        self._rescale()

    def go_to(self, index: int) -> None:
        """Bring a page to the top."""
        if 0 <= index < len(self._faces):
            top = self._geometry().rect(index).top()
            self.verticalScrollBar().setValue(int(top) - MARGIN_PX)

    def go_to_words(self, page: int, start: int, end: int) -> None:
        """Bring words of a page into sight; without its words yet, the page."""
        self._go_to_boxes(page, boxes(self.layer(page), start, end))

    def go_to_region(self, page: int, region: Region) -> None:
        """Bring a region into sight."""
        self._go_to_boxes(page, (region,))

    def _go_to_boxes(self, page: int, found: tuple[Box | Region, ...]) -> None:
        if not found or not 0 <= page < len(self._faces):
            self.go_to(page)
            return
        target = in_document(self._geometry().rect(page), found[0])
        bar = self.verticalScrollBar()
        seen = QRectF(0, bar.value(), 1, self.viewport().height())
        if not (seen.top() <= target.top() and target.bottom() <= seen.bottom()):
            bar.setValue(int(target.top() - self.viewport().height() / 3))
        side = self.horizontalScrollBar()
        if not side.value() <= target.left() <= side.value() + self.viewport().width():
            side.setValue(int(target.left() - 40))

    def page_words(self) -> str:
        """Return the words of the page being read, for screen readers."""
        return quote(self.layer(self._here), 0, len(self.layer(self._here).words))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), self._theme.color(Color.SUNKEN))
        offset = self._offset()
        painter.translate(-offset)
        geometry = self._geometry()
        for index in geometry.between(offset.y(), offset.y() + self.viewport().height()):
            rect = geometry.rect(index)
            problem = self._cache.problem(index)
            paint_paper(painter, self._theme, rect, self._cache.image(index), problem)
            self._paint_on_page(painter, index, rect)

    def _paint_on_page(self, painter: QPainter, index: int, rect: QRectF) -> None:
        layer = self.layer(index)
        for number, (page, start, end) in enumerate(self._hits):
            if page == index and (found := covered_by(rect, boxes(layer, start, end))):
                paint_hit(painter, self._theme, found, current=number == self._hit)
        marks = tuple(mark for mark in self._marks if mark.page == index)
        paint_marks(painter, self._theme, rect, layer, marks)
        if self._selection.page == index:
            paint_selection(painter, self._theme, covered_by(rect, self._selection.boxes(layer)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._rescale()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position() + self._offset()
        if pin := self._pin_at(point):
            self.pin_chosen.emit(pin)
            return
        page = self._geometry().page_at(point.y())
        free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._selection.begin(page, self._rect(page), point, self.layer(page), region=free)
        self.viewport().update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position() + self._offset()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(point)
        elif self._selection.is_dragging:
            page = self._selection.page
            self._selection.extend(self._rect(page), point, self.layer(page))
            self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._selection.is_dragging:
            self._selection.finish()
            self._tell_selection()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position() + self._offset()
        page = self._geometry().page_at(point.y())
        self._selection.take_word(page, self._rect(page), point, self.layer(page))
        self._tell_selection()
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom_in()
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom_out()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(self._selection.quote(self.layer(self._selection.page)))
        elif step is not None:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._selection.move(self._here, step, self.layer(self._here), extend=extend)
            self._follow_selection()
        elif event.key() == Qt.Key.Key_Escape and self._selection.page >= 0:
            self._selection.drop()
            self._tell_selection()
        else:
            super().keyPressEvent(event)
            return
        self.viewport().update()

    def _follow_selection(self) -> None:
        self._go_to_boxes(self._selection.page, self._selection.boxes(self.layer(self._here)))
        self._tell_selection()

    def _tell_selection(self) -> None:
        chosen = self._selection
        if chosen.region is not None:
            self.region_selected.emit(chosen.page, chosen.region)
        elif chosen.end > chosen.start:
            self.passage_selected.emit(chosen.page, chosen.start, chosen.end)
        else:
            self.selection_dropped.emit()

    def _pin_at(self, point: QPointF) -> str:
        for mark in self._marks:
            page = self._rect(mark.page)
            covered = covered_by(page, mark.boxes(self.layer(mark.page)))
            if covered and mark_rect(self._theme, page, united(covered)).contains(point.toPoint()):
                return mark.pin
        return ""

    def _show_cursor(self, point: QPointF) -> None:
        page = self._geometry().page_at(point.y())
        shape = Qt.CursorShape.ArrowCursor
        if self._pin_at(point):
            shape = Qt.CursorShape.PointingHandCursor
        elif self._faces and self._rect(page).contains(point):
            has_words = bool(self.layer(page).words) and self._selection.tool is Tool.WORDS
            shape = Qt.CursorShape.IBeamCursor if has_words else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def _rect(self, index: int) -> QRectF:
        return self._geometry().rect(index) if 0 <= index < len(self._faces) else QRectF(0, 0, 1, 1)

    def _offset(self) -> QPointF:
        return QPointF(QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()))

    def _geometry(self) -> PageGeometry:
        return PageGeometry(self._faces, self._zoom, self.viewport().width())

    @Slot()
    def _rescale(self) -> None:
        """Lay out anew and keep the reader's place."""
        page, into = self._place
        self._is_scaling = True
        self._lay_out()
        top = (rect := self._rect(page)).top() - MARGIN_PX
        self.verticalScrollBar().setValue(round(top + into * rect.height()))
        self._is_scaling = False
        self._look()
        self.zoom_changed.emit()
        self.viewport().update()

    def _lay_out(self) -> None:
        view = self.viewport().size()
        if self._fit is not Fit.FREE:
            self._zoom = fitting_zoom(self._faces, self._fit, QSizeF(view))
        extent = self._geometry().extent()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        down.setRange(0, max(int(extent.height()) - view.height(), 0))
        down.setPageStep(view.height())
        down.setSingleStep(self._theme.text(40))
        across.setRange(0, max(int(extent.width()) - view.width(), 0))
        across.setPageStep(view.width())

    @Slot()
    def _on_scrolled(self) -> None:
        if self._faces and not self._is_scaling:
            top = self.verticalScrollBar().value() + MARGIN_PX
            rect = self._rect(page := self._geometry().page_at(top))
            self._place = (page, (top - rect.top()) / rect.height())
        self._look()
        self.viewport().update()

    def _look(self) -> None:
        """Ask for what is in sight and tell which page is read."""
        if not self._faces:
            return
        top, height = self._offset().y(), self.viewport().height()
        geometry = self._geometry()
        ratio = self.devicePixelRatioF()
        for index in geometry.between(top - height / 2, top + height * 1.5):
            size = geometry.rect(index).size() * ratio
            wanted = (max(int(size.width()), 1), max(int(size.height()), 1))
            if self._cache.lacks(index, wanted):
                self.page_wanted.emit(index, *wanted)
        here = geometry.page_at(top + height / 3)
        if here != self._here:
            self._here = here
            self.here_changed.emit(here)
        self._tell_seen()

    def _tell_seen(self) -> None:
        band = QRect(0, int(self._offset().y()), 1, self.viewport().height())
        for index in self._geometry().between(band.top(), band.bottom()):
            rect = self._rect(index)
            shown = min(rect.bottom(), band.bottom()) - max(rect.top(), band.top())
            if self._cache.image(index) and shown >= min(rect.height(), band.height()) / 2:
                self.page_seen.emit(index)
