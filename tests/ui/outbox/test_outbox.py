from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QListView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import (
    ActId,
)
from assessor_app.domain.outbox import AttentionReason, OutboxState
from assessor_app.ui.outbox.fetching import FetchingState
from assessor_app.ui.outbox.lines import RowAction, ended, receipts, waiting
from assessor_app.ui.outbox.model import ActModel
from assessor_app.ui.outbox.needs import Step
from assessor_app.ui.outbox.rows import ActRow
from assessor_app.ui.outbox.screen import Notice, OutboxScreen
from assessor_app.ui.parts.focus_ring import GAP, RING
from assessor_app.ui.parts.layout import ScrollColumn
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.settings import Metered
from tests.finding import button
from tests.ui.outbox.making import (
    NOW,
    ONLINE,
    QUEUED,
    RECEIVED,
    REFUSED,
    SEALED,
    STALE,
    UNKNOWN,
    state_of,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> OutboxScreen:
    made = OutboxScreen(theme)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show_outbox(state_of(SEALED, UNKNOWN, RECEIVED, REFUSED))
    made.show()
    return made


def says(screen: QWidget, words: str) -> bool:
    return any(words in w.accessibleName() for w in screen.findChildren(QWidget) if w.isVisible())


def history(screen: OutboxScreen) -> QListView:
    name = "Received and ended"
    return next(v for v in screen.findChildren(QListView) if v.accessibleName() == name)


def spoken(model: QAbstractItemModel) -> list[Any]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row, 0), role) for row in range(model.rowCount())]


def test_the_three_places_are_read_out(screen: OutboxScreen) -> None:
    assert says(screen, "2 on this laptop")
    assert says(screen, "3 in the outbox")
    assert says(screen, "21 received")


def test_a_count_of_zero_is_not_drawn(screen: OutboxScreen) -> None:
    none = Places(laptop=0, outbox=0, received=21)

    screen.show_outbox(replace(state_of(), places=none))

    shown = [w.property("text") for w in screen.findChildren(QWidget) if w.isVisible()]
    assert "0" not in shown
    assert says(screen, "0 in the outbox, nothing waits")


def test_rows_say_what_they_are_and_how_far(screen: OutboxScreen) -> None:
    assert says(screen, "In the outbox 2")
    assert says(screen, "MC-T6GB-2, Reading Data Displays Critically, Sealed")
    assert says(screen, "You can reopen it until")
    assert says(screen, "Received today")
    assert says(screen, "Receipt 21")


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ActModel()
    model.show_entries(receipts((RECEIVED,), NOW))
    qtmodeltester.check(model)


def test_trying_again_names_the_act(qtbot: QtBot, screen: OutboxScreen) -> None:
    with qtbot.waitSignal(screen.left.retry_chosen) as chosen:
        qtbot.mouseClick(button(screen, "Try MC-T6GB-2 again"), LEFT)

    assert chosen.args == [REFUSED.act]


def test_enter_opens_the_packet_of_a_row(qtbot: QtBot, screen: OutboxScreen) -> None:
    row = button(screen, waiting((SEALED,), ONLINE)[0].spoken)

    with qtbot.waitSignal(screen.left.packet_opened) as opened:
        qtbot.keyClick(row, Qt.Key.Key_Return)

    assert opened.args == [SEALED.assignment]


def test_more_attention_than_fits_leads_to_all_of_it(qtbot: QtBot, screen: OutboxScreen) -> None:
    third = replace(STALE, act=ActId("act-7"))
    screen.show_outbox(state_of(REFUSED, STALE, third))

    with qtbot.waitSignal(screen.left.attention_chosen):
        qtbot.mouseClick(button(screen, "1 more need you"), LEFT)


def test_sync_now_is_told_and_rests_while_it_runs(qtbot: QtBot, screen: OutboxScreen) -> None:
    with qtbot.waitSignal(screen.sync_wanted):
        qtbot.mouseClick(button(screen, "Sync now"), LEFT)

    screen.show_contact("Last contact 12:03", is_syncing=True)
    with qtbot.assertNotEmitted(screen.sync_wanted):
        qtbot.mouseClick(button(screen, "Syncing…"), LEFT)


def test_fetching_can_be_paused_only_while_there_is_some(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    screen.show_fetching(FetchingState(words="2.1 Mbit/s", is_going=True))

    with qtbot.waitSignal(screen.pause_chosen):
        qtbot.mouseClick(button(screen, "Pause"), LEFT)
    screen.show_fetching(FetchingState(words="Nothing is being fetched."))

    shown = [b for b in screen.findChildren(QAbstractButton) if b.isVisible()]
    assert "Pause" not in [b.text() for b in shown if not isinstance(b, MenuButton)]


def test_what_stands_in_the_way_is_a_banner(screen: OutboxScreen) -> None:
    screen.show_notice(Notice("You are offline", "Your work is safe on this laptop."))

    assert says(screen, "You are offline")


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1150), (1.0, 968), (2.0, 1260)])
def test_the_screen_fits_its_window(
    screen: OutboxScreen, theme: Theme, mode: Mode, scale: float, width: int
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    screen.resize(width, 640)

    assert screen.minimumSizeHint().width() <= width
    assert not screen.grab().isNull()


@pytest.mark.parametrize(
    ("reason", "step", "words"),
    [
        (AttentionReason.STALE_PACKET, Step.VERSIONS, "See what changed"),
        (AttentionReason.STALE_RUBRIC, Step.VERSIONS, "See what changed"),
        (AttentionReason.CLOSED, Step.DONATE, "Give it to the lead"),
        (AttentionReason.INVALID, Step.OPEN, "Open it there"),
        (AttentionReason.FORBIDDEN, Step.OPEN, "Open it"),
    ],
)
def test_each_reason_has_its_own_next_step(
    qtbot: QtBot, screen: OutboxScreen, reason: AttentionReason, step: Step, words: str
) -> None:
    screen.show_outbox(state_of(replace(REFUSED, attention=reason)))

    with qtbot.waitSignal(screen.left.step_chosen) as chosen:
        qtbot.mouseClick(button(screen, f"{words}: MC-T6GB-2"), LEFT)

    assert chosen.args is not None
    assert (chosen.args[0].step, chosen.args[0].key) == (step, REFUSED.act)


@pytest.mark.parametrize(
    ("name", "action", "key"),
    [
        ("Ask now MC-T6GB-2", RowAction.ASK_NOW, UNKNOWN.act),
        ("Reopen MC-T6GB-2", RowAction.REOPEN, SEALED.act),
        ("Copy the receipt of MC-T6GB-2", RowAction.COPY_RECEIPT, RECEIVED.act),
    ],
)
def test_what_a_row_offers_is_done_by_keyboard_and_mouse(
    qtbot: QtBot, screen: OutboxScreen, name: str, action: RowAction, key: ActId
) -> None:
    with qtbot.waitSignals([screen.left.action_chosen] * 2) as chosen:
        qtbot.keyClick(button(screen, name), Qt.Key.Key_Return)
        qtbot.mouseClick(button(screen, name), LEFT)

    for signal in chosen.all_signals_and_args:
        assert (signal.args[0].action, signal.args[0].key) == (action, key)


def test_the_history_has_everything_that_ended(qtbot: QtBot, screen: OutboxScreen) -> None:
    voided = replace(SEALED, act=ActId("act-8"), state=OutboxState.VOIDED)
    past = (*receipts((RECEIVED,), NOW), *ended((voided,)))
    screen.show_outbox(replace(state_of(SEALED, RECEIVED), history=past))

    qtbot.mouseClick(button(screen, "All 2"), LEFT)

    view = history(screen)
    said = spoken(view.model())
    assert view.isVisible()
    assert "Receipt 21" in said[0]
    assert said[0].endswith("Space: Copy")
    assert "Reopened; it counts nowhere" in said[1]
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(screen.left.action_chosen) as copied:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert copied.args is not None
    assert copied.args[0].key == RECEIVED.act
    place = view.visualRect(view.model().index(0, 0))
    with qtbot.waitSignal(screen.left.action_chosen):
        qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(place.right() - 12, place.center().y()))
    qtbot.mouseClick(button(screen, "Back"), LEFT)
    assert button(screen, "All 2").isVisible()


def test_a_network_that_wants_a_sign_in_offers_the_browser(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    screen.show_notice(Notice("This network wants you to sign in first", "…", opens_browser=True))
    with qtbot.waitSignal(screen.browser_chosen):
        qtbot.mouseClick(button(screen, "Open my browser"), LEFT)

    screen.show_notice(Notice("You are offline", "Your work is safe."))

    assert "Open my browser" not in [
        b.text() for b in screen.findChildren(QAbstractButton) if b.isVisible()
    ]


def test_what_waits_for_another_network_can_be_fetched_now(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    screen.show_fetching(FetchingState(words="", held="96 MB wait: this network is metered."))

    with qtbot.waitSignal(screen.fetching.fetch_chosen):
        qtbot.mouseClick(button(screen, "Fetch it now"), LEFT)


def test_the_rate_and_the_metered_network_are_chosen_beside_the_fetching(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    with qtbot.waitSignal(screen.fetching.limit_chosen) as limit:
        choose(screen, "At most: No limit", "2.0 Mbit/s")
    with qtbot.waitSignal(screen.fetching.metered_chosen) as metered:
        choose(screen, "On a metered network: Pause", "Pause on every network")
    with qtbot.waitSignal(screen.fetching.hours_chosen) as hours:
        choose(screen, "Sync by itself: All day", "07:00 to 19:00")

    assert limit.args == [2000]
    assert metered.args == [Metered.ALWAYS]
    assert hours.args == [7, 19]


def choose(screen: OutboxScreen, menu: str, entry: str) -> None:
    found = button(screen, menu)
    assert isinstance(found, MenuButton)
    next(a for a in found.menu_entries().actions() if a.text() == entry).trigger()


def test_everything_scrolls_together(screen: OutboxScreen, theme: Theme) -> None:
    theme.use_text_scale(2.0)
    screen.resize(1260, 640)
    past = receipts((RECEIVED,) * 40, NOW)
    screen.show_outbox(replace(state_of(SEALED, RECEIVED), history=past))

    scrolling = [
        area
        for area in screen.findChildren(QAbstractScrollArea)
        if area.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    ]

    assert [type(area) for area in scrolling] == [ScrollColumn]
    button(screen, "All 40").click()
    view = history(screen)
    assert view.height() >= view.visualRect(view.model().index(39, 0)).bottom()


def test_the_whole_centre_is_walked_by_tab_alone(qtbot: QtBot, screen: OutboxScreen) -> None:
    screen.show_outbox(state_of(SEALED, UNKNOWN, RECEIVED, REFUSED))
    screen.show_fetching(FetchingState(words="2.1 Mbit/s", is_going=True))
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    button(screen, "Sync now").setFocus()
    wanted = {
        name
        for each in screen.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and (name := each.accessibleName() or each.text())
    }
    met: list[str] = []
    for _ in range(2 * len(wanted)):
        focused = screen.focusWidget()
        assert focused is not None
        if isinstance(focused, QAbstractButton):
            met.append(focused.accessibleName() or focused.text())
            assert focused.property("ringRadius") is not None, focused
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    assert wanted - set(met) == set()
    in_order = [
        "Sync now",
        "Open it: MC-T6GB-2",
        "Hold all",
        "Reopen MC-T6GB-2",
        "Ask now MC-T6GB-2",
        "All 1",
        "Copy the receipt of MC-T6GB-2",
        "Pause",
    ]
    assert sorted(in_order, key=met.index) == in_order


def test_everything_is_held_and_let_go_from_the_head_of_the_outbox(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    with qtbot.waitSignal(screen.left.hold_chosen) as held:
        qtbot.mouseClick(button(screen, "Hold all"), LEFT)
    screen.show_outbox(state_of(replace(SEALED, is_held=True), is_held=True))
    with qtbot.waitSignal(screen.left.hold_chosen) as let_go:
        qtbot.mouseClick(button(screen, "Send all"), LEFT)

    assert (held.args, let_go.args) == ([True], [False])
    assert says(screen, "In the outbox 1 · held")


def test_a_hold_is_said_although_nothing_waits(screen: OutboxScreen) -> None:
    screen.show_outbox(state_of(is_held=True))

    assert says(screen, "In the outbox held")
    assert button(screen, "Send all").isVisible()


def test_a_row_keeps_the_focus_while_others_come_and_go(qtbot: QtBot, screen: OutboxScreen) -> None:
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    focused = button(screen, "Ask now MC-T6GB-2")
    focused.setFocus()

    screen.show_outbox(state_of(QUEUED, UNKNOWN, RECEIVED))

    assert screen.focusWidget() is focused


@pytest.mark.parametrize("is_hidden", [False, True])
def test_new_rows_have_their_height_at_once(screen: OutboxScreen, *, is_hidden: bool) -> None:
    screen.show_outbox(state_of())
    QCoreApplication.processEvents()
    screen.setHidden(is_hidden)

    screen.show_outbox(state_of(*(replace(SEALED, act=ActId(f"n-{n}")) for n in range(4))))
    screen.show()

    rows = [row for row in screen.findChildren(ActRow) if not row.isHidden()]
    assert len(rows) == 4
    assert all(row.height() >= row.heightForWidth(row.width()) for row in rows)


def test_no_focus_ring_is_cut(qtbot: QtBot, screen: OutboxScreen) -> None:
    screen.show_fetching(FetchingState(words="2.1 Mbit/s", is_going=True))
    QCoreApplication.processEvents()

    cut = [
        each.accessibleName() or each.text()
        for each in screen.findChildren(QAbstractButton)
        if each.isVisible() and not _within(each)
    ]

    assert cut == []


def _within(control: QWidget) -> bool:
    """Return whether the ring around a control lies within what the control stands on."""
    parent = control.parentWidget()
    assert parent is not None
    ring = RING + GAP
    return parent.rect().contains(control.geometry().adjusted(-ring, -ring, ring, ring))
