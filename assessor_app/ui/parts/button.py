"""Buttons of four kinds, with words, an icon, or both."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import (
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    text_width,
    track_pointer,
)
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_ICON = 16
_GAP = 8
_MEDIUM = 500


class Kind(StrEnum):
    """How much a button stands out; at most one primary on a screen."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Look:
    """How a button is painted at this moment."""

    fill: Color | None
    line: Color | None
    ink: Color


def _primary_look(button: QPushButton) -> Look:
    if button.isDown():
        return Look(Color.ACCENT_PRESSED, None, Color.ON_ACCENT)
    fill = Color.ACCENT_HOVER if button.underMouse() else Color.ACCENT
    return Look(fill, None, Color.ON_ACCENT)


def button_look(button: QPushButton, kind: Kind) -> Look:
    """Return how a button of a kind looks in its present state."""
    boxed = kind in {Kind.PRIMARY, Kind.PLAIN}
    if not button.isEnabled():
        return Look(Color.WINDOW, Color.LINE, Color.DISABLED) if boxed else _bare(Color.DISABLED)
    if kind is Kind.PRIMARY:
        return _primary_look(button)
    if button.isChecked():
        return Look(Color.ACCENT_SOFT, None, Color.ACCENT_TEXT)
    fill = hover_fill(button)
    if kind is Kind.PLAIN:
        return Look(fill or Color.SURFACE, Color.BUTTON_LINE, Color.TEXT)
    if kind is Kind.LINK:
        return Look(fill, None, Color.ACCENT_TEXT)
    return Look(fill, None, Color.TEXT if fill is Color.HOVER else Color.TEXT_2)


def _bare(ink: Color) -> Look:
    return Look(None, None, ink)


class Button(QPushButton):
    """A button with words and, if asked for, an icon before them."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: Kind = Kind.PLAIN,
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._kind, self._icon, self._small = theme, kind, icon, small
        self._key = ""
        self._reason = ""
        self.setText(text)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_text(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self.updateGeometry()

    def show_icon(self, icon: str) -> None:
        """Show another icon; an empty name shows none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def show_enabled(self, enabled: bool, reason: str = "") -> None:  # noqa: FBT001 (as setEnabled)
        """Let it be pressed or not; `reason` says why not, also to screen readers."""
        self.setEnabled(enabled)
        self._reason = "" if enabled else reason
        self._show_tip()

    def show_key(self, key: str) -> None:
        """Name the key combination in the tooltip."""
        self._key = key
        self._show_tip()

    def words(self) -> str:
        """Return what the button is called."""
        return self.text()

    def bare_inset(self) -> int:
        """Return how far its words are from its edge where no frame shows that edge."""
        return 0 if self._kind in {Kind.PRIMARY, Kind.PLAIN} else self._padding()

    @override
    def sizeHint(self) -> QSize:
        width = 2 * self._padding() + text_width(self._font_now(), self.text())
        if self._icon:
            width += self._theme.text(_ICON) + self._theme.space(_GAP)
        return QSize(width, self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = button_look(self, self._kind)
        painter = QPainter(self)
        radius = self._theme.radius("control")
        paint_box(
            painter, self._theme, self.rect(), Box(fill=look.fill, line=look.line, radius=radius)
        )
        self._paint_content(painter, look)

    def _paint_content(self, painter: QPainter, look: Look) -> None:
        left = (self.width() - self.sizeHint().width()) // 2 + self._padding()
        if self._icon:
            side = self._theme.text(_ICON)
            self._theme.paint_icon(painter, self._icon, square(left, side, self.rect()), look.ink)
            left += side + self._theme.space(_GAP)
        rect = QRect(left, 0, self.width() - left, self.height())
        paint_text(painter, self._theme, rect, self.text(), Ink(self._font_now(), look.ink))

    def _font_now(self) -> QFont:
        return self._theme.font(Style.UI, weight=600 if self._kind is Kind.PRIMARY else _MEDIUM)

    def _padding(self) -> int:
        if self._kind is Kind.LINK:
            return self._theme.space(6)
        return self._theme.space(10 if self._small else 12)

    def _height(self) -> int:
        return self._theme.height(Height.CONTROL_SMALL if self._small else Height.CONTROL)

    def _show_tip(self) -> None:
        named = f"{self.words()}   {self._key}" if self._key else ""
        self.setToolTip(self._reason or named)
        self.setAccessibleDescription(self._reason or native_keys(self._key))

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._font_now())
        self.updateGeometry()
        self.update()


def native_keys(key: str) -> str:
    """Return a key combination as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class IconButton(Button):
    """A square quiet button with an icon alone; its name is in the tooltip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        key: str = "",
        kind: Kind = Kind.QUIET,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", kind=kind, icon=icon, parent=parent)
        self._icon_px = _ICON
        self.show_name(name)
        self.show_key(key)

    def show_name(self, name: str) -> None:
        """Call it something else."""
        self.setAccessibleName(name)
        self._show_tip()

    def show_chosen(self, chosen: bool) -> None:  # noqa: FBT001 (as setChecked)
        """Show whether what it switches is on."""
        self.setCheckable(True)
        self.setChecked(chosen)

    def show_icon_size(self, size_px: int) -> None:
        """Draw the icon larger or smaller than 16."""
        self._icon_px = size_px
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the state to `show_chosen`: a click only asks for it."""

    @override
    def words(self) -> str:
        return self.accessibleName()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._height(), self._height())

    @override
    def _paint_content(self, painter: QPainter, look: Look) -> None:
        side = self._theme.text(self._icon_px)
        rect = square((self.width() - side) // 2, side, self.rect())
        self._theme.paint_icon(painter, self._icon, rect, look.ink)

    @override
    def _show_tip(self) -> None:
        super()._show_tip()
        if not self.toolTip():
            self.setToolTip(self.words())
