"""Takes out of a PDF what would lie or show too much, and draws its annotations into the pages."""

import io
import re
from collections import Counter
from dataclasses import dataclass

import pikepdf

from assessor_app.render.results import FindingKind

_HIDDEN, _NO_VIEW = 2, 32
_DEEPEST = 20
_FONT_FILE_KEYS = ("/Length1", "/Length2", "/Length3")
_NEVER_DRAWING = frozenset({"/Image", "/XML", "/Type1C", "/CIDFontType0C", "/OpenType"})


def _escapable(name: str) -> bytes:
    """Return a pattern for a PDF name whose letters may be written as `#` and two digits."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)
    return "".join(letters).encode("ascii")


_ACTUAL_TEXT = re.compile(b"/" + _escapable("ActualText"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StrippedPdf:
    """A PDF that says only what it draws, and how much was taken out.

    `is_known` is false if a stream could not be read here, though PDFium may read it: its text may
    still lie.
    """

    data: bytes
    dropped: Counter[FindingKind]
    is_known: bool


def strip_pdf(data: bytes) -> StrippedPdf:
    """Return a PDF that says only what it draws.

    `/ActualText` goes from every dictionary and every content stream; annotations that are not
    for viewing go, the others become part of their page.

    Raises:
        pikepdf.PdfError: Not readable.
    """
    found: Counter[FindingKind] = Counter()
    is_known = True
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        for thing in pdf.objects:
            found[FindingKind.ACTUAL_TEXT] += _strip_dictionary(thing)
            if isinstance(thing, pikepdf.Stream) and _may_draw(thing):
                try:
                    found[FindingKind.ACTUAL_TEXT] += _strip_content(thing)
                except pikepdf.PdfError:
                    is_known = False
        for page in pdf.pages:
            found[FindingKind.UNSEEN_ANNOTATION] += _count_unseen(page)
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
        pdf.save(
            made,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
    return StrippedPdf(data=made.getvalue(), dropped=found, is_known=is_known)


def _strip_dictionary(thing: pikepdf.Object, depth: int = 0) -> int:
    """Remove the key from a dictionary and from those written inside it."""
    found = 0
    if depth > _DEEPEST:
        return found
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        if "/ActualText" in thing:
            del thing["/ActualText"]
            found += 1
        inside = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        return found
    direct = (value for value in inside if not getattr(value, "is_indirect", True))
    return found + sum(_strip_dictionary(value, depth + 1) for value in direct)


def _may_draw(stream: pikepdf.Stream) -> bool:
    is_font = any(key in stream for key in _FONT_FILE_KEYS)
    return not is_font and stream.get("/Subtype") not in _NEVER_DRAWING


def _strip_content(stream: pikepdf.Stream) -> int:
    """Rename the key wherever a content stream uses it; an unknown key means nothing."""
    stripped, found = _ACTUAL_TEXT.subn(b"/XctualText", stream.read_bytes())
    if found:
        stream.write(stripped)
    return found


def _count_unseen(page: pikepdf.Page) -> int:
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return 0
    flags = (note.get("/F", 0) for note in annotations if isinstance(note, pikepdf.Dictionary))
    return sum(bool(int(flag) & (_HIDDEN | _NO_VIEW)) for flag in flags if isinstance(flag, int))
