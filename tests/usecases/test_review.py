from dataclasses import replace

import pytest

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.ids import AssignmentId, FeedbackId, PinId
from assessor_app.domain.packet import Packet, RubricRef
from assessor_app.domain.review import (
    FeedbackItem,
    FeedbackKind,
    Pin,
    Place,
    PlaceKind,
    Review,
)
from assessor_app.domain.rubric import Rubric
from assessor_app.store import assignments, packets
from assessor_app.store.opening import Store
from assessor_app.usecases.errors import (
    NoDraftError,
    NotHereError,
    NothingToUndoError,
    OutdatedDraftError,
    SealedReviewError,
)
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.renewal import renew
from assessor_app.usecases.review import redo, save_draft, undo
from assessor_app.usecases.seal import seal
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import dump, sha256
from tests.journeys.writing import revisions
from tests.reference_platform.factory import CONTEXT, DEVELOPING, PLAN, PROFICIENT
from tests.sync.bench import BUILT, EPOCH, sealed, view
from tests.sync.timing import MORNING

ID = AssignmentId("a-1")
BLANK = Review(assignment=ID, manifest_sha256=BUILT.manifest_sha256, rubric=view().rubric)


def save(bench: Workbench, review: Review, merge_key: str = "") -> None:
    bench.prepare(save_draft, review, now=MORNING, merge_key=merge_key)()


def draft(bench: Workbench) -> Review:
    return bench.prepare(open_packet, ID, now=MORNING)().draft.review


def test_an_unwritten_review_is_blank_and_about_the_present_versions(bench: Workbench) -> None:
    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert opened.draft.review == BLANK
    assert (opened.draft.saved_at, opened.is_outdated) == (None, False)


def test_a_saved_draft_comes_back_and_says_what_changed(bench: Workbench) -> None:
    rated = BLANK.rate(PLAN, PROFICIENT)

    saved = bench.prepare(save_draft, rated, now=MORNING)()

    assert saved.changes.assignments == {ID}
    assert (draft(bench), saved.draft.saved_at) == (rated, MORNING)


def test_undo_and_redo_walk_through_the_revisions(bench: Workbench) -> None:
    one, two = BLANK.rate(PLAN, PROFICIENT), BLANK.rate(PLAN, DEVELOPING)
    save(bench, one)
    save(bench, two)

    back = bench.prepare(undo, ID, now=MORNING)().draft
    forth = bench.prepare(redo, ID, now=MORNING)().draft

    assert (back.review, back.can_undo, back.can_redo) == (one, False, True)
    assert (forth.review, forth.can_undo, forth.can_redo) == (two, True, False)
    with pytest.raises(NothingToUndoError):
        bench.prepare(redo, ID, now=MORNING)()


def test_typing_is_undone_as_one_text(bench: Workbench) -> None:
    save(bench, BLANK.rate(PLAN, PROFICIENT))
    for text in ("G", "Go", "Good"):
        item = FeedbackItem(id=FeedbackId("f"), kind=FeedbackKind.PRAISE, criterion=PLAN, text=text)
        save(bench, BLANK.rate(PLAN, PROFICIENT).give_feedback(item), merge_key="f")

    assert bench.prepare(undo, ID, now=MORNING)().draft.review.feedback == ()


def test_a_sealed_review_does_not_change(store: Store, bench: Workbench) -> None:
    sealed(store)

    with pytest.raises(SealedReviewError):
        save(bench, BLANK)


def lend_again(
    store: Store,
    *,
    packet: Packet | None = None,
    rubric: Rubric | None = None,
    arrived: bool = True,
) -> Assignment:
    """Let the platform offer a new version of the packet or the rubric."""
    present = view()
    ref = present.rubric
    if rubric is not None:
        ref = RubricRef(id=rubric.id, version=rubric.version, sha256=sha256(dump(rubric)))
    manifest = dump(packet or BUILT.packet)
    moved = replace(
        present,
        rubric=ref,
        packet=replace(present.packet, version=2, manifest_sha256=sha256(manifest)),
        view_version=4,
    )
    with store.sessions.begin() as session:
        assignments.put_assignment(session, moved, epoch=EPOCH)
        if arrived:
            packets.put_packet(session, moved.packet, manifest, blob_ids={}, related={})
            packets.put_rubric(session, ref, dump(rubric or BUILT.rubric))
    return moved


def other_plan() -> Rubric:
    plan, context = BUILT.rubric.criteria
    return replace(BUILT.rubric, version=2, criteria=(replace(plan, title="Another plan"), context))


def other_page() -> Packet:
    (artifact,) = BUILT.packet.artifacts
    (page,) = artifact.pages
    swapped = replace(page, image=page.layer, layer=page.image)
    report = replace(BUILT.packet.blinding, hits_masked=1)
    layered = replace(artifact, pages=(replace(swapped, image=page.layer),))
    return replace(BUILT.packet, artifacts=(layered,), blinding=report)


def whole(review: Review = BLANK) -> Review:
    *_, last = revisions(review, BUILT.packet, BUILT.rubric)
    return last


def test_an_outdated_draft_opens_on_the_version_it_was_made_on(
    store: Store, bench: Workbench
) -> None:
    save(bench, whole())
    lend_again(store, rubric=other_plan())

    opened = bench.prepare(open_packet, ID, now=MORNING)()

    assert opened.is_outdated
    assert opened.rubric == BUILT.rubric
    with pytest.raises(OutdatedDraftError):
        bench.prepare(seal, ID, now=MORNING)()


def test_carrying_over_keeps_what_did_not_change_and_attests_nothing(
    store: Store, bench: Workbench
) -> None:
    save(bench, whole())
    moved = lend_again(store, rubric=other_plan())

    carried = bench.prepare(renew, ID, now=MORNING)().draft.review

    assert carried.rubric == moved.rubric
    assert [rating.criterion for rating in carried.ratings] == [CONTEXT]
    assert carried.pins == whole().pins
    assert carried.feedback == whole().feedback
    assert not carried.no_conflict
    assert not carried.rubric_alone


def test_a_pin_whose_content_is_gone_is_kept_aside_until_the_assessor_says(
    store: Store, bench: Workbench
) -> None:
    response = BUILT.packet.parts[0].prompts[0].response
    on_words = Pin(
        id=PinId("words"),
        criterion=CONTEXT,
        place=Place(
            kind=PlaceKind.RESPONSE, source="part1/context", start=0, end=6, quote=response[:6]
        ),
    )
    on_old_page = Pin(
        id=PinId("old"),
        criterion=PLAN,
        place=Place(kind=PlaceKind.PAGE_TEXT, source="A1", sha256=sha256(b"gone"), end=2),
    )
    save(bench, BLANK.pin(on_words).pin(on_old_page))
    lend_again(store, packet=other_page())

    carried = bench.prepare(renew, ID, now=MORNING)().draft.review

    assert [pin.id for pin in carried.pins] == ["words"]
    assert carried.unplaced == (on_old_page,)


def test_nothing_is_carried_over_before_the_new_version_arrived(
    store: Store, bench: Workbench
) -> None:
    save(bench, whole())
    lend_again(store, packet=other_page(), arrived=False)

    with pytest.raises(NotHereError):
        bench.prepare(renew, ID, now=MORNING)()

    assert draft(bench) == whole()


def test_without_a_draft_nothing_is_carried_over_or_sealed(bench: Workbench) -> None:
    with pytest.raises(NoDraftError):
        bench.prepare(renew, ID, now=MORNING)()
    with pytest.raises(NoDraftError):
        bench.prepare(seal, ID, now=MORNING)()
