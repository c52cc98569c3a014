"""A refused review on its way to a new version, through the real window and store."""

from dataclasses import replace

from PySide6.QtCore import Qt

from assessor_app.domain.ids import AssignmentId, PinId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.packet import RubricRef
from assessor_app.domain.review import Pin, Place, PlaceKind, Review
from assessor_app.store import assignments, outbox, packets
from assessor_app.store.columns import to_json
from assessor_app.store.opening import Store
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.renewal import renew
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import seal
from tests.journeys.writing import revisions
from tests.store.making import EPOCH, NOW, sha256
from tests.ui.application.test_controller import House, house, key, opened, store, vault
from tests.ui.desk.packet import packet_of_many_kinds
from tests.ui.desk.rubric import HIGH, LOW, PLAN, REFLECTION, RUBRIC, TALK

__all__ = ["house", "key", "opened", "store", "vault"]


def change_rubric(store: Store, assignment: AssignmentId) -> None:
    """The first criterion says something else from now on."""
    first, *others = RUBRIC.criteria
    level, *levels = first.levels
    changed = replace(level, descriptor=f"{level.descriptor} In every lesson.")
    rubric = replace(
        RUBRIC, version=2, criteria=(replace(first, levels=(changed, *levels)), *others)
    )
    content = to_json(rubric)
    reference = RubricRef(id=rubric.id, version=2, sha256=sha256(content))
    with store.sessions.begin() as session:
        packets.put_rubric(session, reference, content)
        lent = assignments.get_assignment(session, assignment)
        assert lent is not None
        moved = replace(lent, rubric=reference, view_version=lent.view_version + 1)
        assignments.put_assignment(session, moved, epoch=EPOCH)


def write(house: House) -> Review:
    bench = house.profile.workbench
    blank = bench.prepare(open_packet, house.assignment, now=NOW)().draft.review
    *_, whole = revisions(blank, packet_of_many_kinds(), RUBRIC)
    bench.prepare(save_draft, whole, now=NOW)()
    return whole


def refuse(house: House, store: Store) -> None:
    write(house)
    made = house.profile.workbench.prepare(seal, house.assignment, now=NOW)()
    with store.sessions.begin() as session:
        outbox.release(session, now=NOW)
        outbox.begin_sending(session)
        outbox.refuse(session, made.review, AttentionReason.STALE_RUBRIC)  # type: ignore[arg-type]  # its act
    change_rubric(store, house.assignment)


def review_of(house: House) -> Review:
    bench = house.profile.workbench
    return bench.prepare(open_packet, house.assignment, now=NOW)().draft.review


def test_an_outdated_draft_says_so_on_the_desk_and_leads_to_both_versions(
    house: House, store: Store
) -> None:
    write(house)
    change_rubric(store, house.assignment)
    house.controller._room.open(house.assignment)  # noqa: SLF001 (as the queue does)
    house.at("desk")

    house.click("See what changed")

    house.at("versions")
    assert house.named("1 Coaching plan").accessibleDescription().startswith("changed")


def test_a_refused_review_is_confirmed_and_sealed_again_the_old_one_voided_first(
    house: House, store: Store
) -> None:
    refuse(house, store)
    house.controller._room.open_versions(house.assignment)  # noqa: SLF001 (as its row does)
    house.at("versions")
    seal_again = house.named("Seal on version 2…")
    assert not seal_again.isEnabled()

    house.press(Qt.Key.Key_3)
    house.qtbot.waitUntil(seal_again.isEnabled)
    house.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    house.at("seal")
    (refused, void) = house.outbox()
    assert (refused.state, void.kind) == (OutboxState.VOIDING, ActKind.VOID)
    assert review_of(house).levels() == {PLAN: LOW, TALK: HIGH, REFLECTION: HIGH}


def test_leaving_voids_nothing_and_keeps_what_was_chosen(house: House, store: Store) -> None:
    refuse(house, store)
    room = house.controller._room  # noqa: SLF001 (as its row does)
    room.open_versions(house.assignment)
    house.at("versions")
    house.press(Qt.Key.Key_3)
    house.qtbot.waitUntil(house.named("Seal on version 2…").isEnabled)

    house.press(Qt.Key.Key_Escape)
    house.at("queue")
    room.open_versions(house.assignment)
    house.at("versions")

    assert house.named("Seal on version 2…").isEnabled()
    assert [line.state for line in house.outbox()] == [OutboxState.ATTENTION]


def test_sealing_an_outdated_draft_leads_to_both_versions(house: House, store: Store) -> None:
    write(house)
    change_rubric(store, house.assignment)
    house.controller._room.open(house.assignment)  # noqa: SLF001 (as the queue does)
    house.at("desk")

    house.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    house.at("versions")


def test_a_step_back_over_the_new_version_shows_what_it_was_about(
    house: House, store: Store
) -> None:
    write(house)
    change_rubric(store, house.assignment)
    house.profile.workbench.prepare(renew, house.assignment, now=NOW)()
    room = house.controller._room  # noqa: SLF001 (as the queue does)
    room.open(house.assignment)
    house.at("desk")
    assert room.desk.opened.rubric.version == RUBRIC.version + 1

    house.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    house.qtbot.waitUntil(lambda: room.desk.opened.rubric == RUBRIC)
    assert room.desk.opened.is_outdated
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    house.press(Qt.Key.Key_Z, both)
    house.qtbot.waitUntil(lambda: room.desk.opened.rubric != RUBRIC)


def lose_a_pin(house: House, store: Store) -> None:
    """Write a draft with a pin that is nowhere in the packet, and let the rubric change."""
    whole = write(house)
    place = Place(
        kind=PlaceKind.PAGE_TEXT, source="A1", page=1, sha256=sha256(b"gone"), quote="not there"
    )
    pinned = whole.pin(Pin(id=PinId("lost"), criterion=PLAN, place=place))
    house.profile.workbench.prepare(save_draft, pinned, now=NOW)()
    change_rubric(store, house.assignment)


def test_a_choice_is_taken_back(house: House, store: Store) -> None:
    refuse(house, store)
    house.controller._room.open_versions(house.assignment)  # noqa: SLF001 (as its row does)
    house.at("versions")
    seal_again = house.named("Seal on version 2…")
    house.press(Qt.Key.Key_3)
    house.qtbot.waitUntil(seal_again.isEnabled)

    house.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    house.qtbot.waitUntil(lambda: not seal_again.isEnabled())


def test_a_lost_pin_is_taken_away_had_back_and_goes_along_to_the_desk(
    house: House, store: Store
) -> None:
    lose_a_pin(house, store)
    house.controller._room.open_versions(house.assignment)  # noqa: SLF001 (as its row does)
    house.at("versions")
    house.press(Qt.Key.Key_3)
    house.named("1 pin to place")
    assert not house.named("Seal on version 2…").isEnabled()
    house.click("Take the pin A1 · page 2 away")
    house.qtbot.waitUntil(house.named("Seal on version 2…").isEnabled)
    house.click("Undo what you said of the pin A1 · page 2")
    house.named("1 pin to place")

    house.click("Open on the desk")

    house.at("desk")
    (lost,) = review_of(house).unplaced
    assert lost.id == "lost"
    assert house.named("Pin A1 · page 2").accessibleDescription().startswith("not found again")
