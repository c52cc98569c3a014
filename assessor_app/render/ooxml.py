"""What every Office file must pass before a parser sees it, and the bit of XML they share."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Protocol

from assessor_app.render.errors import RenderCode, RenderError

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_XML_BYTES = 32 * 1024 * 1024
_ENCRYPTED_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_FORBIDDEN = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le")
)
_XML = (".xml", ".rels", ".vml")


class Element(Protocol):
    """An element of a parsed XML tree, as far as the readers need it."""

    @property
    def tag(self) -> object:
        """Return the name with its namespace; no text for a comment."""
        ...

    @property
    def text(self) -> str | None:
        """Return the text before the first child."""
        ...

    @property
    def attrib(self) -> Mapping[str, str]:
        """Return the attributes."""
        ...

    def iter(self) -> Iterator["Element"]:
        """Return itself and all descendants."""
        ...

    def __iter__(self) -> Iterator["Element"]: ...

    def __len__(self) -> int: ...


def check_office(data: bytes, main_part: str) -> None:
    """Check an Office file from outside.

    Sizes are those the archive declares; nothing ever unpacks more than is declared.

    Raises:
        RenderError: Not such a file, protected by a password, or a bomb.
    """
    if data.startswith(_ENCRYPTED_OFFICE):
        raise RenderError(RenderCode.ENCRYPTED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, main_part)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise RenderError(RenderCode.BROKEN) from None


def _check_parts(archive: zipfile.ZipFile, main_part: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise RenderError(RenderCode.TOO_LARGE)
    if {"[Content_Types].xml", main_part} - {part.filename for part in parts}:
        raise RenderError(RenderCode.BROKEN)
    for part in parts:
        if part.filename.lower().endswith(_XML):
            _check_xml(archive, part)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Insist on XML without a document type: no Office program writes one, bombs need one."""
    if part.file_size > MAX_XML_BYTES:
        raise RenderError(RenderCode.TOO_LARGE)
    content = archive.read(part)
    if any(mark in content for mark in _FORBIDDEN):
        raise RenderError(RenderCode.BROKEN)


def local(element: Element) -> str:
    """Return the name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace."""
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if _plain(k) == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names without namespaces."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Return whether a switch is there and not switched off."""
    return element is not None and value(element) not in {"0", "false", "off"}


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield all descendants of a name, in document order."""
    return (found for found in element.iter() if local(found) == name)


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
