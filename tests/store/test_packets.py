from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assessor_app.domain.assignment import AssignmentState, PacketRef
from assessor_app.domain.ids import BlobId, Sha256, SubmissionId
from assessor_app.domain.outbox import OutboxState
from assessor_app.store import outbox
from assessor_app.store.assignments import (
    get_assignment,
    list_assignments,
    put_assignment,
    withdraw,
)
from assessor_app.store.blobs import (
    Taken,
    begin,
    forget,
    has_blob,
    list_missing_blobs,
    open_reader,
    put_complete,
    taken_bytes,
)
from assessor_app.store.download import Download
from assessor_app.store.errors import DamagedBlobError, NoBlobError, WrongContentError
from assessor_app.store.keys import ProfileKey
from assessor_app.store.marks import PageMark, get_place, list_read, mark_read, put_place
from assessor_app.store.opening import Store
from assessor_app.store.packets import (
    get_blob_id,
    get_manifest,
    get_packet,
    get_related,
    get_rubric,
    list_missing_packets,
    list_missing_rubrics,
    put_packet,
    put_rubric,
)
from assessor_app.store.purge import purge
from assessor_app.store.queue import list_queue
from assessor_app.store.quick import first_page
from assessor_app.store.reviews import save_draft
from assessor_app.store.search import index_packet, index_text, search
from assessor_app.store.settings import get_setting, put_setting
from tests.store.making import (
    BLOB_IDS,
    EPOCH,
    IMAGE,
    LAYER,
    MANIFEST,
    NOW,
    ONE,
    PACKET_REF,
    RUBRIC,
    RUBRIC_BYTES,
    RUBRIC_REF,
    TWO,
    assignment,
    blob_of,
    packet,
    receipt,
    review,
    sealing,
    sha256,
)


def pull(session: Session) -> None:
    put_assignment(session, assignment(), epoch=EPOCH)
    earlier = {sha256(b"earlier"): SubmissionId("MC-1111-1")}
    put_packet(session, PACKET_REF, MANIFEST, blob_ids=BLOB_IDS, related=earlier)
    put_rubric(session, RUBRIC_REF, RUBRIC_BYTES)


def fetch(session: Session, store: Store, content: bytes) -> None:
    ticket = begin(session, store.blob_folder, blob_of(content))
    with Download(store.blob_folder, ticket) as download:
        download.write(0, content)
        download.finish()
    put_complete(session, ticket.blob.sha256)


def test_assignments_come_back_as_they_were_by_due_date(session: Session) -> None:
    late = assignment(TWO, due_on=date(2027, 1, 4))
    put_assignment(session, late, epoch=EPOCH)
    put_assignment(session, replace(assignment(), lease_until=NOW), epoch=EPOCH)

    assert list_assignments(session) == (replace(assignment(), lease_until=NOW), late)
    assert get_assignment(session, TWO) == late


def test_another_epoch_may_begin_again_with_older_views(session: Session) -> None:
    put_assignment(session, assignment(view_version=9), epoch=EPOCH)

    assert put_assignment(session, assignment(view_version=1), epoch=type(EPOCH)("epoch-2"))


def test_a_packet_is_kept_byte_for_byte_with_this_persons_names(session: Session) -> None:
    pull(session)

    assert get_packet(session, PACKET_REF.manifest_sha256) == packet()
    assert get_manifest(session, PACKET_REF.manifest_sha256) == MANIFEST
    assert get_blob_id(session, sha256(IMAGE)) == "blob-a"
    assert get_related(session, sha256(b"earlier")) == "MC-1111-1"
    assert get_rubric(session, RUBRIC_REF.sha256) == RUBRIC


def test_bytes_are_kept_under_their_own_hash_alone(session: Session) -> None:
    wrong = replace(PACKET_REF, manifest_sha256=Sha256("0" * 64))
    with pytest.raises(WrongContentError):
        put_packet(session, wrong, MANIFEST, blob_ids={}, related={})
    with pytest.raises(WrongContentError):
        put_rubric(session, RUBRIC_REF, RUBRIC_BYTES + b" ")

    assert get_packet(session, PACKET_REF.manifest_sha256) is None


def test_a_packet_never_changes_and_its_names_may(session: Session) -> None:
    pull(session)
    names = {sha256(IMAGE): BlobId("blob-z")}

    put_packet(session, PACKET_REF, MANIFEST, blob_ids=names, related={})

    assert get_manifest(session, PACKET_REF.manifest_sha256) == MANIFEST
    assert get_blob_id(session, sha256(IMAGE)) == "blob-z"
    assert get_blob_id(session, sha256(LAYER)) == "blob-b"


def test_what_open_assignments_lack_is_listed_once(session: Session) -> None:
    put_assignment(session, assignment(), epoch=EPOCH)
    put_assignment(session, assignment(TWO), epoch=EPOCH)
    assert list_missing_packets(session) == (PACKET_REF,)
    assert list_missing_rubrics(session) == (RUBRIC_REF,)

    pull(session)
    assert list_missing_packets(session) == ()
    assert list_missing_rubrics(session) == ()


def test_a_withdrawn_assignment_lacks_nothing(session: Session) -> None:
    put_assignment(session, assignment(), epoch=EPOCH)
    withdraw(session, ONE, view_version=2, epoch=EPOCH)

    assert list_missing_packets(session) == ()


def test_a_blob_is_shown_only_after_it_was_verified_to_the_end(
    session: Session, store: Store
) -> None:
    pull(session)
    blob = blob_of(IMAGE)
    ticket = begin(session, store.blob_folder, blob)
    with pytest.raises(NoBlobError):
        open_reader(session, store.blob_folder, blob.sha256)
    assert [missing.sha256 for missing in list_missing_blobs(session, PACKET_REF.manifest_sha256)]
    with Download(store.blob_folder, ticket) as download:
        download.write(0, IMAGE)
        download.finish()
    with pytest.raises(NoBlobError):
        open_reader(session, store.blob_folder, blob.sha256)

    put_complete(session, blob.sha256)

    with open_reader(session, store.blob_folder, blob.sha256) as reader:
        into = bytearray(5)
        reader.read_into(1000, memoryview(into))
        assert into == IMAGE[1000:1005]
    assert list_missing_blobs(session, PACKET_REF.manifest_sha256) == (blob_of(LAYER),)
    assert taken_bytes(session) == Taken(lent=len(IMAGE), over=0)


def test_a_forgotten_blob_loses_its_key_and_its_file(session: Session, store: Store) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    key = begin(session, store.blob_folder, blob_of(IMAGE)).key
    put_complete(session, sha256(IMAGE))

    forget(session, store.blob_folder, sha256(IMAGE))

    assert not has_blob(session, sha256(IMAGE))
    assert list(store.blob_folder.iterdir()) == []
    assert begin(session, store.blob_folder, blob_of(IMAGE)).key != key


@dataclass(frozen=True)
class Unlisted:
    """A folder whose files are found by their names alone, as if there were too many to list."""

    folder: Path

    def __truediv__(self, name: str) -> Path:
        return self.folder / name


def test_a_whole_blob_is_forgotten_without_reading_the_folder(
    session: Session, store: Store
) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    put_complete(session, sha256(IMAGE))

    forget(session, cast("Path", Unlisted(store.blob_folder)), sha256(IMAGE))

    assert list(store.blob_folder.iterdir()) == []


def test_a_file_that_is_gone_is_damage_and_not_a_crash(session: Session, store: Store) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    for path in store.blob_folder.iterdir():
        path.unlink()

    with pytest.raises(DamagedBlobError):
        open_reader(session, store.blob_folder, sha256(IMAGE))


def test_the_queue_says_how_far_everything_is(session: Session, store: Store) -> None:
    put_assignment(session, assignment(TWO, due_on=date(2027, 1, 4)), epoch=EPOCH)
    pull(session)
    fetch(session, store, IMAGE)
    save_draft(session, review(), now=NOW)
    outbox.seal(session, store.journal, review(), sealing())

    first, second = list_queue(session, limit=10)

    assert (first.assignment, first.has_packet, first.fetched_bytes) == (ONE, True, len(IMAGE))
    assert (first.rated, first.criteria, first.saved_at) == (1, 1, NOW)
    assert (first.outbox, first.reason) == (OutboxState.SEALED, None)
    assert first.title == "Planning a Coaching Cycle"
    assert (second.assignment, second.rated, second.outbox) == (TWO, None, None)
    assert list_queue(session, limit=1, offset=1) == (second,)


def test_bytes_that_were_here_before_the_packet_count(session: Session, store: Store) -> None:
    fetch(session, store, IMAGE)
    pull(session)

    (line,) = list_queue(session, limit=1)

    assert line.fetched_bytes == len(IMAGE)


def test_the_first_page_is_the_same_without_sqlalchemy(store: Store, key: ProfileKey) -> None:
    with store.sessions.begin() as session:
        pull(session)
        save_draft(session, review(), now=NOW)
        lines = list_queue(session, limit=50)

    assert first_page(store.profile.database, key) == lines
    store.engine.dispose()
    assert first_page(store.profile.database, key) == lines


def test_the_first_page_of_nothing_is_empty(store: Store, key: ProfileKey) -> None:
    folder = store.profile.folder
    (folder / "noise").write_bytes(b"\x07" * 8192)

    assert first_page(folder / "nowhere.db", key) == ()
    assert first_page(folder / "noise", key) == ()


def test_the_first_page_of_a_newer_program_is_empty(store: Store, key: ProfileKey) -> None:
    """What is to be done about such a file is said when it is opened."""
    with store.sessions.begin() as session:
        pull(session)
        session.execute(text("UPDATE assignments SET state = 'adjourned'"))

    assert first_page(store.profile.database, key) == ()


def test_texts_are_found_by_beginnings_of_words_without_accents(session: Session) -> None:
    pull(session)
    assert index_packet(session, ONE)
    index_text(session, ONE, kind="feedback", source="f1", content="Élan in the résumé")

    (hit,) = search(session, "marigold pl")
    assert (hit.assignment, hit.kind, hit.source) == (ONE, "response", "part1/p1")
    assert "marigold" in hit.snippet
    assert [found.kind for found in search(session, "MC-4F2K")] == ["title"]
    assert [found.kind for found in search(session, "resume")] == ["feedback"]
    assert search(session, '"  * -') == ()
    assert search(session, "absent") == ()


def test_a_text_is_indexed_once(session: Session) -> None:
    for content in ("first words", "second words"):
        index_text(session, ONE, kind="feedback", source="f1", content=content)

    assert search(session, "first") == ()
    assert len(search(session, "words")) == 1
    assert not index_packet(session, TWO)


def test_marks_places_and_settings_are_kept(session: Session) -> None:
    mark_read(session, ONE, "A1", 2)
    mark_read(session, ONE, "A1", 2)
    put_place(session, ONE, "here")
    put_place(session, ONE, "there")
    put_setting(session, "theme", "dark")
    put_setting(session, "theme", "light")
    session.flush()

    assert list_read(session, ONE) == {PageMark("A1", 2)}
    assert (get_place(session, ONE), get_place(session, TWO)) == ("there", None)
    assert (get_setting(session, "theme"), get_setting(session, "other")) == ("light", None)


def finish(session: Session, store: Store, *, settled: bool) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    index_packet(session, ONE)
    outbox.seal(session, store.journal, review(), sealing("r1"))
    outbox.release(session, now=NOW)
    act = outbox.begin_sending(session)
    assert act is not None
    outbox.receive(session, act.act_id, receipt(act))
    if settled:
        outbox.settle(session, durable_upto=1, epoch=EPOCH)
    final = assignment(view_version=2, state=AssignmentState.MINE_FINAL)
    put_assignment(session, final, epoch=EPOCH)


def test_settled_work_makes_room(session: Session, store: Store) -> None:
    finish(session, store, settled=True)

    assert purge(session, store.journal, ONE, store.blob_folder)

    assert outbox.list_acts(session) == ()
    assert get_packet(session, PACKET_REF.manifest_sha256) is None
    assert search(session, "marigold") == ()
    assert list(store.blob_folder.iterdir()) == []
    assert [type(entry).__name__ for _, entry in store.journal.entries()] == ["BindingEntry"]


def test_received_work_is_never_purged_before_it_is_settled(session: Session, store: Store) -> None:
    finish(session, store, settled=False)

    assert not purge(session, store.journal, ONE, store.blob_folder)

    assert len(outbox.list_acts(session)) == 1
    assert len(list(store.blob_folder.iterdir())) == 1


@pytest.mark.parametrize("state", [AssignmentState.OPEN, AssignmentState.WITHDRAWN])
def test_a_draft_is_never_purged(session: Session, store: Store, state: AssignmentState) -> None:
    put_assignment(session, assignment(state=state), epoch=EPOCH)
    save_draft(session, review(), now=NOW)

    assert not purge(session, store.journal, ONE, store.blob_folder)


def test_a_withdrawn_packet_without_work_makes_room(session: Session, store: Store) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    withdraw(session, ONE, view_version=2, epoch=EPOCH)

    assert purge(session, store.journal, ONE, store.blob_folder)
    assert taken_bytes(session) == Taken(lent=0, over=0)


def test_what_another_packet_needs_stays(session: Session, store: Store) -> None:
    pull(session)
    fetch(session, store, IMAGE)
    manifest = MANIFEST.replace(b"marigold", b"dandelio")
    other = PacketRef(id=PACKET_REF.id, version=2, manifest_sha256=sha256(manifest))
    put_packet(session, other, manifest, blob_ids={}, related={})
    withdraw(session, ONE, view_version=2, epoch=EPOCH)

    assert purge(session, store.journal, ONE, store.blob_folder)

    assert has_blob(session, sha256(IMAGE))
    assert list_missing_blobs(session, other.manifest_sha256) == (blob_of(LAYER),)
