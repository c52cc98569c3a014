"""A passphrase to type, and once more where it is a new one."""

from enum import Enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import IconButton, Kind
from assessor_app.ui.parts.field import Field
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme

LEAST_LENGTH = 10


class Asked(Enum):
    """Which passphrase is asked for."""

    NONE = "none"
    KNOWN = "known"
    NEW = "new"


class PassphraseFields(QWidget):
    """One field, or two where a new passphrase is chosen.

    Signals:
        edited(): The assessor typed.
        submitted(): The assessor pressed Enter in the last field.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = Asked.NONE
        self._tone = Tone.PLAIN
        self._first = Field(theme, self.tr("Passphrase"), icon="lock", parent=self)
        self._again = Field(theme, self.tr("The same once more"), icon="lock", parent=self)
        self._eye = IconButton(theme, "eye", self.tr("Show the passphrase"), kind=Kind.PLAIN)
        self._first.add_beside(self._eye)
        column = Column(theme, self, gap=12)
        column.addWidget(self._first)
        column.addWidget(self._again)
        self.setFocusProxy(self._first)
        self._show_secret(secret=True)
        self._eye.clicked.connect(self._on_eye_clicked)
        for field in (self._first, self._again):
            field.edited.connect(self._on_edited)
            field.submitted.connect(self._on_submitted)
        self.ask(Asked.NONE)

    @property
    def asked(self) -> Asked:
        """Which passphrase is asked for."""
        return self._asked

    def ask(self, asked: Asked) -> None:
        """Ask for a passphrase, or for none."""
        self._asked = asked
        self._again.setVisible(asked is Asked.NEW)
        self.setVisible(asked is not Asked.NONE)

    def text(self) -> str:
        """Return the passphrase."""
        return self._first.text()

    def forget(self) -> None:
        """Empty the fields."""
        self._first.show_text("")
        self._again.show_text("")

    def lacking(self) -> str:
        """Return what is missing, in words; empty where nothing is."""
        if self._asked is Asked.NONE:
            return ""
        if not self._first.text():
            return self.tr("The passphrase is missing.")
        if self._asked is Asked.KNOWN:
            return ""
        if len(self._first.text()) < LEAST_LENGTH:
            return self.tr("The passphrase needs at least {0} characters.").format(LEAST_LENGTH)
        if self._first.text() != self._again.text():
            return self.tr("The two passphrases differ.")
        return ""

    def show_message(self, tone: Tone, text: str) -> None:
        """Say something about it; what is wrong with it goes with the next key."""
        self._tone = tone
        self._first.show_message(tone, text)

    def show_enabled(self, enabled: bool) -> None:  # noqa: FBT001 (as setEnabled)
        """Let it be typed in or not."""
        for field in (self._first, self._again):
            field.show_enabled(enabled)

    def _show_secret(self, *, secret: bool) -> None:
        for field in (self._first, self._again):
            field.show_secret(secret)
        self._eye.show_chosen(not secret)
        self._eye.show_icon("eye" if secret else "eye-off")

    @Slot()
    def _on_eye_clicked(self) -> None:
        self._show_secret(secret=self._eye.isChecked())

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        if self._tone is Tone.DANGER:
            self.show_message(Tone.PLAIN, "")
        self.edited.emit()

    @Slot(str)
    def _on_submitted(self, _text: str) -> None:
        self.submitted.emit()
