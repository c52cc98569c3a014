"""Crisp boxes, text and icons for the parts that paint themselves."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rounded rectangle; `None` leaves fill or line out."""

    fill: Color | None = None
    line: Color | None = None
    width: int = 1
    radius: int = 6
    dashed: bool = False


def paint_box(painter: QPainter, theme: Theme, rect: QRect, box: Box) -> None:
    """Paint a box whose border lies wholly inside `rect`, sharp on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = box.width / 2 if box.line else 0
    pen = QPen(Qt.PenStyle.NoPen)
    if box.line:
        pen = QPen(theme.color(box.line), box.width)
        if box.dashed:
            pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(theme.color(box.fill) if box.fill else Qt.BrushStyle.NoBrush)
    radius = max(box.radius - inset, 0)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)


@dataclass(frozen=True, slots=True)
class Ink:
    """A font and a colour to write with."""

    font: QFont
    color: Color


def paint_text(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    text: str,
    ink: Ink,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line, cut with an ellipsis where it does not fit."""
    painter.setFont(ink.font)
    painter.setPen(theme.color(ink.color))
    metrics = QFontMetrics(ink.font)
    shown = text
    if metrics.horizontalAdvance(text) > rect.width():
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)


def text_width(font: QFont, text: str) -> int:
    """Return the width one line needs, never cut by rounding."""
    return QFontMetrics(font).horizontalAdvance(text) + 1


def square(left: int, side: int, within: QRect) -> QRect:
    """Return a square at x `left`, centred upright in `within`."""
    return QRect(left, within.y() + (within.height() - side) // 2, side, side)


def hover_fill(button: QAbstractButton) -> Color | None:
    """Return the fill of a control without one of its own, as the pointer acts on it."""
    if not button.isEnabled():
        return None
    if button.isDown():
        return Color.PRESSED
    return Color.HOVER if button.underMouse() else None


def track_pointer(widget: QWidget) -> None:
    """Have `widget` painted again when the pointer comes and goes."""
    widget.setAttribute(Qt.WidgetAttribute.WA_Hover)
