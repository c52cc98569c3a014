"""The work that is recorded: everything the store promises to keep, told step by step."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.store import assignments, blobs, marks, migrate, outbox, packets, purge, voids
from assessor_app.store.account import bind
from assessor_app.store.acts import Act
from assessor_app.store.columns import to_json
from assessor_app.store.download import Download
from assessor_app.store.epochs import enter_epoch
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.store.outbox import seal
from assessor_app.store.profile import KeySource, ProfileFacts, found_profile
from assessor_app.store.reviews import get_draft, save_draft, undo
from tests.store.making import (
    BLOB_IDS,
    EPOCH,
    IMAGE,
    LAYER,
    MANIFEST,
    NOW,
    ONE,
    PACKET_REF,
    RUBRIC_BYTES,
    RUBRIC_REF,
    SIGNED_IN,
    TWO,
    a_void,
    assignment,
    blob_of,
    receipt,
    reopened,
    review,
    sealing,
    sha256,
)

THREE = AssignmentId("assignment-3")
NAMES = (ONE, TWO, THREE)
BLOBS = (IMAGE, LAYER)
KEY = ProfileKey(bytes(range(32)))
NEXT_EPOCH = Epoch("epoch-2")
LONG_TEXT = "The juniper coachee chose the goal herself, and said why. " * 300
_UNSENT = (
    OutboxState.SEALED,
    OutboxState.QUEUED,
    OutboxState.SENDING,
    OutboxState.AMBIGUOUS,
)
Tell = Callable[[str], None]


def make_profile(folder: Path) -> Store:
    """Make a profile with three assignments of one packet; its key is `KEY`."""
    facts = ProfileFacts(id="profile-1", key_source=KeySource.KEYRING, check=KEY.check())
    store = open_store(found_profile(folder, facts), KEY, now=NOW)
    with store.sessions.begin() as session:
        bind(session, store.journal, SIGNED_IN)
        enter_epoch(session, EPOCH)
        for name in NAMES:
            assignments.put_assignment(session, assignment(name), epoch=EPOCH)
        packets.put_packet(session, PACKET_REF, MANIFEST, blob_ids=BLOB_IDS, related={})
        packets.put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)
    return store


def truth_of(store: Store) -> str:
    """Spell what the store says of everything it has promised to keep.

    What a start may change by rule is one word: an act that may have left is `unsent`, whether it
    is queued or ambiguous.
    """
    with store.sessions.begin() as session:
        acts = {act.act_id: _told(act) for act in outbox.list_acts(session)}
        drafts = {name: _draft(session, name) for name in NAMES}
        whole = [number for number, content in enumerate(BLOBS) if _is_whole(session, content)]
        read = sorted(str(mark) for mark in marks.list_read(session, ONE))
    return json.dumps(
        {"acts": acts, "drafts": drafts, "whole": whole, "read": read}, sort_keys=True
    )


def _told(act: Act) -> list[object]:
    state = "unsent" if act.state in _UNSENT else str(act.state)
    reason = None if act.reason is None else str(act.reason)
    receipt_bytes = act.receipt.content.decode() if act.receipt else None
    return [str(act.kind), state, sha256(act.body), reason, receipt_bytes]


def _draft(session: Session, name: AssignmentId) -> list[object] | None:
    draft = get_draft(session, name)
    return None if draft is None else [sha256(to_json(draft.review)), draft.sealed_as]


def _is_whole(session: Session, content: bytes) -> bool:
    return blobs.has_blob(session, sha256(content))


@dataclass
class Walk:
    """One life of a profile, told after each step. `sequence` is the platform's last receipt."""

    folder: Path
    tell: Tell
    sequence: int = 0
    truth: str = ""

    def open(self) -> Store:
        return reopened(self.folder, KEY)

    def note(self, store: Store, step: str) -> None:
        """Tell what is promised from now on."""
        self.truth = truth_of(store)
        self.tell(f"{step}\n{self.truth}\n")

    def close(self, store: Store) -> None:
        """Close, which moves everything from the log into the database file."""
        store.close()
        self.tell(f"close\n{self.truth}\n")

    def save(self, store: Store, name: AssignmentId, text: str, *, key: str = "") -> None:
        with store.sessions.begin() as session:
            save_draft(session, review(name, text), now=NOW, merge_key=key)
        self.note(store, "save")

    def seal(self, store: Store, name: AssignmentId, act: str, text: str) -> None:
        with store.sessions.begin() as session:
            seal(session, store.journal, review(name, text), sealing(act))
        self.note(store, "seal")

    def leave(self, store: Store) -> Act:
        """Let the oldest act leave."""
        with store.sessions.begin() as session:
            outbox.release(session, now=NOW)
        self.note(store, "release")
        with store.sessions.begin() as session:
            act = outbox.begin_sending(session)
        self.note(store, "sending")
        assert act is not None
        return act

    def receive(self, store: Store, act: Act, epoch: Epoch = EPOCH) -> None:
        self.sequence += 1
        with store.sessions.begin() as session:
            told = receipt(act, sequence=self.sequence, epoch=epoch)
            outbox.receive(session, act.act_id, told)
        self.note(store, "receive")

    def reopen(self, store: Store, act: str, void: str) -> None:
        with store.sessions.begin() as session:
            voids.reopen(session, store.journal, ReviewId(act), a_void(void))
        self.note(store, "reopen")


def whole_life(walk: Walk) -> None:
    """Write, seal, lose an answer, reopen, be too late, settle, fetch, purge, donate."""
    store = make_profile(walk.folder)
    walk.note(store, "made")
    for text in ("Sh", "Show", "Show how", LONG_TEXT):
        walk.save(store, ONE, text, key="typing" if len(text) < 10 else "")
    with store.sessions.begin() as session:
        undo(session, ONE, now=NOW)
        marks.mark_read(session, ONE, "A1", 1)
    walk.note(store, "undo")
    _seal_and_reopen(walk, store)
    _fetch(walk, store)
    walk.close(store)
    store = walk.open()
    walk.note(store, "open")
    _too_late(walk, store)
    _donate(walk, store)
    with store.sessions.begin() as session:
        enter_epoch(session, NEXT_EPOCH)
    walk.note(store, "epoch")
    walk.receive(store, walk.leave(store), NEXT_EPOCH)
    _purge(walk, store)
    walk.close(store)


def short_life(walk: Walk) -> None:
    """Write one draft, seal another, and close."""
    store = make_profile(walk.folder)
    walk.save(store, ONE, LONG_TEXT)
    walk.seal(store, TWO, "t1", "two")
    walk.close(store)


def _seal_and_reopen(walk: Walk, store: Store) -> None:
    walk.seal(store, ONE, "r1", "first")
    act = walk.leave(store)
    with store.sessions.begin() as session:
        outbox.lost_answer(session, act.act_id)
    walk.note(store, "lost")
    walk.receive(store, walk.leave(store))
    walk.reopen(store, "r1", "v1")
    walk.save(store, ONE, "second thoughts")
    walk.receive(store, walk.leave(store))
    walk.seal(store, ONE, "r2", "second")
    walk.receive(store, walk.leave(store))
    with store.sessions.begin() as session:
        outbox.settle(session, durable_upto=walk.sequence, epoch=EPOCH)
    walk.note(store, "settle")


def _fetch(walk: Walk, store: Store) -> None:
    for content in BLOBS:
        with store.sessions.begin() as session:
            ticket = blobs.begin(session, store.blob_folder, blob_of(content))
        with Download(store.blob_folder, ticket) as download:
            at = 0
            for length in (5000, 20_000, CHUNK_BYTES, len(content)):
                download.write(at, content[at : at + length])
                at += length
            download.finish()
        walk.note(store, "file whole")
        with store.sessions.begin() as session:
            blobs.put_complete(session, sha256(content))
        walk.note(store, "fetched")


def _too_late(walk: Walk, store: Store) -> None:
    """A void is refused, because the review counts; the next revision cannot be sent."""
    walk.seal(store, TWO, "t1", "two")
    with store.sessions.begin() as session:
        sealed = outbox.get_act(session, ActId("t1"))
    assert sealed is not None
    walk.reopen(store, "t1", "v2")
    walk.seal(store, TWO, "t2", "two, once more")
    void = walk.leave(store)
    walk.sequence += 1
    with store.sessions.begin() as session:
        told = receipt(sealed, sequence=walk.sequence)
        voids.void_closed(session, store.journal, void.act_id, told)
    walk.note(store, "closed void")


def _donate(walk: Walk, store: Store) -> None:
    walk.save(store, THREE, "three")
    walk.seal(store, THREE, "h1", "three")
    act = walk.leave(store)
    with store.sessions.begin() as session:
        outbox.refuse(session, act.act_id, AttentionReason.CLOSED, b"{}")
    walk.note(store, "refused")
    with store.sessions.begin() as session:
        outbox.donate(
            session,
            store.journal,
            ReviewId("h1"),
            act_id=ActId("d1"),
            body=b"a donation",
            now=NOW,
        )
    walk.note(store, "donate")


def _purge(walk: Walk, store: Store) -> None:
    with store.sessions.begin() as session:
        final = assignment(state=AssignmentState.MINE_FINAL, view_version=2)
        assignments.put_assignment(session, final, epoch=NEXT_EPOCH)
    walk.note(store, "final")
    with store.sessions.begin() as session:
        is_done = purge.purge(session, store.journal, ONE, store.blob_folder)
    assert is_done
    walk.note(store, "purge")
    with store.sessions.begin() as session:
        blobs.forget(session, store.blob_folder, sha256(IMAGE))
    walk.note(store, "forget")


def older_database(walk: Walk) -> None:
    """Open a profile whose database is older than its journal, and close it."""
    store = walk.open()
    walk.note(store, "open")
    walk.close(store)


def migration(walk: Walk) -> None:
    """Bring the database to today's schema on a copy, and open it."""
    migrate.migrate(walk.folder / "store.db", KEY)
    older_database(walk)
