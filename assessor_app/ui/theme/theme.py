"""The one look of the program at a time: colours, lengths and fonts, and when they change."""

from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolTip

from assessor_app.resources import resource
from assessor_app.ui.theme.fonts import choose_family, make_font
from assessor_app.ui.theme.icons import Icons
from assessor_app.ui.theme.palette import make_palette
from assessor_app.ui.theme.tokens import Color, Height, Style, Tokens, Width, load_tokens

SMALLEST_TEXT_SCALE = 1.0
LARGEST_TEXT_SCALE = 2.0
LARGE_TEXT_SCALE = 1.75
_BARS = {Height.TOP_BAR: (32, 16), Height.ACTION_BAR: (32, 16), Height.PANE_BAR: (28, 12)}
_NARROWING = 2 / 3


class Mode(StrEnum):
    """Which colours are asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, lengths, fonts and icons as they are now.

    Lengths are given as drawn at text scale 1.0 and returned for the present scale. Widgets ask
    again when `changed` is emitted.

    Signals:
        changed(): The colours or the text scale are others now.

    Threads: the GUI thread only.
    """

    changed = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._tokens: Tokens = load_tokens()
        self._icons = Icons()
        self._family = choose_family()
        self._mode = Mode.SYSTEM
        self._text_scale = SMALLEST_TEXT_SCALE
        self._is_dark = False
        self._colors: dict[Color, QColor] = {}
        self._fonts: dict[tuple[Style, int, tuple[str, ...]], QFont] = {}
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        """The colours asked for."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """Whether the colours shown now are the dark ones."""
        return self._is_dark

    @property
    def text_scale(self) -> float:
        """How much larger than drawn text is, from 1.0 to 2.0."""
        return self._text_scale

    @property
    def is_large_text(self) -> bool:
        """Whether text is so large that screens show their short words and fewer columns."""
        return self._text_scale >= LARGE_TEXT_SCALE

    def use_mode(self, mode: Mode) -> None:
        """Show the light or the dark colours, or those of the system."""
        self._mode = mode
        self._apply()

    def use_text_scale(self, scale: float) -> None:
        """Show text `scale` times as large as drawn, within 1.0 and 2.0."""
        self._text_scale = min(max(scale, SMALLEST_TEXT_SCALE), LARGEST_TEXT_SCALE)
        self._apply()

    def color(self, role: Color) -> QColor:
        """Return the colour of a role."""
        return self._colors[role]

    def font(self, style: Style, *, weight: int = 0, features: tuple[str, ...] = ()) -> QFont:
        """Return the font of a style; `weight` replaces the style's own, 0 keeps it."""
        drawn = self._tokens.type[style]
        key = (style, weight or drawn.weight, features)
        if key not in self._fonts:
            self._fonts[key] = make_font(
                self._family, size_px=self.text(drawn.size), weight=key[1], features=features
            )
        return self._fonts[key]

    def number_font(self, style: Style, *, weight: int = 0) -> QFont:
        """Return a font whose digits share one width: for columns and live numbers."""
        return self.font(style, weight=weight, features=("tnum",))

    def id_font(self, style: Style, *, weight: int = 0) -> QFont:
        """Return a font that tells 0 from O: for submission IDs and keys."""
        return self.font(style, weight=weight, features=("tnum", "zero"))

    def line(self, style: Style) -> int:
        """Return the height of a line of text of a style."""
        return self.text(self._tokens.type[style].line)

    def text(self, length_px: int) -> int:
        """Return a size of text or of an icon at the present scale."""
        return round(length_px * self._text_scale)

    def control(self, length_px: int) -> int:
        """Return a height of a control at the present scale."""
        return self._grown(length_px, self._tokens.scale.control_height)

    def space(self, length_px: int) -> int:
        """Return a gap or a margin at the present scale."""
        return self._grown(length_px, self._tokens.scale.space)

    def height(self, height: Height) -> int:
        """Return the height of a kind of control or bar; bars grow enough to hold controls."""
        drawn = self._tokens.height[height]
        if height in _BARS:
            held, around = _BARS[height]
            return max(self.space(drawn), self.control(held) + around)
        return self.control(drawn)

    def width(self, width: Width) -> int:
        """Return the width of a kind of column, as drawn: columns do not grow with the text."""
        return self._tokens.width[width]

    def radius(self, name: str) -> int:
        """Return the radius of corners: `small`, `control`, `card` or `sheet`."""
        return self._tokens.radius[name]

    def roomy_width(self, width_px: int) -> int:
        """Return how wide a window of `width_px` feels: at 150 % text, 1366 feels like 1024."""
        return round(width_px / (1 + _NARROWING * (self._text_scale - 1)))

    def fold_ms(self) -> int:
        """Return how long folding takes."""
        return self._tokens.motion.fold_ms

    def pixmap(self, name: str, size_px: int, role: Color) -> QPixmap:
        """Return an icon for `size_px` as drawn, in a colour, sharp on the densest screen."""
        return self._icons.pixmap(
            name,
            size_px=self.text(size_px),
            color=self.color(role),
            ratio=self._app.devicePixelRatio(),
        )

    def icon(self, name: str, size_px: int, role: Color) -> QIcon:
        """Return an icon as a `QIcon`, greyed where disabled."""
        icon = QIcon(self.pixmap(name, size_px, role))
        icon.addPixmap(self.pixmap(name, size_px, Color.DISABLED), QIcon.Mode.Disabled)
        return icon

    def paint_icon(self, painter: QPainter, name: str, rect: QRect, role: Color) -> None:
        """Paint an icon filling `rect`, which is already at the present scale."""
        pixmap = self._icons.pixmap(
            name,
            size_px=rect.width(),
            color=self.color(role),
            ratio=painter.device().devicePixelRatio(),
        )
        painter.drawPixmap(rect.topLeft(), pixmap)

    def _grown(self, length_px: int, factor: float) -> int:
        return round(length_px * (1 + factor * (self._text_scale - 1)))

    @Slot()
    def _on_color_scheme_changed(self) -> None:
        if self._mode is Mode.SYSTEM and self._is_dark != self._system_is_dark():
            self._apply()

    def _system_is_dark(self) -> bool:
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _apply(self) -> None:
        self._is_dark = (
            self._system_is_dark() if self._mode is Mode.SYSTEM else self._mode is Mode.DARK
        )
        scheme = self._tokens.color["dark" if self._is_dark else "light"]
        self._colors = {role: QColor(value) for role, value in scheme.items()}
        self._fonts.clear()
        self._icons.forget()
        self._app.setPalette(make_palette(self._colors))
        self._app.setFont(self.font(Style.UI))
        QToolTip.setFont(self.font(Style.SMALL))
        stylesheet = self._stylesheet()
        if stylesheet != self._app.styleSheet():
            self._app.setStyleSheet(stylesheet)
        self.changed.emit()

    def _stylesheet(self) -> str:
        template = Template(resource("theme", "app.qss").read_text(encoding="utf-8"))
        lengths = {
            "control": self.height(Height.CONTROL) - 2,
            "focused_control": self.height(Height.CONTROL) - 4,
            "tab": self.height(Height.PANE_BAR) - 2,
            "header": self.height(Height.TABLE_HEADER),
            "menu_item": self.control(20),
            "handle_min": self.control(40),
        }
        colors = {role.value: color.name() for role, color in self._colors.items()}
        return template.substitute(colors, **lengths)
