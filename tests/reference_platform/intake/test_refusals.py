"""A folder with problems is refused with every one of them: where, what and how to mend."""

import os

import pytest

from assessor_app.reference_platform.intake.built import Earlier
from assessor_app.reference_platform.intake.files import MAX_KEPT_BYTES, read_artifact
from assessor_app.reference_platform.intake.forms import MAX_FORM_BYTES
from assessor_app.render.limits import MAX_INPUT_BYTES
from tests.reference_platform.intake.folders import NOW, Folders, Json, attempt, setting

FORM = "submission.json"


@pytest.mark.parametrize(
    ("path", "value", "place", "what"),
    [
        ("agreements/confirm_work", False, "/agreements/confirm_work", "the earner did not agree"),
        ("agreements", {"confirm_work": True}, "/agreements", '"ready_for_review" is missing'),
        ("submitted_at", "yesterday", "/submitted_at", "is not in the right form"),
        ("submitted_at", "2026-02-30T10:00:00Z", "/submitted_at", "is no time"),
        ("submitted_at", "0001-01-01T00:00:00Z", "/submitted_at", "is no time"),
        ("submitted_at", "9999-12-31T23:59:59-14:00", "/submitted_at", "is no time"),
        ("submitted_at", "2026-04-01T00:00:01Z", "/submitted_at", "lies in the future"),
        ("identities/names", [], "/identities/names", "has too few entries"),
        ("identities/handles", ["@-"], "/identities/handles/0", "cannot be searched for"),
        (
            "identities/handles",
            [f"handle{n}" for n in range(63)],
            "/identities",
            "holds too many entries",
        ),
        ("ai", {"used": True}, "/ai", '"why" is missing'),
        ("ai", {"used": True, "why": "x", "how": ""}, "/ai/how", "is too short"),
        ("collaboration/people", 2, "/collaboration", '"division" is missing'),
        ("collaboration/people", "two", "/collaboration/people", "is not a whole number"),
        ("reference", "S-2\n", "/reference", "is not in the right form"),
        ("nickname", "M", "", '"nickname" is unknown here'),
        (
            "microcredential/version",
            9,
            "/microcredential",
            "no folder holds this version of this micro-credential",
        ),
        ("responses/1/prompt", "hobby", "/responses/1/prompt", "is no prompt"),
        ("responses/1/prompt", "hobby", "/responses", 'the response to "aim" is missing'),
        ("responses/1/prompt", "context", "/responses/1/prompt", "was responded to before"),
        ("evidence/0/for", "essay", "/evidence/0/for", "is no required evidence"),
        (
            "evidence/0/file",
            "../submission.json",
            "/evidence/0/file",
            "is not the name of a file in artifacts/",
        ),
        (
            "evidence/0/file",
            "/etc/hostname",
            "/evidence/0/file",
            "is not the name of a file in artifacts/",
        ),
        (
            "evidence/0/file",
            "C:plan.txt",
            "/evidence/0/file",
            "is not the name of a file in artifacts/",
        ),
        ("evidence/0/file", "..", "/evidence/0/file", "is not the name of a file in artifacts/"),
        (
            "evidence/0/link",
            "https://a.example.org",
            "/evidence/0",
            "is neither a file nor a link, or both",
        ),
        (
            "evidence/0/capture",
            {"at": "2026-03-01T00:00:00Z", "status": 404},
            "/evidence/0",
            '"capture" stands alone',
        ),
        (
            "evidence/0/students_visible",
            True,
            "/evidence/0/release_confirmed",
            "students are visible, and their release is not confirmed",
        ),
        (
            "evidence/0/students_visible",
            "no",
            "/evidence/0/students_visible",
            "is not true or false",
        ),
        ("related", ["S-1"], "/related/0", "is not known here"),
        ("related", ["S-2"], "/related/0", "is this submission itself"),
        ("related", ["S-1", "S-1"], "/related", "has an entry twice"),
    ],
)
def test_a_wrong_place_is_named(
    folders: Folders, path: str, value: Json, place: str, what: str
) -> None:
    folders.put(path, to=value)

    assert (f"{FORM}#{place}" if place else FORM, what) in folders.told()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{", "is not JSON from line 1, column 2 on"),
        (b"\xff{}", "is not UTF-8"),
        (b'{"earner": "\\ud800"}', "is not UTF-8"),
        (b'{"a": 1, "a": 2}', 'has the key "a" twice in one object'),
        (b'{"a": NaN}', "holds NaN, which is no number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "holds a number that is too large"),
        (b'{"a": -9999999999999999999}', "holds a number that is too large"),
        (b'{"a": 1e999}', "holds a number that is too large"),
        (b"[" * 200_000, "is nested too deeply"),
        (b"[]", "is not an object"),
    ],
)
def test_a_form_that_is_no_json_object_is_told(folders: Folders, content: bytes, what: str) -> None:
    folders.submission_form.write_bytes(content)

    assert (FORM, what) in folders.told()


def test_without_a_form_only_what_can_be_told_is_told(folders: Folders) -> None:
    folders.submission_form.unlink()
    (folders.artifacts / "more").mkdir()

    assert folders.told() == {
        (FORM, "the file is missing"),
        ("artifacts/more", "is no plain file"),
    }


def test_a_form_too_large_to_be_one_is_not_read(folders: Folders) -> None:
    os.truncate(folders.submission_form, MAX_FORM_BYTES + 1)

    assert folders.told() == {(FORM, "the file is too large")}


def test_a_form_that_is_a_link_is_not_followed(folders: Folders) -> None:
    folders.submission_form.rename(folders.root / "form.json")
    folders.submission_form.symlink_to(folders.root / "form.json")

    assert folders.told() == {(FORM, "the file is missing")}


def test_a_file_that_became_a_link_is_not_followed(folders: Folders) -> None:
    (folders.artifacts / "secret.txt").symlink_to(folders.submission_form)

    with pytest.raises(OSError, match="symbolic links"):
        read_artifact(folders.submission, "secret.txt")


def test_a_folder_that_is_not_there_is_told(folders: Folders) -> None:
    folders.submission.rename(folders.root / "elsewhere")

    assert folders.told() == {("mine", "is no folder")}


def test_files_and_their_list_have_to_agree(folders: Folders) -> None:
    (folders.artifacts / "My plan.txt").rename(folders.artifacts / "my plan.txt")
    (folders.artifacts / "more").mkdir()
    (folders.submission / "notes.md").write_text("for me", "utf-8")

    assert folders.told() == {
        ("artifacts/My plan.txt", "is listed, but missing"),
        ("artifacts/my plan.txt", "is not listed in submission.json"),
        ("artifacts/more", "is no plain file"),
        ("notes.md", "is not part of a submission"),
    }


def test_a_file_listed_twice_is_told(folders: Folders) -> None:
    folders.attach("My plan.txt", b"again")

    assert (f"{FORM}#/evidence/1/file", "is listed more than once") in folders.told()


def test_a_symbolic_link_is_refused_wherever_it_points(folders: Folders) -> None:
    plan = folders.artifacts / "My plan.txt"
    plan.rename(folders.root / "plan.txt")
    plan.symlink_to(folders.root / "plan.txt")

    assert folders.told() == {("artifacts/My plan.txt", "is a link")}


def test_a_link_in_place_of_the_folder_of_artifacts_is_refused(folders: Folders) -> None:
    folders.artifacts.rename(folders.root / "artifacts")
    folders.artifacts.symlink_to(folders.root / "artifacts")

    assert folders.told() == {("artifacts", "is no folder")}


@pytest.mark.parametrize(
    ("name", "most"), [("big.pdf", MAX_INPUT_BYTES), ("big.mp4", MAX_KEPT_BYTES)]
)
def test_a_file_over_the_limit_is_told(folders: Folders, name: str, most: int) -> None:
    folders.attach(name, b"")
    os.truncate(folders.artifacts / name, most + 1)

    assert folders.told() == {(f"artifacts/{name}", "is too large")}


def test_a_copy_needs_a_status_that_fits(folders: Folders) -> None:
    capture = {"at": "2026-03-02T15:00:00Z", "status": 404, "file": "copy.txt"}
    folders.link("https://share.example.org/x", capture)
    (folders.artifacts / "copy.txt").write_bytes(b"a copy")

    assert folders.told() == {(f"{FORM}#/evidence/1/capture/status", "does not fit a copy")}


def test_a_capture_after_today_is_told(folders: Folders) -> None:
    folders.link("https://a.example.org", {"at": "2027-01-01T00:00:00Z", "status": 0})

    assert folders.told() == {(f"{FORM}#/evidence/1/capture/at", "lies in the future")}


@pytest.mark.parametrize("other", [attempt(earner="earner-9"), attempt(microcredential="maths")])
def test_an_earlier_attempt_is_of_the_same_earner_and_micro_credential(
    folders: Folders, other: Earlier
) -> None:
    folders.put("related", to=["S-1"])

    assert folders.told(earlier={"S-1": other}.get) == {
        (f"{FORM}#/related/0", "is of another earner or another micro-credential")
    }


def test_everything_wrong_is_told_at_once(folders: Folders) -> None:
    folders.put("agreements/confirm_release", to=False)
    folders.put("submitted_at", to="soon")
    folders.put("responses/0/prompt", to="hobby")
    folders.put("related", to=["S-7"])
    folders.put("evidence/0/students_visible", to=True)
    folders.put("ai/used", to="maybe")
    folders.change_credential(setting("policy/calendar/timezone", "Tarn/Brook"))
    (folders.artifacts / "stray.pdf").write_bytes(b"")

    assert {problem.path for problem in folders.problems()} >= {
        f"{FORM}#/agreements/confirm_release",
        f"{FORM}#/submitted_at",
        f"{FORM}#/responses/0/prompt",
        f"{FORM}#/related/0",
        f"{FORM}#/evidence/0/release_confirmed",
        f"{FORM}#/ai/used",
        "microcredential.json#/policy/calendar/timezone",
        "artifacts/stray.pdf",
    }


def test_every_problem_says_how_to_mend_it(folders: Folders) -> None:
    folders.change(lambda form: form.clear())

    problems = folders.problems()

    assert len(problems) == 10
    assert all(problem.how.endswith(".") for problem in problems)


def test_a_refusal_shows_nothing_of_the_earner_by_itself(folders: Folders) -> None:
    (folders.artifacts / "Mirelda.pdf").write_bytes(b"")

    problems = folders.problems()

    assert "Mirelda" in problems[0].path
    assert "Mirelda" not in repr(problems)


def test_now_is_the_last_moment_of_a_submission(folders: Folders) -> None:
    folders.put("submitted_at", to=NOW.strftime("%Y-%m-%dT%H:%M:%SZ"))
    folders.put("earner", to="")

    assert {place for place, _ in folders.told()} == {f"{FORM}#/earner"}
