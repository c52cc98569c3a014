"""What a proof tells: lines while it runs, its goals, and the table in `docs/proof.md`."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- table: written by make prove -->", "<!-- end of table -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure, and what it has to be at least or at most. A list counts how long it is.

    `scales`: a run that is asked for less has to reach less.
    """

    key: str
    words: str
    least: float | None = None
    most: float | None = None
    scales: bool = False


LINES = (
    Line(key="histories", words="simulated histories", least=100_000, scales=True),
    Line(key="steps", words="steps in them, all invariants checked after each"),
    Line(key="violations", words="violations of an invariant", most=0),
    Line(key="rare", words="answers and faults below met in less than 1 of 100 histories", most=0),
    Line(
        key="naive_failures_share",
        words="share of the histories that a naive client fails",
        least=0.2,
    ),
    Line(
        key="cut_points",
        words="points at which a connection was cut",
        least=1_000,
        scales=True,
    ),
    Line(
        key="cut_violations",
        words="violations after a cut, foul weather or an odd answer",
        most=0,
    ),
    Line(key="kills", words="kills of a running program", least=500, scales=True),
    Line(key="kill_violations", words="violations after a kill", most=0),
    Line(key="crash_states", words="states of the disk after a crash", least=10_000, scales=True),
    Line(key="crash_violations", words="violations in them", most=0),
    Line(key="rules_removed", words="safety rules removed one at a time", least=40),
    Line(key="rules_removed_unnoticed", words="of them unnoticed", most=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line as it came out. `reached` None: it has no goal."""

    key: str
    words: str
    number: float
    goal: str
    reached: bool | None


def say(line: str) -> None:
    """Tell whoever waits for the proof."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def figures(report: Mapping[str, object], share: float = 1.0) -> tuple[Figure, ...]:
    """Return the lines that a report knows, judged as a run of that share of the whole.

    Chance is rough in a small part: what was rare is only counted in a whole run.
    """
    return tuple(
        _judged(line, report[line.key], share)
        for line in LINES
        if line.key in report and (share >= 1 or line.key != "rare")
    )


def _judged(line: Line, value: object, share: float) -> Figure:
    number = len(value) if isinstance(value, list) else value
    if not isinstance(number, int | float):
        raise TypeError(f"{line.key} is no figure")
    goal, reached = "", None
    if line.least is not None:
        least = max(1, int(line.least * min(share, 1))) if line.scales else line.least
        goal, reached = f"≥ {least:,}", number >= least
    if line.most is not None:
        goal, reached = f"≤ {line.most:,}", number <= line.most
    return Figure(key=line.key, words=line.words, number=number, goal=goal, reached=reached)


def say_table(shown: tuple[Figure, ...]) -> None:
    """Print figures beside their goals."""
    wide = max((len(one.words) for one in shown), default=0)
    for one in shown:
        say(f"{one.words:<{wide}}  {one.number:>10,}  {one.goal:>10}  {_yes(one):<3}".rstrip())


def write_table(page: Path, report: Mapping[str, object]) -> None:
    """Put the figures of a report between the marks of a page."""
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join(_table(report))
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def _table(report: Mapping[str, object]) -> Iterator[str]:
    yield "| what | key | number | goal | reached |"
    yield "|--|--|--:|--:|--|"
    for one in figures(report):
        yield f"| {one.words} | `{one.key}` | {one.number:,} | {one.goal} | {_yes(one)} |"
    for title, key in (
        ("answer (`rule_hits`)", "rule_hits"),
        ("fault (`fault_hits`)", "fault_hits"),
    ):
        hits = report.get(key)
        if isinstance(hits, Mapping):
            yield ""
            yield f"| {title} | times met |"
            yield "|--|--:|"
            for name, number in hits.items():
                yield f"| {name} | {number:,} |"


def _yes(one: Figure) -> str:
    if one.reached is None:
        return ""
    return "yes" if one.reached else "NO"
