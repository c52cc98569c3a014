"""How much room packets take on this laptop: a bar, what its parts are, and the settings of it."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.amounts import size
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.settings.cards import SettingsCard
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.space import Space

_BAR, _SWATCH = 12, 14
_RADIUS = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the bar; how it is filled is told by its swatch."""

    fill: Color | None
    hatched: bool = False


_LENT, _OVER, _FREE = _Part(Color.ACCENT), _Part(None, hatched=True), _Part(None)


class SpaceCard(SettingsCard):
    """The card of the offline space; rows are added under its bar. What is zero has no words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "hard-drive", self.tr("Offline space"), parent)
        self._bar = _Bar(theme, self)
        self._lent = Label(theme, style=Style.SMALL, parent=self)
        self._over = Label(theme, style=Style.SMALL, parent=self)
        self._free = Label(theme, style=Style.SMALL, parent=self).elided()
        legend = Row(theme, margin=(0, 4, 0, 4), gap=16)
        self._said = tuple(
            self._entry(part, words)
            for part, words in ((_LENT, self._lent), (_OVER, self._over), (_FREE, self._free))
        )
        for entry in self._said:
            legend.addWidget(entry)
        legend.addStretch(1)
        self.body.addWidget(self._bar)
        self.body.addLayout(legend)
        self.divide()
        self._space = Space(lent_bytes=0, over_bytes=0, quota_bytes=0)
        self.show_space(self._space)

    def show_quota(self, quota_bytes: int) -> None:
        """Show that packets may take another amount of room."""
        self.show_space(replace(self._space, quota_bytes=quota_bytes))

    def show_space(self, space: Space) -> None:
        """Show what is taken and what may be."""
        self._space = space
        free = space.free_bytes
        self._lent.show_text(self.tr("to review {0}").format(size(space.lent_bytes)))
        self._over.show_text(self.tr("finished {0}").format(size(space.over_bytes)))
        self._free.show_text(
            self.tr("no limit") if free is None else self.tr("free {0}").format(size(free))
        )
        lent, over, room = self._said
        lent.setVisible(bool(space.lent_bytes))
        over.setVisible(bool(space.over_bytes))
        room.setVisible(free != 0)
        whole = max(space.quota_bytes, space.used_bytes, 1)
        self._bar.show_shares(space.lent_bytes / whole, space.over_bytes / whole)
        labels = zip(self._said, (self._lent, self._over, self._free), strict=True)
        shown = (label.text() for entry, label in labels if not entry.isHidden())
        self._bar.setAccessibleName(", ".join(shown))

    def _entry(self, part: _Part, words: Label) -> QWidget:
        """Return a swatch and what it stands for."""
        entry = QWidget(self)
        row = Row(self._theme, entry, gap=8)
        row.addWidget(_Swatch(self._theme, part, entry))
        row.addWidget(words)
        return entry


class _Bar(QWidget):
    """Two stretches in a frame."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_shares(self, lent: float, over: float) -> None:
        """Show other shares of the whole."""
        self._shares = (lent, over)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.text(120), self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), 0
        for part, share in zip((_LENT, _OVER), self._shares, strict=True):
            width = max(round(self.width() * share), 2 * _RADIUS) if share else 0
            width = min(width, self.width() - left)
            _paint_part(painter, self._theme, QRect(left, 0, width, self.height()), part)
            left += width
        frame = Box(line=Color.CONTROL_LINE, radius=_RADIUS)
        paint_box(painter, self._theme, self.rect(), frame)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.text(_BAR))
        self.update()


class _Swatch(QWidget):
    """What a stretch of the bar looks like, beside its words."""

    def __init__(self, theme: Theme, part: _Part, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._part = theme, part
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_part(painter, self._theme, self.rect(), self._part)
        line = Color.ACCENT if self._part is not _FREE else Color.CONTROL_LINE
        paint_box(painter, self._theme, self.rect(), Box(line=line, radius=_RADIUS))

    @Slot()
    def _on_theme_changed(self) -> None:
        side = self._theme.text(_SWATCH)
        self.setFixedSize(side, side)
        self.update()


def _paint_part(painter: QPainter, theme: Theme, rect: QRect, part: _Part) -> None:
    if part.hatched:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.color(Color.ACCENT), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(rect)
    elif part.fill is not None:
        paint_box(painter, theme, rect, Box(fill=part.fill, radius=_RADIUS))
