"""The report: formats, equal bytes, guards, verdicts and what the model adds."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from assessor_app.reliability.command.document import document
from assessor_app.reliability.command.html_page import html_report
from assessor_app.reliability.command.main import BAD_INPUT, OK, STOPPED, guarded, main
from assessor_app.reliability.command.marks import shade
from assessor_app.reliability.command.pdf_page import pdf_report
from assessor_app.reliability.command.ratings_file import read_ratings
from assessor_app.reliability.command.side_files import read_definitive, read_levels
from assessor_app.reliability.report.assemble import Question, report
from assessor_app.reliability.report.catalogue import CATALOGUE
from tests.reliability.files import (
    HEADER,
    figures,
    run_json,
    write_csv,
    write_json,
    write_simulated,
)
from tests.simulate.generator import Setting

SETTING = Setting(
    assessors=8,
    packets=280,
    double=0.3,
    seeds=20,
    severity_sd=0.9,
    careless=1,
    drift=2.0,
    drifting=1,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("simulated")


@pytest.fixture(scope="module")
def arguments(folder: Path) -> list[str]:
    return write_simulated(folder, SETTING, 12)


def test_every_format_is_written_and_the_same_again(folder: Path, arguments: list[str]) -> None:
    names = ("r.json", "r.csv", "r.xlsx", "r.html", "r.pdf")
    outs = [part for name in names for part in ("--out", str(folder / name))]

    assert main([*arguments, *outs]) == OK
    first = [(folder / name).read_bytes() for name in names]
    assert main([*arguments, *outs]) == OK
    assert [(folder / name).read_bytes() for name in names] == first
    assert main([*arguments, *outs, "--seed", "2"]) == OK
    assert (folder / "r.json").read_bytes() != first[0]
    assert not list(folder.glob("*.part"))


def test_the_tables_hold_what_the_json_holds(folder: Path, arguments: list[str]) -> None:
    found = run_json(folder, [*arguments, "--out", str(folder / "t.csv")])
    assert main([*arguments, "--out", str(folder / "t.xlsx")]) == OK

    rows = list(csv.DictReader((folder / "t.csv").read_text("utf-8").splitlines()))
    book = openpyxl.load_workbook(folder / "t.xlsx")
    assert len(rows) == len(found["figures"]) == book["Figures"].max_row - 1
    assert [row["name"] for row in rows] == [one["name"] for one in found["figures"]]
    assert json.loads(rows[0]["params"]) == found["figures"][0]["params"]
    assert book["Verdicts"].max_row == len(found["verdicts"]) + 1


def test_the_pdf_is_tagged_and_names_its_language(folder: Path, arguments: list[str]) -> None:
    assert main([*arguments, "--out", str(folder / "t.pdf")]) == OK
    reader = pypdf.PdfReader(folder / "t.pdf")
    root: Any = reader.root_object
    text = "".join(page.extract_text() for page in reader.pages)

    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert "Do we read the rubric alike?" in text
    assert "N, assessors are qualified" in text


def test_the_page_speaks_to_people(folder: Path, arguments: list[str]) -> None:
    assert main([*arguments, "--out", str(folder / "t.html")]) == OK
    page = (folder / "t.html").read_text("utf-8")

    for piece in (
        "second reads led to the same recommendation",
        "Who is stricter or more lenient?",
        "first and second read",
        "Show as a table",
        "No sign of change over time in",
        "O, ratings are reliable and reviewed periodically",
        '<html lang="en">',
    ):
        assert piece in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_model_figures_speak_of_every_assessor(folder: Path, arguments: list[str]) -> None:
    found = run_json(folder, [*arguments, "--all"])
    names = {one["name"] for one in found["figures"]}

    assert {
        "severity_levels",
        "award_rate",
        "planned_correct",
        "decision_consistency",
        "panel_sharpness",
        "divergence_p",
        "surprise",
        "central_tendency_slope",
        "halo_sd_of_assessor",
        "criterion_severity",
        "drift_up",
        "period_change",
        "decision_agreement",
        "sensitivity_award",
    } <= names
    assert names <= set(CATALOGUE)
    assert len(figures(found, "severity_levels")) == SETTING.assessors
    about = {said["about"] for said in found["verdicts"]}
    assert {"decision", "criterion", "severity", "drift"} <= about
    drifted = [
        said["verdict"]
        for said in found["verdicts"]
        if said["about"] == "drift" and said["scope"]["assessor"] == "A-01"
    ]
    assert drifted == ["Has changed"]


def test_guards_hold_figures_back_unless_all_are_asked_for(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "C", (unit + (who == "B" and unit % 5 == 0)) % 3)
        for unit in range(20)
        for who in "AB"
    ]
    path = write_csv(tmp_path / "r.csv", HEADER, rows)
    few, every = run_json(tmp_path, [str(path)]), run_json(tmp_path, [str(path), "--all"])

    assert figures(few, "gwet_ac1") == []
    assert any(one["name"] == "gwet_ac1" for one in few["held_back"])
    assert "20 of the 30 double reads" in str(few["held_back"])
    assert figures(few, "percent_agreement")[0]["shown"] is True
    assert figures(every, "gwet_ac1")[0]["shown"] is False


def test_a_small_file_without_rule_still_makes_a_page(tmp_path: Path) -> None:
    rows = [("S-1", "A", "C", 1), ("S-1", "B", "C", 2)]
    path = write_csv(tmp_path / "r.csv", HEADER, rows)
    outs = [part for name in ("r.html", "r.pdf") for part in ("--out", str(tmp_path / name))]

    assert main([str(path), *outs]) == OK
    assert "too few to tell" in (tmp_path / "r.html").read_text("utf-8")


def test_without_shared_packets_nobody_is_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(f"S-{unit}", "AB"[unit % 2], "C", unit % 3) for unit in range(30)]
    path = write_csv(tmp_path / "r.csv", HEADER, rows)

    assert main([str(path)]) == OK
    printed = capsys.readouterr().out
    assert printed.startswith("Not enough evidence yet: 0 double reads.")
    assert "Note: Without a levels file" in printed
    assert main([str(path), "--out", str(tmp_path / "r.html")]) == OK
    assert main([str(path), "--out", str(tmp_path / "r.pdf")]) == OK
    assert "No assessor shares enough packets" in (tmp_path / "r.html").read_text("utf-8")


def test_reads_that_may_not_enter_the_model_leave_none(tmp_path: Path) -> None:
    rows = [("S-1", "A", "C", 1, "practice"), ("S-1", "B", "C", 2, "practice")]
    path = write_csv(tmp_path / "r.csv", (*HEADER, "read_reason"), rows)
    found = run_json(tmp_path, [str(path), "--all"])

    reasons = {one["name"]: one["reason"] for one in found["not_computable"]}
    assert reasons["severity_levels"] == "no read can be used for the model"


def test_unlinked_assessors_are_told_how_to_link(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "C", (unit + shift) % 3)
        for unit in range(20)
        for shift, who in enumerate("AB")
    ]
    rows += [
        (f"T-{unit}", who, "C", (unit + shift) % 3)
        for unit in range(4)
        for shift, who in enumerate("CD")
    ]
    rows.append(("U", "E", "C", 1))
    found = run_json(tmp_path, [str(write_csv(tmp_path / "r.csv", HEADER, rows))])

    lost = {
        said["scope"]["assessor"]
        for said in found["verdicts"]
        if said["verdict"] == "Not connected"
    }
    assert lost == {"C", "D", "E"}


def test_rubric_versions_with_a_rule_are_planned_apart(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "C", (unit * 7 + shift * (unit % 3 == 0)) % 3, str(3 + unit % 2))
        for unit in range(80)
        for shift, who in enumerate("ABC")
    ]
    path = write_csv(tmp_path / "r.csv", (*HEADER, "rubric_version"), rows)
    rule = write_json(tmp_path / "rule.json", {"required": {"C": 1}})
    found = run_json(tmp_path, [str(path), "--award-rule", str(rule), "--all"])

    planned = figures(found, "planned_reads")
    assert {one["scope"]["rubric_version"] for one in planned} == {"3", "4"}
    assert len(figures(found, "criterion_difficulty")) == 2
    assert figures(found, "deviance")[0]["scope"] == {}
    assert main([str(path), "--out", str(tmp_path / "r.html")]) == OK
    assert "C (rubric 4)" in (tmp_path / "r.html").read_text("utf-8")


def test_the_catalogue_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == OK
    printed = capsys.readouterr().out

    assert "krippendorff_alpha\tkrippendorff-2011" in printed
    assert "wilson_ci95\tlibrary only" in printed


def test_ctrl_c_is_an_answer_not_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert guarded(interrupted) == STOPPED
    assert "nothing was written" in capsys.readouterr().err


def test_a_folder_in_the_way_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [("S-1", "A", "C", 1)])
    (tmp_path / "r.json").mkdir()

    assert main([str(path), "--out", str(tmp_path / "r.json")]) == BAD_INPUT
    assert "cannot be written" in capsys.readouterr().err


def test_colours_of_cells_grow_with_the_count() -> None:
    assert shade(0, 9) == "#FFFFFF"
    assert shade(9, 9) < shade(3, 9) < "#FFFFFF"
    assert shade(0, 0) == "#FFFFFF"


def test_a_long_name_is_shortened_in_the_chart_alone(tmp_path: Path) -> None:
    name = "Roles, timeline and responsibilities of the plan"
    rows = [(f"S-{unit}", who, name, unit % 3) for unit in range(12) for who in "AB"]
    path = write_csv(tmp_path / "r.csv", HEADER, rows)

    assert main([str(path), "--out", str(tmp_path / "r.html")]) == OK
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Roles, timeline and respon…" in page
    assert f"<td>{name}</td>" in page


def test_markup_in_names_stays_text(tmp_path: Path) -> None:
    name = '<b>C #let x = [1] "quoted" *_'
    rows = [(f"S-{unit}", who, name, unit % 3) for unit in range(12) for who in "AB"]
    ratings, warnings = read_ratings(write_csv(tmp_path / "r.csv", HEADER, rows), None)
    found = report(Question(ratings=ratings))

    assert "<b>C" not in html_report(found, warnings)
    assert b"%PDF" in pdf_report(found, warnings)[:8]
    assert document(found, warnings).criteria[0].name == name


def test_times_on_some_reads_alone_give_no_chart(folder: Path, arguments: list[str]) -> None:
    levels = read_levels(folder / "levels.json")
    lines = (folder / "ratings.csv").read_text("utf-8").splitlines()
    first = lines[1].rsplit(",", 1)[0] + ","
    (folder / "gap.csv").write_text("\n".join([lines[0], first, *lines[2:]]), "utf-8")
    ratings, _ = read_ratings(folder / "gap.csv", levels)
    definitive, _ = read_definitive(folder / "definitive.csv", ratings, levels)
    found = report(Question(ratings=ratings, definitive=definitive))

    assert found.period is None
    assert not any(said.about == "drift" for said in found.verdicts)
