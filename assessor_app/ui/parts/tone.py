"""What a message means, and the colours and the icon that go with it; the word is the caller's."""

from enum import StrEnum
from types import MappingProxyType

from assessor_app.ui.theme.tokens import Color


class Tone(StrEnum):
    """How much a message asks for."""

    PLAIN = "plain"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


INK = MappingProxyType(
    {
        Tone.PLAIN: Color.TEXT_2,
        Tone.ACCENT: Color.ACCENT_TEXT,
        Tone.OK: Color.OK,
        Tone.WARN: Color.WARN,
        Tone.DANGER: Color.DANGER,
    }
)
SOFT = MappingProxyType(
    {
        Tone.PLAIN: Color.WINDOW,
        Tone.ACCENT: Color.ACCENT_SOFT,
        Tone.OK: Color.OK_SOFT,
        Tone.WARN: Color.WARN_SOFT,
        Tone.DANGER: Color.DANGER_SOFT,
    }
)
ICON = MappingProxyType(
    {
        Tone.PLAIN: "info",
        Tone.ACCENT: "info",
        Tone.OK: "circle-check",
        Tone.WARN: "triangle-alert",
        Tone.DANGER: "circle-x",
    }
)
