"""Why work was not opened, with ways to see and keep what was written where it cannot be."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError, NewerStoreError


class ProblemBanner(Banner):
    """A refusal in a sentence; hidden while there is none.

    Signals:
        look_chosen(folder: Path): The assessor wants to see what was written there.
        export_chosen(folder: Path): The assessor wants what was written there in a file.
    """

    look_chosen = Signal(object)
    export_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.WARN, "", "", parent=parent)
        self._folder = Path()
        look = self.tr("Look at what I wrote")
        self._look = Button(theme, look, kind=Kind.PLAIN, icon="eye", parent=self)
        self._look.clicked.connect(self._on_look_clicked)
        self._look.hide()
        self.add_button(self._look)
        export = self.tr("Export what I wrote…")
        self._export = Button(theme, export, kind=Kind.PLAIN, icon="download", parent=self)
        self._export.clicked.connect(self._on_export_clicked)
        self.add_button(self._export)
        self.hide()

    def show_error(self, error: AppError) -> None:
        """Say what did not work."""
        title = self.tr("Your work was not opened")
        self.show_message(Tone.WARN, title, sentence(error), details=type(error).__name__)
        for way in (self._look, self._export):
            way.setVisible(isinstance(error, NewerStoreError))
        if isinstance(error, NewerStoreError):
            self._folder = error.path.parent
        self.show()

    def show_written(self, name: str) -> None:
        """Say that what was written is in a file."""
        text = self.tr("{0} is not encrypted: keep it where only you can read it.").format(name)
        self.show_message(Tone.OK, self.tr("What you wrote is in a file"), text)
        self._export.hide()
        self.show()

    @Slot()
    def _on_look_clicked(self) -> None:
        self.look_chosen.emit(self._folder)

    @Slot()
    def _on_export_clicked(self) -> None:
        self.export_chosen.emit(self._folder)
