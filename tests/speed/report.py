"""One figure of `build/reports/bench.json`; other keys of the file are left alone."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

REPORT = Path(__file__).parents[2] / "build" / "reports" / "bench.json"


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
        names = ("peer", "ours", "theirs", "ratio", "goal", "reached", "pairs")
        return {name: getattr(self, name) for name in names} | dict(self.more)


def keep(name: str, figure: Figure) -> None:
    """Put a figure into the report, and tell it."""
    report: dict[str, Any] = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else {}
    report[name] = figure.told()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.write(json.dumps({name: figure.told()}, indent=1) + "\n")
    sys.stdout.flush()
