from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QListView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import (
    ActId,
    AssignmentId,
    Epoch,
    ReviewId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState, place_of
from assessor_app.ui.outbox.fetching import FetchingState
from assessor_app.ui.outbox.lines import RowAction, ended, receipts, waiting
from assessor_app.ui.outbox.model import ActModel, Heading
from assessor_app.ui.outbox.needs import Step, attention
from assessor_app.ui.outbox.screen import CentreState, Notice, OutboxScreen
from assessor_app.ui.parts.menu_button import MenuButton
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.usecases.outbox import OutboxLine, Places, ReceiptLine, StrandedDraft, Twin
from assessor_app.usecases.settings import Metered

LEFT = Qt.MouseButton.LeftButton
NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)
SEALED = OutboxLine(
    act=ActId("act-1"),
    kind=ActKind.REVIEW,
    assignment=AssignmentId("assignment-1"),
    submission=SubmissionId("MC-T6GB-2"),
    title="Reading Data Displays Critically",
    review=None,
    state=OutboxState.SEALED,
    place=place_of(OutboxState.SEALED),
    sealed_at=NOW,
    grace_until=NOW + timedelta(hours=2),
    tries=0,
    attention=None,
    problem=None,
    body_sha256=Sha256("0" * 64),
    receipt=None,
)
QUEUED = replace(SEALED, act=ActId("act-2"), state=OutboxState.QUEUED)
UNKNOWN = replace(SEALED, act=ActId("act-3"), state=OutboxState.AMBIGUOUS, tries=1)
RECEIVED = replace(
    SEALED,
    act=ActId("act-4"),
    state=OutboxState.RECEIVED,
    receipt=ReceiptLine(21, NOW, Epoch("epoch-1")),
)
REFUSED = replace(
    SEALED,
    act=ActId("act-5"),
    state=OutboxState.ATTENTION,
    attention=AttentionReason.REFUSED,
)
STALE = replace(REFUSED, act=ActId("act-6"), attention=AttentionReason.STALE_RUBRIC)


def state_of(*lines: OutboxLine, is_offline: bool = False) -> CentreState:
    return CentreState(
        places=Places(laptop=2, outbox=3, received=21),
        attention=attention(lines),
        waiting=waiting(lines, is_offline=is_offline),
        receipts=receipts(lines),
        is_offline=is_offline,
    )


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> OutboxScreen:
    made = OutboxScreen(theme)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show_outbox(state_of(SEALED, UNKNOWN, RECEIVED, REFUSED))
    made.show()
    return made


def button(screen: QWidget, name: str) -> QAbstractButton:
    return next(
        b
        for b in screen.findChildren(QAbstractButton)
        if name in (b.accessibleName(), b.text()) and b.isVisible()
    )


def says(screen: QWidget, words: str) -> bool:
    return any(words in w.accessibleName() for w in screen.findChildren(QWidget) if w.isVisible())


def acts(screen: OutboxScreen) -> QListView:
    name = "Sent and received"
    return next(v for v in screen.findChildren(QListView) if v.accessibleName() == name)


def spoken(model: QAbstractItemModel) -> list[Any]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row, 0), role) for row in range(model.rowCount())]


def test_the_three_places_are_read_out(screen: OutboxScreen) -> None:
    assert says(screen, "2 on this laptop")
    assert says(screen, "3 in the outbox")
    assert says(screen, "21 received")


def test_rows_stand_under_their_headings(screen: OutboxScreen) -> None:
    said = spoken(acts(screen).model())

    assert said[0] == "In the outbox 2"
    assert "You can reopen it until" in said[1]
    assert said[1].endswith("Space: Reopen")
    assert "not known" in said[2]
    assert said[3] == "Received 1"
    assert "Receipt 21" in said[4]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ActModel()
    model.show_entries((Heading("In the outbox", 1), *waiting((SEALED,), is_offline=False)))
    qtmodeltester.check(model)


def test_a_heading_cannot_be_chosen(screen: OutboxScreen) -> None:
    model = acts(screen).model()

    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_offline_holds_what_waits_and_never_says_failed() -> None:
    held, unknown = waiting((QUEUED, UNKNOWN), is_offline=True)

    assert held.right == "held"
    assert "Nothing of it has left" in held.words
    assert unknown.right == "not known"
    assert "fail" not in f"{held.words} {unknown.words}".lower()


@pytest.mark.parametrize("reason", AttentionReason)
def test_every_reason_says_that_the_work_is_kept_and_what_to_do(reason: AttentionReason) -> None:
    (state,) = attention((replace(REFUSED, attention=reason),))

    assert "kept whole" in state.words
    assert "pen it" in state.words or "again" in state.words
    assert state.step_words


def test_only_what_sending_again_can_help_is_offered_again() -> None:
    refused, stale = attention((REFUSED, STALE))

    assert refused.retry_key == REFUSED.act
    assert stale.retry_key == ""


def test_trying_again_names_the_act(qtbot: QtBot, screen: OutboxScreen) -> None:
    with qtbot.waitSignal(screen.retry_chosen) as chosen:
        qtbot.mouseClick(button(screen, "Try MC-T6GB-2 again"), LEFT)

    assert chosen.args == [REFUSED.act]


def test_enter_opens_the_packet_of_a_row(qtbot: QtBot, screen: OutboxScreen) -> None:
    view = acts(screen)
    view.setCurrentIndex(view.model().index(1, 0))

    with qtbot.waitSignal(screen.packet_opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)

    assert opened.args == [SEALED.assignment]


def test_more_attention_than_fits_leads_to_all_of_it(qtbot: QtBot, screen: OutboxScreen) -> None:
    third = replace(STALE, act=ActId("act-7"))
    screen.show_outbox(state_of(REFUSED, STALE, third))

    with qtbot.waitSignal(screen.attention_chosen):
        qtbot.mouseClick(button(screen, "1 more need you"), LEFT)


def test_sync_now_is_told_and_rests_while_it_runs(qtbot: QtBot, screen: OutboxScreen) -> None:
    with qtbot.waitSignal(screen.sync_wanted):
        qtbot.mouseClick(button(screen, "Sync now"), LEFT)

    screen.show_contact("Last contact 12:03", is_syncing=True, can_sync=True)

    assert not button(screen, "Syncing…").isEnabled()


def test_fetching_can_be_paused_only_while_there_is_some(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    screen.show_fetching(FetchingState(words="2.1 Mbit/s", share=0.4, amount="41 of 96 MB"))

    with qtbot.waitSignal(screen.pause_chosen):
        qtbot.mouseClick(button(screen, "Pause"), LEFT)
    screen.show_fetching(FetchingState(words="Nothing is being fetched."))

    names = [b.text() for b in screen.findChildren(QAbstractButton) if b.isVisible()]
    assert "Pause" not in names


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


TWIN = Twin(review=ReviewId("other"), sequence=7, received_at=NOW, is_equal=True)


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

    with qtbot.waitSignal(screen.step_chosen) as chosen:
        qtbot.mouseClick(button(screen, f"{words}: MC-T6GB-2"), LEFT)

    assert chosen.args is not None
    assert (chosen.args[0].step, chosen.args[0].key) == (step, REFUSED.act)


@pytest.mark.parametrize("is_equal", [True, False])
def test_a_review_that_counts_already_is_named_and_compared(is_equal: bool) -> None:  # noqa: FBT001 (a case)
    twin = replace(TWIN, is_equal=is_equal)
    line = replace(REFUSED, attention=AttentionReason.ALREADY_DECIDED, twin=twin)

    (state,) = attention((line,))

    assert "receipt 7" in state.words
    assert ("Both say the same" in state.words) == is_equal
    assert "other" in state.details
    assert REFUSED.act in state.details


def test_what_was_given_as_a_second_read_is_history_and_needs_nobody() -> None:
    given = replace(REFUSED, attention=AttentionReason.CLOSED, is_donated=True)

    assert attention((given,)) == ()
    assert "second read" in ended((given,))[0].words


def test_a_draft_that_cannot_be_sealed_is_kept_whole_and_can_be_exported() -> None:
    stranded = StrandedDraft(
        assignment=AssignmentId("a"), submission=None, title="", saved_at=NOW, is_decided=False
    )

    (state,) = attention((), (stranded,))

    assert "kept whole" in state.words
    assert (state.can_export, state.retry_key) == (True, "")


def test_an_act_is_asked_for_by_the_keyboard_and_the_mouse(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    view = acts(screen)
    index = view.model().index(2, 0)
    view.setCurrentIndex(index)
    with qtbot.waitSignal(screen.action_chosen) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert asked.args is not None
    assert (asked.args[0].action, asked.args[0].key) == (RowAction.ASK_NOW, UNKNOWN.act)

    place = view.visualRect(view.model().index(1, 0))
    at = QPoint(place.right() - 12, place.center().y())
    with qtbot.waitSignal(screen.action_chosen) as reopened:
        qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert reopened.args is not None
    assert reopened.args[0].action is RowAction.REOPEN


def test_the_history_has_everything_that_ended(qtbot: QtBot, screen: OutboxScreen) -> None:
    voided = replace(SEALED, act=ActId("act-8"), state=OutboxState.VOIDED)
    history = (*receipts((RECEIVED,)), *ended((voided,)))
    screen.show_outbox(replace(state_of(SEALED, RECEIVED), history=history))
    tabs = screen.findChild(Tabs)
    assert tabs is not None

    tabs.setCurrentIndex(1)

    said = spoken(acts(screen).model())
    assert len(said) == 3
    assert "Reopened; it counts nowhere" in said[2]


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
        choose(screen, "At most", "2.0 Mbit/s")
    with qtbot.waitSignal(screen.fetching.metered_chosen) as metered:
        choose(screen, "Metered network", "Always")

    assert limit.args == [2000]
    assert metered.args == [Metered.ALWAYS]


def choose(screen: OutboxScreen, menu: str, entry: str) -> None:
    found = button(screen, menu)
    assert isinstance(found, MenuButton)
    next(a for a in found.menu_entries().actions() if a.text() == entry).trigger()
