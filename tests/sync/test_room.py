from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from assessor_app.domain.assignment import Assignment, AssignmentState, PacketRef
from assessor_app.domain.ids import AssignmentId, BlobId, PacketId, ReviewId
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Review
from assessor_app.store import assignments, blobs, outbox, packets, reviews
from assessor_app.store.journal import Entry, Handle, Journal, SealEntry
from assessor_app.store.opening import Store
from assessor_app.store.outbox import Sealing
from assessor_app.store.purge import make_room
from assessor_app.store.schema import RevisionRow
from assessor_app.sync.platform import CheckedReceipt
from assessor_app.sync.push import kept
from assessor_app.sync.ranges import Wanted
from assessor_app.sync.room import fit
from assessor_app.wire.codec import dump, sha256
from tests.reference_platform.factory import blob
from tests.sync.bench import BUILT, EPOCH, act, receipt, shelve, view
from tests.sync.timing import MORNING

KB = 1000
ONE, TWO, THREE = (AssignmentId(name) for name in ("b-1", "b-2", "b-3"))
NEW = Wanted(blob_id=BlobId("new"), blob=blob(b"n" * 40 * KB))
LARGE = Wanted(blob_id=BlobId("large"), blob=blob(b"l" * 90 * KB))


def packet_of(content: bytes) -> Packet:
    """Return a packet whose one page is these bytes."""
    artifact = BUILT.packet.artifacts[0]
    page = replace(artifact.pages[0], image=blob(content), layer=blob(b"{}"))
    only = replace(artifact, pages=(page,), text=None)
    return replace(BUILT.packet, artifacts=(only,))


def lend(store: Store, name: AssignmentId) -> Assignment:
    """Put an assignment with 50 KB of its own on the laptop."""
    content = name.encode() * (50 * KB // len(name))
    manifest = dump(packet_of(content))
    ref = PacketRef(id=PacketId(f"packet of {name}"), version=1, manifest_sha256=sha256(manifest))
    lent = replace(view(name), packet=ref)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, lent, epoch=EPOCH)
        packets.put_packet(session, ref, manifest, blob_ids={}, related={})
    shelve(store, content)
    return lent


def seal(store: Store, lent: Assignment) -> ReviewId:
    name = ReviewId(f"review of {lent.id}")
    draft = Review(
        assignment=lent.id, manifest_sha256=lent.packet.manifest_sha256, rubric=lent.rubric
    )
    with store.sessions.begin() as session:
        sealing = Sealing(act_id=name, body=b"{}", now=MORNING)
        outbox.seal(session, store.journal, draft, sealing)
        final = replace(lent, state=AssignmentState.MINE_FINAL, view_version=4)
        assignments.put_assignment(session, final, epoch=EPOCH)
    return name


def receive(store: Store, review: ReviewId, *, day: int) -> None:
    with store.sessions.begin() as session:
        outbox.release(session, now=MORNING)
        outbox.begin_sending(session)
    got = receipt(act(store, review), sequence=day, received_at=MORNING + timedelta(days=day))
    with store.sessions.begin() as session:
        outbox.receive(session, got.act, kept(CheckedReceipt(got, b"{}")))


def settle(store: Store) -> None:
    with store.sessions.begin() as session:
        outbox.settle(session, durable_upto=9, epoch=EPOCH)


def lent_here(store: Store, name: AssignmentId) -> bool:
    """Return whether every page of an assignment is still on the laptop."""
    with store.sessions.begin() as session:
        own = assignments.get_assignment(session, name)
        assert own is not None
        found = packets.get_packet(session, own.packet.manifest_sha256)
        return found is not None and blobs.has_blob(
            session, found.artifacts[0].pages[0].image.sha256
        )


def test_the_work_settled_longest_ago_makes_room_and_no_more_than_needed(store: Store) -> None:
    for day, name in ((3, ONE), (1, TWO), (2, THREE)):
        receive(store, seal(store, lend(store, name)), day=day)
    settle(store)

    fitting = fit(store, (NEW,), 180 * KB)

    assert (fitting.wanted, fitting.cleared, fitting.no_room_bytes) == ((NEW,), frozenset({TWO}), 0)
    assert [lent_here(store, name) for name in (ONE, TWO, THREE)] == [True, False, True]


@dataclass(frozen=True)
class Counted:
    """A journal that counts how often all of it is read."""

    journal: Journal
    reads: list[int] = field(default_factory=list)

    def append(self, entry: Entry) -> Handle:
        return self.journal.append(entry)

    def entries(self) -> tuple[tuple[Handle, Entry], ...]:
        self.reads.append(1)
        return self.journal.entries()

    def drop(self, handle: Handle) -> None:
        self.journal.drop(handle)


def test_the_journal_is_read_once_however_much_leaves(store: Store) -> None:
    """It holds every sealed text, and nobody else may write until it is read."""
    for day, name in enumerate((ONE, TWO, THREE)):
        receive(store, seal(store, lend(store, name)), day=day)
    settle(store)
    counted = Counted(store.journal)

    with store.sessions.begin() as session:
        gone = make_room(session, counted, store.blob_folder, 1_000_000)

    assert gone == {ONE, TWO, THREE}
    assert len(counted.reads) == 1
    assert not any(isinstance(entry, SealEntry) for _, entry in store.journal.entries())


def test_nothing_unsettled_ever_makes_room(store: Store) -> None:
    lend(store, ONE)
    receive(store, seal(store, lend(store, THREE)), day=1)
    seal(store, lend(store, TWO))

    fitting = fit(store, (NEW,), 1)

    assert (fitting.wanted, fitting.cleared) == ((), frozenset())
    assert fitting.no_room_bytes == NEW.blob.size_bytes
    assert all(lent_here(store, name) for name in (ONE, TWO, THREE))


def test_a_draft_keeps_its_packet_although_it_can_no_longer_be_sealed(store: Store) -> None:
    lent = lend(store, ONE)
    with store.sessions.begin() as session:
        draft = Review(
            assignment=ONE, manifest_sha256=lent.packet.manifest_sha256, rubric=lent.rubric
        )
        reviews.save_draft(session, draft, now=MORNING)
        assignments.withdraw(session, ONE, view_version=4, epoch=EPOCH)

    assert fit(store, (NEW,), 1).cleared == frozenset()
    assert lent_here(store, ONE)


def replace_packet(store: Store, name: AssignmentId) -> None:
    """Let an assignment have another packet version from now on; the old one's files stay."""
    with store.sessions.begin() as session:
        own = assignments.get_assignment(session, name)
        assert own is not None
        newer = replace(own, packet=view().packet, view_version=own.view_version + 1)
        assert assignments.put_assignment(session, newer, epoch=EPOCH)


def test_a_packet_that_was_replaced_makes_room_before_any_work(store: Store) -> None:
    receive(store, seal(store, lend(store, TWO)), day=1)
    settle(store)
    lend(store, ONE)
    replace_packet(store, ONE)

    fitting = fit(store, (NEW,), 110 * KB)

    assert (fitting.wanted, fitting.cleared) == ((NEW,), frozenset())
    with store.sessions.begin() as session:
        assert blobs.taken_bytes(session).together < 60 * KB
    assert lent_here(store, TWO)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_packet_that_was_replaced_stays_while_something_written_speaks_of_it(
    store: Store,
    is_sealed: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    lent = lend(store, ONE)
    draft = Review(assignment=ONE, manifest_sha256=lent.packet.manifest_sha256, rubric=lent.rubric)
    with store.sessions.begin() as session:
        reviews.save_draft(session, draft, now=MORNING)
        if is_sealed:
            sealing = Sealing(act_id=ReviewId("r"), body=dump(draft), now=MORNING)
            outbox.seal(session, store.journal, draft, sealing)
            session.execute(delete(RevisionRow))
    replace_packet(store, ONE)

    assert fit(store, (NEW,), 1).wanted == ()

    with store.sessions.begin() as session:
        assert packets.get_packet(session, lent.packet.manifest_sha256) is not None


def test_what_does_not_fit_lets_smaller_things_pass(store: Store) -> None:
    fitting = fit(store, (LARGE, NEW), 50 * KB)

    assert (fitting.wanted, fitting.no_room_bytes) == ((NEW,), LARGE.blob.size_bytes)


def test_what_was_begun_goes_on(store: Store) -> None:
    with store.sessions.begin() as session:
        blobs.begin(session, store.blob_folder, LARGE.blob)

    assert fit(store, (LARGE, NEW), 50 * KB).wanted == (LARGE,)


def test_without_a_quota_everything_fits(store: Store) -> None:
    assert fit(store, (LARGE, NEW), 0).wanted == (LARGE, NEW)
