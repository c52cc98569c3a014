"""An assessor at a laptop, as the journeys play one. Knows the platform by its address alone."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.ids import AssignmentId
from assessor_app.sync.rounds import RoundProgress, RoundReport
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import (
    Access,
    Clock,
    OpenProfile,
    open_with_keyring,
    sign_in,
)
from assessor_app.usecases.queue import Queue, QueueRow, list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import Sealed, seal
from tests.fakes import Vault
from tests.journeys.writing import revisions


def longest(_low: float, high: float) -> float:
    """Wait as long as a back-off can: a short one could be over within the same round."""
    return high


def wall_clock() -> Clock:
    return Clock(now=now, uniform=longest)


def hasty_clock() -> Clock:
    """Return the wall clock with a chance that never lets anything wait."""
    return Clock(now=now, uniform=lambda _low, _high: 0.0)


@dataclass
class Assessor:
    """One assessor at one laptop."""

    root: Path
    vault: Vault = field(default_factory=Vault)

    def sign_in(self, url: str, token: str) -> OpenProfile:
        access = Access(typed_address=url, token=token)
        return sign_in(self.root, access, self.vault, wall_clock())

    def reopen(self, opened: OpenProfile) -> OpenProfile:
        """Restart the program."""
        folder = opened.folder
        opened.close()
        return open_with_keyring(folder, self.vault, wall_clock())


def now() -> datetime:
    return datetime.now(UTC)


def queue_of(opened: OpenProfile) -> Queue:
    return opened.workbench.prepare(list_queue, now=now())()


def first_row(opened: OpenProfile) -> QueueRow:
    return queue_of(opened).rows[0]


def sync(
    opened: OpenProfile, progress: Callable[[RoundProgress], None] = lambda _: None
) -> RoundReport:
    return opened.sync_round(progress, threading.Event())


def write_and_seal(opened: OpenProfile, assignment: AssignmentId) -> Sealed:
    """Do the whole work on one packet, one save a change."""
    bench = opened.workbench
    packet = bench.prepare(open_packet, assignment, now=now())()
    for review in revisions(packet.draft.review, packet.packet, packet.rubric):
        bench.prepare(save_draft, review, now=now())()
    return bench.prepare(seal, assignment, now=now())()
