from dataclasses import replace

import pytest

from assessor_app.ui.theme.tokens import Color, load_tokens

TEXT_PAIRS = (
    (Color.TEXT, Color.PRESSED),
    (Color.TEXT, Color.SURFACE),
    (Color.TEXT_2, Color.PRESSED),
    (Color.TEXT_2, Color.SUNKEN),
    (Color.TEXT_3, Color.PRESSED),
    (Color.TEXT_3, Color.WINDOW),
    (Color.ON_ACCENT, Color.ACCENT),
    (Color.ON_ACCENT, Color.ACCENT_HOVER),
    (Color.ON_ACCENT, Color.ACCENT_PRESSED),
    (Color.ACCENT_TEXT, Color.ACCENT_SOFT),
    (Color.TEXT, Color.ACCENT_SOFT),
    (Color.TEXT_2, Color.OK_SOFT),
    (Color.TEXT_2, Color.WARN_SOFT),
    (Color.TEXT_2, Color.DANGER_SOFT),
    (Color.OK, Color.OK_SOFT),
    (Color.WARN, Color.WARN_SOFT),
    (Color.WARN, Color.WINDOW),
    (Color.DANGER, Color.DANGER_SOFT),
    (Color.DANGER, Color.SURFACE),
    (Color.PAPER_INK, Color.PIN_FILL),
    (Color.PAPER_INK, Color.PAPER),
    (Color.ON_TOOLTIP, Color.TOOLTIP),
)
MARK_PAIRS = (
    (Color.FOCUS, Color.SUNKEN),
    (Color.FOCUS, Color.ACCENT_SOFT),
    (Color.FOCUS, Color.WINDOW),
    (Color.CONTROL_LINE, Color.WINDOW),
    (Color.CONTROL_LINE, Color.ACCENT_SOFT),
    (Color.PIN_MARK, Color.PIN_FILL),
    (Color.ACCENT, Color.SURFACE),
)
SCHEMES = ("light", "dark")


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_enough_contrast(scheme: str, ink: Color, ground: Color) -> None:
    colors = load_tokens().color[scheme]

    assert contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("mark", "ground"), MARK_PAIRS)
def test_lines_and_marks_have_enough_contrast(scheme: str, mark: Color, ground: Color) -> None:
    colors = load_tokens().color[scheme]

    assert contrast(colors[mark], colors[ground]) >= 3.0


def test_a_role_without_a_colour_is_refused() -> None:
    tokens = load_tokens()
    light = dict(tokens.color["light"])
    del light[Color.OK]

    with pytest.raises(ValueError, match="light has no"):
        replace(tokens, color={**tokens.color, "light": light})
