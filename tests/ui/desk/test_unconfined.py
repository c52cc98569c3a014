"""Where artifacts cannot be decoded in confinement: their text, and a word that says so."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from assessor_app.ui.desk.controller import DeskController
from assessor_app.ui.evidence.pane import Shown
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Theme
from tests.ui.desk.conftest import House


@pytest.fixture
def unconfined(house: House, theme: Theme, qtbot: QtBot) -> DeskController:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    services = replace(house.services, shows_images=lambda: False)
    desk = DeskController(services, theme, window.shortcuts, window)
    window.add_screen("desk", desk.widget, with_nav=False)
    window.show()
    desk.open(house.stored())
    return desk


def test_only_the_text_of_pages_is_shown(qtbot: QtBot, unconfined: DeskController) -> None:
    unconfined.step_source(1)
    reading = unconfined.widget.evidence.reading
    qtbot.waitUntil(lambda: "Coach and teacher" in reading.toPlainText())

    assert unconfined.widget.evidence.shown is Shown.READING
    assert "Only the text is shown" in reading.toPlainText()
