"""Raw bytes and strings become text that hides nothing."""

import codecs
import unicodedata

from assessor_app.render.errors import RenderCode, RenderError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KEPT = frozenset("\n\t\u200c\u200d\u200e\u200f")
"""Line feed, tab, the joiners that scripts and emoji need, and the marks of direction."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SELECTORS = ("\U000e0100", "\U000e01ef")


def decoded(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows Latin.

    Raises:
        RenderError: Not a text file.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"))
    if b"\0" in data:
        raise RenderError(RenderCode.BROKEN)
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(data.decode("cp1252", "replace"))


def clean(text: str) -> str:
    """Return text with one kind of line end, composed, without invisible characters.

    Bidirectional overrides, tags, private characters and zero-width spaces can carry a message
    that nobody sees, or make text look like another.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    composed = unicodedata.normalize("NFC", lines)
    return "".join(filter(_is_kept, composed)) if not composed.isascii() else _ascii(composed)


def one_line(text: str) -> str:
    """Return text with every run of white space as one blank."""
    return " ".join(clean(text).split())


def _ascii(text: str) -> str:
    return text if text.isprintable() else "".join(filter(_is_kept, text))


def _is_kept(character: str) -> bool:
    if character in _KEPT:
        return True
    hidden = _SELECTORS[0] <= character <= _SELECTORS[1]
    return not hidden and unicodedata.category(character) not in _INVISIBLE
