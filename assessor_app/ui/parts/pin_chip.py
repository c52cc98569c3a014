"""A pin on a criterion's card: where it is in the packet, and what it quotes."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
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

_ICON = 14
_BAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PinState:
    """A pin as its chip shows it: place such as "A1 · page 3", and the quoted words.

    `is_lost`: its place is not in the present packet. `is_then`: it is of another version, to be
    looked at and not taken away.
    """

    pin_id: str
    place: str
    quote: str
    is_lost: bool = False
    is_then: bool = False


class _RemoveButton(QPushButton):
    """The cross at the right end; its hit area is as high as the chip."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAutoDefault(True)
        track_pointer(self)
        ring_radius(self, theme.radius("small"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), self._theme.text(_ICON)
        inner = self.rect().adjusted(3, 3, -3, -3)
        paint_box(painter, self._theme, inner, Box(fill=hover_fill(self), radius=4))
        rect = square((self.width() - side) // 2, side, self.rect())
        self._theme.paint_icon(painter, "x", rect, Color.TEXT_2)


class PinChip(QPushButton):
    """A click goes to the place; the cross or the Delete key takes the pin away.

    Signals:
        pin_followed(pin_id: str): The assessor wants to see the place.
        pin_removed(pin_id: str): The assessor took it away.
    """

    pin_followed = Signal(str)
    pin_removed = Signal(str)

    def __init__(self, theme: Theme, pin: PinState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pin = theme, pin
        self._remove = _RemoveButton(theme, self)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        theme.changed.connect(self.updateGeometry)
        self.show_pin(pin)

    def show_pin(self, pin: PinState) -> None:
        """Show another pin."""
        self._pin = pin
        self.setAccessibleName(self.tr("Pin {0}").format(pin.place))
        self.setAccessibleDescription(pin.quote)
        self.setToolTip(pin.quote)
        self._remove.setAccessibleName(self.tr("Remove pin {0}").format(pin.place))
        self._remove.setToolTip(self.tr("Remove"))
        self._remove.setVisible(not pin.is_then)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.text(240), self._theme.height(Height.CONTROL_SMALL))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.text(120), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self.height()
        self._remove.setGeometry(self.width() - side, 0, side, side)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self._pin.is_then:
            self._on_remove_clicked()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        radius = theme.radius("control")
        fill = hover_fill(self) or Color.SURFACE
        paint_box(painter, theme, self.rect(), Box(fill=fill, line=Color.LINE, radius=radius))
        bar = QRect(0, 5, _BAR, self.height() - 10)
        painter.fillRect(bar, theme.color(Color.PIN_LINE))
        side = theme.text(_ICON)
        left = theme.space(11)
        icon, ink = ("triangle-alert", Color.WARN) if self._pin.is_lost else ("pin", Color.PIN_TEXT)
        theme.paint_icon(painter, icon, square(left, side, self.rect()), ink)
        left += side + theme.space(6)
        right = self.width() - self.height()
        if self._pin.is_then:
            at = square(right + (self.height() - side) // 2, side, self.rect())
            theme.paint_icon(painter, "arrow-right", at, Color.TEXT_2)
        strong = theme.number_font(Style.SMALL_STRONG)
        place = QRect(left, 0, right - left, self.height())
        paint_text(painter, theme, place, self._pin.place, Ink(strong, Color.TEXT))
        left += text_width(strong, self._pin.place) + theme.space(8)
        if right - left > side:
            quote = QRect(left, 0, right - left, self.height())
            words = Ink(theme.font(Style.SMALL), Color.TEXT_2)
            paint_text(painter, theme, quote, self._pin.quote.replace("\n", " "), words)

    @Slot()
    def _on_clicked(self) -> None:
        self.pin_followed.emit(self._pin.pin_id)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.pin_removed.emit(self._pin.pin_id)
