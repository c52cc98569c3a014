"""What is selected on a page: a range of words, or a rectangle."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

from assessor_app.domain.evidence import PageLayer
from assessor_app.domain.page_text import Box, boxes, quote, word_near
from assessor_app.domain.review import Region
from assessor_app.ui.evidence.page_geometry import on_page

SMALLEST_REGION = 60
"""A smaller drag is a click: six thousandths of a page."""

STILL_PX = 4


class Tool(StrEnum):
    """What dragging does."""

    WORDS = "words"
    REGION = "region"


@dataclass(slots=True)
class PageSelection:
    """The selection as it grows. Page -1 is none."""

    tool: Tool = Tool.WORDS
    page: int = -1
    start: int = 0
    end: int = 0
    region: Region | None = None
    is_dragging: bool = False
    _pressed_at: QPointF = field(default_factory=QPointF)
    _anchor: tuple[int, int] = (0, 0)
    _anchor_word: int | None = None

    def drop(self) -> None:
        """Select nothing."""
        self.page, self.start, self.end, self.region = -1, 0, 0, None
        self.is_dragging, self._anchor_word = False, None

    def begin(
        self, page: int, rect: QRectF, point: QPointF, layer: PageLayer, *, region: bool
    ) -> None:
        """Start at a point; a page without words can only give a region."""
        self.drop()
        self.page, self.is_dragging = page, True
        self._pressed_at = point
        self._anchor = on_page(rect, point)
        if not region and self.tool is Tool.WORDS:
            self._anchor_word = word_near(layer, *self._anchor)

    def extend(self, rect: QRectF, point: QPointF, layer: PageLayer) -> None:
        """Grow to a point; a hand that trembles does not select."""
        if self.end <= self.start and (point - self._pressed_at).manhattanLength() < STILL_PX:
            return
        x, y = on_page(rect, point)
        if self._anchor_word is not None:
            other = word_near(layer, x, y)
            if other is not None:
                self.start, last = sorted((self._anchor_word, other))
                self.end = last + 1
            return
        left, right = sorted((self._anchor[0], x))
        top, bottom = sorted((self._anchor[1], y))
        large = right - left >= SMALLEST_REGION and bottom - top >= SMALLEST_REGION
        self.region = Region(left=left, top=top, right=right, bottom=bottom) if large else None

    def finish(self) -> None:
        """The drag is over; a click selects nothing."""
        self.is_dragging = False
        if self.region is None and self.end <= self.start:
            self.drop()

    def take_word(self, page: int, rect: QRectF, point: QPointF, layer: PageLayer) -> None:
        """Select the word at a point."""
        self.drop()
        word = word_near(layer, *on_page(rect, point))
        if word is not None:
            self.page, self.start, self.end = page, word, word + 1
            self._anchor_word = word

    def move(self, page: int, step: int, layer: PageLayer, *, extend: bool) -> None:
        """Select the next or previous word, or grow or shrink by one."""
        if not layer.words:
            return
        if self.page != page or self._anchor_word is None:
            self.drop()
            self.page, self._anchor_word = page, 0
            self.start, self.end = 0, 1
            return
        edge = self.end - 1 if self.start == self._anchor_word else self.start
        moved = min(max(edge + step, 0), len(layer.words) - 1)
        if not extend:
            self._anchor_word = moved
        self.start, last = sorted((self._anchor_word, moved))
        self.end = last + 1

    def boxes(self, layer: PageLayer) -> tuple[Box | Region, ...]:
        """Return what is covered."""
        return (self.region,) if self.region else boxes(layer, self.start, self.end)

    def quote(self, layer: PageLayer) -> str:
        """Return the selected words."""
        return quote(layer, self.start, self.end)
