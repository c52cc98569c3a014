"""PDFium, and the one place where its untyped binding is touched.

It runs with its built-in fonts only: the same pixels everywhere, and no font file is opened.
"""

import ctypes
from collections.abc import Iterable
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs] (has none)
import pypdfium2.raw  # type: ignore[import-untyped] # pyright: ignore[reportMissingTypeStubs] (has none)
from numpy.typing import NDArray

from assessor_app.render.errors import RenderCode, RenderError

_helpers: Any = pypdfium2
_raw: Any = _helpers.raw
_NO_PATHS = (ctypes.POINTER(ctypes.c_char) * 1)()
_FINE = 1_000_000
_STEP_PT = 1000.0

Raster = NDArray[np.uint8]
Floats = NDArray[np.float64]


def use_own_fonts() -> None:
    """Start PDFium again without the system's fonts. Call it before any document is open."""
    _raw.FPDF_DestroyLibrary()
    paths = ctypes.cast(_NO_PATHS, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    _raw.FPDF_InitLibraryWithConfig(_raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))


class Text:
    """The characters of a page."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._sides = tuple(ctypes.c_double() for _ in range(4))
        self._cell: Any = _raw.FS_RECTF()

    def __len__(self) -> int:
        count: int = self._text.count_chars()
        return count

    def code(self, index: int) -> int:
        """Return the UTF-16 code unit of a character."""
        code: int = _raw.FPDFText_GetUnicode(self._text, index)
        return code

    def text_object(self, index: int) -> int:
        """Return the address of the object a character is of; 0 if PDFium made it up."""
        found = _raw.FPDFText_GetTextObject(self._text, index)
        return ctypes.cast(found, ctypes.c_void_p).value or 0

    def ink_box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of the glyph in page units; zeros if it has none."""
        left, right, bottom, top = self._sides
        if not _raw.FPDFText_GetCharBox(self._text, index, left, right, bottom, top):
            return (0.0, 0.0, 0.0, 0.0)
        return left.value, top.value, right.value, bottom.value

    def cell_box(self, index: int) -> tuple[float, float, float, float]:
        """Return the same of the glyph's cell: its advance and line height."""
        if not _raw.FPDFText_GetLooseCharBox(self._text, index, self._cell):
            return (0.0, 0.0, 0.0, 0.0)
        return self._cell.left, self._cell.top, self._cell.right, self._cell.bottom


class Page:
    """An open page."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._text = page.get_textpage()
        self.text = Text(self._text)
        width, height = page.get_size()
        self.size_pt: tuple[float, float] = (max(width, 1.0), max(height, 1.0))

    def draw(self, *, dpi: int, long_side_px: int) -> Raster:
        """Return pixels, shape (height, width, 3), red, green, blue; smaller if over the limit."""
        scale = min(dpi / 72, (long_side_px - 1) / max(self.size_pt))
        bitmap = self._page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
        pixels: Raster = np.array(bitmap.to_numpy())
        bitmap.close()
        return pixels

    def matrix(self) -> Floats:
        """Return the 2 x 3 matrix from page units to shares of the page, turned and cut."""
        origin = self._device(0.0, 0.0)
        across = (self._device(_STEP_PT, 0.0) - origin) / _STEP_PT
        up = (self._device(0.0, _STEP_PT) - origin) / _STEP_PT
        return np.column_stack((across, up, origin))

    def draw_objects(self, addresses: Iterable[int], *, drawn: bool) -> None:
        """Switch text objects off or on."""
        for address in addresses:
            pointer = ctypes.cast(address, _raw.FPDF_PAGEOBJECT)
            _raw.FPDFPageObj_SetIsActive(pointer, int(drawn))

    def close(self) -> None:
        """Free the page."""
        self._text.close()
        self._page.close()

    def _device(self, x: float, y: float) -> Floats:
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        _raw.FPDF_PageToDevice(self._page, 0, 0, _FINE, _FINE, 0, x, y, at_x, at_y)
        return np.array((at_x.value / _FINE, at_y.value / _FINE))


class Document:
    """An open document.

    Raises:
        RenderError: PDFium cannot read it.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._document = _helpers.PdfDocument(data)
        except _helpers.PdfiumError as error:
            wants_password = getattr(error, "err_code", None) == _raw.FPDF_ERR_PASSWORD
            code = RenderCode.ENCRYPTED if wants_password else RenderCode.BROKEN
            raise RenderError(code) from None

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> Page | None:
        """Return a page, or None if it cannot be loaded."""
        try:
            return Page(self._document[index])
        except _helpers.PdfiumError:
            return None

    def close(self) -> None:
        """Free the document."""
        self._document.close()
