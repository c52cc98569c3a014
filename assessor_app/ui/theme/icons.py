"""Icons of one set, drawn at an exact size in one colour and kept."""

import re
from dataclasses import dataclass

import lucide  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_MISSING = "no-such-icon"
_STROKE = re.compile(r'stroke-width="[^"]*"')
_SIZE_18 = 18
_SIZE_20 = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    name: str
    size_px: int
    color: str
    ratio: float


class Icons:
    """Draws icons once and keeps them until the theme changes.

    Threads: the GUI thread only.
    """

    def __init__(self) -> None:
        self._drawn: dict[_Key, QPixmap] = {}

    def pixmap(self, name: str, *, size_px: int, color: QColor, ratio: float) -> QPixmap:
        """Return the icon `name`, `size_px` logical pixels square, sharp at `ratio`.

        Raises:
            KeyError: The icon set has no such name.
        """
        key = _Key(name=name, size_px=size_px, color=color.name(), ratio=ratio)
        if key not in self._drawn:
            self._drawn[key] = _draw(key)
        return self._drawn[key]

    def forget(self) -> None:
        """Drop every drawn icon, as after a change of theme."""
        self._drawn.clear()


def _draw(key: _Key) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_svg(key).encode()))
    side = round(key.size_px * key.ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(key.ratio)
    return pixmap


def _svg(key: _Key) -> str:
    svg = lucide.lucide_icon(key.name, fallback_text=_MISSING)
    if _MISSING in svg:
        raise KeyError(key.name)
    recoloured = svg.replace("currentColor", key.color)
    return _STROKE.sub(f'stroke-width="{_stroke(key.size_px)}"', recoloured)


def _stroke(size_px: int) -> float:
    if size_px < _SIZE_18:
        return 2.0
    return 1.9 if size_px < _SIZE_20 else 1.75
