"""Writes intake folders for tests: one good submission, and ways to change it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from assessor_app.domain.ids import MicrocredentialId, Sha256
from assessor_app.domain.packet import RelatedSubmission
from assessor_app.reference_platform.intake.artifacts import Rebuilder
from assessor_app.reference_platform.intake.build import build
from assessor_app.reference_platform.intake.built import BuiltSubmission, Earlier, EarlierLookup
from assessor_app.reference_platform.intake.errors import IntakeRefusedError, Problem
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.kinds import SourceKind
from assessor_app.render.results import Rebuilt

Json = Any
Change = Callable[[Json], None]

NAME = "Mirelda Quandt"
SCHOOL = "Tarnbrook Primary School"
NOW = datetime(2026, 4, 1, tzinfo=UTC)

CREDENTIAL: Json = {
    "id": "feedback",
    "version": 2,
    "title": "Feedback that moves learning on",
    "issuer": "Tarn Teaching Council",
    "competency": "Gives feedback that is acted on.",
    "key_method": "Notice, name, next step.",
    "components": [{"title": "Notice", "text": "Looks before judging."}],
    "research": [{"title": "A study", "reference": "Example Press, 2019"}],
    "resources": [],
    "required_evidence": [
        {"id": "plan", "title": "Lesson plan", "description": "The plan of one lesson."},
        {"id": "work", "title": "Student work", "description": "Two pieces of work."},
    ],
    "parts": [
        {
            "id": "part1",
            "number": 1,
            "title": "Overview",
            "prompts": [
                {"id": "context", "text": f"Is {SCHOOL} near?", "word_limit": 200},
                {"id": "aim", "text": "What is the aim?", "word_limit": None},
            ],
        },
        {"id": "part2", "number": 2, "title": "Work examples", "prompts": []},
    ],
    "policy": {
        "ai": "disclose",
        "collaboration": "allowed",
        "calendar": {
            "timezone": "America/Chicago",
            "country": "US",
            "region": "IL",
            "closed": ["2026-03-20"],
        },
    },
    "rubric": {
        "id": "feedback-rubric",
        "version": 3,
        "criteria": [
            {
                "id": "plan",
                "title": "Plan",
                "part": "part2",
                "required": "proficient",
                "levels": [
                    {"id": "proficient", "name": "Proficient", "descriptor": "Every step."},
                    {"id": "developing", "name": "Developing", "descriptor": "Some steps."},
                ],
            }
        ],
    },
    "award_rule": {"essential": ["plan"]},
}
SUBMISSION: Json = {
    "reference": "S-2",
    "microcredential": {"id": "feedback", "version": 2},
    "submitted_at": "2026-03-02T14:05:00Z",
    "earner": "earner-1",
    "identities": {"names": [NAME], "schools": [SCHOOL]},
    "agreements": {"ready_for_review": True, "confirm_release": True, "confirm_work": True},
    "ai": {"used": False},
    "collaboration": {"people": 0},
    "responses": [
        {"prompt": "context", "text": "My class has 24 pupils."},
        {"prompt": "aim", "text": ""},
    ],
    "evidence": [
        {
            "for": "plan",
            "file": "My plan.txt",
            "students_visible": False,
            "release_confirmed": False,
        }
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a worker was asked to rebuild."""

    kind: SourceKind
    data: bytes
    identities: tuple[str, ...]
    mask: bool


class FakeRebuilder:
    """Answers from a script: what was rebuilt, or an error. Without more answers: unavailable."""

    def __init__(self, *answers: Rebuilt | RenderError) -> None:
        self._answers = iter(answers)
        self.requests: list[Request] = []

    def rebuild(
        self, kind: SourceKind, data: bytes, *, identities: tuple[str, ...] = (), mask: bool = True
    ) -> Rebuilt:
        self.requests.append(Request(kind=kind, data=data, identities=identities, mask=mask))
        answer = next(self._answers, RenderError(RenderCode.UNAVAILABLE))
        if isinstance(answer, RenderError):
            raise answer
        return answer


def setting(path: str, value: Json) -> Change:
    """Return a change that sets one place of a form."""
    *way, last = (int(step) if step.isdecimal() else step for step in path.split("/"))

    def change(form: Json) -> None:
        for step in way:
            form = form[step]
        form[last] = value

    return change


def attempt(earner: str = "earner-1", microcredential: str = "feedback") -> Earlier:
    """Return an earlier attempt as the platform holds it."""
    return Earlier(
        earner=earner,
        microcredential=MicrocredentialId(microcredential),
        related=RelatedSubmission(manifest_sha256=Sha256("a" * 64), submitted_on=date(2025, 11, 3)),
    )


def held_by_nobody(reference: str) -> Earlier | None:
    return None


@dataclass(frozen=True, slots=True)
class Folders:
    """A micro-credential and a submission on disk, good until they are changed."""

    root: Path

    @property
    def submission(self) -> Path:
        return self.root / "submissions" / "mine"

    @property
    def artifacts(self) -> Path:
        return self.submission / "artifacts"

    @property
    def microcredentials(self) -> Path:
        return self.root / "microcredentials"

    @property
    def submission_form(self) -> Path:
        return self.submission / "submission.json"

    @property
    def credential_form(self) -> Path:
        return self.microcredentials / "feedback" / "microcredential.json"

    def change(self, change: Change) -> None:
        """Change submission.json."""
        rewrite(self.submission_form, change)

    def put(self, path: str, *, to: Json) -> None:
        """Set one place of submission.json."""
        self.change(setting(path, to))

    def change_credential(self, change: Change) -> None:
        rewrite(self.credential_form, change)

    def respond(self, text: str) -> None:
        self.change(lambda form: form["responses"][0].update(text=text))

    def policy(self, **rules: Json) -> None:
        self.change_credential(lambda form: form["policy"].update(rules))

    def attach(self, name: str, content: bytes, *, required: str = "work") -> None:
        (self.artifacts / name).write_bytes(content)
        entry = {
            "for": required,
            "file": name,
            "students_visible": False,
            "release_confirmed": False,
        }
        self.change(lambda form: form["evidence"].append(entry))

    def link(self, address: str, capture: Json = None) -> None:
        entry = {
            "for": "work",
            "link": address,
            "students_visible": False,
            "release_confirmed": False,
        }
        entry.update({"capture": capture} if capture else {})
        self.change(lambda form: form["evidence"].append(entry))

    def build(
        self, render: Rebuilder, *, earlier: EarlierLookup = held_by_nobody
    ) -> BuiltSubmission:
        return build(
            self.submission,
            microcredentials=self.microcredentials,
            earlier=earlier,
            render=render,
            now=NOW,
        )

    def problems(self, *, earlier: EarlierLookup = held_by_nobody) -> tuple[Problem, ...]:
        """Return why the folder is refused, before anything of it reached a worker."""
        render = FakeRebuilder()
        with pytest.raises(IntakeRefusedError) as refused:
            self.build(render, earlier=earlier)
        assert render.requests == []
        return refused.value.problems

    def told(self, *, earlier: EarlierLookup = held_by_nobody) -> set[tuple[str, str]]:
        """Return where something is wrong, and what."""
        return {(problem.path, problem.what) for problem in self.problems(earlier=earlier)}


def write_folders(root: Path) -> Folders:
    folders = Folders(root)
    folders.artifacts.mkdir(parents=True)
    folders.credential_form.parent.mkdir(parents=True)
    folders.credential_form.write_text(json.dumps(CREDENTIAL), "utf-8")
    folders.submission_form.write_text(json.dumps(SUBMISSION), "utf-8")
    (folders.artifacts / "My plan.txt").write_text("First we count.\n\nThen we draw.", "utf-8")
    return folders


def rewrite(path: Path, change: Change) -> None:
    form: Json = json.loads(path.read_text("utf-8"))
    change(form)
    path.write_text(json.dumps(form), "utf-8")


def picture(words: str = "Half of it") -> bytes:
    """Return a PNG."""
    image = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(image).text((20, 40), words, fill="black")
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
