"""Sets the tour up, lets it walk, and writes what the platform says of it."""

import json
import secrets
import shutil
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.tour.hands import Hands
from assessor_app.ui.tour.plan import AWARDED, DENIED
from assessor_app.ui.tour.report import TourReport, status
from assessor_app.ui.tour.script import Tour
from assessor_app.ui.tour.walker import Failure
from assessor_app.usecases.samples import ASSESSOR, LocalPlatform, fresh_samples

PROFILE = "profile"
REPORT = "tour.json"
LETTERS = "letters"


@dataclass(slots=True, kw_only=True)
class TourSetup:
    """A platform with the samples, lent to the tour's assessor, answering on a free port.

    `submissions` gives this assessor's ID for the folder of a sample, `earners` the earner's.
    """

    out: Path
    platform: LocalPlatform
    port: int
    token: str = field(repr=False)
    earners: dict[str, str]
    submissions: dict[str, str]

    @property
    def profile(self) -> Path:
        """Where the tour's profile is."""
        return self.out / PROFILE

    def away(self) -> None:
        """Take the platform away, as a train does."""
        self.platform.stop()

    def back(self) -> None:
        """Bring it back at the same address."""
        self.platform.serve(self.port)


def set_up(out: Path, now: datetime) -> TourSetup:
    """Start from nothing: a new folder, a new platform, the samples taken in and lent."""
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    _say("taking in the samples")
    platform = LocalPlatform(out / "platform")
    folders = fresh_samples(out / "samples", now)
    taken = platform.command("intake", *(str(path) for path in folders))
    earners = {name: own for own, name in (line.split("\t") for line in taken.splitlines())}
    token = platform.command("token", ASSESSOR).strip()
    platform.command("assign", "--all", ASSESSOR)
    lent = {one["earner_submission"]: one["submission"] for one in status(platform)["assignments"]}
    port = _free_port()
    platform.serve(port)
    return TourSetup(
        out=out,
        platform=platform,
        port=port,
        token=token,
        earners=earners,
        submissions={name: lent[own] for name, own in earners.items() if own in lent},
    )


def tour_of(setup: TourSetup, window: Callable[[], QWidget], theme: Theme) -> Tour:
    """Return the tour, ready to walk in the window that is in front."""
    return Tour(
        hands=Hands(window, setup.out),
        theme=theme,
        platform=setup.platform,
        address=setup.platform.url,
        token=setup.token,
        passphrase=secrets.token_urlsafe(18),
        submissions=setup.submissions,
        packets=len(setup.submissions),
        away=setup.away,
        back=setup.back,
    )


def finish(setup: TourSetup, tour: Tour, failure: Failure | None) -> int:
    """Decide, write letters and the report; return 0 only if the platform agrees with the walk."""
    if failure is not None:
        _say(f"the tour ended early, waiting for: {failure.awaited} {failure.error or ''}")
        if not setup.platform.is_serving:
            setup.back()
    for plan in (AWARDED, DENIED):
        own = setup.submissions[plan.sample]
        if failure is None:
            setup.platform.command("decide", own, plan.determination)
            setup.platform.command("letter", own, "--out", str(setup.out / LETTERS))
    setup.platform.stop()
    held = status(setup.platform)
    report = TourReport(
        packets_pulled=sum(one["pulled"] for one in held["assignments"]),
        reviews_sealed_offline=len(held["reviews"]) if tour.was_offline else 0,
        receipts=held["receipts"],
        determinations_on_platform={
            one["submission"]: one["determination"] for one in held["reviews"] if one["live"]
        },
        screens=tuple(tour.hands.taken),
        offline_verified=tour.was_offline,
    )
    report.write(setup.out / REPORT)
    expected = {setup.submissions[plan.sample]: plan.determination for plan in (AWARDED, DENIED)}
    wrong = report.disagreements(expected, len(setup.submissions))
    for line in wrong:
        _say(line)
    _say(json.dumps({"screens": len(report.screens), "receipts": report.receipts}))
    return 1 if wrong or failure else 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(words: str) -> None:
    sys.stdout.write(f"tour: {words}\n")
    sys.stdout.flush()
