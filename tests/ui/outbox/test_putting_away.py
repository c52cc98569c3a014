from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from assessor_app.domain.outbox import AttentionReason
from assessor_app.ui.outbox.lines import RowAction, put_away
from assessor_app.ui.outbox.screen import OutboxScreen
from assessor_app.ui.theme.theme import Theme
from assessor_app.wire.messages import Problem
from tests.finding import button
from tests.ui.outbox.making import REFUSED, state_of
from tests.ui.outbox.test_outbox import history, says, screen, spoken

__all__ = ["screen"]

LEFT = Qt.MouseButton.LeftButton
LATE = replace(REFUSED, attention=AttentionReason.CLOSED, can_be_put_away=True)


def test_what_is_put_away_is_counted_where_it_is_and_named(screen: OutboxScreen) -> None:
    held = replace(state_of(REFUSED, is_held=True), held="held by you")
    screen.show_outbox(replace(held, drafts_away=2, sealed_away=1))

    assert says(screen, "2 on this laptop, put away by you")
    assert says(screen, "3 in the outbox, held by you")

    screen.show_outbox(replace(held, drafts_away=1, sealed_away=3))

    assert says(screen, "2 on this laptop, 1 put away")
    assert says(screen, "3 in the outbox, put away by you")


@pytest.mark.parametrize(("scale", "width"), [(1.0, 968), (2.0, 1260)])
def test_a_card_with_every_way_on_fits_its_window(
    screen: OutboxScreen, theme: Theme, scale: float, width: int
) -> None:
    problem = Problem(type="", title="No", status=410)
    theme.use_text_scale(scale)
    screen.resize(width, 640)
    screen.show_outbox(state_of(replace(LATE, problem=problem)))

    assert screen.minimumSizeHint().width() <= width


def test_what_is_closed_is_put_away_and_nothing_else(qtbot: QtBot, screen: OutboxScreen) -> None:
    away = "Put MC-T6GB-2 away"
    offered = [b for b in screen.findChildren(QAbstractButton) if b.isVisible()]
    assert away not in [b.accessibleName() for b in offered]
    screen.show_outbox(state_of(LATE))

    with qtbot.waitSignal(screen.left.put_away_chosen) as chosen:
        qtbot.keyClick(button(screen, away), Qt.Key.Key_Return)

    assert chosen.args is not None
    assert chosen.args[0].key == LATE.act


def test_what_was_put_away_is_found_where_nothing_was_received(
    qtbot: QtBot, screen: OutboxScreen
) -> None:
    past = put_away((replace(LATE, is_put_away=True),), ())
    screen.show_outbox(replace(state_of(), receipts=(), history=past))

    qtbot.mouseClick(button(screen, "All 1"), LEFT)

    view = history(screen)
    (said,) = spoken(view.model())
    assert said.endswith("Space: Bring back")
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitSignal(screen.left.action_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert chosen.args is not None
    assert (chosen.args[0].action, chosen.args[0].key) == (RowAction.BRING_BACK, LATE.act)
