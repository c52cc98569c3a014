"""Word documents become blocks: what a reader sees, in document order.

Kept: paragraphs, headings, lists, tables, pictures, text boxes, insertions, footnotes. Left out:
deletions, comments, hidden text, field codes, headers and footers, properties.
"""

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml import parse_xml

from assessor_app.render.docx_styles import Styles
from assessor_app.render.draft import Draft
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.ooxml import Element, check_office, child, descendants, is_on, local, value
from assessor_app.render.results import FindingKind

MAIN_PART = "word/document.xml"
_THROUGH = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent"})
_DELETED = frozenset({"del", "moveFrom"})
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {
    "footnoteReference": (RELATIONSHIP_TYPE.FOOTNOTES, "footnote"),
    "endnoteReference": (RELATIONSHIP_TYPE.ENDNOTES, "endnote"),
}
_FURNITURE = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_DEEPEST = 40


def read_docx(data: bytes, draft: Draft) -> None:
    """Add a Word document."""
    check_office(data, MAIN_PART)
    try:
        document = docx.Document(io.BytesIO(data))
        _Reader(document.part, draft).read()
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, AttributeError):
        raise RenderError(RenderCode.BROKEN) from None


class _Reader:
    """Walks over the body once."""

    def __init__(self, part: Part, draft: Draft) -> None:
        self._part, self._draft = part, draft
        self._styles = Styles(
            _root(_related(part, RELATIONSHIP_TYPE.STYLES)),
            _root(_related(part, RELATIONSHIP_TYPE.NUMBERING)),
        )
        self._notes: list[tuple[str, str]] = []
        self._later: list[Callable[[], None]] = []
        self._depth = 0

    def read(self) -> None:
        body = child(_root(self._part), "body")
        if body is None:
            raise RenderError(RenderCode.BROKEN)
        self._blocks(body)
        for number, (kind, note_id) in enumerate(self._notes, 1):
            self._draft.add_paragraph(f"[{number}] {self._note_text(kind, note_id)}")
        comments = _root(_related(self._part, RELATIONSHIP_TYPE.COMMENTS))
        self._draft.drop(FindingKind.COMMENT, 0 if comments is None else len(comments))
        kinds = [relation.reltype for relation in self._part.rels.values()]
        self._draft.drop(FindingKind.PAGE_FURNITURE, sum(map(kinds.count, _FURNITURE)))

    def _blocks(self, parent: Element) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RenderError(RenderCode.TOO_LARGE)
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._draft.add_table(self._rows(element))
                self._do_later()
            elif name in _DELETED:
                self._draft.drop(FindingKind.DELETED_TEXT)
            elif name in _THROUGH:
                self._blocks(element)
        self._depth -= 1

    def _paragraph(self, paragraph: Element) -> None:
        text = self._text(paragraph, on_ground=False)
        if (level := self._styles.heading_level(paragraph)) is not None:
            self._draft.add_heading(level, text)
        elif (place := self._styles.list_place(paragraph)) is not None:
            self._draft.add_item(place[0], text, ordered=place[1])
        else:
            self._draft.add_paragraph(text)
        self._do_later()

    def _do_later(self) -> None:
        """Add the pictures and text boxes that hang on what was just added."""
        waiting, self._later = self._later, []
        for add in waiting:
            add()

    def _rows(self, table: Element) -> Iterator[list[str]]:
        for row in table:
            if local(row) in _THROUGH:
                yield from self._rows(row)
            elif local(row) == "tr":
                properties = child(row, "trPr")
                if child(properties, "del") is not None:
                    self._draft.drop(FindingKind.DELETED_TEXT)
                elif is_on(child(properties, "hidden")):
                    self._draft.drop(FindingKind.HIDDEN_TEXT)
                else:
                    yield [text for cell in row for text in self._cell(cell)]

    def _cell(self, cell: Element) -> Iterator[str]:
        """Yield a cell's text, and an empty one for each further column it spans."""
        if local(cell) in _THROUGH:
            for inner in cell:
                yield from self._cell(inner)
        if local(cell) != "tc":
            return
        yield "\n".join(line for line in self._cell_lines(cell) if line)
        span = value(child(cell, "tcPr", "gridSpan")) or "1"
        yield from [""] * min(int(span) - 1 if span.isdecimal() else 0, 255)

    def _cell_lines(self, cell: Element) -> Iterator[str]:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RenderError(RenderCode.TOO_LARGE)
        for element in cell:
            if local(element) == "p":
                yield self._text(element, on_ground=True)
            elif local(element) == "tbl":
                yield from (" | ".join(row) for row in self._rows(element))
            elif local(element) in _THROUGH:
                yield from self._cell_lines(element)
        self._depth -= 1

    def _text(self, paragraph: Element, *, on_ground: bool) -> str:
        return "".join(self._pieces(paragraph, paragraph, on_ground=on_ground))

    def _pieces(self, parent: Element, paragraph: Element, *, on_ground: bool) -> Iterator[str]:
        for element in parent:
            name = local(element)
            if name == "r":
                if self._styles.hides(element, paragraph, on_ground=on_ground):
                    self._draft.drop(FindingKind.HIDDEN_TEXT)
                else:
                    yield from self._run(element)
            elif name in _DELETED:
                self._draft.drop(FindingKind.DELETED_TEXT)
            elif name in {"oMath", "oMathPara"}:
                yield "".join(found.text or "" for found in descendants(element, "t"))
            elif name in _THROUGH:
                yield from self._pieces(element, paragraph, on_ground=on_ground)

    def _run(self, run: Element) -> Iterator[str]:
        for element in run:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in _AS_TEXT:
                yield _AS_TEXT[name]
            elif name in _NOTES:
                self._notes.append((name, value(element, "id") or ""))
                yield f" [{len(self._notes)}]"
            elif name == "AlternateContent":
                for choice in list(element)[:1]:
                    self._drawing(choice)
            elif name in {"drawing", "pict", "object"}:
                self._drawing(element)

    def _drawing(self, drawing: Element) -> None:
        """Note down the pictures and text boxes of a drawing; they follow its paragraph."""
        labels = [value(label, "descr") or "" for label in descendants(drawing, "docPr")]
        alt = next(filter(None, labels), "")
        for name, attribute in (("blip", "embed"), ("imagedata", "id")):
            for found in descendants(drawing, name):
                self._picture(value(found, attribute) or "", alt)
        for box in descendants(drawing, "txbxContent"):
            self._later.append(partial(self._blocks, box))
        if local(drawing) == "object":
            self._draft.drop(FindingKind.EMBEDDED_OBJECT)

    def _picture(self, relation: str, alt: str) -> None:
        part = self._part.rels.get(relation)
        if part is None or part.is_external:
            self._draft.drop(FindingKind.PICTURE)
            return
        self._later.append(partial(self._draft.add_picture, part.target_part.blob, alt))

    def _note_text(self, kind: str, note_id: str) -> str:
        relation, tag = _NOTES[kind]
        notes = _root(_related(self._part, relation))
        for note in notes if notes is not None else ():
            if local(note) == tag and value(note, "id") == note_id:
                texts = (self._text(p, on_ground=False) for p in descendants(note, "p"))
                return " ".join(texts).strip()
        return ""


def _related(part: Part, relation: str) -> Part | None:
    found = (one for one in part.rels.values() if one.reltype == relation and not one.is_external)
    return next((one.target_part for one in found), None)


def _root(part: Part | None) -> Element | None:
    return None if part is None else cast(Element, parse_xml(part.blob))
