"""The glyphs of a page as PDFium's text page gives them: code, boxes, and the object they are of."""

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

MAX_GLYPHS = 200_000
_FINE = 1_000_000
_STEP_PT = 1000.0

Boxes = NDArray[np.float64]


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
    boxes: Boxes
    cells: Boxes
    page_pt: tuple[float, float]


def glyphs_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Glyphs | None:
    """Return the glyphs of a page, or None if there are too many."""
    count = text.count_chars()
    if count > MAX_GLYPHS:
        return None
    boxes = np.zeros((count, 4))
    cells = np.zeros((count, 4))
    codes = tuple(raw.FPDFText_GetUnicode(text, index) for index in range(count))
    objects = tuple(_address(raw.FPDFText_GetTextObject(text, index)) for index in range(count))
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    cell = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            boxes[index] = left.value, top.value, right.value, bottom.value
        if raw.FPDFText_GetLooseCharBox(text, index, cell):
            cells[index] = cell.left, cell.top, cell.right, cell.bottom
    matrix = _matrix(page)
    return Glyphs(
        codes=codes,
        objects=objects,
        boxes=_mapped(boxes, matrix),
        cells=_mapped(cells, matrix),
        page_pt=page.get_size(),
    )


def _address(thing: object) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0 if thing else 0


def _matrix(page: pypdfium2.PdfPage) -> NDArray[np.float64]:
    """Return the 2 x 3 matrix from page units to shares of the page, rotation and crop included."""
    origin = _device(page, 0.0, 0.0)
    across = (_device(page, _STEP_PT, 0.0) - origin) / _STEP_PT
    up = (_device(page, 0.0, _STEP_PT) - origin) / _STEP_PT
    return np.column_stack((across, up, origin))


def _device(page: pypdfium2.PdfPage, x: float, y: float) -> NDArray[np.float64]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, at_x, at_y)
    return np.array((at_x.value / _FINE, at_y.value / _FINE))


def _mapped(boxes: Boxes, matrix: NDArray[np.float64]) -> Boxes:
    """Map boxes and put their sides in order."""
    one = boxes[:, (0, 1)] @ matrix[:, :2].T + matrix[:, 2]
    two = boxes[:, (2, 3)] @ matrix[:, :2].T + matrix[:, 2]
    return np.hstack((np.minimum(one, two), np.maximum(one, two)))
