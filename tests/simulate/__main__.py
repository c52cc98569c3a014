"""`python -m tests.simulate`: the recovery studies, in minutes; FULL=1 makes them complete.

Writes `build/reports/simulate.json` and the table between the markers in `docs/reliability.md`.
Exits with 1 when a criterion of the specification does not hold.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.simulate import studies
from tests.simulate.studies import Row

REPORT, DOCS = Path("build/reports/simulate.json"), Path("docs/reliability.md")
BEGIN, END = "<!-- simulate -->", "<!-- /simulate -->"
STUDIES: tuple[tuple[Callable[[int], list[Row]], int, int], ...] = (
    (studies.standard_set, 200, 1000),
    (studies.full_scale, 2, 10),
    (studies.naive, 60, 200),
    (studies.favoured, 24, 60),
    (studies.intervals, 1000, 4000),
    (studies.decisions, 5, 10),
    (studies.qualification, 40_000, 400_000),
    (studies.drift, 8, 20),
    (studies.charts, 20_000, 100_000),
)


def main() -> int:
    full = os.environ.get("FULL") == "1"
    rows: list[Row] = []
    start = time.monotonic()
    for study, short, complete in STUDIES:
        found = study(complete if full else short)
        rows += found
        for row in found:
            sys.stdout.write(f"{'ok ' if row.holds else 'NO '} {row.id}: {row.what}: {row.found}\n")
            sys.stdout.flush()
    minutes = (time.monotonic() - start) / 60
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    data = {"full": full, "minutes": minutes, "rows": [asdict(row) for row in rows]}
    REPORT.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    _write_table(rows, full=full)
    return 0 if all(row.holds for row in rows) else 1


def _write_table(rows: list[Row], *, full: bool) -> None:
    if not DOCS.exists():
        return
    size = "complete" if full else "short"
    lines = [f"{size} run", "", "| id | what | wanted | found | holds |", "|--|--|--|--|--|"]
    lines += [
        f"| {row.id} | {row.what} | {row.wanted} | {row.found} | {'yes' if row.holds else 'no'} |"
        for row in rows
    ]
    before, rest = DOCS.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    table = "\n".join(lines)
    DOCS.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
