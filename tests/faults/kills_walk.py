"""A laptop's life as a process that is killed: see `kills`.

Started once; for every line on its input it forks a child that lives on one profile. Every step is
told on a line of its own, before it is done and again when it is done. With `calls` the child ends
itself, without any chance to clean up, at that call of a function of the product: a point that its
seed finds again.
"""

import os
import signal
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

from assessor_app.domain.ids import AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind, OutboxState, ReviewPlace
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.seal import reopen
from tests.fakes import Vault
from tests.journeys.child import (
    begin_lives,
    draft_of,
    go_on_writing,
    save,
    seal_it,
    tell,
    tell_what_is_there,
)
from tests.journeys.laptop import hasty_clock, now, queue_of, sync

PRODUCT = (
    f"{os.sep}assessor_app{os.sep}store{os.sep}",
    f"{os.sep}assessor_app{os.sep}sync{os.sep}",
)
REOPENINGS = 1
"""So often each review is reopened before it may rest."""


@dataclass
class Doom:
    """Counts calls into store and sync on every thread, and at a chosen one the process dies."""

    at: int
    calls: int = 0
    _known: dict[str, bool] = field(default_factory=dict)

    def __call__(self, frame: FrameType, event: str, _told: Any) -> None:
        if event not in ("call", "return"):
            return
        name = frame.f_code.co_filename
        is_ours = self._known.get(name)
        if is_ours is None:
            is_ours = self._known[name] = any(part in name for part in PRODUCT)
        if is_ours:
            self.calls += 1
            if self.calls == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def walk(told: dict[str, Any]) -> None:
    doom = Doom(told["calls"])
    threading.setprofile(doom)
    sys.setprofile(doom)
    live(Path(told["folder"]), Vault.of_told(told["secrets"]))
    sys.setprofile(None)
    tell("done", calls=doom.calls)


def live(folder: Path, vault: Vault) -> None:
    """Open, look, sync; work on one packet or reopen one; sync; look."""
    opened = open_with_keyring(folder, vault, hasty_clock())
    tell_what_is_there(opened, left=left(opened))
    tell("synced", received=sync(opened).received)
    work(opened)
    tell("synced", received=sync(opened).received)
    tell_what_is_there(opened, left=left(opened))
    opened.close()


def left(opened: OpenProfile) -> int:
    return sum(1 for name in packets(opened) if chosen(opened, name) is not None)


def outbox(opened: OpenProfile) -> tuple[OutboxLine, ...]:
    return opened.workbench.prepare(list_outbox)()


def packets(opened: OpenProfile) -> list[AssignmentId]:
    return sorted(row.assignment for row in queue_of(opened).rows)


def chosen(opened: OpenProfile, name: AssignmentId) -> str | None:
    """Return what is to be done with a packet: write, reopen, wait, or nothing any more.

    What waits is in the outbox, and is reopened once it is received.
    """
    reviews = [
        line for line in outbox(opened) if line.assignment == name and line.kind is ActKind.REVIEW
    ]
    live = [line for line in reviews if line.state not in (OutboxState.VOIDED, OutboxState.VOIDING)]
    if not live:
        return "write"
    if len(reviews) > REOPENINGS or live[-1].state is OutboxState.ATTENTION:
        return None
    return "reopen" if live[-1].place is ReviewPlace.RECEIVED else "wait"


def work(opened: OpenProfile) -> None:
    """Do the next thing that is to be done with the first packet that needs it."""
    for name in packets(opened):
        match chosen(opened, name):
            case "write":
                write(opened, name)
                return
            case "reopen":
                held = [
                    line.act
                    for line in outbox(opened)
                    if line.assignment == name
                    and line.place is ReviewPlace.RECEIVED
                    and line.kind is ActKind.REVIEW
                ]
                tell("reopening", review=held[-1])
                opened.workbench.prepare(reopen, ReviewId(held[-1]), now=now())()
                tell("reopened", review=held[-1])
                write(opened, name)
                return
            case _:
                continue


def write(opened: OpenProfile, assignment: AssignmentId) -> None:
    """Write from where the last life ended, or a word of what is whole again; and seal."""
    if not go_on_writing(opened, assignment):
        whole = draft_of(opened, assignment)
        save(opened, replace(whole, no_conflict=False))
        save(opened, whole)
    seal_it(opened, assignment)


if __name__ == "__main__":
    begin_lives(walk)
