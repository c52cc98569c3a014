import json
from dataclasses import replace
from pathlib import Path

import pytest

from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.store import outbox
from assessor_app.store.acts import Act, hash_of
from assessor_app.store.opening import Store
from assessor_app.ui.outbox.export_text import MARK, text_of
from assessor_app.usecases.errors import NoDraftError, NotWrittenError
from assessor_app.usecases.export import export_act, export_review, write_file
from assessor_app.usecases.outbox import OutboxLine, list_outbox
from assessor_app.usecases.queue import QueueGroup, list_queue
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import donate
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import PROBLEM_TYPE, InvalidAt, Problem, ProblemKind, Receipt
from tests.journeys.writing import PRAISE
from tests.reference_platform.factory import PLAN
from tests.store.making import receipt as kept_receipt
from tests.sync.bench import receipt, sealed
from tests.sync.timing import MORNING
from tests.usecases.test_review import BLANK, ID

OTHER = "5c1f0f0e-0000-4000-8000-000000000001"


def refuse(store: Store, act: Act, reason: AttentionReason, problem: Problem) -> None:
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.refuse(session, act.act_id, reason, dump(problem))


def decided(act: Act, given: Receipt) -> Problem:
    kind = ProblemKind.ALREADY_DECIDED
    return Problem(type=PROBLEM_TYPE + kind, title="No", status=409, receipt=given)


def twin_receipt(act: Act, body: bytes) -> Receipt:
    renamed = replace(act, act_id=ActId(OTHER), body_sha256=hash_of(body))
    return receipt(renamed)


def line(bench: Workbench) -> OutboxLine:
    return bench.prepare(list_outbox)()[0]


@pytest.mark.parametrize(("text", "is_equal"), [(b"", True), (b" ", False)])
def test_the_other_review_is_equal_when_only_the_uuids_differ(
    store: Store, bench: Workbench, text: bytes, *, is_equal: bool
) -> None:
    act = sealed(store)
    body = act.body.replace(act.act_id.encode(), OTHER.encode()) + text
    given = twin_receipt(act, body)
    refuse(store, act, AttentionReason.ALREADY_DECIDED, decided(act, given))

    twin = line(bench).twin

    assert twin is not None
    assert (twin.review, twin.sequence, twin.is_equal) == (OTHER, 1, is_equal)


def test_a_receipt_that_is_not_genuine_is_not_shown(store: Store, bench: Workbench) -> None:
    act = sealed(store)
    given = replace(twin_receipt(act, act.body), sequence=99)
    refuse(store, act, AttentionReason.ALREADY_DECIDED, decided(act, given))

    assert line(bench).twin is None


def test_an_invalid_field_leads_to_its_criterion(store: Store, bench: Workbench) -> None:
    act = sealed(store)
    errors = (
        InvalidAt(pointer="/feedback/0/text", problem="too long"),
        InvalidAt(pointer="/determination", problem="does not follow"),
    )
    problem = Problem(type=PROBLEM_TYPE + "invalid", title="No", status=422, errors=errors)
    refuse(store, act, AttentionReason.INVALID, problem)

    assert [(own.criterion, own.problem) for own in line(bench).invalid] == [
        (PLAN, "too long"),
        (None, "does not follow"),
    ]


def test_a_donated_review_needs_nobody_any_more(store: Store, bench: Workbench) -> None:
    act = sealed(store)
    problem = Problem(type=PROBLEM_TYPE + "closed", title="No", status=410)
    refuse(store, act, AttentionReason.CLOSED, problem)
    assert not line(bench).is_donated

    bench.prepare(donate, act.act_id, now=MORNING)()  # type: ignore[arg-type]  # a review's own id

    assert line(bench).is_donated


def test_a_donated_review_is_where_its_donation_is(store: Store, bench: Workbench) -> None:
    act = sealed(store)
    problem = Problem(type=PROBLEM_TYPE + "closed", title="No", status=410)
    refuse(store, act, AttentionReason.CLOSED, problem)
    assert seen(bench) == (QueueGroup.ATTENTION, 1, 0)

    bench.prepare(donate, act.act_id, now=MORNING)()  # type: ignore[arg-type]  # a review's own id
    assert seen(bench) == (QueueGroup.SEALED, 1, 0)

    with store.sessions.begin() as session:
        given = outbox.begin_sending(session)
        assert given is not None
        outbox.receive(session, given.act_id, kept_receipt(given))
    assert seen(bench) == (QueueGroup.RECEIVED, 0, 1)
    assert list_queue_rows(bench) == [(OutboxState.RECEIVED, None)]


def test_a_donation_that_was_refused_leaves_the_review_where_it_was(
    store: Store, bench: Workbench
) -> None:
    act = sealed(store)
    problem = Problem(type=PROBLEM_TYPE + "closed", title="No", status=410)
    refuse(store, act, AttentionReason.CLOSED, problem)
    bench.prepare(donate, act.act_id, now=MORNING)()  # type: ignore[arg-type]  # a review's own id

    with store.sessions.begin() as session:
        given = outbox.begin_sending(session)
        assert given is not None
        outbox.refuse(session, given.act_id, AttentionReason.REFUSED)

    assert seen(bench) == (QueueGroup.ATTENTION, 1, 0)


def seen(bench: Workbench) -> tuple[QueueGroup, int, int]:
    """Return the group of the one packet, and how many are in the outbox and received."""
    queue = bench.prepare(list_queue, now=MORNING)()
    return queue.rows[0].group, queue.places.outbox, queue.places.received


def list_queue_rows(bench: Workbench) -> list[tuple[OutboxState | None, AttentionReason | None]]:
    rows = bench.prepare(list_queue, now=MORNING)().rows
    return [(row.outbox, row.attention) for row in rows]


def test_an_export_holds_the_frozen_bytes_and_reads_well(store: Store, bench: Workbench) -> None:
    act = sealed(store)

    text = text_of(bench.prepare(export_act, act.act_id)())

    readable, _, machine = text.partition(MARK)
    assert "1 Plan: Proficient" in readable
    assert " ".join(PRAISE.split()) in " ".join(readable.split())
    kept = json.loads(machine)
    assert kept["content"].encode() == act.body
    assert (kept["act"], kept["content_sha256"]) == (act.act_id, act.body_sha256)


def test_a_draft_is_exported_as_it_is_and_a_sealed_review_as_it_was_sealed(
    store: Store, bench: Workbench
) -> None:
    with pytest.raises(NoDraftError):
        bench.prepare(export_review, ID)()
    bench.prepare(save_draft, BLANK, now=MORNING)()
    assert bench.prepare(export_review, ID)().act is None

    act = sealed(store)

    assert bench.prepare(export_review, AssignmentId("a-1"))().content.encode() == act.body


def test_a_file_is_written_whole_and_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "MC-4F2K-9.txt"

    write_file(path, "one\n")
    write_file(path, "two\n")

    assert path.read_text() == "two\n"
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError):
        write_file(tmp_path / "nowhere" / "file.txt", "text")
