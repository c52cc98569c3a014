import io
import zipfile
from typing import Any

import pytest
from docx.document import Document
from docx.shared import Pt, RGBColor
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Font, PatternFill
from pptx.util import Inches

from assessor_app.domain.evidence import (
    Block,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Table,
)
from assessor_app.domain.identities import MASK
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.render.results import FindingKind, Rebuilt
from tests.render.office_maker import docx_of, docx_with, pptx_of, repacked, xlsx_of
from tests.render.pictures import drawing, packed

PICTURE = packed(drawing(), "PNG")
VANISHED = "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr>{}</w:rPr><w:t>secret</w:t></w:r></w:p>"


def rebuilt_of(host: RenderHost, kind: SourceKind, data: bytes) -> Rebuilt:
    return host.rebuild(kind, data)


def blocks(rebuilt: Rebuilt) -> tuple[Block, ...]:
    assert rebuilt.view is not None
    return rebuilt.view.blocks


def counts(rebuilt: Rebuilt) -> dict[FindingKind, int]:
    return {finding.kind: finding.count for finding in rebuilt.findings}


def test_a_word_document_reads_in_its_order(rebuilder: RenderHost) -> None:
    def change(document: Document) -> None:
        document.add_heading("Plan", 0)
        document.add_heading("Aims", 2)
        document.add_paragraph("Running\ttext\nnext")
        document.add_paragraph("first", style="List Number")
        document.add_paragraph("dot", style="List Bullet 2")
        table = document.add_table(2, 2)
        table.cell(0, 0).text = "a"
        table.cell(1, 1).text = "b\nc"
        document.add_picture(io.BytesIO(PICTURE))
        document.add_paragraph("end")

    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_of(change))

    assert blocks(rebuilt) == (
        Heading(1, "Plan"),
        Heading(2, "Aims"),
        Paragraph("Running\ttext\nnext"),
        ListItem(level=0, ordered=True, text="first"),
        ListItem(level=0, ordered=False, text="dot"),
        Table((("a",), ("", "b\nc"))),
        Picture(0, ""),
        Paragraph("end"),
    )
    assert (rebuilt.pictures[0].width_px, rebuilt.pictures[0].height_px) == (300, 200)


def test_a_picture_that_cannot_be_shown_leaves_the_others_in_place(rebuilder: RenderHost) -> None:
    def change(document: Document) -> None:
        for width in (20, 30, 40, 20):
            document.add_picture(io.BytesIO(packed(drawing(width, 10), "PNG")))

    data = repacked(docx_of(change), {"word/media/image2.png": b"no picture"})
    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, data)

    assert blocks(rebuilt) == (Picture(0, ""), Picture(1, ""), Picture(0, ""))
    assert [page.width_px for page in rebuilt.pictures] == [20, 40]
    assert counts(rebuilt) == {FindingKind.PICTURE: 1}


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="true"/>',
        '<w:sz w:val="2"/>',
        '<w:color w:val="FFFFFF"/>',
    ],
)
def test_hidden_runs_stay_out(rebuilder: RenderHost, properties: str) -> None:
    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_with(VANISHED.format(properties)))

    assert blocks(rebuilt) == (Paragraph("seen"),)
    assert counts(rebuilt)[FindingKind.HIDDEN_TEXT] == 1


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:sz w:val="12"/>',
        '<w:color w:val="FF0000"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
    ],
)
def test_runs_that_are_seen_stay(rebuilder: RenderHost, properties: str) -> None:
    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_with(VANISHED.format(properties)))

    assert blocks(rebuilt) == (Paragraph("seensecret"),)


def test_a_style_can_hide_a_run(rebuilder: RenderHost) -> None:
    def change(document: Document) -> None:
        style: Any = document.styles.add_style("Secretive", 2)
        style.font.hidden = True
        paragraph = document.add_paragraph("seen")
        paragraph.add_run("secret", style="Secretive")

    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_of(change))

    assert blocks(rebuilt) == (Paragraph("seen"),)


def test_insertions_stay_and_deletions_go(rebuilder: RenderHost) -> None:
    body = (
        "<w:p><w:r><w:t>a </w:t></w:r><w:ins w:author='secret'><w:r><w:t>new</w:t></w:r></w:ins>"
        "<w:del w:author='secret'><w:r><w:delText>secret</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>AUTHOR secret</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_with(body))

    assert blocks(rebuilt) == (Paragraph("a new link"), Paragraph("control"))
    assert counts(rebuilt)[FindingKind.DELETED_TEXT] == 1


def test_comments_headers_and_properties_stay_out(rebuilder: RenderHost) -> None:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph("seen")
        document.add_comment(paragraph.runs, "secret", author="secret")
        document.sections[0].header.paragraphs[0].text = "secret"
        document.sections[0].footer.paragraphs[0].text = "secret"
        document.core_properties.author = "secret"

    rebuilt = rebuilt_of(rebuilder, SourceKind.DOCX, docx_of(change))

    assert blocks(rebuilt) == (Paragraph("seen"),)
    assert counts(rebuilt) == {FindingKind.COMMENT: 1, FindingKind.PAGE_FURNITURE: 2}


def test_white_text_in_a_dark_cell_is_seen(rebuilder: RenderHost) -> None:
    def change(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        run = cell.paragraphs[0].add_run("head")
        run.font.color.rgb = RGBColor(255, 255, 255)
        run.font.size = Pt(9)

    assert blocks(rebuilt_of(rebuilder, SourceKind.DOCX, docx_of(change))) == (Table((("head",),)),)


def test_a_presentation_reads_slide_by_slide(rebuilder: RenderHost) -> None:
    def change(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = "Fractions"
        slide.placeholders[1].text = "halves"
        slide.notes_slide.notes_text_frame.text = "ask first"
        off = slide.shapes.add_textbox(Inches(30), Inches(1), Inches(1), Inches(1))
        off.text_frame.text = "secret"
        box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
        box.text_frame.text = "beside"
        shown = slide.shapes.add_picture(io.BytesIO(PICTURE), Inches(1), Inches(2))
        shown.element.nvPicPr.cNvPr.set("descr", "a red box")
        hidden = deck.slides.add_slide(deck.slide_layouts[5])
        hidden.shapes.title.text = "secret"
        hidden.element.set("show", "0")
        deck.slides.add_slide(deck.slide_layouts[6])

    rebuilt = rebuilt_of(rebuilder, SourceKind.PPTX, pptx_of(change))

    assert blocks(rebuilt) == (
        Heading(2, "Slide 1: Fractions"),
        ListItem(level=0, ordered=False, text="halves"),
        Paragraph("beside"),
        Picture(0, "a red box"),
        Heading(3, "Speaker notes"),
        Paragraph("ask first"),
        Heading(2, "Slide 3"),
    )
    assert counts(rebuilt) == {FindingKind.HIDDEN_SLIDE: 1, FindingKind.HIDDEN_TEXT: 1}


def test_a_workbook_shows_what_its_sheets_show(rebuilder: RenderHost) -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.title = "Marks"
        sheet.append(["pupil", "before", "share", "secret", "when"])
        sheet.append(["A", 7, 0.25, "secret"])
        sheet.append(["secret"])
        sheet.append(["B", 2.50, "=B2/B4"])
        sheet["C2"].number_format = "0%"
        sheet["A2"].comment = Comment("secret", "secret")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet["F1"] = "secret"
        sheet["F1"].font = Font(color="FFFFFFFF")
        sheet["F2"] = "head"
        sheet["F2"].font = Font(color="FFFFFFFF")
        sheet["F2"].fill = PatternFill("solid", fgColor="FF000000")
        sheet["F4"] = "secret"
        sheet["F4"].number_format = ";;;"
        sheet.add_image(SheetImage(io.BytesIO(PICTURE)), "H1")
        book.create_sheet("secret").sheet_state = "veryHidden"

    rebuilt = rebuilt_of(rebuilder, SourceKind.XLSX, xlsx_of(change))

    assert blocks(rebuilt) == (
        Heading(2, "Marks"),
        Table(
            (
                ("pupil", "before", "share", "when"),
                ("A", "7", "25%", "", "head"),
                ("B", "2.5", "=B2/B4"),
            )
        ),
        Picture(0, ""),
    )
    assert counts(rebuilt)[FindingKind.HIDDEN_SHEET] == 1
    assert counts(rebuilt)[FindingKind.COMMENT] == 1
    assert counts(rebuilt)[FindingKind.FORMULA_WITHOUT_VALUE] == 1


def test_a_name_in_an_office_file_is_masked(rebuilder: RenderHost) -> None:
    data = docx_of(lambda document: document.add_paragraph("by Maria Lopez"))
    rebuilt = rebuilder.rebuild(SourceKind.DOCX, data, identities=("Maria Lopez",))

    assert blocks(rebuilt) == (Paragraph(f"by {MASK}"),)
    assert rebuilt.hits == 1


def test_equal_files_give_equal_views(rebuilder: RenderHost) -> None:
    data = docx_of(lambda document: document.add_picture(io.BytesIO(PICTURE)))

    assert rebuilt_of(rebuilder, SourceKind.DOCX, data) == rebuilt_of(
        rebuilder, SourceKind.DOCX, data
    )


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, RenderCode.BROKEN),
        ({"word/document.xml": b"<w:document"}, RenderCode.BROKEN),
        ({"word/document.xml": b" " * (33 * 1024 * 1024)}, RenderCode.TOO_LARGE),
        ({f"word/{n}.bin": b"\0" * 50_000_000 for n in range(7)}, RenderCode.TOO_LARGE),
        ({f"word/{n}.bin": b"" for n in range(5_001)}, RenderCode.TOO_LARGE),
    ],
)
def test_a_bomb_is_refused(
    rebuilder: RenderHost, parts: dict[str, bytes], code: RenderCode
) -> None:
    data = repacked(docx_of(lambda document: document.add_paragraph("x")), parts)

    with pytest.raises(RenderError) as refused:
        rebuilder.rebuild(SourceKind.DOCX, data)
    assert refused.value.code is code


def test_a_document_type_is_refused_whatever_it_says(rebuilder: RenderHost) -> None:
    data = docx_of(lambda document: document.add_paragraph("x"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        declaration, _, rest = archive.read("word/document.xml").partition(b"?>")
    typed = repacked(data, {"word/document.xml": declaration + b"?><!DOCTYPE x>" + rest})

    assert blocks(rebuilt_of(rebuilder, SourceKind.DOCX, data)) == (Paragraph("x"),)
    with pytest.raises(RenderError) as refused:
        rebuilder.rebuild(SourceKind.DOCX, typed)
    assert refused.value.code is RenderCode.BROKEN


def test_an_office_file_with_a_password_says_so(rebuilder: RenderHost) -> None:
    with pytest.raises(RenderError) as refused:
        rebuilder.rebuild(SourceKind.DOCX, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))

    assert refused.value.code is RenderCode.ENCRYPTED
