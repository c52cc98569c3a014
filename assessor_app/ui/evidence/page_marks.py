"""What is painted on a page: pins, hits of the search, the selection."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from assessor_app.domain.evidence import PageLayer
from assessor_app.domain.ids import PinId
from assessor_app.domain.page_text import Box, boxes, line_left
from assessor_app.domain.review import BOX, Region
from assessor_app.ui.evidence.page_geometry import in_document
from assessor_app.ui.parts.painting import CENTER, Ink, paint_box, paint_text
from assessor_app.ui.parts.painting import Box as Frame
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

MARK_WIDTH, MARK_HEIGHT = 36, 22
MARK_ROOM_PX = 34
"""How far a mark reaches beyond its page."""

_PAD_PX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMark:
    """One pin on a page: a range of words or a region, and the digit of its criterion."""

    pin: PinId
    page: int
    digit: str
    start: int = 0
    end: int = 0
    region: Region | None = None
    words: str = field(default="", repr=False)

    def boxes(self, layer: PageLayer) -> tuple[Box | Region, ...]:
        """Return what it covers."""
        return (self.region,) if self.region else boxes(layer, self.start, self.end)


def paint_paper(
    painter: QPainter, theme: Theme, page: QRectF, image: QImage | None, problem: str
) -> None:
    """Paint a page or why it is missing. In the dark, paper is dimmed, not inverted."""
    paper = theme.color(Color.PAPER)
    painter.fillRect(page, paper)
    if image is not None:
        painter.drawImage(page, image)
        if theme.is_dark:
            painter.save()
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(page, paper)
            painter.restore()
    elif problem:
        ink = Ink(theme.font(Style.BODY), Color.PAPER_INK)
        paint_text(painter, theme, page.toRect().adjusted(24, 24, -24, -24), problem, ink, CENTER)
    painter.setPen(theme.color(Color.LINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(page)


def _line_left(page: QRectF, layer: PageLayer, mark: PageMark) -> float:
    if mark.region or mark.start >= len(layer.words):
        return page.right()
    return page.left() + line_left(layer, mark.start) / BOX * page.width()


def mark_rect(theme: Theme, page: QRectF, covered: QRectF) -> QRect:
    """Return where the margin mark of a pin stands."""
    width, height = theme.text(MARK_WIDTH), theme.text(MARK_HEIGHT)
    return QRect(int(page.right()) + MARK_ROOM_PX - width, int(covered.top()), width, height)


def paint_marks(
    painter: QPainter, theme: Theme, page: QRectF, layer: PageLayer, marks: tuple[PageMark, ...]
) -> None:
    """Paint the pins of a page; a place pinned twice is highlighted once, and ink stays black."""
    pins = [(mark, found) for mark in marks if (found := covered_by(page, mark.boxes(layer)))]
    places: dict[tuple[int, int], QRectF] = {}
    for _, covered in pins:
        for rect in covered:
            places.setdefault((round(rect.left()), round(rect.top())), rect)
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for rect in places.values():
        padded = rect.adjusted(-_PAD_PX, -_PAD_PX, _PAD_PX, _PAD_PX)
        painter.fillRect(padded, theme.color(Color.PIN_FILL))
    painter.restore()
    for mark, covered in pins:
        whole = united(covered)
        left = max(min(whole.left(), _line_left(page, layer, mark)) - 8, page.left() + 2)
        bar = QRectF(left, whole.top() - _PAD_PX, 2, whole.height() + 2 * _PAD_PX)
        painter.fillRect(bar, theme.color(Color.PIN_LINE))
        paint_margin_mark(painter, theme, mark_rect(theme, page, whole), mark.digit)


def paint_margin_mark(painter: QPainter, theme: Theme, rect: QRect, digit: str) -> None:
    """Paint the pin with its criterion's digit beside the page."""
    frame = Frame(fill=Color.PIN_FILL, line=Color.PIN_LINE, radius=theme.radius("small"))
    paint_box(painter, theme, rect, frame)
    side = theme.text(14)
    at = QRect(rect.left() + theme.text(4), rect.top() + (rect.height() - side) // 2, side, side)
    theme.paint_icon(painter, "pin", at, Color.PAPER_INK)
    ink = Ink(theme.font(Style.SMALL_STRONG), Color.PAPER_INK)
    paint_text(painter, theme, rect.adjusted(theme.text(18), 0, 0, 0), digit, ink, CENTER)


def paint_hit(painter: QPainter, theme: Theme, rects: list[QRectF], *, current: bool) -> None:
    """Paint one place the search found."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for rect in rects:
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), theme.color(Color.ACCENT_SOFT))
    painter.restore()
    if current:
        painter.setPen(theme.color(Color.ACCENT))
        painter.drawRect(united(rects).adjusted(-3, -3, 3, 3))


def paint_selection(painter: QPainter, theme: Theme, rects: list[QRectF]) -> None:
    """Paint the words or the region that are selected now."""
    color = theme.color(Color.ACCENT)
    fill = QColor(color)
    fill.setAlpha(56)
    for rect in rects:
        painter.fillRect(rect, fill)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), color)


def united(rects: list[QRectF]) -> QRectF:
    """Return the rectangle around several."""
    whole = QRectF()
    for rect in rects:
        whole = whole.united(rect)
    return whole


def covered_by(page: QRectF, marked: tuple[Box | Region, ...]) -> list[QRectF]:
    """Return boxes of a page as rectangles of the document."""
    return [in_document(page, box) for box in marked]
