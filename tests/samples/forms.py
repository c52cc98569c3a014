"""Where the samples are, and their forms as they stand in the files."""

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assessor_app.resources import resource

SAMPLES = resource("samples")
MICROCREDENTIALS = SAMPLES / "microcredentials"
SUBMISSIONS = MappingProxyType(
    {folder.name: folder for folder in sorted((SAMPLES / "submissions").iterdir())}
)


def read_submission(name: str) -> Any:
    """Return the form of one submission."""
    return json.loads((SUBMISSIONS[name] / "submission.json").read_text("utf-8"))


def read_microcredential(name: str) -> Any:
    """Return the form of one micro-credential by the name of its folder."""
    return json.loads((MICROCREDENTIALS / name / "microcredential.json").read_text("utf-8"))


def artifact(name: str, file: str) -> Path:
    """Return the path of one attached file."""
    return SUBMISSIONS[name] / "artifacts" / file


def file_names(form: Any) -> list[str]:
    """Return the files a submission lists, in its order."""
    entries = [entry.get("capture", entry) for entry in form["evidence"]]
    return [entry["file"] for entry in entries if "file" in entry]
