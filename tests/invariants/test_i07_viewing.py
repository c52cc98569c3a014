"""I7: viewing an artifact causes no packet on the network and opens no foreign file.

The worker that decodes is confined: `tests/render/test_confine.py` names every call it may not
make. Here the window around it is looked at, on every kind of artifact of the samples and on
evidence that names addresses and files.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from assessor_app.domain.packet import ArtifactKind
from assessor_app.usecases.profiles import Access, Clock, sign_in
from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples
from tests.journeys.house import ROOT
from tests.journeys.laptop import Vault

pytestmark = pytest.mark.timeout(400)
LURES = (
    "<img src='{url}/beacon.png'> ![plan]({url}/beacon.svg) [open]({file}) {url}/x",
    "<img src='{file}'><link rel=stylesheet href='{url}/a.css'> {file}",
)


@dataclass(frozen=True, slots=True)
class Laptop:
    """A profile with every sample on it, the key, and the file that nobody may open."""

    folder: Path
    secrets: dict[str, bytes]
    canary: Path
    beacon: socket.socket


def lure(submission: Path, beacon: str, canary: Path) -> None:
    """Let responses, texts and Markdown name an address and a file, as HTML and as links."""
    words = [lure.format(url=beacon, file=canary.as_uri()) for lure in LURES]
    path = submission / "submission.json"
    form = json.loads(path.read_text("utf-8"))
    for response in form["responses"]:
        response["text"] = f"{words[0]} {words[1]} {response['text']}"
    path.write_text(json.dumps(form), "utf-8")
    for artifact in (submission / "artifacts").iterdir():
        if artifact.suffix in (".md", ".txt", ".csv"):
            artifact.write_text("\n\n".join((*words, artifact.read_text("utf-8"))), "utf-8")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    folder = tmp_path_factory.mktemp("viewing")
    canary = folder / "canary.png"
    canary.write_bytes(b"nobody may open this")
    beacon = socket.create_server(("127.0.0.1", 0))
    beacon.settimeout(0)
    samples = fresh_samples(folder / "samples", datetime.now(UTC))
    for submission in samples:
        lure(submission, f"http://127.0.0.1:{beacon.getsockname()[1]}", canary)
    platform = LocalPlatform(folder / "platform")
    platform.take_in(samples)
    platform.serve()
    vault = Vault()
    try:
        access = Access(
            typed_address=platform.url, token=platform.command("token", ASSESSOR).strip()
        )
        platform.command("assign", "--all", ASSESSOR)
        opened = sign_in(folder / "laptop", access, vault, Clock(now=partial(datetime.now, UTC)))
        opened.sync_round(lambda _progress: None, threading.Event())
        opened.close()
        yield Laptop(opened.folder, vault.secrets, canary, beacon)
    finally:
        platform.stop()
        beacon.close()


def viewed(laptop: Laptop, deed: str = "view") -> subprocess.CompletedProcess[str]:
    keys = {name: key.hex() for name, key in laptop.secrets.items()}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.invariants.viewing_child",
            str(laptop.folder),
            str(laptop.canary),
            deed,
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        input=json.dumps(keys) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )


def test_i07_everything_is_viewed_without_a_packet_and_without_a_foreign_file(
    laptop: Laptop,
) -> None:
    done = viewed(laptop)

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["tried"] == []
    assert report["canary"] is False
    with pytest.raises(BlockingIOError):
        laptop.beacon.accept()
    assert report["packets"] >= 9
    assert report["decoded"] >= 20
    assert set(report["kinds"]) >= {
        ArtifactKind.DOCUMENT,
        ArtifactKind.PRESENTATION,
        ArtifactKind.TABLE,
        ArtifactKind.TEXT,
        ArtifactKind.IMAGE,
    }


@pytest.mark.parametrize("deed", ["reach_out", "start_program"])
def test_i07_a_window_that_reached_out_would_be_killed(laptop: Laptop, deed: str) -> None:
    assert viewed(laptop, deed).returncode == -signal.SIGSYS


@pytest.mark.parametrize(
    ("deed", "told"),
    [("open_canary", {"canary": True}), ("open_elsewhere", {"tried": ["open /etc/hostname"]})],
)
def test_i07_a_file_that_was_opened_would_be_told(
    laptop: Laptop, deed: str, told: dict[str, object]
) -> None:
    report = json.loads(viewed(laptop, deed).stdout.splitlines()[-1])

    assert {key: report[key] for key in told} == told
