"""Desk and seal in light, in dark, at 150 % and at 200 % text, wide and narrow."""

import pytest

from assessor_app.ui.theme.theme import Mode, Theme
from tests.ui.desk.conftest import House
from tests.ui.desk.test_seal import review_it, to_the_seal
from tests.ui.looks import LOOKS, Sound, is_drawn


@pytest.mark.parametrize(("mode", "scale"), LOOKS)
@pytest.mark.parametrize("width", [1366, 1024])
def test_the_desk_shows_all_it_says(
    house: House, theme: Theme, mode: Mode, scale: float, width: int
) -> None:
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    house.window.resize(width, 768)
    house.press("2")

    house.qtbot.waitUntil(Sound(house.desk.widget), timeout=2000)
    assert is_drawn(house.window)


@pytest.mark.parametrize(("mode", "scale"), LOOKS)
def test_the_seal_shows_all_it_says(house: House, theme: Theme, mode: Mode, scale: float) -> None:
    review_it(house, "When I coached at Lakeside it helped.")
    theme.use_mode(mode)
    theme.use_text_scale(scale)
    house.window.resize(1366, 768)
    to_the_seal(house)

    house.qtbot.waitUntil(Sound(house.seal.widget), timeout=2000)
    assert is_drawn(house.window)
