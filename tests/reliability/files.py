"""Files for the command, written the way a user would."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assessor_app.reliability.command.main import main
from tests.simulate.generator import Setting, simulate

HEADER = ("submission", "assessor", "criterion", "level")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def write_json(path: Path, data: object) -> Path:
    path.write_text(json.dumps(data), "utf-8")
    return path


def write_matrix(folder: Path, rows: Sequence[Sequence[float | None]], levels: object) -> Path:
    """Write units in rows and raters in columns as ratings of the criterion C, and its levels."""
    write_json(folder / "levels.json", {"C": levels})
    return write_csv(
        folder / "ratings.csv",
        HEADER,
        [
            (f"S-{unit}", f"R-{rater}", "C", cell)
            for unit, row in enumerate(rows)
            for rater, cell in enumerate(row)
            if cell is not None
        ],
    )


def write_simulated(folder: Path, setting: Setting, seed: int) -> list[str]:
    """Write simulated reads with all side files; return the arguments that use them."""
    truth = simulate(setting, seed)
    reads, rng = truth.reads, np.random.default_rng(seed)
    live, seeds = setting.packets, setting.packets + setting.seeds
    rows: list[Sequence[object]] = []
    definitive: list[Sequence[object]] = []
    for read, packet in enumerate(reads.packet):
        reason = "random_second" if truth.second[read] else "primary"
        reason = "seed" if live <= packet < seeds else reason
        day = f"2026-{9 + int(truth.later[read]):02d}-{int(rng.integers(1, 28)):02d}"
        for criterion, level in enumerate(reads.levels[read]):
            name = (f"MC-{packet:05d}", f"C{criterion + 1}", int(level))
            if level < 0:
                continue
            if reads.rater[read] == reads.panel:
                definitive.append(name)
                continue
            who = f"A-{reads.rater[read] + 1:02d}"
            rows.append(
                (name[0], who, name[1], name[2], reason, int(truth.attempt[read]), "3", day)
            )
    extra = ("read_reason", "attempt", "rubric_version", "at")
    write_csv(folder / "ratings.csv", (*HEADER, *extra), rows)
    write_csv(folder / "definitive.csv", ("submission", "criterion", "level"), definitive)
    names = [f"C{criterion + 1}" for criterion in range(setting.criteria)]
    levels = [str(level) for level in range(setting.levels)]
    write_json(folder / "levels.json", dict.fromkeys(names, levels))
    write_json(folder / "rule.json", {"required": {"*": levels[setting.levels // 2]}})
    return [
        str(folder / "ratings.csv"),
        *("--definitive", str(folder / "definitive.csv")),
        *("--levels", str(folder / "levels.json")),
        *("--award-rule", str(folder / "rule.json")),
    ]


def run_json(folder: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Run the command and return its JSON report."""
    out = folder / "report.json"
    assert main([*arguments, "--out", str(out)]) == 0
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def figures(report: dict[str, Any], name: str, **scope: object) -> list[dict[str, Any]]:
    """Return the figures of a name whose scope holds what is given."""
    return [
        figure
        for figure in report["figures"]
        if figure["name"] == name and scope.items() <= figure["scope"].items()
    ]
