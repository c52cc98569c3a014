"""The forms of the samples: in the right form, complete, and as varied as promised."""

import json

import pytest
from jsonschema import Draft202012Validator

from assessor_app.domain.word_limit import count_words
from assessor_app.resources import resource
from tests.samples.forms import (
    MICROCREDENTIALS,
    SAMPLES,
    SUBMISSIONS,
    file_names,
    read_microcredential,
    read_submission,
)

PROJECT = "collaborative-coaching-plan"
SKILL = "fundamental-spreadsheet-skills"


def limits(microcredential: str) -> dict[str, int]:
    parts = read_microcredential(microcredential)["parts"]
    return {ask["id"]: ask["word_limit"] for part in parts for ask in part["prompts"]}


def over_limit(name: str) -> list[str]:
    form = read_submission(name)
    allowed = limits(form["microcredential"]["id"])
    return [
        response["prompt"]
        for response in form["responses"]
        if count_words(response["text"]) > allowed[response["prompt"]]
    ]


@pytest.mark.parametrize("name", [PROJECT, SKILL])
def test_a_microcredential_keeps_its_schema(name: str) -> None:
    schema = json.loads(resource("schemas", "microcredential.schema.json").read_text("utf-8"))

    errors = list(Draft202012Validator(schema).iter_errors(read_microcredential(name)))

    assert errors == []


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_a_submission_keeps_its_schema(name: str) -> None:
    schema = json.loads(resource("schemas", "submission.schema.json").read_text("utf-8"))

    errors = list(Draft202012Validator(schema).iter_errors(read_submission(name)))

    assert errors == []


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_every_file_is_listed_once(name: str) -> None:
    found = sorted(path.name for path in (SUBMISSIONS[name] / "artifacts").iterdir())

    assert sorted(file_names(read_submission(name))) == found


def test_there_are_two_microcredentials_and_ten_submissions() -> None:
    assert sorted(path.name for path in MICROCREDENTIALS.iterdir()) == [PROJECT, SKILL]
    assert len(SUBMISSIONS) == 10


def test_the_project_has_three_parts_five_components_and_three_levels() -> None:
    form = read_microcredential(PROJECT)

    assert [part["number"] for part in form["parts"]] == [1, 2, 3]
    assert len(form["components"]) == len(form["required_evidence"]) == 5
    assert [len(one["levels"]) for one in form["rubric"]["criteria"]] == [3] * 7
    assert {one["part"] for one in form["rubric"]["criteria"]} == {"part1", "part2", "part3"}


def test_every_level_says_something_of_its_own() -> None:
    for name in (PROJECT, SKILL):
        criteria = read_microcredential(name)["rubric"]["criteria"]
        told = [level["descriptor"] for one in criteria for level in one["levels"]]

        assert len(set(told)) == len(told)
        assert min(map(count_words, told)) >= 10


def test_one_reflection_alone_is_over_its_limit() -> None:
    assert {name: over_limit(name) for name in SUBMISSIONS if over_limit(name)} == {
        "kitchen-stock": ["reflection"]
    }


def test_the_pair_shares_its_artifacts_and_no_words() -> None:
    first, second = (read_submission(f"shared-science-{name}") for name in ("first", "second"))
    own, other = (
        {sentence for one in form["responses"] for sentence in one["text"].split(". ")}
        for form in (first, second)
    )

    assert file_names(first) == file_names(second)
    for file in file_names(first):
        both = [
            (SUBMISSIONS[f"shared-science-{name}"] / "artifacts" / file).read_bytes()
            for name in ("first", "second")
        ]
        assert both[0] == both[1]
    assert own.isdisjoint(other)
    assert first["earner"] != second["earner"]


def test_the_resubmission_names_its_earlier_attempt() -> None:
    earlier = read_submission("peer-feedback-first-attempt")
    later = read_submission("peer-feedback-second-attempt")

    assert later["related"] == [earlier["reference"]]
    assert later["earner"] == earlier["earner"]
    assert later["submitted_at"] > earlier["submitted_at"]


def test_names_stand_only_where_they_are_planted() -> None:
    for name in SUBMISSIONS:
        form = read_submission(name)
        identities = [one for kind in form.pop("identities").values() for one in kind]

        told = json.dumps(form, ensure_ascii=False)

        assert any(one in told for one in identities) == (name == "bean-growth")


def test_the_samples_are_small_enough_to_travel() -> None:
    size = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file())

    assert size < 6 * 1024 * 1024
