"""What was on the screen is not in clear on the disk, even if the window is killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples
from tests.journeys.house import ROOT
from tests.journeys.on_screen import CRITERION, FEEDBACK, RESPONSE
from tests.journeys.plaintext import leaks

PASSPHRASE = "a passphrase of hollyhocks"  # noqa: S105 (made up)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[LocalPlatform]:
    folders = fresh_samples(tmp_path / "samples", datetime.now(UTC))
    made = LocalPlatform(tmp_path / "platform")
    made.take_in([path for path in folders if path.name == "number-talks"])
    made.serve()
    yield made
    made.stop()


@pytest.mark.timeout(180)
def test_a_killed_window_leaves_nothing_in_clear(platform: LocalPlatform, tmp_path: Path) -> None:
    token = platform.command("token", ASSESSOR).strip()
    lent = platform.command("assign", "--all", ASSESSOR)
    assert lent.strip() == "1 lent"
    submission = json.loads(platform.command("status", "--json"))["assignments"][0]["submission"]
    folders = {name: tmp_path / name for name in ("profile", "tmp", "run", "home")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(folders["tmp"]),
        "XDG_RUNTIME_DIR": str(folders["run"]),
        "HOME": str(folders["home"]),
    }
    arguments = [str(folders["profile"]), platform.url, submission]
    (tmp_path / "pictures").mkdir()
    child = subprocess.run(
        [sys.executable, "-m", "tests.journeys.screen_child", *arguments],
        cwd=ROOT,
        env=environment,
        input=f"{token}\n{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    secrets = (token, RESPONSE, CRITERION, FEEDBACK)
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert child.stdout.splitlines() == list(secrets)
    assert leaks(folders.values(), (*secrets, PASSPHRASE)) == []
