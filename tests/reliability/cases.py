"""Worked examples: `oracles.json` holds data, expected value, tolerance and source of each."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assessor_app.reliability.arrays import Floats, Ints
from assessor_app.reliability.panel import Panel, panel_from_cross_table, panel_from_matrix

_ORACLES: dict[str, Any] = {
    oracle["id"]: oracle
    for oracle in json.loads(Path(__file__).with_name("oracles.json").read_text("utf-8"))["oracles"]
}
PRINTED = 5e-9  # values are printed with eight decimals: no tolerance can be finer


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected number: `stat` up to the first dot, and what comes after it."""

    stat: str
    field: str
    params: dict[str, Any]
    value: Any
    tolerance: float


def data(oracle: str) -> dict[str, Any]:
    found: dict[str, Any] = _ORACLES[oracle]["data"]
    return found


def expected(oracle: str, *stats: str) -> list[Expected]:
    """Return the numbers an oracle expects, those without a tolerance (information) left out."""
    found: list[Expected] = []
    for entry in _ORACLES[oracle]["expected"]:
        stat, _, field = entry["stat"].partition(".")
        if stat in stats and entry["tol"] is not None:
            tolerance = max(entry["tol"], PRINTED)
            found.append(Expected(stat, field, entry.get("params", {}), entry["value"], tolerance))
    assert {case.stat for case in found} == set(stats)
    return found


def matrix(rows: list[list[float | None]]) -> Floats:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in rows])


def panel(oracle: str) -> Panel:
    """Return the ratings of an oracle that has units in rows and raters in columns."""
    found = data(oracle)
    table = matrix(found["ratings"])
    levels = found.get("categories") or sorted(set(table[~np.isnan(table)]))
    return panel_from_matrix(table, levels)


def table(oracle: str) -> Ints:
    return np.array(data(oracle)["table"], dtype=np.int64)


def table_panel(oracle: str) -> Panel:
    return panel_from_cross_table(table(oracle))


def close(found: object, case: Expected) -> bool:
    """Tell whether every number is within the tolerance of the oracle."""
    difference = np.abs(np.asarray(found, dtype=float) - np.asarray(case.value, dtype=float))
    return bool((difference <= case.tolerance).all())
