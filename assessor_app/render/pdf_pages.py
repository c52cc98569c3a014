"""A PDF becomes a page set: page by page pixels, and the words that ink them."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pikepdf
from PIL import Image

from assessor_app.domain.evidence import PageLayer
from assessor_app.render.encode import encode
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import DPI, LONG_SIDE_PX, MAX_PAGES, MAX_POINTS
from assessor_app.render.pdf_check import check_pdf
from assessor_app.render.pdf_glyphs import glyphs_of
from assessor_app.render.pdf_mask import blank, hit_words, layer_of
from assessor_app.render.pdf_strip import StrippedPdf, strip_pdf
from assessor_app.render.pdf_visible import visible_glyphs
from assessor_app.render.pdf_words import FoundWord, words_of
from assessor_app.render.pdfium import Document
from assessor_app.render.pdfium import Page as PdfiumPage
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
    with closing(Document(stripped.data)) as document:
        if len(document) > MAX_PAGES:
            raise RenderError(RenderCode.TOO_MANY_PAGES)
        shown = 0
        for index in range(len(document)):
            page = document.page(index)
            if page is None:
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


def _page(
    page: PdfiumPage,
    stripped: StrippedPdf,
    sought: tuple[str, ...],
    dropped: Counter[FindingKind],
    *,
    mask: bool,
) -> Page:
    image = Image.fromarray(page.draw(dpi=DPI, long_side_px=LONG_SIDE_PX))
    words = _words(page)
    hits, count = hit_words(words, sought)
    masked = hits if mask else frozenset[int]()
    blank(image, words, masked)
    unseen = sum(not word.seen for word in words)
    if unseen:
        dropped[FindingKind.UNSEEN_WORD] += unseen
    content, mode = encode(image)
    width, height = page.size_pt
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


def _words(page: PdfiumPage) -> list[FoundWord]:
    glyphs = glyphs_of(page)
    if glyphs is None:
        return []
    return list(words_of(glyphs, visible_glyphs(page, glyphs)))


def _points(length: float) -> int:
    return min(max(1, round(length)), MAX_POINTS)
