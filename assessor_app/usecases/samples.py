"""The samples: a reference platform of its own process on this computer, and what it has taken in.

Started by the window's "Try with sample packets", by `demo` and by the tour. The platform's code is
never imported here: it is run as the command `assessor-app platform`.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assessor_app.domain.errors import AppError
from assessor_app.resources import resource

ASSESSOR = "assessor-1"
FRESH_DAYS = 2
"""The newest sample was submitted so many days ago; the others keep their distance to it."""

STOP_S = 10.0


@dataclass(eq=False)
class PlatformCommandError(AppError):
    """A command of the local platform did not do its work. `said` is for the operator."""

    command: str
    said: str


def fresh_samples(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Copy the sample submissions to `folder`, their dates moved by whole days to end near `now`.

    An earlier attempt comes before the one that names it. Returns the submission folders.
    """
    shutil.copytree(resource("samples"), folder, dirs_exist_ok=True)
    submissions = sorted((folder / "submissions").iterdir())
    forms = {path: _form(path) for path in submissions}
    newest = max(_submitted_at(form) for form in forms.values())
    days = (now - newest).days - FRESH_DAYS
    for path, form in forms.items():
        moved = _submitted_at(form) + timedelta(days=days)
        form["submitted_at"] = moved.strftime("%Y-%m-%dT%H:%M:%SZ")
        text = json.dumps(form, ensure_ascii=False, indent=2)
        (path / "submission.json").write_text(text, "utf-8")
    return tuple(submissions)


def _form(folder: Path) -> dict[str, Any]:
    form: dict[str, Any] = json.loads((folder / "submission.json").read_text("utf-8"))
    return form


def _submitted_at(form: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(form["submitted_at"])


class LocalPlatform:
    """One platform in a folder, served by a process of its own.

    Threads: any, one call at a time. Never on the GUI thread: taking in takes seconds.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._server: subprocess.Popen[str] | None = None
        self.url = ""

    def command(self, *arguments: str) -> str:
        """Run one command of the platform and return what it prints.

        Raises:
            PlatformCommandError: It did not do its work.
        """
        done = subprocess.run(  # noqa: S603 (our own command)
            [*_PLATFORM, *arguments, "--data", str(self._data)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PlatformCommandError(arguments[0], done.stderr.strip())
        return done.stdout

    def take_in(self, submissions: Sequence[Path]) -> None:
        """Take submissions in. Raises PlatformCommandError."""
        self.command("intake", *(str(path) for path in submissions))

    def serve(self, port: int = 0) -> str:
        """Start to answer and return the address; it ends with this process, even a killed one.

        Raises:
            PlatformCommandError: It does not answer.
        """
        self._server = subprocess.Popen(  # noqa: S603 (our own command)
            [*_PLATFORM, "serve", "--data", str(self._data), "--port", str(port), "--while-read"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        line = self._server.stdout.readline() if self._server.stdout else ""
        if not line:
            self.stop()
            raise PlatformCommandError("serve", "")
        self.url = str(json.loads(line)["url"])
        return self.url

    @property
    def is_serving(self) -> bool:
        """Whether the process runs."""
        return self._server is not None and self._server.poll() is None

    def stop(self) -> None:
        """Stop answering, and wait for it."""
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        for pipe in (self._server.stdin, self._server.stdout):
            if pipe:
                pipe.close()
        self._server = None


_PLATFORM = (sys.executable, "-m", "assessor_app", "platform")
