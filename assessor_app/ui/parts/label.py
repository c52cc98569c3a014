"""One line of plain text."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.painting import Ink, paint_text, text_width
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_ELIDED_MIN = 48


class Label(QLabel):
    """One line of text in a style and a colour of the theme, cut with an ellipsis if need be."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        style: Style = Style.UI,
        ink: Color = Color.TEXT,
        weight: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._style, self._ink, self._weight = theme, style, ink, weight
        self._features: tuple[str, ...] = ()
        self._is_elided = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_text(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self.updateGeometry()

    def show_ink(self, ink: Color) -> None:
        """Show the words in another colour."""
        self._ink = ink
        self.update()

    def with_features(self, *features: str) -> "Label":
        """Use OpenType features such as `tnum`, and return the label."""
        self._features = features
        self._on_theme_changed()
        return self

    def elided(self) -> "Label":
        """Let the layout make it narrower than its words, and return the label."""
        self._is_elided = True
        self.updateGeometry()
        return self

    @override
    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(
            text_width(self._font(), self.text()) + margins.left() + margins.right(),
            self._theme.line(self._style) + margins.top() + margins.bottom(),
        )

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _ELIDED_MIN), hint.height()) if self._is_elided else hint

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._ink if self.isEnabled() else Color.DISABLED
        ink = Ink(self._font(), color)
        painter = QPainter(self)
        paint_text(painter, self._theme, self.contentsRect(), self.text(), ink, self.alignment())

    def _font(self) -> QFont:
        return self._theme.font(self._style, weight=self._weight, features=self._features)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._font())
        self.updateGeometry()
