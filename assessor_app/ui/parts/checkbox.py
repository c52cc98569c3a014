"""A box to tick, with words that wrap."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import Box, hover_fill, paint_box, track_pointer
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_BOX = 18
_GAP = 10
_TICK = 14


class Checkbox(QCheckBox):
    """A box of 18 px beside its words.

    Signals:
        ticked(is_ticked: bool): The assessor ticked it or took the tick away.
    """

    ticked = Signal(bool)

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = Paragraph(theme, text, style=Style.BODY, parent=self)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        track_pointer(self)
        ring_radius(self, theme.radius("small"))
        self.clicked.connect(self.ticked)
        theme.changed.connect(self._on_theme_changed)

    def show_ticked(self, ticked: bool) -> None:  # noqa: FBT001 (as setChecked)
        """Show whether it is ticked, without telling."""
        self.setChecked(ticked)

    def show_text(self, text: str) -> None:
        """Show other words."""
        self._words.show_text(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def is_ticked(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()

    @override
    def sizeHint(self) -> QSize:
        hint = self._words.sizeHint()
        return QSize(hint.width() + self._indent(), max(hint.height(), self._side()))

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self._words.minimumSizeHint()
        return QSize(hint.width() + self._indent(), max(hint.height(), self._side()))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(self._words.heightForWidth(width - self._indent()), self._side())

    @override
    def hitButton(self, pos: object) -> bool:
        """Take a click on the words as well."""
        return True

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        words = QRect(self._indent(), 0, self.width() - self._indent(), self.height())
        self._words.setGeometry(words)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), self._side()
        top = max((self._theme.line(Style.BODY) - side) // 2, 0)
        square = QRect(0, top, side, side)
        radius = self._theme.radius("small")
        if self.isChecked():
            fill = Color.ACCENT if self.isEnabled() else Color.DISABLED
            paint_box(painter, self._theme, square, Box(fill=fill, radius=radius))
            tick = self._theme.text(_TICK)
            inset = (side - tick) // 2
            rect = QRect(square.x() + inset, square.y() + inset, tick, tick)
            self._theme.paint_icon(painter, "check", rect, Color.ON_ACCENT)
            return
        fill = hover_fill(self) or Color.SURFACE
        line = Color.CONTROL_LINE if self.isEnabled() else Color.LINE
        paint_box(painter, self._theme, square, Box(fill=fill, line=line, radius=radius))

    def _side(self) -> int:
        return self._theme.control(_BOX)

    def _indent(self) -> int:
        return self._side() + self._theme.space(_GAP)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
