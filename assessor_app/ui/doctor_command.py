"""The command `doctor`: each thing the app needs, on a line: ok, or what to do."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from assessor_app.ui.settings.computer import finding_words
from assessor_app.ui.words import sentence
from assessor_app.usecases.doctor import Finding, look_at_computer, look_at_profile
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.profiles import (
    Clock,
    KeyringVault,
    open_with_keyring,
    open_with_passphrase,
)

_PROBE = "from PySide6.QtWidgets import QApplication as A; print(A([]).platformName())"
_NO_DISPLAY = "Set DISPLAY or WAYLAND_DISPLAY; QT_QPA_PLATFORM=offscreen goes without a screen."


def tell_findings(
    out: TextIO,
    now: Callable[[], datetime],
    profile: Path | None = None,
    passphrase: str | None = None,
) -> int:
    """Print what is found and return 0 if all is well, 1 if not, 2 if the profile does not open."""
    shown = _qt_platform()
    _tell(out, ok=bool(shown), words=("Qt finds a screen", _NO_DISPLAY), fact=shown or "none")
    findings = look_at_computer(KeyringVault())
    if profile is not None:
        try:
            findings += _look_into(profile, passphrase, Clock(now=now))
        except AppError as error:
            _tell(out, ok=False, words=("The profile does not open", sentence(error)), fact="")
            return 2
    for finding in findings:
        _tell(out, ok=finding.ok, words=finding_words(finding), fact=finding.fact)
    return 0 if shown and all(finding.ok for finding in findings) else 1


def _look_into(folder: Path, passphrase: str | None, clock: Clock) -> tuple[Finding, ...]:
    opened = (
        open_with_keyring(folder, KeyringVault(), clock)
        if passphrase is None
        else open_with_passphrase(folder, passphrase, clock)
    )
    try:
        return look_at_profile(opened)
    finally:
        opened.close()


def _qt_platform() -> str:
    """Return the name of Qt's screen, or an empty text; tried in a process that may die."""
    tried = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", _PROBE], capture_output=True, text=True, check=False
    )
    return tried.stdout.strip() if tried.returncode == 0 else ""


def _tell(out: TextIO, *, ok: bool, words: tuple[str, str], fact: str) -> None:
    what, cure = words
    out.write(f"{'ok  ' if ok else 'look'}  {what}{f' ({fact})' if fact else ''}\n")
    if not ok and cure:
        out.write(f"      {cure}\n")
