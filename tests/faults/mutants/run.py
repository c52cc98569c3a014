"""Remove one safety rule at a time from a copy of the product, and see the proof go red.

A mutant is a patch whose first lines say which rule it removes and what has to notice:
`simulator`, or the name of a test.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.faults.prove_table import say

MUTANTS = Path(__file__).parent
ROOT = MUTANTS.parents[2]
SIMULATOR = "simulator"
HISTORIES = 3_000
_HEAD = re.compile(r"Rule: (?P<rule>.+)\nRed: (?P<red>.+)\n")
_COPIED = ("assessor_app", "tests")
_LINKED = ("resources", "pyproject.toml", "docs")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One rule, the patch that removes it, and what has to go red."""

    patch: Path
    rule: str
    red: str


def list_mutants() -> tuple[Mutant, ...]:
    """Return every mutant, by name."""
    found: list[Mutant] = []
    for patch in sorted(MUTANTS.glob("*.patch")):
        head = _HEAD.match(patch.read_text())
        if head is None:
            raise ValueError(f"{patch.name} does not say its rule")
        found.append(Mutant(patch, head["rule"], head["red"]))
    return tuple(found)


def remove_rules(names: Collection[str] = (), *, at_once: int = 1) -> Mapping[str, object]:
    """Return how many rules were removed, all or those named, and which nothing noticed."""
    mutants = [one for one in list_mutants() if not names or one.patch.stem in names]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole"
        copy_tree(whole)
        tests = sorted({one.red for one in mutants} - {SIMULATOR})
        sound = not tests or _is_green(whole, *tests)
        if not sound:
            say("the tests are red although no rule is removed")
        with ThreadPoolExecutor(at_once) as pool:
            noticed = tuple(pool.map(lambda mutant: _is_noticed(mutant, whole), mutants))
    unnoticed = [one.patch.stem for one, red in zip(mutants, noticed, strict=True) if not red]
    return {
        "rules_removed": len(mutants),
        "rules_removed_unnoticed": len(unnoticed) if sound else len(mutants),
        "unnoticed": unnoticed,
        "rules": {mutant.patch.stem: mutant.rule for mutant in mutants},
    }


def copy_tree(folder: Path) -> None:
    """Copy what a mutant changes and what notices it."""
    folder.mkdir()
    for name in _COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in _LINKED:
        (folder / name).symlink_to(ROOT / name)


def apply(mutant: Mutant, folder: Path) -> None:
    """Remove the rule from a copied tree. Raises CalledProcessError where the patch is stale."""
    subprocess.run(["git", "apply", str(mutant.patch)], cwd=folder, check=True)


def _is_noticed(mutant: Mutant, whole: Path) -> bool:
    folder = whole.with_name(mutant.patch.stem)
    shutil.copytree(whole, folder, symlinks=True)
    apply(mutant, folder)
    noticed = not _is_green(folder, mutant.red)
    shutil.rmtree(folder)
    say(f"{'red' if noticed else 'UNNOTICED'}: {mutant.patch.stem}")
    return noticed


def _is_green(folder: Path, *red: str) -> bool:
    if red == (SIMULATOR,):
        command = ["-m", "tests.faults.prove", "--search", str(HISTORIES)]
    else:
        command = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *_each(red)]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
    return done.returncode == 0


def _each(red: tuple[str, ...]) -> Iterator[str]:
    for names in red:
        yield from names.split()
