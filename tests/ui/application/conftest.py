from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.entrance import Doors, Entrance
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Tasks
from assessor_app.ui.theme.theme import Theme
from tests.ui.application.stage import House, Stage


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, house: House) -> Iterator[Stage]:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    tasks = Tasks(window)
    doors = Doors(
        has_keyring=house.has_keyring,
        accounts=house.list_accounts,
        sign_in=house.sign_in,
        unlock=house.unlock,
        look=house.look,
        export=house.export,
        samples=house.samples,
    )
    entrance = Entrance(window, theme, tasks, doors)
    entrance.show_first_run()
    window.show()
    yield Stage(window, entrance, house, qtbot)
    house.knows_keyring.set()
    tasks.close()
