"""House rules that no linter knows, read from the syntax tree of the code."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "assessor_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
EVERYTHING = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
FORBIDDEN_CALLS = {"processEvents", "moveToThread", "blockSignals", "sender"}
FORBIDDEN_WORDS = {"learner", "candidate", "grader", "scorer", "grade", "score", "approve"}
FIELD_PACKAGES = ("domain", "wire", "usecases", "ui")
FORBIDDEN_MODULES = {"utils", "helpers", "common", "misc", "manager", "base"}
PROGRAM_CHANGES = {"toggled", "valueChanged", "textChanged", "idToggled", "currentIndexChanged"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def method_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def offences(found: Iterator[tuple[Path, int, str]]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{line} {what}" for path, line, what in found]


def test_signals_are_connected_to_bound_methods_or_signals_only() -> None:
    def found() -> Iterator[tuple[Path, int, str]]:
        for path in (PACKAGE / "ui").rglob("*.py"):
            for call in calls(path):
                if method_name(call) == "connect" and call.args:
                    target = call.args[0]
                    if isinstance(target, ast.Lambda | ast.Call):
                        yield path, call.lineno, "connects a lambda or a call"

    assert offences(found()) == []


def test_screens_persist_only_what_the_assessor_did() -> None:
    def found() -> Iterator[tuple[Path, int, str]]:
        for path in (PACKAGE / "ui").rglob("*.py"):
            for call in calls(path):
                if method_name(call) != "connect" or not isinstance(call.func, ast.Attribute):
                    continue
                signal = call.func.value
                if not isinstance(signal, ast.Attribute) or signal.attr not in PROGRAM_CHANGES:
                    continue
                if "ScrollBar" not in ast.unparse(signal.value):
                    yield path, call.lineno, f"connects {signal.attr}"

    assert offences(found()) == []


def test_no_event_loop_tricks() -> None:
    def found() -> Iterator[tuple[Path, int, str]]:
        for path in SOURCES:
            for call in calls(path):
                if method_name(call) in FORBIDDEN_CALLS:
                    yield path, call.lineno, method_name(call)

    assert offences(found()) == []


def test_time_is_passed_in() -> None:
    """Only the composition root and the entry points may read the clock."""

    def found() -> Iterator[tuple[Path, int, str]]:
        for path in SOURCES:
            if path.parent == PACKAGE or "command" in path.stem:
                continue
            for call in calls(path):
                if method_name(call) in {"utcnow", "today"} or (
                    method_name(call) == "now" and ast.unparse(call.func) == "datetime.now"
                ):
                    yield path, call.lineno, ast.unparse(call)

    assert offences(found()) == []


@pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    if "migrations" in path.parts:
        return  # a migration spells out a whole schema and is never edited again
    assert len(path.read_text("utf-8").splitlines()) <= MAX_FILE_LINES
    long = [
        node.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert long == []


def test_package_files_hold_a_docstring_only() -> None:
    def found() -> Iterator[tuple[Path, int, str]]:
        for path in PACKAGE.rglob("__init__.py"):
            body = tree(path).body
            if len(body) != 1 or ast.get_docstring(tree(path)) is None:
                yield path, 1, "more or less than a docstring"

    # The statistics library is used alone: its package file is its public face.
    assert [line for line in offences(found()) if "reliability/__init__" not in line] == []


def test_names_are_the_words_of_the_field() -> None:
    def found() -> Iterator[tuple[Path, int, str]]:
        for package in FIELD_PACKAGES:
            for path in (PACKAGE / package).rglob("*.py"):
                for node in ast.walk(tree(path)):
                    for name in names_of(node):
                        words = set(re.split(r"_+|(?<=[a-z])(?=[A-Z])", name))
                        if {word.lower() for word in words} & FORBIDDEN_WORDS:
                            yield path, getattr(node, "lineno", 0), name

    assert offences(found()) == []


def names_of(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.arg):
        return (node.arg,)
    if isinstance(node, ast.Attribute):
        return (node.attr,)
    return ()


def test_modules_have_names_that_say_something() -> None:
    assert [str(path) for path in EVERYTHING if path.stem in FORBIDDEN_MODULES] == []


def test_open_ends_name_an_issue() -> None:
    ends = re.compile(r"#.*\b(TODO|FIXME|XXX)\b(?!.*#\d+)")  # issue numbers excepted
    assert [str(p) for p in EVERYTHING if p != Path(__file__) and ends.search(p.read_text())] == []


def test_tests_do_not_sleep_mock_or_skip() -> None:
    banned = re.compile(
        r"time\.sleep|qtbot\.wait\(|unittest\.mock|monkeypatch\.setattr|mark\.(skip|xfail)"
    )
    tests = (path for path in EVERYTHING if path.is_relative_to(ROOT / "tests"))
    assert [str(p) for p in tests if p != Path(__file__) and banned.search(p.read_text())] == []


def test_nothing_of_this_machine_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name] or EVERYTHING
    places = re.compile(rb"/work/|/root/|/home/\w|files\.pythonhosted|pypi\.org/simple")
    found = [
        str(path)
        for path in paths
        if path.is_file() and path != Path(__file__) and places.search(path.read_bytes())
    ]
    assert found == []
