"""The command that takes folders of submissions in, earlier attempts first."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessor_app.domain.errors import AppError
from assessor_app.reference_platform.intake.errors import IntakeRefusedError
from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.words import sentence

FORM = "submission.json"
MICROCREDENTIALS = "microcredentials"


def take_in(platform: Platform, told: argparse.Namespace) -> int:
    """Take in every folder that can be; print the earner's id of each, and every problem."""
    from assessor_app.reference_platform.intake.build import build  # noqa: PLC0415 (heavy)
    from assessor_app.render.host import RenderHost  # noqa: PLC0415 (heavy)
    from assessor_app.render.profiles import ProfileName  # noqa: PLC0415 (heavy)

    refused = False
    with RenderHost(ProfileName.REBUILD) as render:
        for folder in submission_folders(told.folder):
            beside = told.microcredentials or folder.resolve().parent.parent / MICROCREDENTIALS
            try:
                built = build(
                    folder,
                    microcredentials=beside,
                    earlier=platform.earlier,
                    render=render,
                    now=datetime.now(UTC),
                )
                sys.stdout.write(f"{platform.take_in(built)}\t{folder.name}\n")
                sys.stdout.flush()
            except AppError as error:
                refused = True
                for line in _lines(folder, error):
                    sys.stderr.write(f"{_shown(line)}\n")
    return 1 if refused else 0


def submission_folders(told: list[Path]) -> list[Path]:
    """Return the submissions in and below what was told, in the order they were submitted."""
    folders: list[Path] = []
    for path in told:
        inner = sorted(one.parent for one in path.glob(f"*/{FORM}"))
        folders += inner if inner and not (path / FORM).exists() else [path]
    return sorted(folders, key=_submitted_at)


def _submitted_at(folder: Path) -> str:
    """Return when a submission was made, as far as that can be read before it is checked."""
    try:
        told: Any = json.loads((folder / FORM).read_bytes())
        return str(told["submitted_at"])
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        return ""


def _lines(folder: Path, error: AppError) -> Iterator[str]:
    if not isinstance(error, IntakeRefusedError):
        yield f"{folder.name}: {sentence(error)}"
        return
    yield f"{folder.name} was not taken in:"
    for problem in error.problems:
        yield f"  {problem.path}: {problem.what}. {problem.how}"


def _shown(line: str) -> str:
    """Return a line that a terminal shows and does not obey: names are the earner's."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in line)
