"""A micro-credential is checked like a submission, and what it says reaches the packet."""

from datetime import UTC, date, datetime

import pytest

from assessor_app.domain.policy import AiPolicy, IdentityHits, ReasonCode, SecondReads
from assessor_app.reference_platform.intake.credential import credential_of, find_credential
from assessor_app.reference_platform.intake.errors import Problem
from assessor_app.render.results import Rebuilt
from tests.reference_platform.intake.folders import (
    CREDENTIAL,
    FakeRebuilder,
    Folders,
    Json,
    rewrite,
    setting,
)

FORM = "microcredential.json"
LEVEL = {"id": "proficient", "name": "Proficient", "descriptor": "Again."}


@pytest.mark.parametrize(
    ("path", "value", "place", "what"),
    [
        (
            "parts/0/prompts/1",
            {"id": "aim", "text": "Aim?"},
            "/parts/0/prompts/1",
            '"word_limit" is missing',
        ),
        ("parts/0/prompts/1/word_limit", 0, "/parts/0/prompts/1/word_limit", "is too small"),
        (
            "parts/0/prompts/1/word_limit",
            "many",
            "/parts/0/prompts/1/word_limit",
            "is not a whole number or null",
        ),
        (
            "parts/1/prompts",
            [{"id": "aim", "text": "?", "word_limit": 1}],
            "/parts/1/prompts/0/id",
            "the id was used before",
        ),
        ("parts/1/id", "part1", "/parts/1/id", "the id was used before"),
        ("parts/1/number", 1, "/parts", "the numbers of the parts do not rise"),
        ("required_evidence/1/id", "plan", "/required_evidence/1/id", "the id was used before"),
        ("rubric/criteria/0/part", "part9", "/rubric/criteria/0/part", "names no part"),
        (
            "rubric/criteria/0/required",
            "great",
            "/rubric/criteria/0/required",
            "is no level of the criterion",
        ),
        (
            "rubric/criteria/0/levels/1",
            LEVEL,
            "/rubric/criteria/0/levels/1/id",
            "the id was used before",
        ),
        ("rubric/criteria/0/levels", [LEVEL], "/rubric/criteria/0/levels", "has too few entries"),
        ("award_rule/essential", ["style"], "/award_rule/essential/0", "names no criterion"),
        ("policy/ai", "maybe", "/policy/ai", "is none of the allowed values"),
        (
            "policy/calendar/timezone",
            "../etc/passwd",
            "/policy/calendar/timezone",
            "is no time zone",
        ),
        ("policy/calendar/timezone", "Nowhere", "/policy/calendar/timezone", "is no time zone"),
        (
            "policy/calendar/country",
            "XX",
            "/policy/calendar",
            "the public holidays of this country or region are not known",
        ),
        (
            "policy/calendar/region",
            "ZZ",
            "/policy/calendar",
            "the public holidays of this country or region are not known",
        ),
        ("policy/calendar/closed", ["2026-02-30"], "/policy/calendar/closed/0", "is no date"),
        (
            "policy/calendar",
            {"timezone": "UTC", "region": "IL"},
            "/policy/calendar",
            '"region" stands alone',
        ),
        ("title", "Two\nlines", "/title", "is not in the right form"),
    ],
)
def test_a_wrong_place_is_named(
    folders: Folders, path: str, value: Json, place: str, what: str
) -> None:
    folders.change_credential(setting(path, value))

    assert (f"{FORM}#{place}", what) in folders.told()


def test_a_criterion_may_not_come_twice(folders: Folders) -> None:
    folders.change_credential(
        lambda form: form["rubric"]["criteria"].append(form["rubric"]["criteria"][0])
    )

    assert (f"{FORM}#/rubric/criteria/1/id", "the id was used before") in folders.told()


def test_a_whole_number_may_be_written_with_a_point(folders: Folders) -> None:
    before = folders.build(FakeRebuilder(Rebuilt()))
    for path, value in (
        ("rubric/version", 3.0),
        ("parts/0/number", 1.0),
        ("parts/0/prompts/0/word_limit", 2e2),
    ):
        folders.change_credential(setting(path, value))

    assert folders.build(FakeRebuilder(Rebuilt())).manifest == before.manifest


def test_a_version_that_two_folders_hold_is_refused(folders: Folders) -> None:
    twin = folders.microcredentials / "twin"
    twin.mkdir()
    (twin / FORM).write_bytes(folders.credential_form.read_bytes())

    assert folders.told() == {
        ("microcredentials", "2 folders hold this version of this micro-credential")
    }


def test_other_versions_and_broken_neighbours_do_not_matter(folders: Folders) -> None:
    for name in ("old", "broken"):
        (folders.microcredentials / name).mkdir()
        (folders.microcredentials / name / FORM).write_bytes(folders.credential_form.read_bytes())
    rewrite(folders.microcredentials / "old" / FORM, setting("version", 1))
    (folders.microcredentials / "broken" / FORM).write_bytes(b"{")
    problems: list[Problem] = []

    found = find_credential(folders.microcredentials, {"id": "feedback", "version": 2}, problems)

    assert (found["version"], problems) == (2, [])


def test_what_is_left_out_has_its_default() -> None:
    credential = credential_of(CREDENTIAL)

    policy = credential.policy(datetime(2026, 3, 2, tzinfo=UTC))

    assert (policy.ai, policy.identity_hits) == (AiPolicy.DISCLOSE, IdentityHits.MASK)
    assert credential.second_reads == SecondReads()
    assert not credential.refuses_unreadable


def test_second_reads_are_what_the_form_says() -> None:
    told = {"share": 0.5, "first_n": 3, "near_rule": False, "reasons": ["STUDENT_PRIVACY"]}
    form = {**CREDENTIAL, "policy": {**CREDENTIAL["policy"], "second_read": told}}

    assert credential_of(form).second_reads == SecondReads(
        share=0.5, first_n=3, near_rule=False, reasons=(ReasonCode.STUDENT_PRIVACY,)
    )


def test_holidays_become_dates_of_the_year_of_submission_and_the_next() -> None:
    closed = credential_of(CREDENTIAL).policy(datetime(2026, 3, 2, tzinfo=UTC)).calendar.closed

    assert {date(2026, 3, 20), date(2026, 3, 2), date(2026, 7, 4), date(2027, 1, 1)} <= set(closed)
    assert {day.year for day in closed} == {2026, 2027}
    assert list(closed) == sorted(set(closed))


def test_the_year_is_the_one_at_the_issuer() -> None:
    new_year_in_utc = datetime(2026, 1, 1, 3, tzinfo=UTC)

    closed = credential_of(CREDENTIAL).policy(new_year_in_utc).calendar.closed

    assert date(2025, 12, 25) in closed


def test_without_a_country_only_the_own_days_are_closed() -> None:
    calendar = {"timezone": "UTC", "closed": ["2026-03-20"]}
    form = {**CREDENTIAL, "policy": {**CREDENTIAL["policy"], "calendar": calendar}}

    policy = credential_of(form).policy(datetime(2026, 3, 2, tzinfo=UTC))

    assert policy.calendar.closed == (date(2026, 3, 20),)
