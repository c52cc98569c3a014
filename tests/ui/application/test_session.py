"""What holds for an open profile from one moment to the next."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.session import ShownImages
from assessor_app.usecases.settings import Metered, Settings
from tests.ui.application.test_controller import House, house, key, opened, store, vault

__all__ = ["house", "key", "opened", "store", "vault"]


def test_images_are_shown_as_soon_as_the_assessor_says_so(qapp: QObject) -> None:
    images = ShownImages(Settings(), is_confined=False, parent=qapp)
    before = images.now()

    images.show_settings(Settings(unconfined=True))

    assert (before, images.now()) == (False, True)
    images.show_settings(Settings())
    assert not images.now()


def test_behind_a_wall_they_are_shown_in_any_case(qapp: QObject) -> None:
    assert ShownImages(Settings(), is_confined=True, parent=qapp).now()


def test_settings_are_told_to_whoever_shows_images(qtbot: QtBot, house: House) -> None:
    wanted = Settings(unconfined=True)

    with qtbot.waitSignal(house.controller.settings_applied) as applied:
        house.controller.apply(wanted)

    assert applied.args == [wanted]


def test_a_metered_network_fetches_nothing_and_a_click_fetches_all_the_same(
    qtbot: QtBot, house: House
) -> None:
    house.controller.apply(Settings(metered=Metered.ALWAYS, sync_every_minutes=0))

    with qtbot.waitSignal(house.controller.rounds.ended):
        house.controller.rounds.now()
    with qtbot.waitSignal(house.controller.rounds.ended):
        house.controller.rounds.fetch_anyway()

    assert house.profile.fetched == [False, True]
