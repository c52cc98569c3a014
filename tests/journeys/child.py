"""The headless journey as a process that may be killed at any moment: see `test_kills`.

Tells every step on a line of its own, before it is done and again when it is done.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ReviewPlace
from assessor_app.domain.review import Review
from assessor_app.sync.rounds import RoundProgress
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.queue import list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.wire.codec import dump, sha256
from tests.fakes import Vault
from tests.journeys.laptop import (
    sync,
    wall_clock,
)
from tests.journeys.writing import revisions


def tell(event: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    """Walk the journey in a process of its own for every line, imports already done."""
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if not pid:
            walk(Path(told["folder"]), told["secrets"])
            return
        _, status = os.waitpid(pid, 0)
        tell("died", code=os.waitstatus_to_exitcode(status))


def walk(folder: Path, secrets: dict[str, str]) -> None:
    tell("born", pid=os.getpid())
    vault = Vault.of_told(secrets)
    opened = open_with_keyring(folder, vault, wall_clock())
    tell_what_is_there(opened)
    first = sync(opened, tell_when_half_is_here)
    tell("synced", received=first.received, fetched_bytes=first.fetched_bytes)
    for row in opened.workbench.prepare(list_queue, now=now())().rows:
        if row.place is ReviewPlace.LAPTOP:
            work(opened, row.assignment)
            report = sync(opened)
            tell("synced", received=report.received)
    tell_what_is_there(opened)
    opened.close()
    tell("done")


def tell_when_half_is_here(progress: RoundProgress) -> None:
    if progress.done_bytes * 2 > progress.total_bytes:
        tell("half", done_bytes=progress.done_bytes)


def tell_what_is_there(opened: OpenProfile) -> None:
    drafts: dict[str, str] = {}
    for row in opened.workbench.prepare(list_queue, now=now())().rows:
        if row.saved_at:
            packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
            drafts[row.assignment] = fingerprint(packet.draft.review)
    acts = {line.act: line.place for line in opened.workbench.prepare(list_outbox)()}
    tell("there", drafts=drafts, acts=acts)


def work(opened: OpenProfile, assignment: AssignmentId) -> None:
    """Go on where the last process was killed."""
    packet = opened.workbench.prepare(open_packet, assignment, now=now())()
    blank = Review(
        assignment=assignment,
        manifest_sha256=packet.assignment.packet.manifest_sha256,
        rubric=packet.assignment.rubric,
    )
    whole = list(revisions(blank, packet.packet, packet.rubric))
    begun = packet.draft.review
    for review in whole[whole.index(begun) + 1 if begun in whole else 0 :]:
        tell("saving", assignment=assignment, draft=fingerprint(review))
        opened.workbench.prepare(save_draft, review, now=now())()
        tell("saved", assignment=assignment, draft=fingerprint(review))
    tell("sealing", assignment=assignment)
    sealed = opened.workbench.prepare(seal, assignment, now=now())()
    tell("sealed", assignment=assignment, review=sealed.review)


def fingerprint(review: Review) -> str:
    return sha256(dump(review))


if __name__ == "__main__":
    main()
