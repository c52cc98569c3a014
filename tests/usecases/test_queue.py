from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessor_app.domain.assignment import Assignment, AssignmentKind, AssignmentState
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.outbox import OutboxState, ReviewPlace
from assessor_app.domain.packet import ArtifactState
from assessor_app.domain.policy import Calendar
from assessor_app.domain.review import Review
from assessor_app.store import assignments, blobs, packets
from assessor_app.store.download import Download
from assessor_app.store.opening import Store
from assessor_app.usecases.queue import OnLaptop, QueueGroup, QueueRow, list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import dump, sha256
from tests.reference_platform.factory import PLAN, PROFICIENT
from tests.sync.bench import BUILT, EPOCH, post, receipt, sealed, view, yes
from tests.sync.timing import MORNING


def put(store: Store, assignment: Assignment) -> None:
    with store.sessions.begin() as session:
        assignments.put_assignment(session, assignment, epoch=EPOCH)


def rows(store: Store) -> tuple[QueueRow, ...]:
    return Workbench(store).prepare(list_queue, now=MORNING)().rows


def draft(store: Store, name: str = "a-1") -> None:
    review = Review(
        assignment=AssignmentId(name),
        manifest_sha256=BUILT.manifest_sha256,
        rubric=view().rubric,
    )
    Workbench(store).prepare(save_draft, review.rate(PLAN, PROFICIENT), now=MORNING)()


def test_an_untouched_packet_is_to_review(store: Store) -> None:
    (row,) = rows(store)

    assert (row.group, row.place) == (QueueGroup.TO_REVIEW, ReviewPlace.LAPTOP)
    assert (row.rated, row.criteria, row.saved_at) == (0, 2, None)


def test_a_begun_one_is_in_progress_with_what_is_rated(store: Store) -> None:
    draft(store)

    (row,) = rows(store)

    assert (row.group, row.rated, row.saved_at) == (QueueGroup.IN_PROGRESS, 1, MORNING)


def test_a_sealed_one_is_in_the_outbox_and_a_received_one_received(store: Store) -> None:
    review = sealed(store)
    (before,) = rows(store)
    post(store).push(yes(receipt(review)))
    (after,) = rows(store)

    assert (before.group, before.outbox) == (QueueGroup.SEALED, OutboxState.QUEUED)
    assert (after.group, after.place) == (QueueGroup.RECEIVED, ReviewPlace.RECEIVED)


@pytest.mark.parametrize("state", [AssignmentState.WITHDRAWN, AssignmentState.MINE_FINAL])
def test_a_draft_that_cannot_be_sealed_any_more_needs_attention(
    store: Store, state: AssignmentState
) -> None:
    draft(store)
    put(store, replace(view(), state=state, view_version=4))

    (row,) = rows(store)

    assert row.group is QueueGroup.ATTENTION


def test_a_withdrawn_packet_nobody_touched_is_not_listed(store: Store) -> None:
    put(store, replace(view(), state=AssignmentState.WITHDRAWN, view_version=4))

    assert rows(store) == ()


def test_practice_is_a_group_of_its_own(store: Store) -> None:
    put(store, replace(view(), kind=AssignmentKind.PRACTICE, view_version=4))

    assert [row.group for row in rows(store)] == [QueueGroup.PRACTICE]


def test_rows_come_by_due_date_and_are_counted_by_group(store: Store) -> None:
    put(store, replace(view("late"), due_on=date(2026, 4, 1)))
    put(store, replace(view("soon"), due_on=date(2026, 3, 3)))
    draft(store, "soon")

    queue = Workbench(store).prepare(list_queue, now=MORNING)()

    assert [row.assignment for row in queue.rows] == ["soon", "a-1", "late"]
    assert queue.counts == {QueueGroup.TO_REVIEW: 2, QueueGroup.IN_PROGRESS: 1}
    assert queue.places.laptop == 1


def test_days_left_count_in_the_issuers_calendar(store: Store) -> None:
    packet = replace(
        BUILT.packet,
        policy=replace(
            BUILT.packet.policy, calendar=Calendar(timezone="UTC", closed=(date(2026, 3, 4),))
        ),
    )
    manifest = dump(packet)
    ref = replace(view().packet, manifest_sha256=sha256(manifest))
    put(store, replace(view(), packet=ref, view_version=4, due_on=date(2026, 3, 6)))
    with store.sessions.begin() as session:
        packets.put_packet(session, ref, manifest, blob_ids={}, related={})

    (row,) = rows(store)

    assert row.days_left == 3


def test_a_packet_is_ready_when_its_last_blob_was_verified_and_not_before(store: Store) -> None:
    states = [rows(store)[0].on_laptop]
    for blob in BUILT.packet.blobs():
        with store.sessions.begin() as session:
            ticket = blobs.begin(session, store.blob_folder, blob)
        target = Download(store.blob_folder, ticket)
        target.write(0, BUILT.blobs[blob.sha256])
        target.finish()
        target.close()
        states.append(rows(store)[0].on_laptop)
        with store.sessions.begin() as session:
            blobs.put_complete(session, blob.sha256)
    (row,) = rows(store)

    assert states == [OnLaptop.PARTLY] * 3
    assert (row.on_laptop, row.fetched_bytes) == (OnLaptop.READY, row.size_bytes)


def test_a_packet_that_has_not_arrived_is_not_here(store: Store) -> None:
    ref = replace(view().packet, manifest_sha256=sha256(b"later"))
    put(store, replace(view(), packet=ref, view_version=4))

    (row,) = rows(store)

    assert (row.on_laptop, row.size_bytes) == (OnLaptop.NOT_HERE, view().size_bytes)


def test_evidence_no_download_will_bring_is_named(store: Store) -> None:
    (artifact,) = BUILT.packet.artifacts
    link = replace(artifact, state=ArtifactState.INACCESSIBLE, pages=())
    manifest = dump(replace(BUILT.packet, artifacts=(link,)))
    ref = replace(view().packet, manifest_sha256=sha256(manifest))
    put(store, replace(view(), packet=ref, view_version=4))
    with store.sessions.begin() as session:
        packets.put_packet(session, ref, manifest, blob_ids={}, related={})

    (row,) = rows(store)

    assert [(absent.artifact, absent.state) for absent in row.absent] == [
        ("A1", ArtifactState.INACCESSIBLE)
    ]
    assert row.on_laptop is OnLaptop.READY


def test_a_queue_of_hundreds_parses_each_packet_once(store: Store) -> None:
    with store.sessions.begin() as session:
        for number in range(300):
            due_on = MORNING.date() + timedelta(days=number)
            later = replace(view(f"b-{number}"), due_on=due_on)
            assignments.put_assignment(session, later, epoch=EPOCH)
    bench = Workbench(store)

    first = bench.prepare(list_queue, now=MORNING)()
    second = bench.prepare(list_queue, now=MORNING)()

    assert len(first.rows) == 301
    assert first.rows == second.rows
