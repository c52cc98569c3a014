"""Unlock work that a passphrase protects."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.signin.page import Page
from assessor_app.ui.signin.passphrase import Asked, PassphraseFields
from assessor_app.ui.signin.problem import ProblemBanner
from assessor_app.ui.signin.whose import Whose
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.ui.words import sentence
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.errors import AppError, WrongPassphraseError


class UnlockForm(Page):
    """Asks for the passphrase of the work that is here.

    Signals:
        unlocked(passphrase: str): The assessor wants the work opened with this.
        other_chosen(): The assessor wants another account.
    """

    unlocked = Signal(str)
    other_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._passphrase = PassphraseFields(theme, self)
        self._passphrase.ask(Asked.KNOWN)
        self.problem = ProblemBanner(theme, self)
        self._other = Button(theme, self.tr("Sign in with another account"), kind=Kind.LINK)
        self.whose = Whose(theme, self)
        self._lacking = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._open = Button(theme, self.tr("Unlock"), kind=Kind.PRIMARY, icon="lock-open")
        self.add_title(
            self.tr("Your work is locked"),
            self.tr(
                "It is encrypted under your passphrase, which is kept nowhere. "
                "Without it nobody can open your work, nor can we."
            ),
        )
        self.body.addWidget(self.whose)
        self.body.addWidget(self._passphrase)
        self.body.addWidget(self.problem)
        self.add_foot(self._lacking, self._open, link=self._other)
        self.setFocusProxy(self._passphrase)
        self._passphrase.edited.connect(self._show_lacking)
        self._passphrase.submitted.connect(self._on_unlock_wanted)
        self._open.clicked.connect(self._on_unlock_wanted)
        self._other.clicked.connect(self.other_chosen)
        self._show_lacking()

    def show_accounts(self, here: KnownAccount, others: tuple[KnownAccount, ...]) -> None:
        """Say whose work this is, and what there is of others."""
        self.whose.show_accounts(here, others)
        words = self.tr("Other accounts…") if others else self.tr("Sign in with another account")
        self._other.show_text(words)

    def show_busy(self, *, is_busy: bool) -> None:
        """Show that the work is being opened."""
        self._passphrase.show_enabled(not is_busy)
        self._open.show_enabled(not is_busy, self.tr("Unlocking…"))
        self._open.show_text(self.tr("Unlocking…") if is_busy else self.tr("Unlock"))
        if not is_busy:
            self._show_lacking()

    def show_error(self, error: AppError) -> None:
        """Say what did not work."""
        self.show_busy(is_busy=False)
        if isinstance(error, WrongPassphraseError):
            self._passphrase.show_message(Tone.DANGER, sentence(error))
            self._passphrase.setFocus()
            return
        self.problem.show_error(error)

    def typed(self) -> str:
        """Return what stands in the field."""
        return self._passphrase.text()

    def forget(self) -> None:
        """Empty the field."""
        self._passphrase.forget()
        self.show_busy(is_busy=False)

    @Slot()
    def _show_lacking(self) -> None:
        lacking = self._passphrase.lacking()
        self._lacking.show_text(lacking)
        self._open.show_enabled(not lacking, lacking)

    @Slot()
    def _on_unlock_wanted(self) -> None:
        if self._passphrase.lacking() or not self._open.isEnabled():
            return
        self.show_busy(is_busy=True)
        self.problem.hide()
        self.unlocked.emit(self._passphrase.text())
