"""The head of a part of the sync centre: its name, how many, and what can be done with all."""

from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Row
from assessor_app.ui.parts.tone import INK, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class SectionHead(QWidget):
    """A heading with a word beside it; buttons stand at the right."""

    def __init__(
        self, theme: Theme, title: str, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._word = Label(theme, ink=Color.TEXT_2, parent=self).with_features("tnum")
        self._row = Row(theme, self, margin=(0, 10, 4, 4), gap=8)
        if icon:
            mark = IconMark(theme, icon, size=18, ink=INK[Tone.WARN], parent=self)
            self._row.addWidget(mark)
        self._row.addWidget(Label(theme, title, style=Style.HEADING, parent=self))
        self._row.addWidget(self._word)
        self._row.addStretch(1)

    def show_word(self, word: str) -> None:
        """Say how many, or since when."""
        self._word.show_text(word)
        self._word.setVisible(bool(word))
        self.setAccessibleName(f"{self._title} {word}".strip())

    def add_button(self, button: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(button)
