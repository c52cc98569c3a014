"""Presentations become blocks: slide by slide, in the order of the shapes.

Kept: titles, text, tables, pictures, the figures behind charts, and the speaker's notes under a
heading of their own. Left out: hidden slides and shapes, shapes off the slide, comments, masters.
"""

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.exc import PythonPptxError

from assessor_app.render.draft import Draft
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.ooxml import check_office, descendants, value
from assessor_app.render.results import FindingKind

MAIN_PART = "ppt/presentation.xml"
NOTES_HEADING = "Speaker notes"
_DEEPEST = 20
_TITLES = frozenset({1, 3})
_MOVING = ("/video", "/media", "/audio")

Shape = Any
"""The library's shapes have no common type that knows what they hold."""


def read_pptx(data: bytes, draft: Draft) -> None:
    """Add a presentation."""
    check_office(data, MAIN_PART)
    try:
        deck: Any = Presentation(io.BytesIO(data))
        for number, slide in enumerate(deck.slides, 1):
            if slide.element.get("show") in {"0", "false"}:
                draft.drop(FindingKind.HIDDEN_SLIDE)
            else:
                _Slide(slide, draft, (deck.slide_width, deck.slide_height)).read(number)
    except (PythonPptxError, SyntaxError, KeyError, ValueError, AttributeError, TypeError):
        raise RenderError(RenderCode.BROKEN) from None


class _Slide:
    """Reads one slide."""

    def __init__(self, slide: Any, draft: Draft, size: tuple[int, int]) -> None:
        self._slide, self._draft, self._size = slide, draft, size

    def read(self, number: int) -> None:
        title = self._slide.shapes.title
        text = "" if title is None or self._is_unseen(title) else title.text_frame.text
        self._draft.add_heading(2, f"Slide {number}: {text}" if text.strip() else f"Slide {number}")
        for shape in self._shapes(self._slide.shapes, 0):
            if title is None or shape.shape_id != title.shape_id:
                self._shape(shape)
        kinds = [relation.reltype for relation in self._slide.part.rels.values()]
        self._draft.drop(FindingKind.COMMENT, sum(kind.endswith("/comments") for kind in kinds))
        moving = sum(kind.endswith(_MOVING) for kind in kinds)
        self._draft.drop(FindingKind.EMBEDDED_OBJECT, moving)
        self._notes()

    def _shapes(self, shapes: Any, depth: int) -> Iterator[Shape]:
        """Yield the shapes that are seen, those of groups among them."""
        for shape in shapes:
            if depth == 0 and self._is_unseen(shape):
                self._draft.drop(FindingKind.HIDDEN_TEXT)
            elif hasattr(shape, "shapes") and depth < _DEEPEST:
                yield from self._shapes(shape.shapes, depth + 1)
            else:
                yield shape

    def _is_unseen(self, shape: Shape) -> bool:
        names = list(descendants(shape.element, "cNvPr"))
        if names and value(names[0], "hidden") in {"1", "true"}:
            return True
        if None in {shape.left, shape.top, shape.width, shape.height}:
            return False
        beyond = shape.left >= self._size[0] or shape.top >= self._size[1]
        return bool(beyond or shape.left + shape.width <= 0 or shape.top + shape.height <= 0)

    def _shape(self, shape: Shape) -> None:
        if getattr(shape, "has_table", False):
            self._draft.add_table([cell.text for cell in row.cells] for row in shape.table.rows)
        elif getattr(shape, "has_chart", False):
            self._draft.add_table(_figures(shape.chart))
        elif hasattr(shape, "image"):
            self._picture(shape)
        elif getattr(shape, "has_text_frame", False):
            self._text(shape)
        else:
            self._draft.drop(FindingKind.EMBEDDED_OBJECT)

    def _picture(self, shape: Shape) -> None:
        names = list(descendants(shape.element, "cNvPr"))
        self._draft.add_picture(shape.image.blob, (value(names[0], "descr") or "") if names else "")

    def _text(self, shape: Shape) -> None:
        is_list = shape.is_placeholder and shape.placeholder_format.type not in _TITLES
        for paragraph in shape.text_frame.paragraphs:
            text = "".join(_visible(paragraph, self._draft)).replace("\v", "\n")
            if is_list:
                self._draft.add_item(paragraph.level, text, ordered=False)
            else:
                self._draft.add_paragraph(text)

    def _notes(self) -> None:
        if not self._slide.has_notes_slide:
            return
        frame = self._slide.notes_slide.notes_text_frame
        if frame is not None and frame.text.strip():
            self._draft.add_heading(3, NOTES_HEADING)
            self._draft.add_paragraph(frame.text)


def _visible(paragraph: Any, draft: Draft) -> Iterator[str]:
    """Yield the text of a paragraph but for runs too small to read."""
    for run in paragraph.runs:
        if run.font.size is not None and run.font.size.pt < 2:  # noqa: PLR2004 (points)
            draft.drop(FindingKind.HIDDEN_TEXT)
        else:
            yield run.text


def _figures(chart: Any) -> Iterator[list[str]]:
    """Yield what a chart draws: a row of categories, then a row for each series."""
    for plot in chart.plots:
        yield ["", *(str(category) for category in plot.categories)]
        for series in plot.series:
            shown = ("" if number is None else format(number, ".10g") for number in series.values)
            yield [series.name, *shown]
