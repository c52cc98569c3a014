"""The examples of docs/intake.md and of the schemas are what the program takes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assessor_app.render.host import RenderHost
from assessor_app.resources import resource
from tests.reference_platform.intake.folders import Folders, Json, picture

ROOT = Path(__file__).parents[3]


def schema(name: str) -> Json:
    return json.loads(resource("schemas", f"{name}.schema.json").read_text("utf-8"))


def described(found: Json) -> Iterator[Json]:
    """Yield every schema in a schema that has examples."""
    if isinstance(found, dict):
        if isinstance(found.get("examples"), list):
            yield found
        for part in found.values():
            yield from described(part)


def test_the_example_of_the_documentation_is_taken_in(folders: Folders, render: RenderHost) -> None:
    page = (ROOT / "docs" / "intake.md").read_text("utf-8")
    credential, submission = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    folders.credential_form.write_text(credential, "utf-8")
    folders.submission_form.write_text(submission, "utf-8")
    (folders.artifacts / "My plan.txt").unlink()
    for item in json.loads(submission)["evidence"]:
        if "file" in item:
            (folders.artifacts / item["file"]).write_bytes(picture())

    packet = folders.build(render).packet

    responses = [prompt.response for part in packet.parts for prompt in part.prompts]
    assert responses == [
        "My class has 24 pupils. My plan is A1 Lesson plan.",
        'As "A2 Student work 1" shows, …',
    ]


@pytest.mark.parametrize("name", ["submission", "microcredential"])
def test_schemas_are_valid_and_so_are_their_examples(name: str) -> None:
    whole = schema(name)
    Draft202012Validator.check_schema(whole)

    for part in described(whole):
        rules = {key: value for key, value in part.items() if key != "examples"}
        validator = Draft202012Validator({**rules, "$defs": whole["$defs"]})
        for example in part["examples"]:
            assert list(validator.iter_errors(example)) == []
