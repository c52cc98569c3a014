"""The commands, as an operator types them."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assessor_app.reference_platform.command import main
from assessor_app.reference_platform.intake_command import submission_folders
from tests.reference_platform.factory import built, open_platform, review
from tests.reference_platform.serving import Hand, receipt

SERVE = (
    "import sys; from assessor_app.reference_platform.command import main;"
    " sys.exit(main(sys.argv[1:]))"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    platform = open_platform(folder)
    platform.take_in(built())
    platform.close()
    return folder


def run(data: Path, *arguments: str) -> int:
    return main([*arguments, "--data", str(data)])


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the URL that `serve` prints, and its process."""
    command = [sys.executable, "-c", SERVE, "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())["url"], process
        finally:
            process.terminate()


def test_the_way_from_token_to_letter(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "token") == 0
    token = capsys.readouterr().out.strip()
    assert run(data, "assign", "--all") == 0
    with serving(data) as (url, process):
        hand = Hand(url, token)
        mine = hand.only()
        receipt(hand.put(review(mine), mine.view_version))
        capsys.readouterr()
        assert run(data, "status", "--json") == 0
        status = json.loads(capsys.readouterr().out)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert [one["determination"] for one in status["reviews"]] == ["award"]
    assert (status["receipts"], status["requests"]["GET /v1/assignments"]) == (1, 1)
    assert run(data, "decide", mine.submission, "award") == 0
    assert run(data, "letter", mine.submission, "--out", str(tmp_path / "out")) == 0

    written = [Path(line) for line in capsys.readouterr().out.splitlines()]

    (held,) = status["submissions"]
    assert [path.name for path in written] == [
        f"letter-{held['submission']}.html",
        f"letter-{held['submission']}.txt",
    ]
    assert all(mine.submission not in path.read_text("utf-8") for path in written)
    assert run(data, "status") == 0
    assert "decided: award" in capsys.readouterr().out


def test_a_restore_is_said_with_its_epoch(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "backup") == 0
    name = capsys.readouterr().out.strip()

    assert run(data, "restore", name) == 0

    epoch = capsys.readouterr().out.strip()
    assert run(data, "status") == 0
    assert f"Epoch {epoch}" in capsys.readouterr().out


def test_a_notice_and_what_is_taken_back_are_counted(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for assessor in ("one", "two"):
        assert run(data, "token", assessor) == 0
    assert run(data, "assign", "--all", "one") == 0
    capsys.readouterr()

    assert run(data, "notice", "maintenance") == 0
    assert run(data, "notice", "get-in-touch", "two") == 0
    assert run(data, "reclaim") == 0

    assert capsys.readouterr().out.splitlines() == ["2 told", "1 told", "0 taken back"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("decide", "MC-AAAA-A", "award"), "No submission has the id MC-AAAA-A."),
        (("assign", "--all"), "Say which assessor"),
        (("assign", "--all", "nobody"), "There is no assessor nobody"),
        (("assign",), "Name a submission"),
        (("token", "Ms. Quandt"), "opaque word"),
        (("restore", "000009"), "no such backup"),
    ],
)
def test_what_stands_in_the_way_is_said_in_a_sentence(
    data: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, *arguments) != 0

    assert said in capsys.readouterr().err


def test_a_taken_port_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(data) as (url, _):
        port = url.rpartition(":")[2]

        assert run(data, "serve", "--port", port) == 1

    assert f"Port {port}" in capsys.readouterr().err


def test_a_folder_that_is_no_submission_lists_its_problems(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()

    assert run(data, "intake", str(tmp_path / "empty")) == 1

    assert "submission.json: the file is missing" in capsys.readouterr().err


def test_a_terminal_obeys_no_name_of_a_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "\x1b[2Jplan\u202etxt.exe").touch()

    assert run(data, "intake", str(tmp_path / "mine")) == 1

    told = capsys.readouterr().err
    assert "\ufffd[2Jplan\ufffdtxt.exe: is not part of a submission" in told
    assert "\x1b" not in told


def test_folders_are_taken_in_by_the_time_of_submission(tmp_path: Path) -> None:
    for name, at in (("a", "2026-03-02T14:05:00Z"), ("b", "2026-01-09T08:00:00Z"), ("c", None)):
        (tmp_path / name).mkdir()
        form = {"submitted_at": at} if at else ["no"]
        (tmp_path / name / "submission.json").write_text(json.dumps(form))

    assert [one.name for one in submission_folders([tmp_path])] == ["c", "b", "a"]
    assert submission_folders([tmp_path / "a"]) == [tmp_path / "a"]
