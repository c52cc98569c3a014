"""Office files made by code, with the places where things hide."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml
from openpyxl import Workbook
from pptx import Presentation

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(change: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def docx_with(body: str) -> bytes:
    """A Word document whose body is raw XML in the prefix `w`."""

    def change(document: Document) -> None:
        wrapped = parse_xml(f"<w:body {W}>{body}</w:body>")
        own: Any = document.element.body
        for element in list(wrapped):
            own.insert(len(own) - 1, element)

    return docx_of(change)


def pptx_of(change: Callable[[Any], object]) -> bytes:
    deck: Any = Presentation()
    change(deck)
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def xlsx_of(change: Callable[[Workbook], object]) -> bytes:
    book = Workbook()
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def repacked(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The same archive with parts put in or replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename not in parts:
                target.writestr(part.filename, source.read(part))
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()
