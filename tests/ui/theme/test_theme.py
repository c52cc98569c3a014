import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.ui.theme.tokens import Color, Height, Style


def test_the_dark_colours_reach_the_palette_and_the_style_sheet(
    qapp: QApplication, theme: Theme
) -> None:
    theme.use_mode(Mode.DARK)

    assert theme.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color(Color.WINDOW)
    assert theme.color(Color.SURFACE).name() in qapp.styleSheet()


def test_a_change_is_told_once(qtbot: QtBot, theme: Theme) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(theme.is_dark))

    theme.use_mode(Mode.DARK)

    assert told == [True]


def test_lengths_follow_the_rules_of_the_text_scale(theme: Theme) -> None:
    theme.use_text_scale(2.0)

    assert theme.text(16) == 32
    assert theme.control(32) == 59
    assert theme.space(24) == 31
    assert theme.line(Style.BODY) == 38


@pytest.mark.parametrize(("asked", "used"), [(0.5, 1.0), (1.5, 1.5), (3.0, 2.0)])
def test_the_text_scale_stays_between_one_and_two(theme: Theme, asked: float, used: float) -> None:
    theme.use_text_scale(asked)

    assert theme.text_scale == used


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_bars_hold_their_controls_at_every_text_scale(theme: Theme, scale: float) -> None:
    theme.use_text_scale(scale)

    assert theme.height(Height.TOP_BAR) > theme.height(Height.CONTROL)
    assert theme.height(Height.PANE_BAR) > theme.height(Height.CONTROL_SMALL)


def test_a_window_of_1366_feels_like_1024_at_150_percent(theme: Theme) -> None:
    theme.use_text_scale(1.5)

    assert theme.roomy_width(1366) == pytest.approx(1024, abs=1)


def test_fonts_have_exact_pixel_sizes(theme: Theme) -> None:
    theme.use_text_scale(1.5)

    assert theme.font(Style.TITLE).pixelSize() == 30
    assert theme.font(Style.UI, weight=500).weight() == 500


def test_an_icon_is_drawn_in_the_colour_of_its_role(theme: Theme) -> None:
    pixmap = theme.pixmap("square", 48, Color.DANGER)

    image = pixmap.toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert pixmap.deviceIndependentSize().toSize() == QSize(48, 48)
    assert inks == {theme.color(Color.DANGER).name()}


def test_an_icon_is_drawn_once_and_anew_after_a_change(theme: Theme) -> None:
    first = theme.pixmap("lock", 16, Color.TEXT)

    assert theme.pixmap("lock", 16, Color.TEXT) is first
    theme.use_mode(Mode.DARK)
    assert theme.pixmap("lock", 16, Color.TEXT) is not first


def test_an_unknown_icon_is_a_bug(theme: Theme) -> None:
    with pytest.raises(KeyError, match="no-icon-of-this-name"):
        theme.pixmap("no-icon-of-this-name", 16, Color.TEXT)
