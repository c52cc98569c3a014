"""Reports on thin, one-sided and incomplete ratings."""

import io
import sys
from pathlib import Path

import pytest

from assessor_app.reliability.command.main import BAD_INPUT, TerminalProgress, main
from tests.reliability.files import (
    HEADER,
    figures,
    run_json,
    write_csv,
    write_json,
    write_simulated,
)
from tests.simulate.generator import Setting

DEFINITIVE = ("submission", "criterion", "level")


def refused(report: dict[str, list[dict[str, str]]], name: str) -> list[str]:
    return [one["reason"] for one in report["not_computable"] if one["name"] == name]


def test_one_double_read_has_an_alpha_without_a_range(tmp_path: Path) -> None:
    rows = [("S-1", "A", "C", 1), ("S-1", "B", "C", 2)]
    found = run_json(tmp_path, [str(write_csv(tmp_path / "r.csv", HEADER, rows)), "--all"])

    alpha = figures(found, "krippendorff_alpha")[0]
    assert (alpha["value"], alpha["interval"], alpha["standard_error"]) == (0, None, None)


def test_favoured_assessors_raise_the_warning(tmp_path: Path) -> None:
    setting = Setting(assessors=12, packets=900, criteria=3, favoured=2.2, missing=0)
    found = run_json(tmp_path, write_simulated(tmp_path, setting, 4))

    assert [one["about"] for one in found["verdicts"] if "randomly" in one["verdict"]] == [
        "assignment"
    ]


def test_submissions_that_do_not_differ_have_no_dependability(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "C", (unit + shift) % 2)
        for unit in range(20)
        for shift, who in enumerate("AB")
    ]
    found = run_json(tmp_path, [str(write_csv(tmp_path / "r.csv", HEADER, rows)), "--all"])

    assert "there is no variation between submissions" in refused(found, "Phi")


def test_awards_alone_have_no_agreement_on_denials(tmp_path: Path) -> None:
    rows = [(f"S-{unit}", who, "C", 1 + unit % 2) for unit in range(12) for who in "AB"]
    rule = write_json(tmp_path / "rule.json", {"required": {"C": 1}})
    levels = write_json(tmp_path / "levels.json", {"C": [0, 1, 2]})
    path = write_csv(tmp_path / "r.csv", HEADER, rows)
    arguments = [str(path), "--award-rule", str(rule), "--levels", str(levels), "--all"]
    found = run_json(tmp_path, arguments)

    assert refused(found, "decision_negative_agreement") == ["no case of this kind"]
    assert refused(found, "decision_kappa") == ["everyone used one level"]
    assert "Agreement on the few denials" in found["verdicts"][0]["sentence"]


def test_denials_may_be_the_many(tmp_path: Path) -> None:
    rows = [(f"S-{unit}", who, "C", int(unit % 10 == 0)) for unit in range(30) for who in "AB"]
    rule = write_json(tmp_path / "rule.json", {"required": {"C": 1}})
    path = write_csv(tmp_path / "r.csv", HEADER, rows)
    found = run_json(tmp_path, [str(path), "--award-rule", str(rule)])

    assert "90 % of the reads deny" in found["verdicts"][0]["sentence"]


def test_nobody_read_the_definitive_packets(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [("S-1", "A", "C", 1), ("S-1", "B", "C", 2)])
    definitive = write_csv(tmp_path / "d.csv", DEFINITIVE, [("S-9", "C", 1)])
    found = run_json(tmp_path, [str(path), "--definitive", str(definitive), "--all"])

    assert refused(found, "exact") == ["no case of this kind"]


def test_definitive_packets_of_practice_alone_are_no_panel(tmp_path: Path) -> None:
    rows = [(f"S-{unit}", who, "C", unit % 3, "primary") for unit in range(9) for who in "AB"]
    rows.append(("P-1", "A", "C", 2, "practice"))
    path = write_csv(tmp_path / "r.csv", (*HEADER, "read_reason"), rows)
    definitive = write_csv(tmp_path / "d.csv", DEFINITIVE, [("P-1", "C", 1)])
    found = run_json(tmp_path, [str(path), "--definitive", str(definitive), "--all"])

    assert figures(found, "panel_sharpness") == []
    assert len(figures(found, "severity_levels")) == 2


def test_words_beside_definitive_words_are_exact_or_not(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [("S-1", "A", "C", "good")])
    definitive = write_csv(tmp_path / "d.csv", DEFINITIVE, [("S-1", "C", "good")])
    found = run_json(tmp_path, [str(path), "--definitive", str(definitive), "--all"])

    assert figures(found, "exact")[0]["value"] == 1
    assert figures(found, "mean_signed_difference") == []


def test_determinations_need_every_criterion_and_both_sides(tmp_path: Path) -> None:
    rows = [(f"S-{unit}", "A", name, 1) for unit in range(3) for name in ("C", "D")]
    path = write_csv(tmp_path / "r.csv", HEADER, rows)
    rule = write_json(tmp_path / "rule.json", {"required": {"*": 1}})
    levels = write_json(tmp_path / "levels.json", {"C": [0, 1], "D": [0, 1]})
    arguments = [str(path), "--award-rule", str(rule), "--levels", str(levels), "--all"]
    for definitive, name in (
        ([("S-1", "C", 1)], "sensitivity_award"),
        ([("S-1", "C", 1), ("S-1", "D", 1)], "specificity_award"),
    ):
        side = write_csv(tmp_path / "d.csv", DEFINITIVE, definitive)
        found = run_json(tmp_path, [*arguments, "--definitive", str(side)])
        assert set(refused(found, name)) == {"no case of this kind"}


def test_one_day_has_no_two_periods(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "C", (unit * 7 + shift * (unit % 4 == 0)) % 3, "2026-11-25")
        for unit in range(20)
        for shift, who in enumerate("AB")
    ]
    rows.append(("S-0", "C", "C", 0, "2026-11-25"))
    path = write_csv(tmp_path / "r.csv", (*HEADER, "at"), rows)
    found = run_json(tmp_path, [str(path), "--all"])

    assert refused(found, "period_change") == ["no case of this kind"]
    drift = {one["scope"]["assessor"]: one for one in found["verdicts"] if one["about"] == "drift"}
    assert set(drift) == {"A", "B"}
    assert drift["A"]["sentence"] == "A: no sign of change since 2026-11-25."


def test_a_rule_may_ask_of_one_rubric_alone(tmp_path: Path) -> None:
    rows = [
        (f"S-{unit}", who, "CD"[unit % 2], (unit * 7 + shift * (unit % 3 == 0)) % 3, str(unit % 2))
        for unit in range(60)
        for shift, who in enumerate("AB")
    ]
    path = write_csv(tmp_path / "r.csv", (*HEADER, "rubric_version"), rows)
    rule = write_json(tmp_path / "rule.json", {"required": {"D": 1}})
    found = run_json(tmp_path, [str(path), "--award-rule", str(rule), "--all"])

    assert figures(found, "decision_agreement")[0]["n"] == 30
    assert len(figures(found, "decision_accuracy")) == 1


def test_without_the_extra_a_pdf_is_refused_with_a_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [("S-1", "A", "C", 1)])
    monkeypatch.delitem(sys.modules, "assessor_app.reliability.command.pdf_page", raising=False)
    monkeypatch.setitem(sys.modules, "typst", None)

    assert main([str(path), "--out", str(tmp_path / "r.pdf")]) == BAD_INPUT
    assert "install the extra 'report'" in capsys.readouterr().err
    assert not (tmp_path / "r.pdf").exists()


def test_a_terminal_sees_how_far_it_is() -> None:
    terminal = io.StringIO()
    TerminalProgress(terminal)("fitting severities", 7)

    assert terminal.getvalue() == "\rfitting severities: 7   "
