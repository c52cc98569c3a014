"""The main job, end to end, as a person does it; what came of it is asked of the platform."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.house import ROOT


@pytest.mark.timeout(400)
def test_the_tour_agrees_with_the_platform(tmp_path: Path) -> None:
    out = tmp_path / "tour"
    done = subprocess.run(
        [sys.executable, "-m", "assessor_app", "demo", "--tour", str(out), "--offscreen"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((out / "tour.json").read_text("utf-8"))
    assert report["packets_pulled"] == 9
    assert report["reviews_sealed_offline"] == report["receipts"] == 2
    assert sorted(report["determinations_on_platform"].values()) == ["award", "deny"]
    assert report["offline_verified"]
    assert len(report["screens"]) >= 8
    for name in report["screens"]:
        with Image.open(out / name) as picture:
            assert picture.width >= 1024
    letters = [path.read_text("utf-8") for path in (out / "letters").glob("*.txt")]
    assert len(letters) == 2
    assert (out / "profile").is_dir()
