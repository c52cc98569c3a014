"""A button that adds one kind of feedback."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.review import FeedbackKind
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.theme.theme import Theme


class AddButton(Button):
    """Plus and the kind's name.

    Signals:
        wanted(kind: str): A new item of this kind is to be written.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, kind: FeedbackKind, word: str, parent: QWidget) -> None:
        super().__init__(theme, word, kind=Kind.QUIET, icon="plus", small=True, parent=parent)
        self._feedback_kind = kind
        self.setAccessibleName(self.tr("Add {0}").format(word.lower()))
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(self._feedback_kind)
