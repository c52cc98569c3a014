"""The app from an installed wheel, far from the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKS = """
import assessor_app, json
from assessor_app.resources import resource
print(json.dumps({
    "package": assessor_app.__file__,
    "resources": [resource(*p).is_file() for p in (
        ("openapi.yaml",), ("theme", "tokens.json"),
        ("samples", "submissions", "number-talks", "submission.json"),
    )],
}))
"""

OPENS = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from assessor_app.app import Options, Program
app = QApplication([])
program = Program(app, Options(root=Path("laptop")))
program.start()
QTimer.singleShot(300, app.quit)
app.exec()
print(program.window.screen_key(), program.window.grab().width())
program.close()
"""
KEEPS = """
from datetime import UTC, datetime
from pathlib import Path
from assessor_app.store.opening import open_store
from assessor_app.store.passphrase import create_profile
profile, key = create_profile(Path("kept"), "a passphrase of asters")
store = open_store(profile, key, now=datetime.now(UTC))
print(store.report.quarantined)
store.close()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the wheel, and nothing of the checkout, is installed."""
    work = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(work)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    wheel = next(work.glob("*.whl"))
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", str(wheel), str(work / "site")], check=True
    )
    return work / "site"


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_carries_its_resources(installed: Path) -> None:
    answer = run(installed, "-c", ASKS)

    assert str(installed) in answer.stdout
    assert "false" not in answer.stdout


def test_the_commands_run_from_the_wheel(installed: Path) -> None:
    for command in (["--help"], ["platform", "--help"], ["reliability", "--help"]):
        answer = run(installed, "-m", "assessor_app", *command)
        assert answer.returncode == 0, answer.stderr


def test_the_window_opens_from_the_wheel(installed: Path) -> None:
    answer = run(installed, "-c", OPENS)

    assert answer.stdout.split()[0] == "first_run", answer.stderr
    assert int(answer.stdout.split()[1]) >= 800


def test_a_store_is_made_from_the_wheel(installed: Path) -> None:
    answer = run(installed, "-c", KEEPS)

    assert answer.stdout.strip() == "None", answer.stderr


def test_the_licence_travels_with_it(installed: Path) -> None:
    assert any(path.name == "LICENSE" for path in installed.rglob("*"))
