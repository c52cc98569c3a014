"""Workbooks become blocks: a heading and a table for each sheet that is shown.

Kept: the values as last calculated, a formula where none was saved, pictures. Left out: hidden
sheets, rows, columns and cells, comments, charts, names, properties.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from assessor_app.render.draft import Draft
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import MAX_ROW_CELLS, MAX_TABLE_ROWS
from assessor_app.render.ooxml import check_office
from assessor_app.render.results import FindingKind

MAIN_PART = "xl/workbook.xml"
_NOTHING = ";;;"
_WHITE = frozenset({"FFFFFFFF", "00FFFFFF"})


def read_xlsx(data: bytes, draft: Draft) -> None:
    """Add a workbook."""
    check_office(data, MAIN_PART)
    try:
        values = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data), data_only=False)
        for sheet in values.worksheets:
            if sheet.sheet_state != "visible":
                draft.drop(FindingKind.HIDDEN_SHEET)
            else:
                _Sheet(sheet, formulas[sheet.title], draft).read()
    except (InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, AttributeError):
        raise RenderError(RenderCode.BROKEN) from None


class _Sheet:
    """Reads one sheet."""

    def __init__(self, values: Worksheet, formulas: Worksheet, draft: Draft) -> None:
        self._values, self._formulas, self._draft = values, formulas, draft
        self._hidden_columns = frozenset(
            number
            for column in values.column_dimensions.values()
            if column.hidden and column.min and column.max
            for number in range(column.min, min(column.max, MAX_ROW_CELLS) + 1)
        )

    def read(self) -> None:
        self._draft.add_heading(2, self._values.title)
        self._draft.add_table(self._rows())
        parts: Any = self._values
        for picture in parts._images:  # noqa: SLF001 (the library shows them nowhere else)
            self._draft.add_picture(picture._data(), "")  # noqa: SLF001
        self._draft.drop(FindingKind.EMBEDDED_OBJECT, len(parts._charts))  # noqa: SLF001

    def _rows(self) -> Iterator[list[str]]:
        """Yield rows of what the sheet holds: asking for a range would make its empty cells."""
        parts: Any = self._values
        rows: dict[int, dict[int, Cell | MergedCell]] = {}
        for (row, column), cell in parts._cells.items():  # noqa: SLF001 (only what is there)
            if row <= MAX_TABLE_ROWS + 1 and column <= MAX_ROW_CELLS + 1:
                rows.setdefault(row, {})[column] = cell
        hidden = {n for n, row in self._values.row_dimensions.items() if row.hidden}
        self._draft.drop(FindingKind.HIDDEN_TEXT, len(hidden & set(rows)))
        used = {column for row in rows.values() for column in row}
        self._draft.drop(FindingKind.HIDDEN_TEXT, len(self._hidden_columns & used))
        for number in range(1, max(rows, default=0) + 1):
            if number not in hidden:
                yield self._row(rows.get(number, {}))

    def _row(self, cells: dict[int, Cell | MergedCell]) -> list[str]:
        return [
            self._text(cells[column]) if column in cells else ""
            for column in range(1, max(cells, default=0) + 1)
            if column not in self._hidden_columns
        ]

    def _text(self, cell: Cell | MergedCell) -> str:
        if not isinstance(cell, Cell):
            return ""
        if cell.comment is not None:
            self._draft.drop(FindingKind.COMMENT)
        if cell.value is None:
            return self._formula(cell)
        if _is_unseen(cell):
            self._draft.drop(FindingKind.HIDDEN_TEXT)
            return ""
        return _shown(cell.value, cell.number_format)

    def _formula(self, cell: Cell) -> str:
        """Return the formula of a cell whose value was never saved."""
        formula = self._formulas.cell(cell.row, cell.column).value
        if formula is None:
            return ""
        self._draft.drop(FindingKind.FORMULA_WITHOUT_VALUE)
        return str(getattr(formula, "text", formula))


def _is_unseen(cell: Cell) -> bool:
    if cell.number_format == _NOTHING:
        return True
    font: Any = cell.font
    fill: Any = cell.fill
    colour = font.color
    is_white = colour is not None and colour.type == "rgb" and colour.rgb in _WHITE
    return bool(is_white and fill.fill_type is None)


def _shown(content: object, number_format: str) -> str:
    match content:
        case bool():
            text = str(content).upper()
        case int() | float() if "%" in number_format:
            text = f"{content * 100:.10g}%"
        case float():
            text = f"{content:.10g}"
        case datetime():
            text = content.isoformat(" ", "minutes").removesuffix(" 00:00")
        case _:
            text = str(content)
    return text
