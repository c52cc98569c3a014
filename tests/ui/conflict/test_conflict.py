"""Two versions beside each other: what is said, what is chosen, and that it fits."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import CriterionId, LevelId
from assessor_app.ui.conflict.pins import TAKE_AWAY, TAKE_BACK
from assessor_app.ui.conflict.screen import ConflictScreen
from assessor_app.ui.conflict.state import ConflictState, conflict_of, first_to_look_at
from assessor_app.ui.parts.level_row import LevelRow
from assessor_app.ui.parts.page_strip import PageChange
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.renewal import Choices, Comparison
from tests.finding import shown
from tests.ui.conflict.making import (
    HEARD,
    HIGH,
    LOW,
    MIDDLE,
    both_comparison,
    chosen,
    packet_comparison,
    rubric_comparison,
    with_choices,
)
from tests.ui.looks import LOOKS, Sound, in_window, is_drawn

EXAMPLES = CriterionId("examples")


def state_of(comparison: Comparison, criterion: CriterionId | None = None) -> ConflictState:
    return conflict_of(comparison, criterion or first_to_look_at(comparison))


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> ConflictScreen:
    made = ConflictScreen(theme)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show_conflict(state_of(rubric_comparison()))
    made.show()
    return made


def named(screen: QWidget, name: str) -> QWidget:
    return shown(screen, QWidget, name)[0]


def newer(screen: QWidget) -> list[LevelRow]:
    rows = screen.findChildren(LevelRow)
    return [row for row in rows if row.isVisible() and row.focusPolicy() != Qt.FocusPolicy.NoFocus]


def test_the_first_changed_criterion_is_in_front_and_the_rest_is_carried_over() -> None:
    state = state_of(rubric_comparison())

    assert (state.criterion.key, state.waiting) == (HEARD, 1)
    assert [line.words for line in state.lines if line.key != HEARD] == [
        "1 Proficient · carried over"
    ] * 6
    assert state.naming.list_words == "6 are the same as before."


def test_no_level_is_preselected_and_the_old_rating_stands_beside_it() -> None:
    levels = state_of(rubric_comparison()).criterion.levels

    assert not any(pair.now.is_chosen for pair in levels if pair.now)
    assert [pair.before.is_chosen for pair in levels if pair.before] == [True, False, False]
    assert levels[0].now is not None
    assert levels[0].now.note == "your rating on version 3"


def test_what_differs_is_said_in_words_too() -> None:
    first = state_of(rubric_comparison()).criterion.levels[0]

    assert first.before is not None
    assert first.now is not None
    assert first.before.spoken == "gone: several"
    assert first.now.spoken == "new: at least two; new: , and say for each of them why"


@pytest.mark.parametrize(
    ("level", "words"),
    [(HIGH, "1 Proficient · confirmed"), (MIDDLE, "2 Basic · rated again")],
)
def test_the_same_level_confirms_and_another_one_replaces(level: LevelId, words: str) -> None:
    state = state_of(chosen(rubric_comparison(), HEARD, level), HEARD)

    assert next(line.words for line in state.lines if line.key == HEARD) == words
    assert state.waiting == 0


def test_an_unchanged_criterion_cannot_be_rated_here(qtbot: QtBot, screen: ConflictScreen) -> None:
    screen.show_conflict(state_of(rubric_comparison(), EXAMPLES))

    qtbot.waitUntil(lambda: newer(screen) == [])


def test_another_packet_shows_its_pages_and_the_pin_that_is_lost() -> None:
    criterion = state_of(packet_comparison(), EXAMPLES).criterion

    (strip,) = criterion.strips
    assert [cell.change for cell in strip.now] == [
        PageChange.SAME,
        PageChange.CHANGED,
        PageChange.SAME,
        PageChange.NEW,
    ]
    assert strip.words_now == "4 pages; other than before: 2; new: 4"
    assert criterion.is_open


def test_another_response_is_shown_word_by_word() -> None:
    criterion = state_of(packet_comparison(), HEARD).criterion

    (text,) = criterion.texts
    assert "one goal" in text.before
    assert "two goals" in text.now


def test_a_level_is_chosen_on_the_newer_side(qtbot: QtBot, screen: ConflictScreen) -> None:
    with qtbot.waitSignal(screen.level_chosen) as picked:
        qtbot.mouseClick(newer(screen)[1], Qt.MouseButton.LeftButton)

    assert picked.args == [1]


def test_the_seal_waits_for_every_level(qtbot: QtBot, screen: ConflictScreen) -> None:
    seal = named(screen, "Seal on version 4…")
    assert not seal.isEnabled()

    screen.show_conflict(state_of(chosen(rubric_comparison(), HEARD, LOW), HEARD))

    with qtbot.waitSignal(screen.seal_chosen):
        qtbot.mouseClick(seal, Qt.MouseButton.LeftButton)


def test_choosing_keeps_the_focus_in_the_row(qtbot: QtBot, screen: ConflictScreen) -> None:
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    row = newer(screen)[1]
    row.setFocus()

    screen.show_conflict(state_of(chosen(rubric_comparison(), HEARD, MIDDLE), HEARD))

    assert row.hasFocus()
    assert row.isChecked()


def test_that_nothing_is_lost_is_said_with_the_ways_to_it(
    qtbot: QtBot, screen: ConflictScreen
) -> None:
    said = state_of(rubric_comparison()).naming.safe
    assert said.startswith("Your sealed review stays whole on this laptop: 7 ratings, 4 pins")

    with qtbot.waitSignal(screen.old_chosen):
        qtbot.mouseClick(named(screen, "Open it"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(screen.export_chosen):
        qtbot.mouseClick(named(screen, "Export…"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("mode", "scale"), LOOKS)
@pytest.mark.parametrize("make", [rubric_comparison, packet_comparison, both_comparison])
def test_the_screen_shows_all_it_says(
    qtbot: QtBot, theme: Theme, make: Callable[[], Comparison], mode: Mode, scale: float
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    screen = ConflictScreen(theme)
    screen.show_conflict(state_of(make(), EXAMPLES))
    window = in_window(qtbot, theme, screen, with_nav=False)

    qtbot.waitUntil(Sound(window), timeout=2000)
    assert is_drawn(window)


def packet_screen(qtbot: QtBot, theme: Theme) -> ConflictScreen:
    made = ConflictScreen(theme)
    qtbot.addWidget(made)
    made.resize(1366, 1000)
    made.show_conflict(state_of(packet_comparison(), EXAMPLES))
    made.show()
    return made


def test_a_pin_that_is_not_certain_waits_with_its_ways() -> None:
    table, talk, region = state_of(packet_comparison(), EXAMPLES).criterion.pins

    assert [way.key for way in table.ways] == [TAKE_AWAY]
    assert table.becomes.startswith("Its words were not found again.")
    assert talk.becomes == "Its words stand there 2 times. Which ones do you mean?"
    assert (
        talk.ways[0].words
        == "A1 · page 2: … Coach and teacher meet every Tuesday to plan one talk …"
    )
    assert [way.words for way in region.ways] == ["Keep at A1 · page 2", "Take it away"]


def test_a_pin_that_waits_keeps_the_seal_waiting() -> None:
    every = {str(change.now.id): str(HIGH) for change in packet_comparison().criteria}
    rated = with_choices(packet_comparison(), Choices(levels=every))
    settled = Choices(levels=every, places={"pin-2": None, "pin-3": None, "pin-4": None})

    assert state_of(rated).waiting == 3
    assert state_of(rated).criterion.key == EXAMPLES
    assert state_of(with_choices(rated, settled)).waiting == 0


def test_the_assessor_says_where_a_pin_belongs(qtbot: QtBot, theme: Theme) -> None:
    screen = packet_screen(qtbot, theme)

    with qtbot.waitSignal(screen.pin_settled) as settled:
        keep = named(screen, "The pin belongs at A1 · page 2")
        qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)

    assert settled.args == ["pin-4", "0"]


def test_a_pin_is_taken_away_and_had_back(qtbot: QtBot, theme: Theme) -> None:
    screen = packet_screen(qtbot, theme)
    with qtbot.waitSignal(screen.pin_settled) as settled:
        away = named(screen, "Take the pin A1 · page 2 away")
        qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert settled.args == ["pin-2", TAKE_AWAY]

    gone = with_choices(packet_comparison(), Choices(places={"pin-2": None}))
    screen.show_conflict(state_of(gone, EXAMPLES))

    with qtbot.waitSignal(screen.pin_settled) as back:
        undo = named(screen, "Undo what you said of the pin A1 · page 2")
        qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert back.args == ["pin-2", TAKE_BACK]


def test_a_pin_leads_to_its_place_and_cannot_be_removed_here(
    qtbot: QtBot, screen: ConflictScreen
) -> None:
    chip = named(screen, "Pin Part 1")
    assert not any(inner.isVisible() for inner in chip.findChildren(QWidget))

    with qtbot.waitSignal(screen.pin_followed) as followed:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert followed.args == ["pin-1"]


def test_in_a_narrow_window_the_ways_to_what_was_written_are_still_there(
    qtbot: QtBot, theme: Theme
) -> None:
    screen = packet_screen(qtbot, theme)
    screen.resize(900, 700)

    assert named(screen, "Open it").isVisible()
    with qtbot.waitSignal(screen.export_chosen):
        qtbot.mouseClick(named(screen, "Export…"), Qt.MouseButton.LeftButton)


def test_everything_can_be_reached_by_keyboard_and_has_a_name(qtbot: QtBot, theme: Theme) -> None:
    screen = packet_screen(qtbot, theme)

    buttons = [
        widget
        for widget in screen.findChildren(QAbstractButton)
        if widget.isVisible() and widget.isEnabled()
    ]
    older = [row for row in screen.findChildren(LevelRow) if row not in newer(screen)]

    assert all(widget.accessibleName() or widget.text() for widget in buttons)
    assert all(
        widget.focusPolicy() != Qt.FocusPolicy.NoFocus for widget in buttons if widget not in older
    )


def test_the_way_on_is_told_of_a_sealed_review_alone(qtbot: QtBot, screen: ConflictScreen) -> None:
    assert named(screen, "The old review is set aside").isVisible()
    of_a_draft = replace(rubric_comparison(), is_sealed=False)

    screen.show_conflict(state_of(of_a_draft))

    shown = [w.property("text") for w in screen.findChildren(QWidget) if w.isVisible()]
    assert "The old review is set aside" not in shown
    assert state_of(of_a_draft).naming.safe.startswith("Your draft stays whole")


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1366), (1.0, 1024), (2.0, 1366)])
def test_a_legend_says_what_the_marks_mean(
    screen: ConflictScreen, theme: Theme, scale: float, width: int
) -> None:
    theme.use_text_scale(scale)
    screen.resize(width, 700)
    QCoreApplication.processEvents()

    assert named(screen, "only in version 3").isVisible()
    assert named(screen, "only in version 4").isVisible()


def test_where_every_level_stands_nothing_is_asked(screen: ConflictScreen) -> None:
    same = replace(rubric_comparison(), now=rubric_comparison().before)
    kept = with_choices(same, Choices())

    screen.show_conflict(state_of(kept))

    assert named(screen, "Every level stands").isVisible()
    assert named(screen, "Seal on version 3…").isEnabled()
