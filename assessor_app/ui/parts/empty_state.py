"""What a pane says when there is nothing in it: state, reason, next step."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_ICON = 40
_TEXT_WIDTH = 480
_ABOVE_MIDDLE = 48


class EmptyState(QWidget):
    """An icon, a title, a sentence and up to three buttons, a little above the middle."""

    def __init__(
        self, theme: Theme, icon: str, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        centre = Qt.AlignmentFlag.AlignHCenter
        self._mark = IconMark(theme, icon, size=_ICON, ink=Color.TEXT_3, parent=self)
        self._title = Paragraph(theme, style=Style.TITLE, parent=self)
        self._text = Paragraph(theme, style=Style.READING, ink=Color.TEXT_2, parent=self)
        self._note = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        for words in (self._title, self._text, self._note):
            words.setAlignment(centre)
        self._buttons = Row(theme)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        self._build()
        theme.changed.connect(self._on_theme_changed)
        self.show_state(icon, title, text)
        self.show_note("")

    def show_state(self, icon: str, title: str, text: str) -> None:
        """Say something else."""
        self._mark.show_icon(icon, Color.TEXT_3)
        self._title.show_text(title)
        self._text.show_text(text)
        self.setAccessibleName(f"{title} {text}".strip())
        self._on_theme_changed()

    def show_note(self, text: str) -> None:
        """Add a small line under the buttons; an empty text takes it away."""
        self._note.show_text(text)
        self._note.setVisible(bool(text))

    def add_button(self, button: QWidget) -> None:
        """Add a next step; the first is the one to take."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def _build(self) -> None:
        self._column = QWidget(self)
        column = Column(self._theme, self._column, gap=12)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        words = Row(self._theme)
        words.addStretch(1)
        words.addWidget(self._text, 1000)
        words.addStretch(1)
        column.addLayout(words)
        column.addSpacing(self._theme.space(12))
        column.addLayout(self._buttons)
        column.addWidget(self._note)
        across = Row(self._theme)
        across.addStretch(1)
        across.addWidget(self._column, 1000)
        across.addStretch(1)
        outer = Column(self._theme, self, margin=(24, 24, 24, 24 + _ABOVE_MIDDLE))
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(1)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._text.setMaximumWidth(self._theme.text(_TEXT_WIDTH))
