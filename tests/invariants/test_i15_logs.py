"""I15: logs contain only allow-listed fields.

A window at its most talkative reads, writes, searches, syncs, loses the network and meets a fault,
while everything that it handles is marked. What it and the platform wrote down is then read.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assessor_app.app import LOGS
from assessor_app.ui.application.logs import FIELDS
from tests.invariants.marked import EARNER, EVIDENCE, MARKED, NAME, RESPONSE
from tests.journeys.house import ROOT, private_to
from tests.journeys.plaintext import leaks
from tests.journeys.sample_window import LentSample, lend_sample

pytestmark = pytest.mark.timeout(240)
LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00 (DEBUG|INFO|WARNING|ERROR|CRITICAL)"
    r" [\w.]+ (-|[a-z_]+)"
    rf"(?: (?:{'|'.join(FIELDS)})=[\w.-]+)*"
)
REQUEST = re.compile(
    r'\{"at":"[\d-]{10}T[\d:]{8}Z","method":"(GET|PUT|POST|other)",'
    r'"route":"(none|/v1/[a-z/{}]+)","status":\d{3}\}'
)


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that a journey wrote down in clear."""

    log: str
    fault: str
    requests: str
    said: str
    folders: tuple[Path, ...]
    token: str


def mark(submission: Path) -> None:
    """Put marked words into form, names and artifacts of a sample."""
    path = submission / "submission.json"
    form: dict[str, Any] = json.loads(path.read_text("utf-8"))
    form["earner"] = EARNER
    form["identities"]["names"].append(NAME)
    form["responses"][0]["text"] = f"Here is {RESPONSE}. {form['responses'][0]['text']}"
    path.write_text(json.dumps(form), "utf-8")
    for artifact in (submission / "artifacts").iterdir():
        if artifact.suffix in (".md", ".txt", ".csv"):
            artifact.write_text(f"{EVIDENCE} of {NAME}\n\n{artifact.read_text('utf-8')}", "utf-8")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("logs")
    lent = lend_sample(folder, mark)
    profile, private = folder / "profile", folder / "private"
    said = journey(lent, profile, private)
    logs = profile / LOGS
    return Written(
        log=(logs / "assessor.log").read_text("utf-8"),
        fault="".join(path.read_text("utf-8") for path in logs.glob("fault-*.txt")),
        requests=(folder / "platform" / "requests.log").read_text("utf-8"),
        said=said,
        folders=(profile, private),
        token=lent.token,
    )


def journey(lent: LentSample, profile: Path, private: Path) -> str:
    """Let the window do everything, the network go, and return what it said."""
    command = [
        *(sys.executable, "-m", "tests.invariants.logging_child"),
        *(str(profile), lent.platform.url, lent.submission),
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=private_to(private),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{lent.token}\n")
        child.stdin.flush()
        asked = child.stdout.readline()
        lent.platform.stop()
        out, err = child.communicate("\n")
    assert child.returncode == 0, err
    return asked + out + err


def test_i15_every_line_of_the_log_has_the_allowed_shape(written: Written) -> None:
    lines = written.log.splitlines()

    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert any(" round_ended " in line for line in lines)
    assert len(lines) > 10


def test_i15_nothing_that_was_read_or_written_is_logged_anywhere(written: Written) -> None:
    words = (*MARKED, written.token)

    for text in (written.log, written.fault, written.requests, written.said):
        assert [word for word in words if word.casefold() in text.casefold()] == []
    assert leaks(written.folders, words) == []


def test_i15_the_report_of_a_fault_says_where_and_never_what(written: Written) -> None:
    assert "ValueError" in written.fault
    assert "happen:" in written.fault


def test_i15_every_line_of_the_platform_has_the_allowed_shape(written: Written) -> None:
    lines = written.requests.splitlines()

    assert [line for line in lines if not REQUEST.fullmatch(line)] == []
    assert len(lines) > 5


def test_i15_the_marked_words_were_there_to_be_told(written: Written) -> None:
    """The samples really hold them; else nothing is proved."""
    samples = written.folders[0].parent / "samples"

    assert {line.rpartition(": ")[2] for line in leaks((samples,), (NAME, RESPONSE, EVIDENCE))} == {
        NAME,
        RESPONSE,
        EVIDENCE,
    }
