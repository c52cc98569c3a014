"""What a proof tells: lines while it runs, and the table in `docs/proof.md`."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

BEGIN, END = "<!-- table: written by make prove -->", "<!-- end of table -->"
_LINES = (
    ("histories", "simulated histories"),
    ("steps", "steps in them, all invariants checked after each"),
    ("violations", "violations of an invariant"),
    ("naive_failures_share", "share of the histories that a naive client fails"),
    ("cut_points", "points at which a connection was cut"),
    ("cut_violations", "violations after a cut, foul weather or an odd answer"),
    ("kills", "kills of a running program"),
    ("kill_violations", "violations after a kill"),
    ("crash_states", "states of the disk after a crash"),
    ("crash_violations", "violations in them"),
    ("rules_removed", "safety rules removed one at a time"),
    ("rules_removed_unnoticed", "of them unnoticed"),
)


def say(line: str) -> None:
    """Tell whoever waits for the proof."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write_table(page: Path, report: Mapping[str, object]) -> None:
    """Put the figures of a report between the marks of a page."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join(_table(report))
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def _table(report: Mapping[str, object]) -> Iterator[str]:
    yield "| what | number |"
    yield "|--|--:|"
    for key, words in _LINES:
        if key in report:
            yield f"| {words} | {_number(report[key])} |"
    for title, key in (("answer", "rule_hits"), ("fault", "fault_hits")):
        hits = report.get(key)
        if isinstance(hits, dict):
            yield ""
            yield f"| {title} | times met |"
            yield "|--|--:|"
            for name, number in hits.items():
                yield f"| {name} | {_number(number)} |"


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
