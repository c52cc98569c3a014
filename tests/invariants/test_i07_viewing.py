"""I7: viewing an artifact causes no packet on the network and opens no foreign file.

The worker that decodes is confined: `tests/render/test_confine.py` names every call it may not
make. Here the window around it is looked at, on every kind of artifact of the samples and on
evidence that names addresses and files.
"""

import json
import os
import signal
import subprocess
import sys

import pytest

from assessor_app.domain.packet import ArtifactKind
from tests.invariants.conftest import Laptop
from tests.journeys.house import ROOT

pytestmark = pytest.mark.timeout(400)


def viewed(laptop: Laptop, deed: str = "view") -> subprocess.CompletedProcess[str]:
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
        input=json.dumps(laptop.vault.told()) + "\n",
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
