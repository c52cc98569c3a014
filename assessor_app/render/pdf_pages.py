"""A PDF becomes a page set: page by page pixels, and the words that ink them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from assessor_app.domain.evidence import PageLayer
from assessor_app.render.encode import encode
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import DPI, LONG_SIDE_PX, MAX_PAGES, MAX_POINTS, MAX_WORDS
from assessor_app.render.pdf_check import check_pdf
from assessor_app.render.pdf_glyphs import glyphs_of
from assessor_app.render.pdf_mask import blank, hit_words, layer_of
from assessor_app.render.pdf_strip import StrippedPdf, strip_pdf
from assessor_app.render.pdf_visible import visible_glyphs
from assessor_app.render.pdf_words import FoundWord, words_of
from assessor_app.render.results import FindingKind, Page


def pdf_pages(
    data: bytes, sought: tuple[str, ...], dropped: Counter[FindingKind], *, mask: bool
) -> Iterator[Page]:
    """Yield the pages, and count in `dropped` what is not in them.

    Raises:
        RenderError: Not a PDF that can be drawn.
    """
    dropped.update(check_pdf(data))
    stripped = _stripped(data)
    dropped.update(stripped.dropped)
    with closing(_opened(stripped.data)) as document:
        if len(document) > MAX_PAGES:
            raise RenderError(RenderCode.TOO_MANY_PAGES)
        shown = 0
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                dropped[FindingKind.CUT] += 1
                continue
            with closing(page):
                yield _page(page, stripped, sought, dropped, mask=mask)
            shown += 1
    if not shown:
        raise RenderError(RenderCode.EMPTY)


def _stripped(data: bytes) -> StrippedPdf:
    """Return the PDF without lies; one that cannot be changed is drawn as it is, without words."""
    try:
        return strip_pdf(data)
    except pikepdf.PasswordError:
        raise RenderError(RenderCode.ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return StrippedPdf(data=data, dropped=Counter(), is_known=False)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise RenderError(RenderCode.BROKEN) from None


def _page(
    page: pypdfium2.PdfPage,
    stripped: StrippedPdf,
    sought: tuple[str, ...],
    dropped: Counter[FindingKind],
    *,
    mask: bool,
) -> Page:
    image = _drawn(page)
    words = _words(page)
    hits, count = hit_words(words, sought)
    masked = hits if mask else frozenset[int]()
    blank(image, words, masked)
    unseen = sum(not word.seen for word in words)
    if unseen:
        dropped[FindingKind.UNSEEN_WORD] += unseen
    content, mode = encode(image)
    width, height = page.get_size()
    return Page(
        image=content,
        width_px=image.width,
        height_px=image.height,
        width_pt=_points(width),
        height_pt=_points(height),
        mode=mode,
        layer=layer_of(words, masked) if stripped.is_known else PageLayer(),
        hits=count,
    )


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(DPI / 72, LONG_SIDE_PX / max(page.get_size()))
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    image = Image.fromarray(np.array(bitmap.to_numpy()))
    bitmap.close()
    image.thumbnail((LONG_SIDE_PX, LONG_SIDE_PX))
    return image


def _words(page: pypdfium2.PdfPage) -> list[FoundWord]:
    with closing(page.get_textpage()) as text:
        glyphs = glyphs_of(page, text)
        if glyphs is None or not glyphs.codes:
            return []
        seen, _ = visible_glyphs(page, glyphs)
        return list(words_of(glyphs, seen))


def _points(length: float) -> int:
    return min(max(1, round(length)), MAX_POINTS)
