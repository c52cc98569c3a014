"""Where the pages of a set lie at a zoom; pure arithmetic in logical pixels."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSizeF

from assessor_app.domain.page_text import Box
from assessor_app.domain.review import BOX, Region

MARGIN_PX = 16
PIN_ROOM_PX = 44
PIXELS_PER_POINT = 96 / 72
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class Fit(StrEnum):
    """How the zoom is found."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class PageFace:
    """The size of one page, in points."""

    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """All pages below each other, centred, at one zoom (1.0 is 96 pixels per inch)."""

    faces: tuple[PageFace, ...]
    zoom: float
    view_width_px: float

    def rect(self, index: int) -> QRectF:
        """Return where a page lies in the whole document."""
        top = MARGIN_PX + sum(self._height(face) + MARGIN_PX for face in self.faces[:index])
        width = self.faces[index].width_pt * self.scale
        left = max((self.extent().width() - width) / 2, MARGIN_PX)
        return QRectF(left, top, width, self._height(self.faces[index]))

    def extent(self) -> QSizeF:
        """Return the size of the whole document, margins included."""
        widest = max((face.width_pt for face in self.faces), default=0) * self.scale
        width = max(widest + MARGIN_PX + PIN_ROOM_PX, self.view_width_px)
        return QSizeF(width, MARGIN_PX + sum(self._height(f) + MARGIN_PX for f in self.faces))

    def between(self, top: float, bottom: float) -> Iterator[int]:
        """Yield the pages that touch a band of the document."""
        for index in range(len(self.faces)):
            rect = self.rect(index)
            if rect.bottom() >= top and rect.top() <= bottom:
                yield index

    def page_at(self, y: float) -> int:
        """Return the page at or next to a height of the document."""
        for index in range(len(self.faces)):
            if y < self.rect(index).bottom() + MARGIN_PX:
                return index
        return max(len(self.faces) - 1, 0)

    @property
    def scale(self) -> float:
        """Logical pixels per point."""
        return self.zoom * PIXELS_PER_POINT

    def _height(self, face: PageFace) -> float:
        return face.height_pt * self.scale


def fitting_zoom(faces: tuple[PageFace, ...], fit: Fit, size: QSizeF) -> float:
    """Return the zoom at which the widest page, or a whole page, fits into a view."""
    width = max((face.width_pt for face in faces), default=1)
    height = max((face.height_pt for face in faces), default=1)
    by_width = (size.width() - MARGIN_PX - PIN_ROOM_PX) / (width * PIXELS_PER_POINT)
    by_height = (size.height() - 2 * MARGIN_PX) / (height * PIXELS_PER_POINT)
    wanted = by_width if fit is Fit.WIDTH else min(by_width, by_height)
    return min(max(wanted, ZOOMS[0]), ZOOMS[-1])


def next_zoom(zoom: float, *, larger: bool) -> float:
    """Return the next step of zoom up or down."""
    if larger:
        return next((step for step in ZOOMS if step > zoom * 1.01), ZOOMS[-1])
    return next((step for step in reversed(ZOOMS) if step < zoom * 0.99), ZOOMS[0])


def on_page(rect: QRectF, point: QPointF) -> tuple[int, int]:
    """Return a point of the document as ten-thousandths of a page, kept inside it."""
    x = (point.x() - rect.left()) / rect.width() * BOX
    y = (point.y() - rect.top()) / rect.height() * BOX
    return min(max(int(x), 0), BOX - 1), min(max(int(y), 0), BOX - 1)


def in_document(rect: QRectF, box: Box | Region) -> QRectF:
    """Return a box of a page as a rectangle of the document."""
    return QRectF(
        rect.left() + box.left / BOX * rect.width(),
        rect.top() + box.top / BOX * rect.height(),
        (box.right - box.left) / BOX * rect.width(),
        (box.bottom - box.top) / BOX * rect.height(),
    )
