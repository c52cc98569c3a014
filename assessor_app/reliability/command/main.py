"""`assessor-app reliability`: arguments in, files or sentences out, an exit code back."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from assessor_app.reliability.command.data_files import (
    csv_report,
    json_report,
    xlsx_report,
)
from assessor_app.reliability.command.html_page import html_report
from assessor_app.reliability.command.problems import FileProblemError
from assessor_app.reliability.command.ratings_file import read_ratings
from assessor_app.reliability.command.side_files import (
    read_award_rule,
    read_definitive,
    read_levels,
    read_thresholds,
    seen_levels,
)
from assessor_app.reliability.facets.fit import no_progress
from assessor_app.reliability.report.assemble import Question, Report, report
from assessor_app.reliability.report.catalogue import CATALOGUE, LIBRARY_ONLY
from assessor_app.reliability.thresholds import DEFAULTS

OK, BAD_INPUT, STOPPED = 0, 2, 130
_FORMATS = (".json", ".csv", ".xlsx", ".html", ".pdf")


@dataclass(slots=True)
class _Arguments(argparse.Namespace):
    ratings: Path | None = None
    definitive: Path | None = None
    award_rule: Path | None = None
    levels: Path | None = None
    thresholds: Path | None = None
    every: bool = False
    seed: int = 1
    out: Sequence[Path] | None = None
    list: bool = False


def main(argv: list[str]) -> int:
    """Run the command and return its exit code: 0 done, 2 bad input, 130 stopped."""
    given = _parser().parse_args(argv, namespace=_Arguments())
    if given.list:
        _print_catalogue()
        return OK
    return guarded(lambda: _run(given))


def guarded(work: Callable[[], int]) -> int:
    """Return the exit code of the work, a sentence instead of a traceback where one is due."""
    try:
        return work()
    except FileProblemError as error:
        print(error.text(), file=sys.stderr)  # noqa: T201 (the command's own voice)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)  # noqa: T201 (its own voice)
        return STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="assessor-app reliability",
        description="How far assessors agree, with ranges and counts. Formats: docs/reliability.md",
    )
    parser.add_argument("ratings", nargs="?", type=Path, metavar="RATINGS.csv")
    parser.add_argument("--definitive", type=Path, metavar="FILE.csv")
    parser.add_argument("--award-rule", type=Path, metavar="FILE.json")
    parser.add_argument("--levels", type=Path, metavar="FILE.json")
    parser.add_argument("--thresholds", type=Path, metavar="FILE.json")
    parser.add_argument("--all", dest="every", action="store_true", help="also figures held back")
    parser.add_argument("--seed", type=int, default=1, help="of every bootstrap")
    parser.add_argument("--out", type=Path, action="append", help="; ".join(_FORMATS))
    parser.add_argument("--list", action="store_true", help="list every figure and its formula")
    return parser


def _run(given: _Arguments) -> int:
    if given.ratings is None:
        raise FileProblemError("assessor-app reliability", "give a file of ratings")
    out = given.out or ()
    for path in out:
        if path.suffix.lower() not in _FORMATS:
            raise FileProblemError(path.name, f"the format is one of {', '.join(_FORMATS)}")
        if not path.parent.is_dir():
            raise FileProblemError(path.name, "its folder does not exist")
    question, warnings = _question(given, given.ratings)
    progress = TerminalProgress(sys.stderr) if sys.stderr.isatty() else no_progress
    found = report(question, progress=progress)
    for path in out:
        _write(path, _content(path, found, warnings))
    if not out:
        _print_verdicts(found, warnings)
    return OK


def _question(given: _Arguments, ratings_path: Path) -> tuple[Question, tuple[str, ...]]:
    levels = read_levels(given.levels) if given.levels else None
    also = seen_levels(given.definitive) if given.definitive and not levels else None
    ratings, warnings = read_ratings(ratings_path, levels, also=also)
    definitive = None
    if given.definitive:
        definitive, more = read_definitive(given.definitive, ratings, levels)
        warnings += more
    question = Question(
        ratings=ratings,
        definitive=definitive,
        required=read_award_rule(given.award_rule, ratings.criteria) if given.award_rule else None,
        thresholds=read_thresholds(given.thresholds) if given.thresholds else DEFAULTS,
        every=given.every,
        seed=given.seed,
    )
    return question, warnings


def _content(path: Path, found: Report, warnings: tuple[str, ...]) -> bytes:
    writers: dict[str, Callable[[], str | bytes]] = {
        ".json": lambda: json_report(found, warnings),
        ".csv": lambda: csv_report(found),
        ".xlsx": lambda: xlsx_report(found, warnings),
        ".html": lambda: html_report(found, warnings),
        ".pdf": lambda: _pdf(path, found, warnings),
    }
    content = writers[path.suffix.lower()]()
    return content.encode() if isinstance(content, str) else content


def _pdf(path: Path, found: Report, warnings: tuple[str, ...]) -> bytes:
    try:
        from assessor_app.reliability.command.pdf_page import (  # noqa: PLC0415 (an optional extra)
            pdf_report,
        )
    except ModuleNotFoundError as error:
        raise FileProblemError(
            path.name, f"needs the package {error.name}: install the extra 'report'"
        ) from error
    return pdf_report(found, warnings)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        raise FileProblemError(path.name, f"cannot be written ({error.strerror})") from error


def _print_verdicts(found: Report, warnings: tuple[str, ...]) -> None:
    for said in found.verdicts:
        name = said.scope.get("criterion")
        rubric = said.scope.get("rubric_version") if len(found.rubrics) > 1 else None
        label = f"{name} (rubric {rubric}): " if rubric else f"{name}: "
        print(label * bool(name) + said.verdict.sentence)  # noqa: T201 (the command's own voice)
    for text in warnings:
        print(f"Note: {text}")  # noqa: T201 (the command's own voice)


def _print_catalogue() -> None:
    for name, entry in CATALOGUE.items():
        print(f"{name}\t{entry.formula}\t{entry.kind}\t{entry.text}")  # noqa: T201 (its own voice)
    for name, where in LIBRARY_ONLY.items():
        print(f"{name}\tlibrary only\t\t{where}")  # noqa: T201 (the command's own voice)


class TerminalProgress:
    """Tells a terminal how far a long fit is; Ctrl+C stops it."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def __call__(self, stage: str, done: int) -> None:
        """Write the stage and the step over the last ones."""
        self._terminal.write(f"\r{stage}: {done}   ")
        self._terminal.flush()
