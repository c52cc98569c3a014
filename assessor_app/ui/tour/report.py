"""What the tour proves, read from what the platform holds and has logged."""

import json
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assessor_app.usecases.samples import LocalPlatform

MANIFESTS = ("manifest",)


@dataclass(frozen=True, slots=True, kw_only=True)
class TourReport:
    """The content of `tour.json`."""

    packets_pulled: int
    reviews_sealed_offline: int
    receipts: int
    determinations_on_platform: Mapping[str, str]
    screens: tuple[str, ...]
    offline_verified: bool

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2, sort_keys=True) + "\n", "utf-8")

    def disagreements(self, expected: Mapping[str, str], packets: int) -> tuple[str, ...]:
        """Return in what the platform does not agree with what was done in the window."""
        wrong: list[str] = []
        if self.packets_pulled != packets:
            wrong.append(f"{self.packets_pulled} of {packets} packets pulled")
        if self.reviews_sealed_offline != len(expected):
            wrong.append(f"{self.reviews_sealed_offline} reviews came of {len(expected)} sealed")
        if self.receipts < len(expected):
            wrong.append(f"{self.receipts} receipts for {len(expected)} reviews")
        if dict(self.determinations_on_platform) != dict(expected):
            wrong.append("the determinations differ")
        if not self.offline_verified:
            wrong.append("the platform was reached while it should have been away")
        return tuple(wrong)


def status(platform: LocalPlatform) -> dict[str, Any]:
    """Return what the platform holds."""
    held: dict[str, Any] = json.loads(platform.command("status", "--json"))
    return held


def requests_so_far(platform: LocalPlatform) -> int:
    """Return how many requests the platform has logged in all."""
    return sum(status(platform)["requests"].values())


def is_refused(url: str) -> bool:
    """Return whether nothing listens at the platform's address."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
    except OSError:
        return True
    return False
