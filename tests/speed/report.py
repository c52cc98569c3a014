"""The figures of `build/reports/bench.json`, and their table; others' keys are left alone."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "build" / "reports" / "bench.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- table: written by make bench -->", "<!-- end of table -->"
NAMES = ("peer", "ours", "theirs", "ratio", "goal", "reached", "pairs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A goal, its peer in the same run, and what came of it. `more` are facts beside it."""

    peer: str
    ours: object
    theirs: object
    ratio: float
    goal: str
    reached: bool
    pairs: int
    more: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def told(self) -> dict[str, Any]:
        """Return the figure in the one form that all have."""
        return {name: getattr(self, name) for name in NAMES} | dict(self.more)


def keep(name: str, figure: Figure) -> None:
    """Put a figure into the report, and tell it."""
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else {}
    report[name] = figure.told()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.write(json.dumps({name: figure.told()}, indent=1) + "\n")
    sys.stdout.flush()


def write_table() -> None:
    """Put every figure of this form into the page."""
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = [
        f"| {name} | {_spelt(one['ours'])} | {_spelt(one['theirs'])} | {one['peer']} "
        f"| {one['ratio']} | {one['goal']} | {'yes' if one['reached'] else '**no**'} "
        f"| {one['pairs']} |"
        for name, one in sorted(report.items())
        if set(NAMES) <= set(one)
    ]
    head = (
        "| | ours | the peer | which | ratio | goal | reached | pairs |\n|--|--|--|--|--|--|--|--|"
    )
    table = "\n".join((head, *rows))
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


def _spelt(value: object) -> str:
    """Spell nested facts in one cell."""
    if isinstance(value, Mapping):
        pairs = (f"{name} {_spelt(inner)}" for name, inner in value.items())
        return "; ".join(pairs)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
