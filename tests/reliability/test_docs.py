"""The examples of `docs/reliability.md` run as they stand."""

import json
import re
from pathlib import Path

from assessor_app.reliability.command.main import OK, main
from assessor_app.reliability.command.ratings_file import read_ratings
from assessor_app.reliability.command.side_files import (
    read_award_rule,
    read_levels,
    read_thresholds,
)
from assessor_app.reliability.report.catalogue import CATALOGUE
from tests.reliability.files import run_json, write_json

TEXT = (Path(__file__).parents[2] / "docs" / "reliability.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1]


def inline(start: str) -> object:
    found = re.search(rf"`(\{{\s*{re.escape(start)}.*?\}}+)`", TEXT, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_the_library_example_runs() -> None:
    exec(compile(block("python"), "docs/reliability.md", "exec"), {})  # noqa: S102 (our own page)


def test_the_example_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(block("csv"), "utf-8")
    ratings, _ = read_ratings(path, None)
    levels = read_levels(write_json(tmp_path / "levels.json", inline('"Context": [')))
    rule = write_json(tmp_path / "rule.json", inline('"required"'))
    thresholds = read_thresholds(write_json(tmp_path / "t.json", inline('"decision_dependable"')))

    assert len(ratings.unit) == 4
    assert levels == {"Context": ("Developing", "Basic", "Proficient")}
    assert thresholds.set_by == "lead team"
    everything = write_json(
        tmp_path / "levels.json", dict.fromkeys(("Context", "Reflection"), levels["Context"])
    )
    ordered, _ = read_ratings(path, read_levels(everything))
    assert read_award_rule(rule, ordered.criteria).tolist() == [1, 2]
    assert main([str(path), "--levels", str(everything), "--award-rule", str(rule)]) == OK


def test_the_json_has_the_documented_keys(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(block("csv"), "utf-8")
    shown = json.loads(block("json"))
    found = run_json(tmp_path, [str(path), "--all"])

    assert set(found) == set(shown)
    for name in ("figures", "verdicts", "not_computable"):
        assert set(found[name][0]) == set(shown[name][0])
        assert shown["figures"][0]["name"] in CATALOGUE
    assert set(shown["engine"]) <= set(found["engine"])
