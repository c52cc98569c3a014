from dataclasses import replace

import pytest
from sqlalchemy import delete

from assessor_app.domain.evidence import PageLayer, Paragraph, TextView, Word
from assessor_app.domain.ids import AssignmentId, ReviewId
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.store import assignments, blobs, outbox
from assessor_app.store.opening import Store
from assessor_app.store.schema import PacketRow
from assessor_app.sync.platform import CheckedReceipt
from assessor_app.sync.push import kept
from assessor_app.usecases.errors import MalformedError, NotHereError, OldVersionGoneError
from assessor_app.usecases.packet import (
    PageMark,
    keep_place,
    mark_read,
    open_packet,
    page_image,
    page_layer,
    text_view,
)
from assessor_app.usecases.renewal import compare
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import reopen, seal
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import sha256
from assessor_app.wire.evidence import dump_layer, dump_text_view
from tests.reference_platform.factory import CONTEXT, PLAN, PROFICIENT, blob, noise
from tests.sync.bench import BUILT, EPOCH, receipt, sealed, shelve, view
from tests.sync.timing import MORNING
from tests.usecases.test_review import ID, lend_again, other_page, whole


def test_a_packet_opens_with_rubric_state_and_days(store: Store, bench: Workbench) -> None:
    review = sealed(store)

    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert (opened.packet, opened.rubric) == (BUILT.packet, BUILT.rubric)
    assert opened.draft.sealed_as == ReviewId(review.act_id)
    assert opened.outbox is review.state
    assert opened.days_left == 14


def test_a_packet_that_has_not_arrived_says_so(store: Store, bench: Workbench) -> None:
    ref = replace(view().packet, manifest_sha256=sha256(b"later"))
    with store.sessions.begin() as session:
        later = replace(view(), packet=ref, view_version=4)
        assignments.put_assignment(session, later, epoch=EPOCH)

    for name in (ID, AssignmentId("nobody's")):
        with pytest.raises(NotHereError):
            bench.prepare(open_packet, name, now=MORNING)()


def forget_old_version(store: Store) -> None:
    """Rebuild the database, as after damage: the platform gives its present version alone."""
    with store.sessions.begin() as session:
        session.execute(delete(PacketRow).where(PacketRow.manifest_sha256 == BUILT.manifest_sha256))


def test_what_was_written_on_a_version_that_is_gone_comes_on_the_present_one(
    store: Store, bench: Workbench
) -> None:
    bench.prepare(save_draft, whole(), now=MORNING)()
    lend_again(store, packet=other_page())
    forget_old_version(store)

    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert (opened.packet, opened.is_outdated) == (other_page(), False)
    assert opened.draft.review.feedback == whole().feedback
    assert opened.draft.review.ratings == ()
    assert (opened.draft.review.pins, opened.draft.review.unplaced) == ((), whole().pins)
    rated = opened.draft.review.rate(PLAN, PROFICIENT).rate(CONTEXT, PROFICIENT)
    silent = rated.say_nothing_shows(PLAN, stated=True)
    settled = replace(silent, unplaced=(), no_conflict=True, rubric_alone=True)
    bench.prepare(save_draft, settled, now=MORNING)()
    bench.prepare(seal, ID, now=MORNING)()


def test_a_refused_review_whose_version_is_gone_can_be_reopened_and_written_on(
    store: Store, bench: Workbench
) -> None:
    made = sealed(store)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.refuse(session, made.act_id, AttentionReason.STALE_PACKET)
    lend_again(store, packet=other_page())
    forget_old_version(store)

    with pytest.raises(OldVersionGoneError):
        bench.prepare(compare, ID, now=MORNING)()
    opened = bench.prepare(open_packet, ID, now=MORNING)()
    assert (opened.draft.sealed_as, opened.outbox) == (ReviewId(made.act_id), OutboxState.ATTENTION)
    bench.prepare(reopen, ReviewId(made.act_id), now=MORNING)()

    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert (opened.packet, opened.draft.sealed_as) == (other_page(), None)
    assert opened.draft.review.feedback == whole().feedback


def test_a_received_review_is_never_shown_on_another_version(
    store: Store, bench: Workbench
) -> None:
    made = sealed(store)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.receive(session, made.act_id, kept(CheckedReceipt(receipt(made), b"{}")))
    lend_again(store, packet=other_page())
    forget_old_version(store)

    with pytest.raises(OldVersionGoneError):
        bench.prepare(open_packet, ID, now=MORNING)()


def test_a_page_is_there_when_it_was_fetched(store: Store, bench: Workbench) -> None:
    image = noise(100_000, "page")
    assert bench.prepare(page_image, blob(image))() is None

    shelve(store, image)

    assert bench.prepare(page_image, blob(image))() == image


@pytest.mark.parametrize("damage", ["flip", "cut", "gone"])
def test_a_damaged_file_is_never_shown_and_fetched_again(
    store: Store, bench: Workbench, damage: str
) -> None:
    made = shelve(store, noise(100_000, "page"))
    (path,) = (path for path in store.blob_folder.iterdir() if path.is_file())
    content = bytearray(path.read_bytes())
    content[70_000] ^= 1
    path.write_bytes(content if damage == "flip" else content[:-10])
    if damage == "gone":
        path.unlink()

    assert bench.prepare(page_image, made)() is None
    with store.sessions.begin() as session:
        assert not blobs.has_blob(session, made.sha256)


def test_words_and_blocks_are_read(store: Store, bench: Workbench) -> None:
    layer = PageLayer((Word(text="Plan", left=1, top=2, right=30, bottom=40),))
    view = TextView((Paragraph("First, the plan."),))
    words = shelve(store, dump_layer(layer))
    blocks = shelve(store, dump_text_view(view))

    assert bench.prepare(page_layer, words)() == layer
    assert bench.prepare(text_view, blocks)() == view
    assert bench.prepare(page_layer, blob(b"not here"))() is None
    assert bench.prepare(text_view, blob(b"not here"))() is None


def test_bytes_that_are_no_words_are_refused(store: Store, bench: Workbench) -> None:
    made = shelve(store, b"\x00 not a layer")

    with pytest.raises(MalformedError):
        bench.prepare(page_layer, made)()
    with pytest.raises(MalformedError):
        bench.prepare(text_view, made)()


def test_what_was_read_and_where_one_was_is_remembered(bench: Workbench) -> None:
    bench.prepare(mark_read, ID, "A1", 2)()
    bench.prepare(keep_place, ID, '{"artifact": "A1"}')()

    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert opened.read == {PageMark("A1", 2)}
    assert opened.place == '{"artifact": "A1"}'
