"""The design tokens as typed values. No Qt here."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from assessor_app.resources import resource


class Color(StrEnum):
    """A colour by its role; each has a light and a dark value."""

    WINDOW = "window"
    SURFACE = "surface"
    SUNKEN = "sunken"
    RAISED = "raised"
    HOVER = "hover"
    PRESSED = "pressed"
    LINE = "line"
    BUTTON_LINE = "button_line"
    CONTROL_LINE = "control_line"
    TEXT = "text"
    TEXT_2 = "text_2"
    TEXT_3 = "text_3"
    DISABLED = "disabled"
    ACCENT = "accent"
    ACCENT_HOVER = "accent_hover"
    ACCENT_PRESSED = "accent_pressed"
    ON_ACCENT = "on_accent"
    ACCENT_TEXT = "accent_text"
    ACCENT_SOFT = "accent_soft"
    ACCENT_LINE = "accent_line"
    FOCUS = "focus"
    PIN_FILL = "pin_fill"
    PIN_LINE = "pin_line"
    PIN_MARK = "pin_mark"
    PIN_TEXT = "pin_text"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    PAPER = "paper"
    PAPER_INK = "paper_ink"
    TOOLTIP = "tooltip"
    ON_TOOLTIP = "on_tooltip"


class Style(StrEnum):
    """A size, line height and weight of text."""

    DISPLAY = "display"
    TITLE = "title"
    HEADING = "heading"
    READING = "reading"
    BODY = "body"
    UI = "ui"
    UI_STRONG = "ui_strong"
    SMALL = "small"
    SMALL_STRONG = "small_strong"


class Height(StrEnum):
    """The height of a kind of control or bar."""

    TOP_BAR = "top_bar"
    PANE_BAR = "pane_bar"
    ACTION_BAR = "action_bar"
    STATUS_BAR = "status_bar"
    READING_MAP = "reading_map"
    CONTROL = "control"
    CONTROL_SMALL = "control_small"
    CHIP = "chip"
    NAV_ITEM = "nav_item"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    TABLE_ROW = "table_row"
    KEYCAP = "keycap"


class Width(StrEnum):
    """The width of a column of the window, before the text scale."""

    SIDE_NAV = "side_nav"
    SIDE_NAV_RAIL = "side_nav_rail"
    PACKET = "packet"
    PACKET_RAIL = "packet_rail"
    EVIDENCE_MIN = "evidence_min"
    RUBRIC = "rubric"
    RUBRIC_MIN = "rubric_min"
    READING_MAX = "reading_max"
    SEARCH = "search"
    SPLITTER = "splitter"
    SPLITTER_GRIP = "splitter_grip"
    SCROLL_BAR = "scroll_bar"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How one role of text is set, in pixels at text scale 1.0."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How much control heights and spaces grow for each 1.0 of text scale."""

    control_height: float
    space: float


@dataclass(frozen=True, slots=True)
class Motion:
    """How long things move, in milliseconds."""

    fold_ms: int
    pin_flash_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Everything that `tokens.json` says and the program uses.

    Raises:
        ValueError: A role has no value.
    """

    color: dict[str, dict[Color, str]]
    type: dict[Style, TextStyle]
    height: dict[Height, int]
    width: dict[Width, int]
    radius: dict[str, int]
    scale: Scale
    motion: Motion

    def __post_init__(self) -> None:
        for scheme in ("light", "dark"):
            if missing := set(Color) - set(self.color[scheme]):
                raise ValueError(f"{scheme} has no {sorted(missing)}")
        if set(Style) != set(self.type) or set(Height) != set(self.height):
            raise ValueError("a text style or height has no value")


def load_tokens() -> Tokens:
    """Return the tokens that travel with the program."""
    return msgspec.json.decode(resource("theme", "tokens.json").read_bytes(), type=Tokens)
