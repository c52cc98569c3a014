"""Runs every path of the rebuild once on files made in memory, before the walls go up.

Decoders import and allocate on first use; behind the walls that would be their end.
"""

import codecs
import io
from collections.abc import Callable, Iterator

from PIL import Image

from assessor_app.render.kinds import SourceKind
from assessor_app.render.profiles import Message
from assessor_app.render.warm_office import warm_docx, warm_pptx, warm_xlsx
from assessor_app.render.warm_pdf import warm_pdfs

_ENCODINGS = ("ascii", "latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le")
_MORE_ENCODINGS = ("utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "mac-roman", "idna")


def warm(rebuild: Callable[..., Iterator[Message]]) -> None:
    """Rebuild one small file of each kind."""
    for encoding in (*_ENCODINGS, *_MORE_ENCODINGS):
        codecs.lookup(encoding)
    for kind, data in _samples():
        for _, items in rebuild(kind, data, ("Warm Up",), mask=True):
            list(items)


def _samples() -> Iterator[tuple[SourceKind, bytes]]:
    for image in _images():
        for form in ("PNG", "JPEG", "WEBP", "GIF"):
            made = io.BytesIO()
            image.convert("RGB" if form == "JPEG" else image.mode).save(made, form)
            yield SourceKind.IMAGE, made.getvalue()
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "PNG")
    yield SourceKind.DOCX, warm_docx(made.getvalue())
    yield SourceKind.PPTX, warm_pptx(made.getvalue())
    yield SourceKind.XLSX, warm_xlsx(made.getvalue())
    for pdf in warm_pdfs():
        yield SourceKind.PDF, pdf
    yield SourceKind.TEXT, "Wärm Up".encode()
    yield SourceKind.TEXT, b"w\xe4rm"
    yield SourceKind.CSV, b"a;b\n1;2\n"
    yield SourceKind.MARKDOWN, b"# a\n\n- b *c* [d](http://e)\n\n|f|g|\n|-|-|\n|h|i|\n\n    j\n"


def _images() -> Iterator[Image.Image]:
    yield Image.new("RGB", (64, 64), "white")
    yield Image.effect_noise((64, 64), 90).convert("RGB")
    yield Image.new("RGBA", (64, 64), (255, 0, 0, 90))
    yield Image.new("P", (64, 64), 3)
    yield Image.linear_gradient("L").convert("RGB")
