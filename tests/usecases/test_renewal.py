import json
from dataclasses import replace

import pytest

from assessor_app.domain.determination import IncompleteReviewError, Missing, Need
from assessor_app.domain.ids import CriterionId, PinId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Pin, Place, PlaceKind, Review
from assessor_app.store import outbox
from assessor_app.store.columns import from_json, to_json
from assessor_app.store.opening import Store
from assessor_app.usecases.errors import NotHereError
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.renewal import (
    Comparison,
    choose_level,
    choose_place,
    compare,
    renew,
    restore,
)
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import sha256
from tests.reference_platform.factory import CONTEXT, DEVELOPING, PLAN, PROFICIENT
from tests.sync.bench import BUILT, act, acts, sealed
from tests.sync.timing import MORNING
from tests.usecases.test_review import BLANK, ID, lend_again, other_plan, whole


def refused(store: Store) -> str:
    """Seal a review, let the rubric change, and let the platform refuse it for that."""
    made = sealed(store)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
        outbox.refuse(session, made.act_id, AttentionReason.STALE_RUBRIC)
    lend_again(store, rubric=other_plan())
    return made.act_id


def compared(bench: Workbench) -> Comparison:
    found = bench.prepare(compare, ID, now=MORNING)()
    assert found is not None
    return found


def choose(bench: Workbench, criterion: CriterionId = PLAN) -> None:
    bench.prepare(choose_level, ID, criterion, DEVELOPING)()


def test_a_review_on_the_present_version_has_nothing_to_compare(
    store: Store, bench: Workbench
) -> None:
    made = sealed(store)

    assert bench.prepare(compare, ID, now=MORNING)() is None
    bench.prepare(renew, ID, now=MORNING)()

    assert act(store, made.act_id).state is OutboxState.QUEUED


def test_comparing_says_which_criteria_changed_and_voids_nothing(
    store: Store, bench: Workbench
) -> None:
    review = refused(store)

    found = compared(bench)

    assert [(one.now.id, one.is_kept) for one in found.criteria] == [(PLAN, False), (CONTEXT, True)]
    assert (found.rubric_changed, found.packet_changed, found.is_sealed) == (True, False, True)
    assert found.waiting == (PLAN,)
    assert act(store, review).state is OutboxState.ATTENTION


def test_chosen_levels_outlive_the_screen_and_nothing_is_chosen_before(
    store: Store, bench: Workbench
) -> None:
    refused(store)
    assert compared(bench).chosen == {}

    choose(bench)

    assert compared(bench).chosen == {PLAN: DEVELOPING}
    assert compared(bench).waiting == ()


def test_levels_chosen_for_another_version_do_not_count(store: Store, bench: Workbench) -> None:
    refused(store)
    choose(bench)
    newest = replace(other_plan(), version=3)

    lend_again(store, rubric=newest)

    assert compared(bench).chosen == {}


def test_writing_on_voids_the_old_review_before_the_new_one_can_leave(
    store: Store, bench: Workbench
) -> None:
    review = refused(store)
    choose(bench)

    saved = bench.prepare(renew, ID, now=MORNING)()

    (void,) = acts(store, ActKind.VOID)
    assert (void.review, void.state) == (review, OutboxState.QUEUED)
    assert act(store, review).state is OutboxState.VOIDING
    assert saved.draft.review.levels() == {PLAN: DEVELOPING, CONTEXT: PROFICIENT}
    assert (saved.draft.sealed_as, saved.changes.outbox) == (None, True)
    assert not bench.prepare(open_packet, ID, now=MORNING)().is_outdated
    ready = replace(saved.draft.review, no_conflict=True, rubric_alone=True)
    bench.prepare(save_draft, ready.rate(PLAN, PROFICIENT), now=MORNING)()
    bench.prepare(seal, ID, now=MORNING)()
    with store.sessions.begin() as session:
        outbox.release(session, now=MORNING)
        first = outbox.begin_sending(session)
        second = outbox.begin_sending(session)
    assert first is not None
    assert first.kind is ActKind.VOID
    assert second is None


def test_without_a_choice_a_changed_criterion_is_unrated(store: Store, bench: Workbench) -> None:
    refused(store)

    saved = bench.prepare(renew, ID, now=MORNING)()

    assert saved.draft.review.levels() == {CONTEXT: PROFICIENT}


def test_a_draft_is_renewed_without_a_void(store: Store, bench: Workbench) -> None:
    bench.prepare(save_draft, whole(), now=MORNING)()
    lend_again(store, rubric=other_plan())

    bench.prepare(renew, ID, now=MORNING)()

    assert acts(store, ActKind.VOID) == ()


def longer_response() -> Packet:
    """The first response has a sentence more at its beginning."""
    first, *others = BUILT.packet.parts
    prompt, *more = first.prompts
    longer = replace(prompt, response=f"Said before. {prompt.response}", mentions=())
    return replace(BUILT.packet, parts=(replace(first, prompts=(longer, *more)), *others))


def test_a_pin_on_words_moves_with_them_and_its_criterion_is_looked_at_again(
    store: Store, bench: Workbench
) -> None:
    response = BUILT.packet.parts[0].prompts[0].response
    quote = response[:20]
    assert response.count(quote) == 1
    place = Place(kind=PlaceKind.RESPONSE, source="part1/context", start=0, end=20, quote=quote)
    pin = Pin(id=PinId("words"), criterion=CONTEXT, place=place)
    review = BLANK.rate(CONTEXT, PROFICIENT).rate(PLAN, PROFICIENT).pin(pin)
    bench.prepare(save_draft, review, now=MORNING)()
    lend_again(store, packet=longer_response())

    found = compared(bench)

    (moved,) = next(one for one in found.criteria if one.now.id == CONTEXT).pins
    assert moved.place is not None
    assert (moved.place.start, moved.place.end) == (13, 33)
    assert found.packet_changed
    context = next(c for c in BUILT.rubric.criteria if c.id == CONTEXT)
    assert (CONTEXT in found.waiting) == (context.part == BUILT.packet.parts[0].id)


def lost_pin(store: Store, bench: Workbench) -> Pin:
    """Write a draft with a pin whose words are in no page of the new packet."""
    place = Place(kind=PlaceKind.PAGE_TEXT, source="A1", sha256=sha256(b"gone"), end=2, quote="a b")
    pin = Pin(id=PinId("old"), criterion=PLAN, place=place)
    bench.prepare(save_draft, whole().pin(pin), now=MORNING)()
    lend_again(store, packet=longer_response())
    return pin


def test_a_pin_that_is_not_found_again_waits_and_goes_along_unplaced(
    store: Store, bench: Workbench
) -> None:
    pin = lost_pin(store, bench)

    assert compared(bench).waiting_pins == (pin,)
    choose(bench)
    saved = bench.prepare(renew, ID, now=MORNING)()

    assert saved.draft.review.unplaced == (pin,)
    ready = replace(saved.draft.review, no_conflict=True, rubric_alone=True)
    bench.prepare(save_draft, ready.rate(CONTEXT, PROFICIENT), now=MORNING)()
    with pytest.raises(IncompleteReviewError) as refused_seal:
        bench.prepare(seal, ID, now=MORNING)()
    assert Missing(need=Need.PLACE, criterion=PLAN) in refused_seal.value.missing


def test_a_pin_goes_where_the_assessor_says(store: Store, bench: Workbench) -> None:
    pin = lost_pin(store, bench)
    (artifact,) = BUILT.packet.artifacts
    place = replace(pin.place, sha256=artifact.pages[0].image.sha256, start=3, end=5)

    bench.prepare(choose_place, ID, pin.id, place)()

    assert compared(bench).waiting_pins == ()
    saved = bench.prepare(renew, ID, now=MORNING)()
    assert replace(pin, place=place) in saved.draft.review.pins
    assert saved.draft.review.unplaced == ()


def test_a_pin_that_is_not_wanted_any_more_is_taken_away_and_can_be_had_back(
    store: Store, bench: Workbench
) -> None:
    pin = lost_pin(store, bench)
    before = compared(bench).choices
    bench.prepare(choose_place, ID, pin.id, None)()
    assert compared(bench).waiting_pins == ()

    bench.prepare(restore, ID, before)()

    assert compared(bench).waiting_pins == (pin,)
    bench.prepare(choose_place, ID, pin.id, None)()
    saved = bench.prepare(renew, ID, now=MORNING)()
    left = (*saved.draft.review.pins, *saved.draft.review.unplaced)
    assert pin.id not in {own.id for own in left}
    assert saved.draft.can_undo


def test_what_a_pin_that_was_taken_away_spoke_for_is_rated_again(
    store: Store, bench: Workbench
) -> None:
    pin = lost_pin(store, bench)
    bench.prepare(choose_place, ID, pin.id, None)()

    saved = bench.prepare(renew, ID, now=MORNING)()

    assert pin.criterion not in {own.criterion for own in saved.draft.review.ratings}


def test_a_chosen_level_is_taken_back(store: Store, bench: Workbench) -> None:
    refused(store)
    choose(bench)

    bench.prepare(choose_level, ID, PLAN, None)()

    assert compared(bench).waiting == (PLAN,)


def test_a_draft_of_an_older_program_is_read_and_its_pins_are_placed() -> None:
    kept = json.loads(to_json(whole()))
    del kept["unplaced"]

    assert from_json(Review, json.dumps(kept).encode()) == whole()


def test_nothing_is_compared_before_the_new_version_arrived(store: Store, bench: Workbench) -> None:
    bench.prepare(save_draft, whole(), now=MORNING)()
    lend_again(store, packet=longer_response(), arrived=False)

    with pytest.raises(NotHereError):
        bench.prepare(compare, ID, now=MORNING)()
