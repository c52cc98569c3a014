"""One sample at a platform, and the tour's hands in a window that works on it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from assessor_app.app import Program
from assessor_app.ui.tour.hands import Hands
from assessor_app.ui.tour.script import Tour
from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples

SAMPLE = "number-talks"


@dataclass(frozen=True, slots=True)
class LentSample:
    """A platform that serves, and what its assessor got."""

    platform: LocalPlatform
    token: str
    submission: str


def lend_sample(folder: Path, mark: Callable[[Path], object] = lambda _: None) -> LentSample:
    """Let a platform take in one sample, as it was marked, and lend it."""
    samples = fresh_samples(folder / "samples", datetime.now(UTC))
    (sample,) = (path for path in samples if path.name == SAMPLE)
    mark(sample)
    platform = LocalPlatform(folder / "platform")
    platform.take_in([sample])
    platform.serve()
    token = platform.command("token", ASSESSOR).strip()
    assert platform.command("assign", "--all", ASSESSOR).strip() == "1 lent"
    (lent,) = json.loads(platform.command("status", "--json"))["assignments"]
    return LentSample(platform, token, lent["submission"])


def tour_of(
    program: Program, folder: Path, *, url: str, token: str, passphrase: str, submission: str
) -> Tour:
    """Return the tour's hands in the window in front, at the sign-in of a profile in `folder`."""

    def in_front() -> QWidget:
        return program.window

    pictures = folder.parent / "pictures"
    pictures.mkdir()
    return Tour(
        hands=Hands(in_front, pictures),
        theme=program.theme,
        platform=LocalPlatform(folder),
        address=url,
        token=token,
        passphrase=passphrase,
        submissions={SAMPLE: submission},
        packets=1,
        away=program.close,
        back=program.close,
    )
