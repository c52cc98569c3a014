"""The worked examples once more, from a CSV file through the command to JSON."""

from pathlib import Path
from typing import Any

import pytest

from tests.reliability.cases import PRINTED, close, data, expected
from tests.reliability.files import (
    HEADER,
    figures,
    run_json,
    write_csv,
    write_json,
    write_matrix,
)

FAMILY = (
    "percent_agreement",
    "brennan_prediger",
    "gwet_ac1",
    "gwet_ac2",
    "fleiss_kappa",
    "conger_kappa",
    "krippendorff_alpha_gwet_form",
)
TWO = ("cohen_kappa", "cohen_pe", "percent_agreement", "gwet_ac1")
TWO_BY_TWO = ("pabak", "prevalence_index", "bias_index", "mcnemar_exact_p")
BLOCK = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
FIELDS = {"": "value", "se": "standard_error", "se_unconditional": "standard_error"}


def check(report: dict[str, Any], oracle: str, *stats: str) -> None:
    """Find every expected number in the report by name and params."""
    for case in expected(oracle, *stats):
        found = [
            figure
            for figure in figures(report, case.stat)
            if case.params.items() <= figure["params"].items()
            or figure["params"].get("component") == case.field
        ]
        if case.field and case.field not in {*FIELDS, "ci95"}:
            found = [one for one in found if one["params"]["component"] == case.field]
            assert close(found[0]["value"], case), case
        elif case.field == "ci95":
            assert close(found[0]["interval"], case), case
        else:
            assert close(found[0][FIELDS[case.field]], case), case


def from_matrix(folder: Path, oracle: str) -> dict[str, Any]:
    rows = data(oracle)["ratings"]
    used = sorted({cell for row in rows for cell in row if cell is not None})
    path = write_matrix(folder, rows, data(oracle).get("categories", used))
    return run_json(folder, [str(path), "--levels", str(folder / "levels.json"), "--all"])


def from_table(folder: Path, oracle: str) -> dict[str, Any]:
    table = data(oracle)["table"]
    rows = [
        [first, second]
        for first, row in enumerate(table)
        for second, count in enumerate(row)
        for _ in range(count)
    ]
    levels = list(range(len(table)))
    path = write_matrix(folder, rows, levels)
    return run_json(folder, [str(path), "--levels", str(folder / "levels.json"), "--all"])


def test_agreement_of_four_raters(tmp_path: Path) -> None:
    report = from_matrix(tmp_path, "P02")

    check(report, "P01", "krippendorff_alpha")
    check(report, "P02", *FAMILY)
    (membership,) = figures(report, "cumulative_membership")
    (case,) = expected("P17", "cumulative_membership")
    assert membership["value"] == pytest.approx(case.value, abs=1e-4)
    assert figures(report, "band_at_95_percent")[0]["value"] == "Moderate"
    assert all(figure["shown"] is False for figure in figures(report, "gwet_ac1"))


def test_a_complete_block(tmp_path: Path) -> None:
    check(from_matrix(tmp_path, "P03"), "P03", *BLOCK, "MSR", "MSC", "MSE", "MSW")
    report = from_matrix(tmp_path, "P03")
    check(report, "P03", "variance_component")


def test_three_raters_and_their_pairs(tmp_path: Path) -> None:
    report = from_matrix(tmp_path, "P08")

    check(report, "P08", *BLOCK, "kendall_W", "fleiss_kappa", "conger_kappa")
    check(report, "P08", "all_raters_within_percent", "krippendorff_alpha", "cohen_kappa")


@pytest.mark.parametrize("oracle", ["P05a", "P05b", "P05c", "P06a", "P06b"])
def test_two_by_two_tables(tmp_path: Path, oracle: str) -> None:
    report = from_table(tmp_path, oracle)

    check(report, oracle, *TWO, *TWO_BY_TWO)
    first, second = (expected(oracle, f"{side}_agreement")[0] for side in ("positive", "negative"))
    by_level = {
        figure["params"]["of"]: figure["value"]
        for name in ("positive_agreement", "negative_agreement")
        for figure in figures(report, name)
    }
    assert close(by_level["0"], first)
    assert close(by_level["1"], second)


@pytest.mark.parametrize("oracle", ["P07a", "P07b"])
def test_two_neurologists(tmp_path: Path, oracle: str) -> None:
    check(from_table(tmp_path, oracle), oracle, "cohen_kappa", "percent_agreement", "cohen_pe")


def test_two_abstractors(tmp_path: Path) -> None:
    report = from_table(tmp_path, "P09")

    check(report, "P09", "cohen_kappa", "gwet_ac1", "scott_pi", "brennan_prediger")
    check(report, "P09", "krippendorff_alpha_nominal", "percent_agreement")


def test_margins(tmp_path: Path) -> None:
    report = from_table(tmp_path, "P18")

    check(report, "P18", "stuart_maxwell_chi2", "stuart_maxwell_p", "bhapkar_chi2")


def test_fourteen_raters(tmp_path: Path) -> None:
    counts = data("P04")["counts"]
    rows = [[level for level, count in enumerate(row) for _ in range(count)] for row in counts]
    path = write_matrix(tmp_path, rows, [0, 1, 2, 3, 4])
    report = run_json(tmp_path, [str(path), "--all"])

    check(report, "P04", "fleiss_kappa", "P_bar", "Pe_bar", "p_j", "P_i")


def test_a_nested_design(tmp_path: Path) -> None:
    rows = [
        (f"S-{person}", f"R-{column}", f"T-{column // 4}", level)
        for person, row in enumerate(data("P10")["ratings"])
        for column, level in enumerate(row)
    ]
    path = write_csv(tmp_path / "ratings.csv", HEADER, rows)
    report = run_json(tmp_path, [str(path), "--all"])
    report["figures"] = [one for one in report["figures"] if "design" in one["scope"]]

    check(report, "P10", "variance_component", "Erho2", "Phi", "rel_error_var", "abs_error_var")


def test_the_sparse_facets(tmp_path: Path) -> None:
    rows = [
        (f"S-{row[0]}", f"R-{row[1]}", f"C-{criterion}", level)
        for row in data("P15")["rows"]
        for criterion, level in enumerate(row[2:])
    ]
    path = write_csv(tmp_path / "ratings.csv", HEADER, rows)
    levels = write_json(tmp_path / "levels.json", {f"C-{one}": [0, 1, 2, 3] for one in range(3)})
    report = run_json(tmp_path, [str(path), "--levels", str(levels), "--all"])

    check(
        report,
        "P15",
        "severity_centered",
        "criterion_difficulty",
        "step_parameters",
        "theta_variance",
        "deviance",
        "reml_variance_total_score",
        "reml_mean_total_score",
        "reml_criterion",
        "scorer_blup_total_score",
    )


def test_totals_of_three_judges(tmp_path: Path) -> None:
    rows = [
        (f"S-{examinee}", f"J-{judge}", f"T-{trait}", level)
        for judge, table in enumerate(data("P16")["ratings"])
        for examinee, row in enumerate(table)
        for trait, level in enumerate(row)
    ]
    path = write_csv(tmp_path / "ratings.csv", HEADER, rows)

    check(run_json(tmp_path, [str(path), "--all"]), "P16", "judge_totals")


def test_plans(tmp_path: Path) -> None:
    report = from_matrix(tmp_path, "P02")

    check(report, "P12", "arl")
    check(report, "P13", "h0", "h1", "s", "p_qualify", "expected_packets")
    check(report, "P13", "qualify_if_failures_le_by_n", "reject_if_failures_ge_by_n")


def test_beside_definitive_ratings(tmp_path: Path) -> None:
    found = data("P20")
    path = write_csv(
        tmp_path / "ratings.csv",
        HEADER,
        [(f"S-{unit}", "R", "C", level) for unit, level in enumerate(found["scorer"])],
    )
    definitive = write_csv(
        tmp_path / "definitive.csv",
        ("submission", "criterion", "level"),
        [(f"S-{unit}", "C", level) for unit, level in enumerate(found["gold"])],
    )
    rule = write_json(tmp_path / "rule.json", {"required": {"C": found["award_threshold"]}})
    levels = write_json(tmp_path / "levels.json", {"C": [0, 1, 2, 3]})
    arguments = [str(path), "--definitive", str(definitive), "--award-rule", str(rule)]
    report = run_json(tmp_path, [*arguments, "--levels", str(levels), "--all"])

    check(
        report,
        "P20",
        "exact",
        "adjacent_or_exact",
        "mean_signed_difference",
        "mean_absolute_difference",
        "qwk",
        "sensitivity_award",
        "specificity_award",
        "sensitivity_wilson95",
        "specificity_wilson95",
    )


def test_degenerate_ratings_are_refused_or_exact(tmp_path: Path) -> None:
    single, same, constant, alone, inert, *_ = data("P19")["cases"]
    nothing: dict[str, float | None] = {"percent_agreement": None, "krippendorff_alpha": None}
    cases: list[tuple[list[Any], list[int], dict[str, float | None]]] = [
        (single["ratings"], [1, 2, 3], nothing),
        (same["ratings"], [0, 1, 2, 3], {"cohen_kappa": None, "krippendorff_alpha": None}),
        (constant["ratings"], [2, 3, 4], {"percent_agreement": 0.5, "cohen_kappa": 0.0}),
        (alone["ratings"], [0, 1], {"percent_agreement": 1.0}),
        (inert["ratings"], [1, 2, 3], {"krippendorff_alpha_nominal": 0.44444444}),
    ]
    for rows, levels, wanted in cases:
        path = write_matrix(tmp_path, rows, levels)
        report = run_json(tmp_path, [str(path), "--levels", str(tmp_path / "levels.json"), "--all"])
        assert any(said["verdict"] == "Not enough evidence" for said in report["verdicts"])
        for name, value in wanted.items():
            assert plain_value(report, name) == pytest.approx(value, abs=PRINTED)


def plain_value(report: dict[str, Any], name: str) -> float | None:
    """Return the unweighted value of a figure; None when the report refuses it."""
    for one in figures(report, name):
        params = one["params"]
        if params.get("weights", params.get("level", "identity")) in {"identity", "nominal"}:
            value: float = one["value"]
            return value
    assert name in {one["name"] for one in report["not_computable"]}
    return None
