"""Word documents and slides from plain text."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColour
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn as slide_qn
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu
from pptx.util import Pt as SlidePt

from sample_maker.archives import settled
from sample_maker.marks import Block, Kind, blocks, runs

_MOMENT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC).replace(tzinfo=None)
_STYLES = {Kind.BULLET: "List Bullet", Kind.NUMBER: "List Number", Kind.QUOTE: "Quote"}


def document(source: str, *, author: str = "", font: str = "Calibri") -> bytes:
    """Return a Word document; `author` goes into its properties."""
    made = Document()
    _settle_properties(made, author)
    section = made.sections[0]
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = made.styles["Normal"]
    normal.font.name = font
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for block in blocks(source):
        _add_block(made, block)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _settle_properties(made: DocxDocument, author: str) -> None:
    properties = made.core_properties
    properties.author = author
    properties.last_modified_by = author
    properties.comments = ""
    properties.created = properties.modified = _MOMENT


def _add_block(made: DocxDocument, block: Block) -> None:
    if block.kind is Kind.TABLE:
        _add_table(made, block.rows)
        return
    if block.kind is Kind.HEADING:
        heading = made.add_heading(block.text, level=block.level)
        for run in heading.runs:
            run.font.color.rgb = RGBColor(0x1F, 0x3F, 0x5B)
        return
    _add_runs(made.add_paragraph(style=_STYLES.get(block.kind)), block.text)


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for run in runs(text):
        added = paragraph.add_run(run.text)
        added.bold = run.bold or None
        added.italic = run.italic or None


def _add_table(made: DocxDocument, rows: tuple[tuple[str, ...], ...]) -> None:
    table = made.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _add_runs(cell.paragraphs[0], f"**{text}**" if number == 0 else text)
    header = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no other way)
    header.append(header.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    made.add_paragraph()


def slides(source: str, *, accent: str) -> bytes:
    """Return a presentation; slides are separated by lines of three hyphens."""
    made = Presentation()
    made.core_properties.author = made.core_properties.last_modified_by = ""
    made.core_properties.created = made.core_properties.modified = _MOMENT
    made.slide_width, made.slide_height = Emu(12192000), Emu(6858000)
    for number, text in enumerate(source.split("\n---\n")):
        slide = made.slides.add_slide(made.slide_layouts[0 if number == 0 else 5])
        content = tuple(blocks(text))
        _add_title(slide, content[0].text, accent)
        if number == 0:
            slide.placeholders[1].text_frame.text = content[1].text
            _place(slide.placeholders[1], (0.9, 3.9, 11.5, 1.2))
        else:
            _add_content(slide, content[1:], accent)
    out = io.BytesIO()
    made.save(out)
    return settled(out.getvalue())


def _place(shape: object, box: tuple[float, float, float, float]) -> None:
    inch = 914400
    for name, value in zip(("left", "top", "width", "height"), box, strict=True):
        setattr(shape, name, Emu(int(value * inch)))


def _add_title(slide: Slide, text: str, accent: str) -> None:
    title = slide.shapes.title
    if title is None:
        raise ValueError("the layout has no title")
    title.text_frame.text = text
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    run = title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = SlidePt(36), True
    run.font.color.rgb = SlideColour.from_string(accent)
    _place(
        title,
        (0.9, 0.4, 11.5, 1.0)
        if slide.slide_layout.name != "Title Slide"
        else (0.9, 2.2, 11.5, 1.5),
    )


def _add_content(slide: Slide, content: tuple[Block, ...], accent: str) -> None:
    if table := next((block for block in content if block.kind is Kind.TABLE), None):
        _add_slide_table(slide, table.rows, accent)
        return
    frame = slide.shapes.add_textbox(
        *(Emu(int(value * 914400)) for value in (0.9, 1.7, 11.4, 4.8))
    ).text_frame
    frame.word_wrap = True
    for number, block in enumerate(content):
        _add_line(frame, block, first=number == 0)


def _add_line(frame: TextFrame, block: Block, *, first: bool) -> None:
    paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
    paragraph.space_after = SlidePt(12)
    run = paragraph.add_run()
    run.text = block.text
    run.font.size = SlidePt(22)
    run.font.italic = block.kind is Kind.QUOTE
    if block.kind is Kind.BULLET:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 (python-pptx has no bullets)
        properties.set("marL", "342900")
        properties.set("indent", "-342900")
        properties.append(properties.makeelement(slide_qn("a:buChar"), {"char": "•"}))


def _add_slide_table(slide: Slide, rows: tuple[tuple[str, ...], ...], accent: str) -> None:
    shape = slide.shapes.add_table(
        len(rows),
        len(rows[0]),
        *(Emu(int(value * 914400)) for value in (0.9, 1.8, 10.5, 0.55 * len(rows))),
    )
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            cell = shape.table.cell(y, x)
            cell.text_frame.text = text
            cell.text_frame.paragraphs[0].runs[0].font.size = SlidePt(20)
            if y == 0:
                cell.fill.solid()
                cell.fill.fore_color.rgb = SlideColour.from_string(accent)
