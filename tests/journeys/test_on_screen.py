"""What was on the screen is not in clear on the disk, even if the window is killed."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import ROOT, private_to
from tests.journeys.on_screen import CRITERION, FEEDBACK, RESPONSE
from tests.journeys.plaintext import leaks
from tests.journeys.sample_window import LentSample, lend_sample

PASSPHRASE = "a passphrase of hollyhocks"  # noqa: S105 (made up)


@pytest.fixture
def lent(tmp_path: Path) -> Iterator[LentSample]:
    made = lend_sample(tmp_path)
    yield made
    made.platform.stop()


@pytest.mark.timeout(180)
def test_a_killed_window_leaves_nothing_in_clear(lent: LentSample, tmp_path: Path) -> None:
    profile, private = tmp_path / "profile", tmp_path / "private"
    arguments = [str(profile), lent.platform.url, lent.submission]
    child = subprocess.run(
        [sys.executable, "-m", "tests.journeys.screen_child", *arguments],
        cwd=ROOT,
        env=private_to(private),
        input=f"{lent.token}\n{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=False,
    )

    secrets = (lent.token, RESPONSE, CRITERION, FEEDBACK)
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert child.stdout.splitlines() == list(secrets)
    assert leaks((profile, private), (*secrets, PASSPHRASE)) == []
