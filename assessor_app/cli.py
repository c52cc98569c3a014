"""The command line. It reads arguments and imports only what the chosen command needs."""

import argparse
import importlib.util
import sys
from collections.abc import Callable, Sequence

COMMANDS = """commands:
  (none)            open the window
  demo              open the window on the samples, with a platform on this computer
  sync              send and fetch without a window
  doctor            check what the app needs on this computer
  platform          the reference platform: serve, intake, assign, token, status, decide, letter
  reliability       agreement and reliability of ratings in a file
"""
NEEDS_PLATFORM = (
    "This needs the reference platform, which is not installed here.\n"
    "Install it with: pip install 'assessor-app[platform]'"
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


def _platform(arguments: list[str]) -> int:
    if not has_platform():
        sys.stderr.write(NEEDS_PLATFORM + "\n")
        return 2
    from assessor_app.reference_platform import command  # noqa: PLC0415 (only where it is wanted)

    return command.main(arguments)


def _reliability(arguments: list[str]) -> int:
    from assessor_app.reliability.command import main as reliability  # noqa: PLC0415 (as above)

    return reliability.main(arguments)


_COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "platform": _platform,
    "reliability": _reliability,
}
