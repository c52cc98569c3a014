"""Reads and checks submission.json with its folder, against its micro-credential."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from pathlib import Path

import msgspec

from assessor_app.domain.ids import EvidenceId
from assessor_app.domain.packet import Agreements, AiDeclaration, Collaboration, RelatedSubmission
from assessor_app.reference_platform.intake.built import EarlierLookup
from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.reference_platform.intake.files import folder_problems, is_plain_name
from assessor_app.reference_platform.intake.forms import inner, objects, text, texts
from assessor_app.reference_platform.intake.schemas import Json
from assessor_app.render.limits import MAX_IDENTITIES

FORM = "submission.json"
_IDENTITIES = ("names", "emails", "schools", "handles")
_AGREEMENTS = ("ready_for_review", "confirm_release", "confirm_work")
_OK = range(200, 300)
_LEAST_LETTERS = 2
_YEARS = range(MINYEAR + 1, MAXYEAR)
"""Years that are whole in every time zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCapture:
    """What the platform got from a link; `file` is the copy."""

    at: datetime
    status: int
    file: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One artifact as the earner attached it."""

    answers: EvidenceId
    file: str | None = field(default=None, repr=False)
    link: str | None = field(default=None, repr=False)
    capture: LinkCapture | None = None
    students_visible: bool
    release_confirmed: bool

    @property
    def source(self) -> str | None:
        """The name of the file that holds it, None where there is none."""
        return self.file or (self.capture.file if self.capture else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A submission before blinding. It never leaves intake."""

    reference: str = field(repr=False)
    submitted_at: datetime
    earner: str = field(repr=False)
    identities: tuple[str, ...] = field(repr=False)
    earlier: tuple[str, ...] = field(repr=False)
    related: tuple[RelatedSubmission, ...]
    agreements: Agreements
    ai: AiDeclaration
    collaboration: Collaboration
    responses: dict[str, str] = field(repr=False)
    evidence: tuple[Item, ...]


def draft_of(raw: dict[str, Json], earlier: EarlierLookup) -> Draft:
    """Return the submission that a form without problems spells."""
    references = texts(raw, "related")
    found = [attempt for ref in references if (attempt := earlier(ref))]
    return Draft(
        reference=raw["reference"],
        submitted_at=msgspec.convert(raw["submitted_at"], datetime),
        earner=raw["earner"],
        identities=_identities(raw),
        earlier=references,
        related=tuple(attempt.related for attempt in found),
        agreements=msgspec.convert(raw["agreements"], Agreements),
        ai=msgspec.convert(raw["ai"], AiDeclaration),
        collaboration=msgspec.convert(raw["collaboration"], Collaboration),
        responses={response["prompt"]: response["text"] for response in raw["responses"]},
        evidence=tuple(
            msgspec.convert({"answers": item["for"], **item}, Item) for item in raw["evidence"]
        ),
    )


def submission_problems(
    raw: dict[str, Json], credential: dict[str, Json], *, earlier: EarlierLookup, now: datetime
) -> Iterator[Problem]:
    """Yield what a schema cannot know about submission.json, as far as it can be told.

    Args:
        raw: The form of the submission.
        credential: The form of its micro-credential, empty if that was not found.
        earlier: Gives the attempts that the platform already holds.
        now: The end of all times that can be.
    """
    yield from _time_problems(raw, now)
    for agreement in _AGREEMENTS:
        if inner(raw, "agreements").get(agreement) is False:
            yield _problem(
                f"/agreements/{agreement}",
                "the earner did not agree",
                "All three agreements are needed; send it back to the earner.",
            )
    yield from _identity_problems(raw)
    yield from _evidence_problems(raw)
    yield from _related_problems(raw, earlier)
    if credential:
        yield from _prompt_problems(raw, credential)
        yield from _unknown_evidence(raw, credential)


def listed_problems(folder: Path, raw: dict[str, Json]) -> Iterator[Problem]:
    """Yield where the folder and the list of files do not agree."""
    names = [name for _, name in _files(raw)]
    for pointer, name in _files(raw):
        if not is_plain_name(name):
            how = "Write the bare name of a file in artifacts/."
            yield _problem(pointer, "is not the name of a file in artifacts/", how)
        elif names.count(name) > 1:
            yield _problem(pointer, "is listed more than once", "List every file once.")
    listed = {name for name in names if is_plain_name(name)}
    yield from folder_problems(folder, listed if raw else None)


def _identities(raw: dict[str, Json]) -> tuple[str, ...]:
    known = inner(raw, "identities")
    return tuple(dict.fromkeys(one for kind in _IDENTITIES for one in texts(known, kind)))


def _identity_problems(raw: dict[str, Json]) -> Iterator[Problem]:
    if len(_identities(raw)) > MAX_IDENTITIES:
        how = f"Keep at most {MAX_IDENTITIES}; a full name finds its short forms."
        yield _problem("/identities", "holds too many entries", how)
    for kind in _IDENTITIES:
        for place, one in enumerate(texts(inner(raw, "identities"), kind)):
            if sum(map(str.isalnum, one)) < _LEAST_LETTERS:
                how = "Write at least two letters or digits, or remove it."
                yield _problem(f"/identities/{kind}/{place}", "cannot be searched for", how)


def _time_problems(raw: dict[str, Json], now: datetime) -> Iterator[Problem]:
    moment = text(raw, "submitted_at")
    captures = ((n, inner(item, "capture")) for n, item in objects(raw, "evidence"))
    for pointer, told in (
        ("/submitted_at", moment),
        *((f"/evidence/{n}/capture/at", text(capture, "at")) for n, capture in captures),
    ):
        if not told:
            continue
        found = _moment(told)
        if found is None:
            yield _problem(pointer, "is no time", "Write a time like 2026-03-02T14:05:00Z.")
        elif found > now:
            yield _problem(pointer, "lies in the future", "Correct the time; it is in UTC.")


def _moment(told: str) -> datetime | None:
    """Return a time that is whole in every time zone."""
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo and found.year in _YEARS else None


def _evidence_problems(raw: dict[str, Json]) -> Iterator[Problem]:
    for place, item in objects(raw, "evidence"):
        if item.get("students_visible") is True and item.get("release_confirmed") is False:
            yield _problem(
                f"/evidence/{place}/release_confirmed",
                "students are visible, and their release is not confirmed",
                "Get the release, or have the artifact replaced.",
            )
        capture = inner(item, "capture")
        if text(capture, "file") and capture.get("status") not in _OK:
            how = "A copy goes with a status from 200 to 299."
            yield _problem(f"/evidence/{place}/capture/status", "does not fit a copy", how)


def _files(raw: dict[str, Json]) -> Iterator[tuple[str, str]]:
    for place, item in objects(raw, "evidence"):
        for pointer, owner in (("", item), ("/capture", inner(item, "capture"))):
            if name := text(owner, "file"):
                yield f"/evidence/{place}{pointer}/file", name


def _related_problems(raw: dict[str, Json], earlier: EarlierLookup) -> Iterator[Problem]:
    wanted = text(inner(raw, "microcredential"), "id")
    for place, reference in enumerate(texts(raw, "related")):
        attempt = earlier(reference)
        if reference == text(raw, "reference"):
            what, how = "is this submission itself", "Remove it."
        elif attempt is None:
            what, how = "is not known here", "Take the earlier attempt in first."
        elif (attempt.earner, attempt.microcredential) != (text(raw, "earner"), wanted):
            what = "is of another earner or another micro-credential"
            how = "List attempts of the same earner at the same micro-credential only."
        else:
            continue
        yield _problem(f"/related/{place}", what, how)


def _prompt_problems(raw: dict[str, Json], credential: dict[str, Json]) -> Iterator[Problem]:
    open_prompts = [
        text(prompt, "id")
        for _, part in objects(credential, "parts")
        for _, prompt in objects(part, "prompts")
    ]
    known = set(open_prompts)
    for place, response in objects(raw, "responses"):
        prompt = text(response, "prompt")
        if prompt in open_prompts:
            open_prompts.remove(prompt)
        elif prompt:
            what = "was responded to before" if prompt in known else "is no prompt"
            how = f"One response for each of: {', '.join(sorted(known))}."
            yield _problem(f"/responses/{place}/prompt", what, how)
    for prompt in open_prompts:
        what = f'the response to "{prompt}" is missing'
        yield _problem("/responses", what, "Add it; an empty text if it was left blank.")


def _unknown_evidence(raw: dict[str, Json], credential: dict[str, Json]) -> Iterator[Problem]:
    known = [text(evidence, "id") for _, evidence in objects(credential, "required_evidence")]
    for place, item in objects(raw, "evidence"):
        if (wanted := text(item, "for")) and wanted not in known:
            how = f"Write one of: {', '.join(known)}."
            yield _problem(f"/evidence/{place}/for", "is no required evidence", how)


def _problem(pointer: str, what: str, how: str) -> Problem:
    return Problem(path=f"{FORM}#{pointer}", what=what, how=how)
