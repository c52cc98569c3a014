"""The sample platform of this computer: taken in once, served while the window is open."""

import importlib.util
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from assessor_app.ui.signin.form import TypedAccess
from assessor_app.usecases.samples import (
    ASSESSOR,
    LocalPlatform,
    PlatformCommandError,
    fresh_samples,
)

_READY, _COPY, _DATA = "port", "submissions", "data"


def can_run() -> bool:
    """Return whether the reference platform is installed here."""
    return all(importlib.util.find_spec(name) for name in ("fastapi", "uvicorn", "pikepdf"))


class Samples:
    """One local platform below the folder of work.

    Threads: `begin` and `resume` block for seconds; one call at a time.
    """

    def __init__(self, root: Path, clock: Callable[[], datetime]) -> None:
        self._folder, self._clock = root / "samples", clock
        self._platform = LocalPlatform(self._folder / _DATA)

    def begin(self) -> TypedAccess:
        """Start the platform and return the access to it. Raises PlatformCommandError."""
        self._take_in()
        url = self._serve()
        token = self._platform.command("token", ASSESSOR).strip()
        self._platform.command("assign", "--all", ASSESSOR)
        return TypedAccess(address=url, token=token)

    def serves(self, url: str) -> bool:
        """Return whether work at this address is that of the samples."""
        port = self._port()
        return bool(port) and urlsplit(url).port == port and "127.0.0.1" in url

    def resume(self) -> None:
        """Serve again what was taken in before. Raises PlatformCommandError."""
        self._serve()

    def stop(self) -> None:
        """Stop serving."""
        self._platform.stop()

    def _take_in(self) -> None:
        if self._port():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        submissions = fresh_samples(self._folder / _COPY, self._clock())
        self._platform.take_in(submissions)

    def _serve(self) -> str:
        """Serve at the port of the last time, where that is free."""
        if self._platform.is_serving:
            return self._platform.url
        try:
            url = self._platform.serve(self._port())
        except PlatformCommandError:
            url = self._platform.serve(0)
        (self._folder / _READY).write_text(str(urlsplit(url).port), "utf-8")
        return url

    def _port(self) -> int:
        try:
            return int((self._folder / _READY).read_text("utf-8"))
        except (OSError, ValueError):
            return 0
