"""The glyphs of a page: what they say, where they are, and the object each is of."""

from dataclasses import dataclass

import numpy as np

from assessor_app.render.pdfium import Floats, Page

MAX_GLYPHS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Parallel over the characters of a page, in PDFium's reading order.

    Attributes:
        codes: UTF-16 code units.
        objects: The address of the text object, or 0 for a character PDFium made up.
        boxes: Shape (n, 4): left, top, right, bottom of the ink, as shares of the page.
        cells: Shape (n, 4): the same of the glyph's cell, with its advance and line height.
        page_pt: Width and height of the page.
    """

    codes: tuple[int, ...]
    objects: tuple[int, ...]
    boxes: Floats
    cells: Floats
    page_pt: tuple[float, float]


def glyphs_of(page: Page) -> Glyphs | None:
    """Return the glyphs of a page, or None if it has none or too many."""
    count = len(page.text)
    if not 0 < count <= MAX_GLYPHS:
        return None
    indices = range(count)
    matrix = page.matrix()
    return Glyphs(
        codes=tuple(map(page.text.code, indices)),
        objects=tuple(map(page.text.text_object, indices)),
        boxes=_mapped(np.array([page.text.ink_box(index) for index in indices]), matrix),
        cells=_mapped(np.array([page.text.cell_box(index) for index in indices]), matrix),
        page_pt=page.size_pt,
    )


def _mapped(boxes: Floats, matrix: Floats) -> Floats:
    """Map boxes and put their sides in order."""
    one = boxes[:, (0, 1)] @ matrix[:, :2].T + matrix[:, 2]
    two = boxes[:, (2, 3)] @ matrix[:, :2].T + matrix[:, 2]
    return np.hstack((np.minimum(one, two), np.maximum(one, two)))
