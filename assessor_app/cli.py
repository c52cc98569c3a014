"""The command line. It reads arguments and imports only what the chosen command needs."""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

COMMANDS = """commands:
  (none)            open the window
  demo              open the window on the samples, with a platform on this computer;
                    with --tour OUT do the whole job by itself and leave the proof in OUT
  sync              send and fetch without a window
  doctor            check what the app needs on this computer
  platform          the reference platform: serve, intake, assign, token, status, decide, letter
  reliability       agreement and reliability of ratings in a file
"""
NEEDS_PLATFORM = (
    "This needs the reference platform, which is not installed here.\n"
    "Install it with: pip install 'assessor-app[platform]'\n"
)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    command, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if command in _COMMANDS:
        return _COMMANDS[command](rest)
    parser = argparse.ArgumentParser(
        prog="assessor-app",
        description="Review micro-credential submissions offline and double-blind.",
        epilog=COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=[name for name in _COMMANDS if name])
    parser.parse_args(arguments)
    return 2


def has_platform() -> bool:
    """Return whether the extra `[platform]` is installed."""
    return all(importlib.util.find_spec(name) for name in ("fastapi", "uvicorn", "pikepdf"))


def _window(_arguments: list[str]) -> int:
    from assessor_app.app import run_window  # noqa: PLC0415 (only where it is wanted)

    return run_window()


def _demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="assessor-app demo")
    parser.add_argument("--tour", metavar="OUT", type=Path, help="do the whole job, unattended")
    parser.add_argument("--offscreen", action="store_true", help="without a display")
    told = parser.parse_args(arguments)
    if not has_platform():
        sys.stderr.write(NEEDS_PLATFORM)
        return 2
    if told.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from assessor_app.app import default_root, run_tour, run_window  # noqa: PLC0415 (as above)

    if told.tour:
        return run_tour(told.tour)
    return run_window(profile_root=default_root() / "demo", start_platform=True)


def _sync(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="assessor-app sync")
    parser.add_argument("--profile", metavar="DIR", type=Path, required=True)
    parser.add_argument("--url", default="", help="sign in at this platform first")
    parser.add_argument("--token-fd", type=int, metavar="N", help="where the token is read from")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="instead of the keyring")
    told = parser.parse_args(arguments)
    from assessor_app.usecases.headless import SyncCommand, sync_command  # noqa: PLC0415 (as above)
    from assessor_app.usecases.profiles import Clock, KeyringVault  # noqa: PLC0415 (as above)

    command = SyncCommand(
        profile=told.profile,
        address=told.url,
        token=_line_from(told.token_fd) or "",
        passphrase=_line_from(told.passphrase_fd),
    )
    clock = Clock(now=partial(datetime.now, UTC))
    return sync_command(command, KeyringVault(), clock, sys.stdout)


def _line_from(descriptor: int | None) -> str | None:
    """Return the first line of an open file: secrets are never arguments others can list."""
    if descriptor is None:
        return None
    with os.fdopen(descriptor, encoding="utf-8") as source:
        return source.readline().rstrip("\n")


def _doctor(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="assessor-app doctor")
    parser.add_argument("--profile", metavar="DIR", type=Path, help="look at this profile too")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="instead of the keyring")
    told = parser.parse_args(arguments)
    from assessor_app.ui.doctor_command import tell_findings  # noqa: PLC0415 (as above)

    clock = partial(datetime.now, UTC)
    return tell_findings(sys.stdout, clock, told.profile, _line_from(told.passphrase_fd))


def _platform(arguments: list[str]) -> int:
    if not has_platform():
        sys.stderr.write(NEEDS_PLATFORM)
        return 2
    from assessor_app.reference_platform import command  # noqa: PLC0415 (as above)

    return command.main(arguments)


def _reliability(arguments: list[str]) -> int:
    from assessor_app.reliability.command import main as reliability  # noqa: PLC0415 (as above)

    return reliability.main(arguments)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "": _window,
    "demo": _demo,
    "sync": _sync,
    "doctor": _doctor,
    "platform": _platform,
    "reliability": _reliability,
}
