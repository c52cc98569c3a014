from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assessor_app.domain.ids import CriterionId, PinId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.packet import Packet
from assessor_app.domain.review import Pin, Place, PlaceKind
from assessor_app.store import outbox
from assessor_app.store.opening import Store
from assessor_app.usecases.errors import NotHereError
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.renewal import Comparison, choose_level, compare, renew
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from assessor_app.usecases.workbench import Workbench
from tests.reference_platform.factory import CONTEXT, DEVELOPING, PLAN, PROFICIENT
from tests.sync.bench import BUILT, act, acts, laptop, sealed
from tests.sync.timing import MORNING
from tests.usecases.test_review import BLANK, ID, lend_again, other_plan, whole


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile") as store:
        yield store


@pytest.fixture
def bench(store: Store) -> Workbench:
    return Workbench(store)


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
    assert (moved.place.start, moved.place.end) == (13, 33)
    assert found.packet_changed
    context = next(c for c in BUILT.rubric.criteria if c.id == CONTEXT)
    assert (CONTEXT in found.waiting) == (context.part == BUILT.packet.parts[0].id)


def test_nothing_is_compared_before_the_new_version_arrived(store: Store, bench: Workbench) -> None:
    bench.prepare(save_draft, whole(), now=MORNING)()
    lend_again(store, packet=longer_response(), arrived=False)

    with pytest.raises(NotHereError):
        bench.prepare(compare, ID, now=MORNING)()
