"""What stands in the way comes with its way out, and with no other one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.outbox.screen import Notice, OutboxScreen
from assessor_app.ui.theme.theme import Theme
from tests.ui.outbox.making import SEALED, state_of


def offered(screen: QWidget) -> dict[str, QAbstractButton]:
    shown = (each for each in screen.findChildren(QAbstractButton) if each.isVisible())
    return {each.accessibleName() or each.text(): each for each in shown}


def test_who_is_signed_out_signs_in_from_where_that_is_said(qtbot: QtBot, theme: Theme) -> None:
    screen = OutboxScreen(theme)
    qtbot.addWidget(screen)
    screen.show_outbox(state_of(SEALED))
    screen.show()
    screen.show_notice(Notice("You are signed out", "Your work is safe.", signs_in=True))

    with qtbot.waitSignal(screen.sign_in_chosen):
        qtbot.mouseClick(offered(screen)["Sign in again…"], Qt.MouseButton.LeftButton)

    assert "Open my browser" not in offered(screen)
    screen.show_notice(Notice("You are offline", "Your work is safe."))
    assert "Sign in again…" not in offered(screen)
