"""The report as one HTML file without anything from elsewhere."""

from collections.abc import Iterable, Sequence
from html import escape

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

_STYLE = """
body{font:15px/1.5 Inter,system-ui,sans-serif;color:#1D1C1A;background:#F5F5F3;margin:0}
main{max-width:800px;margin:0 auto;padding:32px 24px}
section,.card{background:#fff;border:1px solid #E2E1DC;border-radius:8px;padding:20px 24px}
section{margin:16px 0}h1{font-size:26px;margin:0}h2{font-size:17px;margin:0 0 4px}
.cards{display:flex;flex-wrap:wrap;gap:16px;margin:16px 0}.card{flex:1;min-width:180px}
.card b{display:block;font-size:24px}.soft{color:#504E49}
table{border-collapse:collapse;margin:8px 0}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #E2E1DC}
.cross td{text-align:center;min-width:64px;padding:8px}.cross .same{font-weight:700}
svg{max-width:100%;height:auto}summary{cursor:pointer}
"""


def html_report(found: Report, warnings: tuple[str, ...]) -> str:
    """Return the page."""
    page = document(found, warnings)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Reliability report</title><style>{_STYLE}</style></head><body><main>",
        "<h1>Reliability report</h1>",
        *(f'<p class="soft">{escape(line)}</p>' for line in page.about),
        _cards(page),
        _criteria(page),
        _assessors(page),
        _cross(page.cross) if page.cross else "",
        _list("What to know and do", page.sentences),
        _principles(page),
        _list("How these numbers were made", page.methods),
        "</main></body></html>",
    ]
    text = "\n".join(part for part in parts if part) + "\n"
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _cards(page: Document) -> str:
    cards = "".join(
        f'<div class="card"><b>{escape(card.answer)}</b>{escape(card.question)}'
        f'<br><span class="soft">{escape(card.range)}</span></div>'
        for card in page.cards
    )
    return f'<div class="cards">{cards}</div>' if cards else ""


def _criteria(page: Document) -> str:
    table = _table(
        ("Criterion", "Verdict", "Same level", "Range"),
        (
            (row.name, row.word, f"{row.agreeing} of {row.n}", likely(row.interval))
            for row in page.criteria
        ),
    )
    hint = f"<p>{escape(page.hint)}</p>" if page.hint else ""
    return (
        "<section><h2>Do we read the rubric alike?</h2>"
        '<p class="soft">How often two assessors, each blind to the other, gave the same level. '
        "The dot is what was seen; the line is where the true value likely lies.</p>"
        f"{criteria_chart(page.criteria)}{_as_table(table)}{hint}</section>"
    )


def _assessors(page: Document) -> str:
    if not page.assessors:
        return ""
    table = _table(
        ("Assessor", "Verdict", "Levels", "Range", "Reads"),
        (
            (row.name, row.word, levels_given(row.value), level_range(row.interval), str(row.reads))
            for row in page.assessors
        ),
    )
    return (
        "<section><h2>Who is stricter or more lenient?</h2>"
        '<p class="soft">In levels of the rubric, on the same work. Hollow dots rest on too few '
        "shared packets.</p>"
        f"{assessors_chart(page.assessors, page.relative_to)}{_as_table(table)}</section>"
    )


def _cross(table: CrossTable) -> str:
    most = max(max(row) for row in table.counts)
    head = "".join(f'<th scope="col">{escape(level)}</th>' for level in reversed(table.levels))
    size = len(table.levels)
    rows: list[str] = []
    for first in reversed(range(size)):
        cells = "".join(
            f'<td style="background:{shade(table.counts[first][second], most)}"'
            f"{' class=same' if first == second else ''}>{table.counts[first][second]}</td>"
            for second in reversed(range(size))
        )
        rows.append(f'<tr><th scope="row">{escape(table.levels[first])}</th>{cells}</tr>')
    return (
        f"<section><h2>{escape(table.name)}, first and second read</h2>"
        f'<table class="cross"><tr><td class="soft">first ↓ second →</td>{head}</tr>'
        f"{''.join(rows)}</table><p>{table.differing} packets got different levels.</p></section>"
    )


def _principles(page: Document) -> str:
    rows = "".join(
        f"<dt><b>{escape(name)}</b></dt><dd>{escape(text)}</dd>" for name, text in page.principles
    )
    return f"<section><h2>Assessment principles</h2><dl>{rows}</dl></section>"


def _list(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{escape(title)}</h2><ul>{items}</ul></section>"


def _as_table(table: str) -> str:
    return f"<details><summary>Show as a table</summary>{table}</details>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><tr>{top}</tr>{body}</table>"
