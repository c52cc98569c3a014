"""Workbooks and files of comma-separated values, with figures that agree with the documents."""

import csv
import io
import random
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sample_maker.archives import settled

Cell = str | int | float | date
_MOMENT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC).replace(tzinfo=None)


def comma_separated(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Return the rows as a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def workbook(fill: Callable[[Workbook], None], *, author: str = "") -> bytes:
    """Return a workbook filled by a function; `author` goes into its properties."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"author": author, "created": _MOMENT})
    fill(book)
    book.close()
    return settled(out.getvalue())


def _heading(book: Workbook, sheet: Worksheet, titles: tuple[str, ...]) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#E4E9EE", "bottom": 1, "text_wrap": True})
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)


# Exit tickets of the number talks: 26 students, September and November.

_REASON_IN_SEPTEMBER = (2, 5, 13, 16, 21, 24)
_NO_REASON_IN_NOVEMBER = (3, 7, 13, 17, 20, 22, 24)
_TABLE_IN_SEPTEMBER = (2, 13, 16, 21)
_TABLE_IN_NOVEMBER = (2, 3, 5, 8, 10, 11, 14, 16, 17, 19, 21)
_GRAPH_IN_NOVEMBER = (12, 15, 25)
_WRONG_IN_SEPTEMBER = (3, 9, 12, 16, 19, 21, 24)
_WRONG_IN_NOVEMBER = (1, 6, 20, 22, 26)


def exit_tickets() -> bytes:
    """Return the tickets; the totals are those of the coaching plan, page 9."""
    rows: list[tuple[Cell, ...]] = [
        (
            "student",
            "sep_correct",
            "sep_reason",
            "sep_tool",
            "nov_correct",
            "nov_reason",
            "nov_tool",
        )
    ]
    for number in range(1, 27):
        tool = "table" if number in _TABLE_IN_NOVEMBER else ""
        rows.append(
            (
                f"S{number}",
                int(number not in _WRONG_IN_SEPTEMBER),
                int(number in _REASON_IN_SEPTEMBER),
                "table" if number in _TABLE_IN_SEPTEMBER else "",
                int(number not in _WRONG_IN_NOVEMBER),
                int(number not in _NO_REASON_IN_NOVEMBER),
                "graph" if number in _GRAPH_IN_NOVEMBER else tool,
            )
        )
    return comma_separated(rows)


# Audit of handover sheets.


def _audited(both: int, pain_only: int, plan_only: int, seed: int) -> list[tuple[str, str]]:
    marks = [("yes", "yes")] * both + [("yes", "no")] * pain_only + [("no", "yes")] * plan_only
    marks += [("no", "no")] * (31 - len(marks))
    random.Random(seed).shuffle(marks)  # noqa: S311 (the same file every time)
    return marks


def _fill_audit(book: Workbook) -> None:
    months = {
        "September": (_audited(11, 8, 3, 3), date(2026, 9, 7), (19, 14, 11)),
        "November": (_audited(24, 5, 1, 4), date(2026, 11, 5), (29, 25, 24)),
    }
    summary = book.add_worksheet("Summary")
    day = book.add_format({"num_format": "d mmm"})
    percent = book.add_format({"num_format": "0 %"})
    _heading(book, summary, ("Handover sheets", "September", "November", "Change"))
    for row, name in enumerate(("Pain", "Plan for the night", "Both", "Sheets"), start=1):
        summary.write_string(row, 0, name)
    for column, (name, (marks, first, totals)) in enumerate(months.items(), start=1):
        sheet = book.add_worksheet(name)
        _heading(book, sheet, ("Sheet", "Evening", "Pain filled", "Plan filled", "Both"))
        for row, (pain, plan) in enumerate(marks, start=1):
            sheet.write_number(row, 0, row)
            sheet.write_datetime(row, 1, first + timedelta(days=(row - 1) * 7 // 31), day)
            sheet.write_string(row, 2, pain)
            sheet.write_string(row, 3, plan)
            both = int(pain == plan == "yes")
            sheet.write_formula(
                row, 4, f'=IF(AND(C{row + 1}="yes",D{row + 1}="yes"),1,0)', None, both
            )
        for row, letter in ((1, "C"), (2, "D")):
            formula = f'=COUNTIF({name}!{letter}2:{letter}32,"yes")'
            summary.write_formula(row, column, formula, None, totals[row - 1])
        summary.write_formula(3, column, f"=SUM({name}!E2:E32)", None, totals[2])
        summary.write_formula(4, column, f"=COUNT({name}!A2:A32)", None, 31)
    september, november = months["September"][2], months["November"][2]
    for row in range(1, 4):
        change = (november[row - 1] - september[row - 1]) / 31
        formula = f"=(C{row + 1}-B{row + 1})/C$5"
        summary.write_formula(row, 3, formula, percent, change)
    summary.set_column(0, 0, 20)


def audit() -> bytes:
    """Return the audit of the handover sheets."""
    return workbook(_fill_audit)


def comments() -> bytes:
    """Return the sorted comments of the second peer feedback cycle."""
    rows: list[tuple[Cell, ...]] = [
        ("comment", "round", "names_place", "names_thing_to_do", "writer")
    ]
    before = [(0, 0, "")] * 15 + [(1, 0, "")] * 6 + [(1, 1, "changed")] * 2 + [(1, 1, "")]
    after = [(1, 1, "did it")] * 6 + [(1, 1, "did something else")] * 3
    after += [(1, 1, "left it, because")] * 4 + [(1, 1, "")] + [(1, 0, "")] * 5 + [(0, 0, "")] * 5
    for name, marks in (("before", before), ("after", after)):
        random.Random(name).shuffle(marks)  # noqa: S311 (the same file every time)
        rows += [(f"{name}-{number}", name, *mark) for number, mark in enumerate(marks, start=1)]
    return comma_separated(rows)
