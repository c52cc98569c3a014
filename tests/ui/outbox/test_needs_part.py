"""What needs the assessor is a row where what stands in the way of everything is above it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.outbox import AttentionReason
from assessor_app.ui.outbox.attention import AttentionCard
from assessor_app.ui.outbox.needs import Step, attention
from assessor_app.ui.outbox.notice import Notice
from assessor_app.ui.outbox.screen import OutboxScreen
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.outbox import StrandedDraft
from assessor_app.wire.messages import Problem
from tests.finding import button
from tests.ui.outbox.making import NOW, QUEUED, RECEIVED, REFUSED, SEALED, STALE, state_of

LEFT = Qt.MouseButton.LeftButton
PORTAL = Notice("This network wants you to sign in first", "Nothing left.", opens_browser=True)
MOST_WORDS = 62
"""So many letters of a row fit on one line beside its ways on."""


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme) -> OutboxScreen:
    made = OutboxScreen(theme)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show_outbox(state_of(replace(STALE, can_be_put_away=True), SEALED, QUEUED, RECEIVED))
    made.show_notice(PORTAL)
    made.show()
    return made


def cards(screen: OutboxScreen) -> list[AttentionCard]:
    return [card for card in screen.findChildren(AttentionCard) if card.isVisible()]


def test_a_notice_above_makes_cards_rows_and_back(screen: OutboxScreen) -> None:
    assert cards(screen) == []
    row = button(screen, "See what changed MC-T6GB-2")
    assert row.isVisible()

    screen.show_notice(Notice())

    assert len(cards(screen)) == 1
    assert not row.isVisible()


def test_a_row_has_the_ways_on_of_its_card(qtbot: QtBot, screen: OutboxScreen) -> None:
    with qtbot.waitSignal(screen.left.step_chosen) as step:
        qtbot.mouseClick(button(screen, "See what changed MC-T6GB-2"), LEFT)
    with qtbot.waitSignal(screen.left.export_chosen) as export:
        qtbot.mouseClick(button(screen, "Export my review MC-T6GB-2…"), LEFT)
    with qtbot.waitSignal(screen.left.put_away_chosen) as away:
        qtbot.mouseClick(button(screen, "Put MC-T6GB-2 away"), LEFT)

    assert step.args is not None
    assert (step.args[0].step, step.args[0].key) == (Step.VERSIONS, STALE.act)
    assert export.args == away.args == step.args


def test_the_keyboard_goes_through_the_rows_before_the_outbox(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    met: list[str] = []
    button(screen, "Open my browser").setFocus()
    for _ in range(24):
        focused = screen.focusWidget()
        assert focused is not None
        met.append(focused.accessibleName() or str(focused.property("text")))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)

    in_order = ["Open my browser", "See what changed MC-T6GB-2", "Hold all", "All 1"]
    assert sorted(in_order, key=met.index) == in_order


@pytest.mark.parametrize(("scale", "width"), [(1.0, 968), (1.0, 884), (2.0, 1260)])
def test_many_ways_on_go_on_in_a_second_line(
    screen: OutboxScreen, theme: Theme, scale: float, width: int
) -> None:
    problem = Problem(type="about:blank", title="No", status=403)
    screen.show_outbox(state_of(replace(REFUSED, can_be_put_away=True, problem=problem)))
    screen.show_notice(Notice())
    theme.use_text_scale(scale)
    screen.resize(width, 700)
    QCoreApplication.processEvents()

    (card,) = cards(screen)
    ways = [way for way in card.ways() if way.isVisible()]
    assert len(ways) == 5
    assert all(way.width() >= way.minimumSizeHint().width() for way in ways)
    assert all(card.rect().contains(_within(way, card)) for way in ways)
    assert _within(screen.fetching, screen).right() <= screen.rect().right()


def _within(way: QWidget, parent: QWidget) -> QRect:
    return QRect(way.mapTo(parent, QPoint(0, 0)), way.size())


@pytest.mark.parametrize("reason", AttentionReason)
def test_every_reason_fits_on_one_line(reason: AttentionReason) -> None:
    (state,) = attention((replace(REFUSED, attention=reason),))

    assert 0 < len(state.brief) <= MOST_WORDS


@pytest.mark.parametrize("is_decided", [True, False])
def test_a_draft_fits_on_one_line(is_decided: bool) -> None:  # noqa: FBT001 (a case)
    draft = StrandedDraft(
        assignment=REFUSED.assignment,
        submission=REFUSED.submission,
        title="",
        saved_at=NOW,
        is_decided=is_decided,
    )

    (state,) = attention((), (draft,))

    assert state.brief.startswith("A draft")
    assert len(state.brief) <= MOST_WORDS
