"""The figures of `build/reports/bench.json`, and their table; others' keys are left alone."""

import json
import os
import sys
import textwrap
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
    """Put a figure into the report, and say in a line that it is there."""
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else {}
    report[name] = figure.told()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.write(f"{name}: {_yes_or_no(figure.reached)}, {_ratios(figure.told())}\n")
    sys.stdout.flush()


def load() -> str:
    """Return how busy this computer is, and with how many processors."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def figures() -> dict[str, dict[str, Any]]:
    """Return every figure of the one form, by its name."""
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))
    return {name: one for name, one in sorted(report.items()) if set(NAMES) <= set(one)}


def write_table() -> None:
    """Put every figure into the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = [
        f"| {name} | {_spelt(one['ours'])} | {_spelt(one['theirs'])} | {one['peer']} "
        f"| {_ratios(one)} | {one['goal']} | {'yes' if one['reached'] else '**no**'} "
        f"| {one['pairs']} |"
        for name, one in figures().items()
    ]
    head = (
        "| | ours | the peer | which | ratio | goal | reached | pairs |\n|--|--|--|--|--|--|--|--|"
    )
    table = "\n".join((head, *rows))
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


def say_table() -> None:
    """Print every figure, to be read by people."""
    lines = ["", f"make bench: ours beside the peer of the same run ({load()} now)", ""]
    for name, one in figures().items():
        lines.append(f"{name:<10} {_yes_or_no(one['reached']):<12} goal: {one['goal']}")
        facts = {
            "ratio": _ratios(one),
            "ours": _spelt(one["ours"]),
            "peer": f"{_spelt(one['theirs'])} ({one['peer']})",
            "pairs": str(one["pairs"]),
        }
        for label, told in facts.items():
            lead = " " * 11 + f"{label:<6} "
            lines += textwrap.wrap(told, 100, initial_indent=lead, subsequent_indent=" " * 18)
    sys.stdout.write("\n".join((*lines, "")) + "\n")


def _yes_or_no(reached: object) -> str:
    return "reached" if reached else "NOT REACHED"


def _ratios(one: Mapping[str, Any]) -> str:
    """Spell the ratio, or all of them where there are several."""
    return _spelt(one.get("ratios", one["ratio"]))


def _spelt(value: object) -> str:
    """Spell nested facts in one cell."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {_spelt(inner)}" for name, inner in value.items())
    return f"{value:.4g}" if isinstance(value, float) else str(value)
