"""A laptop's life as a process that is killed: see `kills`.

Started once; for every line on its input it forks a child that lives on one profile. Every step is
told on a line of its own, before it is done and again when it is done. With `calls` the child ends
itself, without any chance to clean up, at that call of a function of the product: a point that its
seed finds again.
"""

import json
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
from assessor_app.domain.review import Review
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import Clock, OpenProfile, open_with_keyring
from assessor_app.usecases.queue import list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import reopen, seal
from assessor_app.wire.codec import dump, sha256
from tests.fakes import Vault
from tests.journeys.child import now, tell
from tests.journeys.laptop import sync
from tests.journeys.writing import revisions

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


def main() -> None:
    """Wait for lines; imports are done already."""
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if not pid:
            doom = Doom(told["calls"])
            threading.setprofile(doom)
            sys.setprofile(doom)
            live(Path(told["folder"]), told["secrets"])
            sys.setprofile(None)
            tell("done", calls=doom.calls)
            return
        _, status = os.waitpid(pid, 0)
        tell("died", code=os.waitstatus_to_exitcode(status))


def live(folder: Path, secrets: dict[str, str]) -> None:
    """Open, look, sync; work on one packet or reopen one; sync; look."""
    tell("born", pid=os.getpid())
    vault = Vault.of_told(secrets)
    opened = open_with_keyring(folder, vault, Clock(now=now, uniform=lambda _low, _high: 0.0))
    tell_what_is_there(opened)
    tell("synced", received=sync(opened).received)
    work(opened)
    tell("synced", received=sync(opened).received)
    tell_what_is_there(opened)
    opened.close()


def tell_what_is_there(opened: OpenProfile) -> None:
    """Tell every draft, and every act with its state and the hash of its bytes."""
    drafts: dict[str, str] = {}
    for row in opened.workbench.prepare(list_queue, now=now())().rows:
        if row.saved_at:
            packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
            drafts[row.assignment] = fingerprint(packet.draft.review)
    acts = {line.act: [line.state, line.place, line.body_sha256] for line in outbox(opened)}
    left = sum(1 for name in packets(opened) if chosen(opened, name) is not None)
    tell("there", drafts=drafts, acts=acts, left=left, opening=opening(opened))


def opening(opened: OpenProfile) -> list[object]:
    report = opened.opening
    return [str(report.quarantined or ""), *report.unreadable_journal_files]


def outbox(opened: OpenProfile) -> tuple[OutboxLine, ...]:
    return opened.workbench.prepare(list_outbox)()


def packets(opened: OpenProfile) -> list[AssignmentId]:
    rows = opened.workbench.prepare(list_queue, now=now())().rows
    return sorted(row.assignment for row in rows)


def chosen(opened: OpenProfile, name: AssignmentId) -> str | None:
    """Return what is to be done with a packet: write, reopen, or nothing any more."""
    reviews = [
        line for line in outbox(opened) if line.assignment == name and line.kind is ActKind.REVIEW
    ]
    live = [line for line in reviews if line.state not in (OutboxState.VOIDED, OutboxState.VOIDING)]
    if not live:
        return "write"
    is_held = live[-1].place is ReviewPlace.RECEIVED
    return "reopen" if is_held and len(reviews) <= REOPENINGS else None


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
    """Write from where the last life ended, and seal."""
    packet = opened.workbench.prepare(open_packet, assignment, now=now())()
    blank = Review(
        assignment=assignment,
        manifest_sha256=packet.assignment.packet.manifest_sha256,
        rubric=packet.assignment.rubric,
    )
    whole = list(revisions(blank, packet.packet, packet.rubric))
    begun = packet.draft.review
    for review in whole[whole.index(begun) + 1 if begun in whole else 0 :]:
        save(opened, review)
    if begun == whole[-1]:
        save(opened, replace(begun, no_conflict=False))
        save(opened, begun)
    tell("sealing", assignment=assignment)
    sealed = opened.workbench.prepare(seal, assignment, now=now())()
    tell("sealed", assignment=assignment, review=sealed.review)


def save(opened: OpenProfile, review: Review) -> None:
    tell("saving", assignment=review.assignment, draft=fingerprint(review))
    opened.workbench.prepare(save_draft, review, now=now())()
    tell("saved", assignment=review.assignment, draft=fingerprint(review))


def fingerprint(review: Review) -> str:
    return sha256(dump(review))


if __name__ == "__main__":
    main()
