"""Bad files get a sentence with line numbers; odd but good files the right answer."""

import csv
from pathlib import Path

import pytest

from assessor_app.reliability.command.main import BAD_INPUT, main
from assessor_app.reliability.command.problems import BadRow, FileProblemError
from assessor_app.reliability.command.ratings_file import read_ratings
from assessor_app.reliability.command.side_files import (
    read_award_rule,
    read_definitive,
    read_levels,
    read_thresholds,
)
from tests.reliability.files import HEADER, figures, run_json, write_csv, write_json

TWO_READS = [("S-1", "A", "C", 1), ("S-1", "B", "C", 2), ("S-2", "A", "C", 2), ("S-2", "B", "C", 2)]


def problem(path: Path, levels: dict[str, tuple[str, ...]] | None = None) -> FileProblemError:
    with pytest.raises(FileProblemError) as refusal:
        read_ratings(path, levels)
    return refusal.value


def text_file(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("submission,assessor,criterion,level\n", "the file has a header but no ratings"),
        ("submission,level\nS,1\n", "the header lacks assessor, criterion"),
        ("submission,assessor,criterion,level,level\n", "the header names level twice"),
    ],
)
def test_a_file_that_is_no_table_of_ratings(tmp_path: Path, text: str, sentence: str) -> None:
    assert problem(text_file(tmp_path, text)).problem == sentence


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_bytes(b"submission,assessor\n\xff\xfe")

    assert problem(path).problem == "byte 20 is not UTF-8 text"
    assert problem(tmp_path / "none.csv").problem.startswith("cannot be read")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("S,A,C", "3 fields where the header has 9"),
        (",A,C,1,,,,,", "submission is empty"),
        ("S,A,C,,,,,,", "level is empty"),
        ("S,A,C,NaN,,,,,", "NaN is not a level; leave the row out where nothing was rated"),
        ("S,A,C,9,,,,,", "'9' is not a level of 'C' (0, 1)"),
        ("S,A,D,1,,,,,", "the criterion 'D' is not in the levels file"),
        ("S,A,C,1,guess,,,,", "'guess' is not a read_reason"),
        ("S,A,C,1,,maybe,,,", "blind is 'maybe', not true or false"),
        ("S,A,C,1,,,0,,", "attempt is '0', not 1, 2, 3"),
        ("S,A,C,1,,,two,,", "attempt is 'two'"),
        ("S,A,C,1,,,,,soon", "at is 'soon', not a date or time"),
    ],
)
def test_a_bad_row_is_told_by_its_line(tmp_path: Path, row: str, sentence: str) -> None:
    good = "S,B,C,1,primary,true,1,2,2026-11-25T10:00:00Z"
    header = ",".join((*HEADER, "read_reason", "blind", "attempt", "rubric_version", "at"))
    found = problem(text_file(tmp_path, f"{header}\n{good}\n{row}\n"), {"C": ("0", "1")})

    assert found.problem == "1 row is bad; nothing was computed"
    assert found.rows[0].line == 3
    assert found.rows[0].problem.startswith(sentence)


def test_a_repeated_rating_names_both_lines(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [*TWO_READS, TWO_READS[1]])

    assert problem(path).rows == (BadRow(line=6, problem="repeats the rating of line 3"),)


def test_every_bad_row_is_listed_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text(
        "submission,assessor,criterion,level\nS1,A,goal,1\nS2,A,goal,NaN\nS1,A,goal,2\n", "utf-8"
    )

    assert [row.line for row in problem(path).rows] == [3, 4]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    rows = [("S", f"A-{one}", "C", "nan") for one in range(60)]
    lines = problem(write_csv(tmp_path / "r.csv", HEADER, rows)).text().splitlines()

    assert lines[0] == "r.csv: 60 rows are bad; nothing was computed"
    assert lines[1].startswith("  line 2: nan is not a level")
    assert lines[-1] == "  and 10 more lines"


def test_a_quote_that_never_ends_is_told(tmp_path: Path) -> None:
    long = "x" * (csv.field_size_limit() + 1)
    found = problem(text_file(tmp_path, f"{','.join(HEADER)}\nS,A,C,{long}\n"))

    assert found.problem.startswith("line 2: field larger")


@pytest.mark.parametrize(
    "text",
    [
        "submission,assessor,criterion,level\r\nS,A,C,1\r\nS,B,C,2\r\n",
        "\N{BYTE ORDER MARK}submission,assessor,criterion,level\nS,A,C,1\nS,B,C,2\n",
        "submission;assessor;criterion;level\nS;A;C;1\nS;B;C;2",
        "submission\tassessor\tcriterion\tlevel\nS\tA\tC\t1\n\nS\tB\tC\t2\n",
        "\nSubmission, Assessor ,criterion,level\nS, A ,C,1\nS,B,C,2\n",
    ],
)
def test_line_ends_marks_and_separators_do_not_matter(tmp_path: Path, text: str) -> None:
    ratings, _ = read_ratings(text_file(tmp_path, text), None)

    assert ratings.assessors == ("A", "B")
    assert ratings.level.tolist() == [0, 1]


def test_names_come_in_natural_order(tmp_path: Path) -> None:
    rows = [("S", f"A-{one}", "C", one) for one in (10, 9, 1)]
    ratings, _ = read_ratings(write_csv(tmp_path / "r.csv", HEADER, rows), None)

    assert ratings.assessors == ("A-1", "A-9", "A-10")
    assert ratings.criteria[0].levels == ("1", "9", "10")


def test_words_without_order_have_no_ordered_figures(tmp_path: Path) -> None:
    rows = [(unit, who, "C", word) for unit, who, _, word in TWO_READS]
    words = [(unit, who, "C", ("poor", "good")[int(level) - 1]) for unit, who, _, level in rows]
    report = run_json(tmp_path, [str(write_csv(tmp_path / "r.csv", HEADER, words)), "--all"])

    identity = figures(report, "percent_agreement")
    assert [one["params"]["weights"] for one in identity] == ["identity"]
    refused = {one["name"] for one in report["not_computable"]}
    assert {"percent_within_one", "gwet_ac2", "severity_levels"} <= refused
    assert any("order of the levels of C" in text for text in report["warnings"])


def test_rubric_versions_are_never_mixed(tmp_path: Path) -> None:
    rows = [
        ("S-1", "A", "C", 1, "3"),
        ("S-1", "B", "C", 1, "4"),
        ("S-2", "A", "C", 1, "4"),
        ("S-2", "B", "C", 2, "4"),
    ]
    path = write_csv(
        tmp_path / "r.csv", (*HEADER, "rubric_version", "mood"), [(*row, "x") for row in rows]
    )
    report = run_json(tmp_path, [str(path), "--all"])

    (only,) = [
        one
        for one in figures(report, "percent_agreement")
        if one["params"]["weights"] == "identity"
    ]
    assert only["scope"]["rubric_version"] == "4"
    assert only["n"] == 1
    assert any("mixes 2 rubric versions" in text for text in report["warnings"])
    assert any("'mood'" in text for text in report["warnings"])


def test_one_assessor_and_one_level_are_not_computable(tmp_path: Path) -> None:
    alone = [("S-1", "A", "C", 1), ("S-2", "A", "C", 2)]
    flat = [("S-1", "A", "C", 1), ("S-1", "B", "C", 1), ("S-2", "B", "C", 1)]
    for rows in (alone, flat):
        path = write_csv(tmp_path / "r.csv", HEADER, rows)
        report = run_json(tmp_path, [str(path), "--all"])
        refused = {one["name"] for one in report["not_computable"]}
        assert {"fleiss_kappa", "krippendorff_alpha"} <= refused
        assert report["verdicts"][0]["verdict"] == "Not enough evidence"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([1], "is not a JSON object"),
        ({}, "no criterion has levels"),
        ({"C": "low"}, "'C' has no list of levels"),
        ({"C": ["low", "low"]}, "'C' names a level twice"),
    ],
)
def test_bad_levels(tmp_path: Path, data: object, sentence: str) -> None:
    with pytest.raises(FileProblemError) as refusal:
        read_levels(write_json(tmp_path / "levels.json", data))
    assert refusal.value.problem == sentence


def test_side_files_that_are_not_json(tmp_path: Path) -> None:
    path = tmp_path / "levels.json"
    for content, sentence in (
        (b"{\n", "line 2 is not JSON"),
        (b"\xff", "byte 0 is not UTF-8 text"),
    ):
        path.write_bytes(content)
        with pytest.raises(FileProblemError) as refusal:
            read_levels(path)
        assert refusal.value.problem.startswith(sentence)
    with pytest.raises(FileProblemError) as refusal:
        read_levels(tmp_path / "none.json")
    assert refusal.value.problem.startswith("cannot be read")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, 'there is no "required"'),
        ({"required": {}}, 'there is no "required"'),
        ({"required": {"X": 1}}, "no rating is of the criterion 'X'"),
        ({"required": {"C": 7}}, "'7' is not among the ordered levels of 'C' (1, 2)"),
    ],
)
def test_bad_award_rules(tmp_path: Path, data: object, sentence: str) -> None:
    ratings, _ = read_ratings(write_csv(tmp_path / "r.csv", HEADER, TWO_READS), None)
    with pytest.raises(FileProblemError) as refusal:
        read_award_rule(write_json(tmp_path / "rule.json", data), ratings.criteria)
    assert refusal.value.problem.startswith(sentence)


def test_an_award_rule_may_ask_of_some_or_of_all(tmp_path: Path) -> None:
    rows = [("S", "A", name, level) for name in ("C", "D") for level in (1,)]
    rows += [("T", "A", name, 2) for name in ("C", "D")]
    ratings, _ = read_ratings(write_csv(tmp_path / "r.csv", HEADER, rows), None)
    some = write_json(tmp_path / "some.json", {"required": {"D": "2"}})
    every = write_json(tmp_path / "every.json", {"required": {"*": 2, "C": 1}})

    assert read_award_rule(some, ratings.criteria).tolist() == [0, 1]
    assert read_award_rule(every, ratings.criteria).tolist() == [0, 1]


def test_thresholds_are_data(tmp_path: Path) -> None:
    changed = write_json(
        tmp_path / "t.json",
        {
            "decision_dependable": 0.9,
            "percentages_from": 20,
            "exact": {"3": 0.7},
            "set_by": "lead",
            "set_on": "2026-11-25",
        },
    )
    found = read_thresholds(changed)

    assert (found.decision_dependable, found.percentages_from) == (0.9, 20)
    assert (found.exact_for(3), found.exact_for(9), found.exact_for(2)) == (0.7, 0.7, 0.7)
    assert (found.set_by, found.set_on) == ("lead", "2026-11-25")


@pytest.mark.parametrize(
    "data",
    [
        {"unknown": 1},
        {"decision_dependable": 2},
        {"decision_dependable": True},
        {"percentages_from": -1},
        {"percentages_from": 0.5},
        {"exact": {"three": 0.7}},
        {"exact": {"3": "most"}},
        {"exact": []},
        {"set_by": 3},
    ],
)
def test_bad_thresholds_are_refused(tmp_path: Path, data: object) -> None:
    with pytest.raises(FileProblemError) as refusal:
        read_thresholds(write_json(tmp_path / "t.json", data))
    assert "cannot be" in refusal.value.problem


def test_definitive_ratings_are_matched_or_named(tmp_path: Path) -> None:
    ratings, _ = read_ratings(write_csv(tmp_path / "r.csv", HEADER, TWO_READS), None)
    rows = [("S-1", "C", 1), *((f"X-{one}", "C", 2) for one in range(6))]
    path = write_csv(tmp_path / "d.csv", ("submission", "criterion", "level"), rows)
    found, warnings = read_definitive(path, ratings, None)

    assert (found.unit.tolist(), found.level.tolist()) == ([0], [0])
    assert warnings == ("Nobody rated X-0, X-1, X-2, X-3, X-4 and 1 more of d.csv.",)


def test_a_level_only_the_definitive_file_uses_counts_as_seen(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, TWO_READS)
    definitive = write_csv(
        tmp_path / "d.csv", ("submission", "criterion", "level"), [("S-1", "C", 3)]
    )
    report = run_json(tmp_path, [str(path), "--definitive", str(definitive), "--all"])

    (exact,) = [one for one in figures(report, "exact") if "assessor" not in one["scope"]]
    assert (exact["value"], exact["n"]) == (0, 2)


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "r.csv", HEADER, [("S", "A", "C", "nan")])

    for arguments, sentence in (
        ([str(path)], "line 2: nan is not a level"),
        ([], "give a file of ratings"),
        ([str(path), "--out", "r.doc"], "the format is one of .json"),
        ([str(path), "--out", str(tmp_path / "no" / "r.json")], "its folder does not exist"),
    ):
        assert main(arguments) == BAD_INPUT
        assert sentence in capsys.readouterr().err
