"""The report as a tagged PDF (PDF/UA-1), through typst; the same report gives the same bytes."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import typst

from assessor_app.reliability.command.document import (
    Document,
    document,
    level_range,
    levels_given,
    likely,
)
from assessor_app.reliability.command.marks import assessors_chart, criteria_chart, shade
from assessor_app.reliability.report.assemble import Report
from assessor_app.reliability.report.verdict_list import CrossTable

_STAMP = datetime(2020, 1, 1, tzinfo=UTC)  # a fixed date: equal reports are equal files
_HEAD = """
#set document(title: "Reliability report", author: "Assessor", date: none)
#set page(paper: "a4", margin: 2cm, numbering: "1")
#set text(lang: "en", size: 10.5pt)
#show heading: set block(above: 1.4em, below: 0.7em)
#set table(stroke: 0.5pt + luma(210), inset: 6pt)
"""


def pdf_report(found: Report, warnings: tuple[str, ...]) -> bytes:
    """Return the PDF."""
    source = _source(document(found, warnings))
    return typst.compile(
        source.encode(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        timestamp=_STAMP,
    )


def _source(page: Document) -> str:
    parts = [
        _HEAD,
        "#title()",
        *(_text(line) + "\n" for line in page.about),
        _cards(page),
        _chart(
            "Do we read the rubric alike?",
            "How often two assessors, each blind to the other, gave the same level. The dot is "
            "what was seen; the line is where the true value likely lies.",
            criteria_chart(page.criteria),
            "Agreement of two reads by criterion; the numbers are in the table that follows.",
        ),
        _table(
            ("Criterion", "Verdict", "Same level", "Range"),
            (
                (row.name, row.word, f"{row.agreeing} of {row.n}", likely(row.interval))
                for row in page.criteria
            ),
        ),
        _text(page.hint),
        _assessors(page),
        _cross(page.cross) if page.cross else "",
        _list("What to know and do", page.sentences),
        _heading("Assessment principles"),
        *(f"*{_text(name)}.* {_text(text)}\n" for name, text in page.principles),
        _list("How these numbers were made", page.methods),
    ]
    return "\n\n".join(part for part in parts if part)


def _text(text: str) -> str:
    """Return text as a string expression, so that no character of a name is markup."""
    unbroken = text.replace(" %", "\N{NO-BREAK SPACE}%")
    return f"#{json.dumps(unbroken, ensure_ascii=False)}" if text else ""


def _heading(title: str) -> str:
    return f"= {_text(title)}"


def _chart(title: str, text: str, svg: str, alt: str) -> str:
    """Return a heading, its text and its chart on one page."""
    inner = "\n\n".join([_heading(title), _text(text), _picture(svg, alt)])
    return f"#block(breakable: false)[\n{inner}\n]"


def _picture(svg: str, alt: str) -> str:
    data, words = (json.dumps(one, ensure_ascii=False) for one in (svg, alt))
    return f'#image(bytes({data}), format: "svg", width: 100%, alt: {words})'


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    columns = ", ".join("auto" for _ in head)
    cells = [f"[*{_text(cell)}*]" for cell in head]
    body = [f"[{_text(cell)}]" for row in rows for cell in row]
    return f"#table(columns: ({columns}), table.header({', '.join(cells)}), {', '.join(body)})"


def _cards(page: Document) -> str:
    return "\n\n".join(
        f"*{_text(card.answer)}* {_text(card.question)} — {_text(card.range)}"
        for card in page.cards
    )


def _assessors(page: Document) -> str:
    if not page.assessors:
        return ""
    return "\n\n".join(
        [
            _chart(
                "Who is stricter or more lenient?",
                "In levels of the rubric, on the same work. Hollow dots rest on too few shared "
                "packets.",
                assessors_chart(page.assessors, page.relative_to),
                "Severity by assessor; the numbers are in the table that follows.",
            ),
            _table(
                ("Assessor", "Verdict", "Levels", "Range", "Reads"),
                (
                    (
                        row.name,
                        row.word,
                        levels_given(row.value),
                        level_range(row.interval),
                        str(row.reads),
                    )
                    for row in page.assessors
                ),
            ),
        ]
    )


def _cross(table: CrossTable) -> str:
    most = max(max(row) for row in table.counts)
    size = len(table.levels)
    head = ["[first ↓ second →]", *(f"[*{_text(one)}*]" for one in reversed(table.levels))]
    cells: list[str] = []
    for first in reversed(range(size)):
        cells.append(f"[*{_text(table.levels[first])}*]")
        for second in reversed(range(size)):
            count = table.counts[first][second]
            fill = shade(count, most)
            cells.append(f'table.cell(fill: rgb("{fill}"), align: center)[{count}]')
    columns = ", ".join("auto" for _ in range(size + 1))
    return "\n\n".join(
        [
            _heading(f"{table.name}, first and second read"),
            f"#table(columns: ({columns}), table.header({', '.join(head)}), {', '.join(cells)})",
            _text(f"{table.differing} packets got different levels."),
        ]
    )


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    return "\n".join([_heading(title), *(f"- {_text(line)}" for line in lines)])
