"""The headless journey as a process that may be killed at any moment: see `test_kills`.

Tells every step on a line of its own, before it is done and again when it is done; `lives` hears
and checks that. What every such process tells is here for others, too.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import ReviewPlace
from assessor_app.domain.review import Review
from assessor_app.sync.rounds import RoundProgress
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.wire.codec import dump, sha256
from tests.fakes import Vault
from tests.journeys.laptop import now, queue_of, sync, wall_clock
from tests.journeys.writing import from_blank


def tell(event: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def begin_lives(live: Callable[[dict[str, Any]], None]) -> None:
    """Live in a process of its own for every line, imports already done."""
    for line in sys.stdin:
        told = json.loads(line)
        pid = os.fork()
        if not pid:
            tell("born", pid=os.getpid())
            live(told)
            return
        _, status = os.waitpid(pid, 0)
        tell("died", code=os.waitstatus_to_exitcode(status))


def tell_what_is_there(opened: OpenProfile, **more: object) -> None:
    """Tell every draft, and every act with its state and the hash of its bytes."""
    drafts: dict[str, str] = {}
    for row in queue_of(opened).rows:
        if row.saved_at:
            drafts[row.assignment] = fingerprint(draft_of(opened, row.assignment))
    lines = opened.workbench.prepare(list_outbox)()
    acts = {line.act: [line.state, line.place, line.body_sha256] for line in lines}
    found = opened.opening
    opening = [str(found.quarantined or ""), *found.unreadable_journal_files]
    tell("there", drafts=drafts, acts=acts, opening=opening, **more)


def go_on_writing(opened: OpenProfile, assignment: AssignmentId) -> bool:
    """Write from where the last life ended. Return whether anything was left to write."""
    packet = opened.workbench.prepare(open_packet, assignment, now=now())()
    whole = list(from_blank(packet))
    begun = packet.draft.review
    left = whole[whole.index(begun) + 1 if begun in whole else 0 :]
    for review in left:
        save(opened, review)
    return bool(left)


def save(opened: OpenProfile, review: Review) -> None:
    tell("saving", assignment=review.assignment, draft=fingerprint(review))
    opened.workbench.prepare(save_draft, review, now=now())()
    tell("saved", assignment=review.assignment, draft=fingerprint(review))


def seal_it(opened: OpenProfile, assignment: AssignmentId) -> None:
    tell("sealing", assignment=assignment)
    sealed = opened.workbench.prepare(seal, assignment, now=now())()
    tell("sealed", assignment=assignment, review=sealed.review)


def draft_of(opened: OpenProfile, assignment: AssignmentId) -> Review:
    return opened.workbench.prepare(open_packet, assignment, now=now())().draft.review


def fingerprint(review: Review) -> str:
    return sha256(dump(review))


def walk(told: dict[str, Any]) -> None:
    vault = Vault.of_told(told["secrets"])
    opened = open_with_keyring(Path(told["folder"]), vault, wall_clock())
    tell_what_is_there(opened)
    first = sync(opened, tell_when_half_is_here)
    tell("synced", received=first.received, fetched_bytes=first.fetched_bytes)
    for row in queue_of(opened).rows:
        if row.place is ReviewPlace.LAPTOP:
            go_on_writing(opened, row.assignment)
            seal_it(opened, row.assignment)
            tell("synced", received=sync(opened).received)
    tell_what_is_there(opened)
    opened.close()
    tell("done")


def tell_when_half_is_here(progress: RoundProgress) -> None:
    if progress.done_bytes * 2 > progress.total_bytes:
        tell("half", done_bytes=progress.done_bytes)


if __name__ == "__main__":
    begin_lives(walk)
