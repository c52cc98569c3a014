"""What a PDF says it is, read by a parser of its own before anything is drawn.

A file this parser cannot follow may still be drawn: then nothing is known, and nothing counted.
"""

import io
from collections import Counter
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import MAX_PAGES
from assessor_app.render.results import FindingKind

_HEADER_WITHIN_BYTES = 1024
_MOST_NODES = 100_000
_SCRIPTS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"})
_NOT_FOLLOWED = frozenset({"/Parent", "/P", "/Contents", "/Resources", "/StructTreeRoot", "/Prev"})


def check_pdf(data: bytes) -> Counter[FindingKind]:
    """Return how many scripts and attachments there are.

    Raises:
        RenderError: No PDF, one that needs a password, one without pages, or with too many.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN_BYTES]:
        raise RenderError(RenderCode.BROKEN)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        _check_password(reader)
        pages = len(reader.pages)
        found = Counter(_found(reader))
    except RenderError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        return Counter()
    except RecursionError:
        return Counter()
    if pages > MAX_PAGES:
        raise RenderError(RenderCode.TOO_MANY_PAGES)
    return found


def _check_password(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise RenderError(RenderCode.ENCRYPTED)


def _found(reader: PdfReader) -> Iterator[FindingKind]:
    """Yield a kind for each script and attachment that hangs on the catalogue."""
    open_nodes: list[PdfObject | None] = [reader.root_object]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_NODES):
        if not open_nodes:
            return
        node = open_nodes.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = node.get_object()
        if isinstance(node, ArrayObject):
            open_nodes.extend(node)
        elif isinstance(node, DictionaryObject):
            yield from _kinds_of(node)
            open_nodes.extend(v for k, v in node.items() if k not in _NOT_FOLLOWED)


def _kinds_of(node: DictionaryObject) -> Iterator[FindingKind]:
    if node.get("/S") in _SCRIPTS:
        yield FindingKind.SCRIPT
    if "/EF" in node:
        yield FindingKind.ATTACHMENT
