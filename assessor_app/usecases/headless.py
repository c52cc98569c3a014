"""One round without a window: `assessor-app sync`. Prints facts, never a title or a name."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from assessor_app.domain.errors import AppError
from assessor_app.store.errors import NoProfileError
from assessor_app.store.keys import KeyVault
from assessor_app.store.profile import FACTS
from assessor_app.sync.clock import Clock
from assessor_app.sync.rounds import Link, RoundProgress, RoundReport
from assessor_app.usecases.outbox import count_places
from assessor_app.usecases.profiles import (
    Access,
    OpenProfile,
    list_known,
    open_with_keyring,
    open_with_passphrase,
    sign_in,
)

DONE, NOT_DONE, NOT_OPENED = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncCommand:
    """The arguments of the command. `profile` is a profile folder or the folder that holds them.

    With an address and a token it signs in first. `passphrase` None: the keyring holds the key.
    """

    profile: Path
    address: str = ""
    token: str = field(default="", repr=False)
    passphrase: str | None = field(default=None, repr=False)


def sync_command(command: SyncCommand, vault: KeyVault, clock: Clock, out: TextIO) -> int:
    """Do one round and print what came of it. Return the exit code of the process.

    0: the platform was reached and the round is complete. 1: it was not. 2: no profile was opened.
    """
    try:
        opened = _opened(command, vault, clock)
    except AppError as error:
        print(f"not opened: {type(error).__name__}{_facts(error)}", file=out)
        return NOT_OPENED
    try:
        report = opened.sync_round(_ignore, threading.Event())
        places = opened.workbench.prepare(count_places)()
    except AppError as error:
        print(f"not done: {type(error).__name__}{_facts(error)}", file=out)
        return NOT_DONE
    finally:
        opened.close()
    print(*_lines(report), sep="\n", file=out)
    held = " (held by the assessor)" if places.is_held else ""
    print(
        f"reviews: laptop={places.laptop} outbox={places.outbox}{held} received={places.received}",
        file=out,
    )
    return DONE if report.link is Link.ONLINE else NOT_DONE


def _opened(command: SyncCommand, vault: KeyVault, clock: Clock) -> OpenProfile:
    if command.address:
        access = Access(
            typed_address=command.address, token=command.token, passphrase=command.passphrase
        )
        return sign_in(command.profile, access, vault, clock)
    folder = command.profile
    if not (folder / FACTS).is_file():
        known = list_known(folder)
        if not known:
            raise NoProfileError(folder)
        folder = known[0].folder
    if command.passphrase is None:
        return open_with_keyring(folder, vault, clock)
    return open_with_passphrase(folder, command.passphrase, clock)


def _lines(report: RoundReport) -> tuple[str, ...]:
    why = f" ({report.offline})" if report.offline else ""
    sent = (len(report.received), len(report.refused), len(report.uncertain))
    return (
        f"link: {report.link}{why}",
        "sent: received={} refused={} uncertain={}".format(*sent),
        f"fetched: packets={report.packets} bytes={report.fetched_bytes}",
        f"missing: {len(report.missing)}",
    )


def _facts(error: AppError) -> str:
    reason = getattr(error, "reason", None) or getattr(error, "fault", None)
    return f" ({reason})" if reason else ""


def _ignore(_progress: RoundProgress) -> None:
    """A command shows no progress."""
