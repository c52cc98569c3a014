"""The reading view: responses and text views as selectable plain text that opens nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from assessor_app.domain.page_text import plain
from assessor_app.ui.evidence.page_marks import MARK_HEIGHT, MARK_WIDTH, paint_margin_mark
from assessor_app.ui.evidence.reading_document import LINK, Laid, lay_out, picture_name
from assessor_app.ui.evidence.reading_text import Passage, PassageMark
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Width

_GAP_PX = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A place the search found, in the document's own positions."""

    start: int
    end: int


class ReadingView(QTextEdit):
    """Passages below each other, at most 640 wide.

    The document is made by code from plain text, never from rich text: nothing in an earner's
    words can load a file or reach the network.

    Signals:
        passage_selected(source: str, index: int, start: int, end: int): Text was selected; code
            points within one passage.
        selection_dropped(): Nothing is selected any more.
        mention_followed(artifact_id: str): A link to an artifact was clicked.
        pin_chosen(pin_id: str): The margin mark of a pin was clicked.
        picture_wanted(index: int): A picture of the text is not here yet.
        read_to_end(): The end came into sight.
        copied(text: str): The selected text is to be copied.
    """

    passage_selected = Signal(str, int, int, int)
    selection_dropped = Signal()
    mention_followed = Signal(str)
    pin_chosen = Signal(str)
    picture_wanted = Signal(int)
    read_to_end = Signal()
    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._passages: tuple[Passage, ...] = ()
        self._laid: tuple[Laid, ...] = ()
        self._marks: tuple[PassageMark, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self._hit = -1
        self._pictures: dict[int, QImage] = {}
        self._pressed_at = QPoint()
        self.setObjectName("reading")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setMouseTracking(True)
        ring_radius(self, 0)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionChanged.connect(self._on_selection_changed)
        theme.changed.connect(self._on_theme_changed)

    def show_passages(self, passages: tuple[Passage, ...]) -> None:
        """Show another text, from its beginning."""
        self._passages = passages
        self._pictures.clear()
        self._marks, self._hits, self._hit = (), (), -1
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        for passage in passages:
            if passage.picture is not None:
                self.picture_wanted.emit(passage.picture)
        self._on_scrolled()

    def show_picture(self, index: int, image: QImage) -> None:
        """Show a picture in its place."""
        self._pictures[index] = image
        at = self.verticalScrollBar().value()
        self._lay_out()
        self.verticalScrollBar().setValue(at)

    def show_marks(self, marks: tuple[PassageMark, ...]) -> None:
        """Show these pins."""
        self._marks = marks
        self._highlight()

    def find_text(self, wanted: str) -> int:
        """Search, show the hits and return how many there are."""
        text, needle = self.toPlainText(), plain(wanted)
        folded = _folded(text)
        hits: list[Hit] = []
        at = folded.find(needle) if needle else -1
        while at >= 0:
            hits.append(Hit(at, at + len(needle)))
            at = folded.find(needle, at + len(needle))
        self._hits, self._hit = tuple(hits), -1
        self._highlight()
        return len(hits)

    def show_hit(self, number: int) -> None:
        """Bring one hit into sight."""
        self._hit = number
        self._highlight()
        self._reveal(self._hits[number].start)

    def go_to(self, source: str, index: int, start: int = 0) -> None:
        """Bring a place into sight."""
        if laid := self._piece(source, index, start):
            self._reveal(laid.to_document(start))

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Give pictures that were decoded in the worker, and nothing else."""
        wanted = name.toString() if isinstance(name, QUrl) else name
        for index, image in self._pictures.items():
            if wanted == picture_name(index):
                return image
        return QImage()

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        if e.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(self.textCursor().selection().toPlainText())
            return
        super().keyPressEvent(e)

    @override
    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """Offer no menu of Qt's own: its copy would stay on the clipboard."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for mark, rect in self._mark_rects():
            paint_margin_mark(painter, self._theme, rect, mark.digit)
            bar = QRect(self._side() - 12, rect.top(), 2, rect.height())
            painter.fillRect(bar, self._theme.color(Color.PIN_LINE))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        for mark, rect in self._mark_rects():
            if rect.contains(self._pressed_at):
                self.pin_chosen.emit(mark.pin)
                return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        is_link = bool(self._link_at(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        is_click = (point - self._pressed_at).manhattanLength() <= 3  # noqa: PLR2004 (a still hand)
        if is_click and (artifact := self._link_at(point)):
            self.mention_followed.emit(artifact)

    def _link_at(self, point: QPoint) -> str:
        # Qt gives the nearest position; a link is only under the pointer if its text is.
        at = (
            self.document()
            .documentLayout()
            .hitTest(self._in_document(point).toPointF(), Qt.HitTestAccuracy.ExactHit)
        )
        if at < 0:
            return ""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(at + 1, self.document().characterCount() - 1))
        return str(cursor.charFormat().property(LINK) or "")

    def _in_document(self, point: QPoint) -> QPoint:
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return point + QPoint(across, down)

    def _mark_rects(self) -> list[tuple[PassageMark, QRect]]:
        found: list[tuple[PassageMark, QRect]] = []
        for mark in self._marks:
            if laid := self._piece(mark.source, mark.index, mark.start):
                cursor = QTextCursor(self.document())
                cursor.setPosition(laid.to_document(mark.start))
                top = self.cursorRect(cursor).top()
                width, height = self._theme.text(MARK_WIDTH), self._theme.text(MARK_HEIGHT)
                left = self.viewport().width() - self._side() + _GAP_PX
                left = min(left, self.viewport().width() - width - 2)
                found.append((mark, QRect(left, top, width, height)))
        return found

    def _piece(self, source: str, index: int, at: int) -> Laid | None:
        pieces = [laid for laid in self._laid if laid.is_in(source, index)]
        return next((laid for laid in reversed(pieces) if laid.base <= at), None)

    def _highlight(self) -> None:
        shown = [
            self._extra(laid.to_document(mark.start), laid.to_document(mark.end), Color.PIN_FILL)
            for mark in self._marks
            for laid in self._laid
            if laid.is_in(mark.source, mark.index)
            and mark.start < laid.base + laid.length
            and mark.end > laid.base
        ]
        for number, hit in enumerate(self._hits):
            fill = Color.ACCENT_LINE if number == self._hit else Color.ACCENT_SOFT
            shown.append(self._extra(hit.start, hit.end, fill))
        self.setExtraSelections(shown)
        self.viewport().update()

    def _extra(self, start: int, end: int, fill: Color) -> QTextEdit.ExtraSelection:
        extra = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        style = cursor.charFormat()
        style.setBackground(self._theme.color(fill))
        ink = Color.PAPER_INK if fill is Color.PIN_FILL else Color.TEXT
        style.setForeground(QColor(self._theme.color(ink)))
        extra.cursor, extra.format = cursor, style
        return extra

    def _reveal(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        top = self.cursorRect(cursor).top()
        bar = self.verticalScrollBar()
        if not 0 <= top <= self.viewport().height() - self._theme.text(40):
            bar.setValue(bar.value() + top - self.viewport().height() // 3)

    def _side(self) -> int:
        room = self.viewport().width() - self._theme.text(self._theme.width(Width.READING_MAX))
        return max(room // 2, self._theme.text(MARK_WIDTH) + 2 * _GAP_PX)

    def _lay_out(self) -> None:
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        self._laid = lay_out(document, self._theme, self._passages, self._pictures)
        self.setDocument(document)
        self._set_margins()
        self._highlight()

    def _set_margins(self) -> None:
        frame = self.document().rootFrame().frameFormat()
        side = self._side()
        if frame.leftMargin() != side:
            frame.setLeftMargin(side)
            frame.setRightMargin(side)
            frame.setTopMargin(self._theme.space(24))
            frame.setBottomMargin(self._theme.space(32))
            self.document().rootFrame().setFrameFormat(frame)

    @Slot()
    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if self._passages and bar.value() >= bar.maximum() - self._theme.text(40):
            self.read_to_end.emit()

    @Slot()
    def _on_selection_changed(self) -> None:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            self.selection_dropped.emit()
            return
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        touched = [laid for laid in self._laid if laid.begin < end and laid.end > begin]
        owned = [laid for laid in touched if laid.passage.source]
        if not owned:
            self.selection_dropped.emit()
            return
        first = owned[0]
        last = [laid for laid in owned if laid.passage is first.passage][-1]
        place = (first.passage.source, first.passage.index)
        self.passage_selected.emit(*place, first.to_passage(begin), last.to_passage(end))

    @Slot()
    def _on_theme_changed(self) -> None:
        at = self.verticalScrollBar().value()
        self._lay_out()
        self.verticalScrollBar().setValue(at)


def _folded(text: str) -> str:
    """Return a text as it is searched, each letter still in its place."""
    return "".join(plain(letter)[:1] or letter if not letter.isspace() else " " for letter in text)
