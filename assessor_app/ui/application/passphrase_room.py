"""Change the passphrase that opens the work."""

from PySide6.QtCore import QObject, Slot

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.field import Field
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.signin.passphrase import Asked, PassphraseFields
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.profiles import OpenProfile


class PassphraseRoom(QObject):
    """One sheet: the passphrase until now, where there is one, and the new one twice."""

    def __init__(
        self, services: Services, theme: Theme, window: MainWindow, opened: OpenProfile
    ) -> None:
        super().__init__(window)
        self._services, self._window, self._opened = services, window, opened
        self._sheet = Sheet(theme, self.tr("Change the passphrase"), window)
        self._words = Paragraph(theme, ink=Color.TEXT_2, parent=self._sheet)
        self._known = Field(theme, self.tr("Passphrase until now"), icon="lock", parent=self._sheet)
        self._known.show_secret(secret=True)
        self._new = PassphraseFields(theme, self._sheet)
        self._new.ask(Asked.NEW)
        cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self._change = Button(theme, self.tr("Change it"), kind=Kind.PRIMARY, icon="lock")
        for widget in (self._words, self._known, self._new):
            self._sheet.body.addWidget(widget)
        self._sheet.body.addStretch(1)
        self._sheet.add_foot(cancel)
        self._sheet.add_foot(self._change)
        cancel.clicked.connect(self._sheet.shut)
        self._sheet.closed.connect(self._on_closed)
        self._change.clicked.connect(self._on_change_clicked)
        self._new.edited.connect(self._show_lacking)
        self._known.edited.connect(self._on_known_edited)

    @Slot()
    def open(self) -> None:
        """Ask for both."""
        needs = self._opened.needs_passphrase
        text = self.tr("Nobody can open your work without it, nor can we. It is kept nowhere.")
        if not needs:
            text = self.tr("From now on it is asked for instead of the keyring. ") + text
        self._words.show_text(text)
        self._known.setVisible(needs)
        self._show_lacking()
        self._window.show_sheet(self._sheet)

    def _on_changed(self, _nothing: None) -> None:
        self._sheet.shut()

    def _on_failed(self, error: AppError) -> None:
        self._show_lacking()
        self._known.show_message(Tone.DANGER, sentence(error))

    @Slot()
    def _show_lacking(self) -> None:
        lacking = self._new.lacking()
        if self._opened.needs_passphrase and not self._known.text():
            lacking = self.tr("The passphrase until now is missing.")
        self._change.show_enabled(not lacking, lacking)

    @Slot(str)
    def _on_known_edited(self, _text: str) -> None:
        self._known.show_message(Tone.PLAIN, "")
        self._show_lacking()

    @Slot()
    def _on_change_clicked(self) -> None:
        opened, known, new = self._opened, self._known.text(), self._new.text()
        self._change.show_enabled(enabled=False, reason=self.tr("Changing…"))

        def change() -> None:
            opened.change_passphrase(known, new)

        self._services.tasks.run(
            Lane.STORE, change, owner=self, done=self._on_changed, failed=self._on_failed
        )

    @Slot()
    def _on_closed(self) -> None:
        self._known.show_text("")
        self._new.forget()
