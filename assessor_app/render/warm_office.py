"""Office files made in memory that lead through every part of their readers once."""

import io
from typing import Any

import docx
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as SheetImage
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches


def warm_docx(picture: bytes) -> bytes:
    """Return a Word document with a heading, a list, a table, a picture, a header, a comment."""
    document = docx.Document()
    document.add_heading("Warm up", 1)
    document.add_paragraph("one", style="List Number")
    paragraph = document.add_paragraph("two \u00e9")
    document.add_comment(paragraph.runs, "three")
    document.add_picture(io.BytesIO(picture))
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "four"
    document.sections[0].header.paragraphs[0].text = "five"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def warm_pptx(picture: bytes) -> bytes:
    """Return a presentation with text, notes, a table, a picture and a chart."""
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Warm up"
    slide.placeholders[1].text = "one"
    slide.notes_slide.notes_text_frame.text = "two"
    here = (Inches(1), Inches(1), Inches(2), Inches(2))
    slide.shapes.add_table(2, 2, *here)
    slide.shapes.add_picture(io.BytesIO(picture), *here)
    make_figures: Any = CategoryChartData
    figures = make_figures()
    figures.categories = ["a", "b"]
    figures.add_series("s", (1, 2.5))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *here, figures)
    made = io.BytesIO()
    deck.save(made)
    return made.getvalue()


def warm_xlsx(picture: bytes) -> bytes:
    """Return a workbook with values, a formula, a comment, a picture and a hidden sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Warm up", 1, 2.5, True])
    sheet["B2"] = "=B1*2"
    sheet["C2"].number_format = "0%"
    sheet["A3"].comment = Comment("one", "two")
    sheet.merge_cells("A4:B4")
    sheet.add_image(SheetImage(io.BytesIO(picture)), "D4")
    book.create_sheet("hidden").sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
