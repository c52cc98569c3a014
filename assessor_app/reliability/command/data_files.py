"""The report as data: JSON, CSV and XLSX. Equal reports give equal bytes."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any, cast

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from assessor_app.reliability.report.assemble import ENGINE, Report
from assessor_app.reliability.report.figures import Figure, Missing

_DIGITS = 12
_STAMP = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # fixed; XLSX knows no zones
HEADER = (
    "name",
    "params",
    "scope",
    "value",
    "standard_error",
    "low",
    "high",
    "n",
    "formula",
    "shown",
)


def json_report(found: Report, warnings: tuple[str, ...]) -> str:
    """Return the report as JSON with every figure, verdict and refusal."""
    data = {
        "figures": [_figure(figure) for figure in found.figures],
        "verdicts": [
            {
                "about": said.about,
                "scope": dict(said.scope),
                "verdict": said.verdict.word,
                "sentence": said.verdict.sentence,
            }
            for said in found.verdicts
        ],
        "not_computable": [_missing(one) for one in found.not_computable],
        "held_back": [_missing(one) for one in found.held_back],
        "warnings": list(warnings),
        "engine": _engine(found),
    }
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def csv_report(found: Report) -> str:
    """Return the figures as CSV, one a line; lists and parameters as JSON."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    for figure in found.figures:
        writer.writerow(["" if cell is None else cell for cell in _cells(figure)])
    return file.getvalue()


def xlsx_report(found: Report, warnings: tuple[str, ...]) -> bytes:
    """Return a workbook: verdicts, figures, what has no value, and how it was made."""
    file = io.BytesIO()
    book = cast("Any", xlsxwriter).Workbook(file, {"strings_to_formulas": False})
    book.set_properties({"title": "Reliability report", "created": _STAMP})
    bold = book.add_format({"bold": True})
    verdicts = [
        [said.about, json.dumps(dict(said.scope)), said.verdict.word, said.verdict.sentence]
        for said in found.verdicts
    ]
    missing = [
        [one.name, json.dumps(dict(one.params)), json.dumps(dict(one.scope)), one.reason]
        for one in (*found.not_computable, *found.held_back)
    ]
    about = [[key, json.dumps(value)] for key, value in _engine(found).items()]
    about += [["warning", text] for text in warnings]
    sheets: dict[str, tuple[list[str], list[list[Any]]]] = {
        "Verdicts": (["about", "scope", "verdict", "sentence"], verdicts),
        "Figures": (list(HEADER), [_cells(figure) for figure in found.figures]),
        "No value": (["name", "params", "scope", "reason"], missing),
        "About": (["what", "value"], about),
    }
    for name, (head, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, head, bold)
        sheet.freeze_panes(1, 0)
        for index, row in enumerate(rows, 1):
            sheet.write_row(index, 0, row)
    book.close()
    return file.getvalue()


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "params": dict(figure.params),
        "scope": dict(figure.scope),
        "value": _rounded(figure.value),
        "standard_error": _rounded(figure.standard_error),
        "interval": _rounded(figure.interval),
        "n": figure.n,
        "formula": figure.formula,
        "shown": figure.shown,
    }


def _missing(one: Missing) -> dict[str, object]:
    return {
        "name": one.name,
        "params": dict(one.params),
        "scope": dict(one.scope),
        "reason": str(one.reason),
    }


def _cells(figure: Figure) -> list[str | float | int | bool | None]:
    value = _rounded(figure.value)
    low, high = figure.interval or (None, None)
    return [
        figure.name,
        json.dumps(dict(figure.params)),
        json.dumps(dict(figure.scope)),
        value if isinstance(value, str | float | int) else json.dumps(value),
        _number(figure.standard_error),
        _number(low),
        _number(high),
        figure.n,
        figure.formula,
        figure.shown,
    ]


def _engine(found: Report) -> dict[str, object]:
    t = found.thresholds
    return {
        "name": ENGINE,
        "seed": found.seed,
        "ratings": found.n_ratings,
        "submissions": found.n_units,
        "assessors": found.n_assessors,
        "rubric_versions": list(found.rubrics),
        "period": list(found.period) if found.period else None,
        "thresholds_set_by": t.set_by,
        "thresholds_set_on": t.set_on,
    }


def _number(value: float | None) -> float | None:
    """Return a number with as many digits as every machine agrees on."""
    return None if value is None else float(f"{value:.{_DIGITS}g}")


def _rounded(value: object) -> object:
    if isinstance(value, tuple):
        return [_rounded(one) for one in cast("tuple[object, ...]", value)]
    return _number(value) if isinstance(value, float) else value
