"""What stands in place of evidence that cannot be shown."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_TEXT_WIDTH = 560


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A button: its key, words and icon."""

    key: str
    words: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeState:
    """What happened, what is safe, what to do. `facts` are short lines of proof."""

    icon: str
    title: str
    text: str
    facts: tuple[str, ...] = ()
    actions: tuple[NoticeAction, ...] = ()
    needs_you: bool = False


class ActionButton(Button):
    """A button that tells which action it stands for.

    Signals:
        pressed_for(key: str): It was pressed.
    """

    pressed_for = Signal(str)

    def __init__(self, theme: Theme, action: NoticeAction) -> None:
        super().__init__(theme, action.words, icon=action.icon)
        self._action = action.key
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.pressed_for.emit(self._action)


class Notice(QWidget):
    """A calm sentence with its ways out.

    Signals:
        action_chosen(key: str): A button was pressed.
    """

    action_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = IconMark(theme, "file-x", size=32, parent=self)
        self._title = Label(theme, style=Style.HEADING, parent=self)
        self._text = Paragraph(theme, style=Style.READING, ink=Color.TEXT_2, parent=self)
        self._facts = Column(theme, gap=4)
        self._actions = Row(theme, gap=8)
        column = Column(theme, self, margin=(40, 56, 40, 40), gap=12)
        column.addWidget(self._icon)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(self._facts)
        column.addLayout(self._actions)
        column.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_notice(self, state: NoticeState) -> None:
        """Show another notice."""
        self._icon.show_icon(state.icon, Color.WARN if state.needs_you else Color.TEXT_2)
        self._title.show_text(state.title)
        self._text.show_text(state.text)
        _empty(self._facts)
        _empty(self._actions)
        for fact in state.facts:
            self._facts.addWidget(Label(self._theme, fact, style=Style.SMALL, ink=Color.TEXT_2))
        for action in state.actions:
            button = ActionButton(self._theme, action)
            button.pressed_for.connect(self.action_chosen)
            self._actions.addWidget(button)
        self._actions.addStretch(1)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._text.setMaximumWidth(self._theme.text(_TEXT_WIDTH))


def _empty(layout: Column | Row) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
