"""Sign in with an address and a token; every refusal is a sentence where its cause is."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.field import Field
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.signin.page import Page
from assessor_app.ui.signin.passphrase import Asked, PassphraseFields
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import (
    AppError,
    BadAddressError,
    KeyMissingError,
    NoKeyringError,
    OfflineError,
    OfflineReason,
    UnauthorisedError,
    WrongPassphraseError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAccess:
    """What the assessor typed. `passphrase` None: the keyring keeps the key."""

    address: str
    token: str = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)


class SignInForm(Page):
    """Address, token, and a passphrase where this computer has no keyring.

    Signals:
        access_given(TypedAccess): The assessor wants to sign in with this.
        back_chosen(): The assessor wants another way in.
    """

    access_given = Signal(object)
    back_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._is_busy = False
        self._back = Button(theme, self.tr("Back"), kind=Kind.QUIET, icon="chevron-left")
        self._address = Field(
            theme,
            self.tr("Address of the platform"),
            icon="globe",
            placeholder="https://",
            parent=self,
        )
        self._token = Field(theme, self.tr("Token"), icon="key-round", parent=self)
        self._eye = IconButton(theme, "eye", self.tr("Show the token"), kind=Kind.PLAIN)
        self._paste = Button(theme, self.tr("Paste"), icon="clipboard-paste")
        self._passphrase = PassphraseFields(theme, self)
        self._problem = Banner(theme, Tone.WARN, "", "", parent=self)
        self._lacking = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._sign_in = Button(theme, self.tr("Sign in"), kind=Kind.PRIMARY, icon="log-in")
        self._build()
        self._connect()
        self._token.show_secret(secret=True)
        self.setFocusProxy(self._address)
        self._show_lacking()

    def show_address(self, address: str) -> None:
        """Fill in the address, as for a new sign-in at the same platform."""
        self._address.show_text(address)
        self._show_lacking()

    def show_access(self, access: TypedAccess) -> None:
        """Fill in address and token, where only the passphrase is to be typed."""
        self._address.show_text(access.address)
        self._token.show_text(access.token)
        self._show_lacking()

    def ask_passphrase(self) -> None:
        """Ask for a new passphrase: this computer has no keyring."""
        if self._passphrase.asked is Asked.NONE:
            self._ask_passphrase(NoKeyringError(), sentence(NoKeyringError()))
        self._show_lacking()
        self.setFocusProxy(self._passphrase if self._token.text() else self._address)

    def show_busy(self, *, is_busy: bool) -> None:
        """Show that the platform is being asked."""
        self._is_busy = is_busy
        for line in (self._address, self._token):
            line.show_enabled(not is_busy)
        self._passphrase.show_enabled(not is_busy)
        self._paste.setEnabled(not is_busy)
        self._back.setEnabled(not is_busy)
        self._show_lacking()

    def show_error(self, error: AppError) -> None:
        """Say what did not work, beside its cause."""
        self.show_busy(is_busy=False)
        said = sentence(error)
        if isinstance(error, BadAddressError):
            self._address.show_message(Tone.DANGER, said)
            self._address.setFocus()
        elif isinstance(error, UnauthorisedError):
            self._token.show_message(Tone.DANGER, said)
            self._token.setFocus()
        elif isinstance(error, NoKeyringError | KeyMissingError | WrongPassphraseError):
            self._ask_passphrase(error, said)
            self._passphrase.setFocus()
        else:
            self._show_problem(error, said)
        self._show_lacking()

    def forget(self) -> None:
        """Empty what is secret, and take messages away."""
        self._token.show_text("")
        self._passphrase.forget()
        self._passphrase.ask(Asked.NONE)
        self._clear_messages()
        self.show_busy(is_busy=False)

    def _ask_passphrase(self, error: AppError, said: str) -> None:
        if isinstance(error, WrongPassphraseError):
            self._passphrase.show_message(Tone.DANGER, said)
        elif isinstance(error, NoKeyringError):
            self._passphrase.ask(Asked.NEW)
            self._passphrase.show_message(Tone.PLAIN, said)
        else:
            self._passphrase.ask(Asked.KNOWN)
            self._passphrase.show_message(
                Tone.PLAIN,
                self.tr("Work of this account is here already. Its passphrase opens it."),
            )

    def _show_problem(self, error: AppError, said: str) -> None:
        title = self.tr("You are not signed in")
        if isinstance(error, OfflineError) and error.reason is OfflineReason.NO_NETWORK:
            title = self.tr("The platform did not answer")
            said = self.tr(
                "Check the address and your network, then try again. Nothing was changed here."
            )
        self._problem.show_message(Tone.WARN, title, said, details=type(error).__name__)
        self._problem.show()

    def _build(self) -> None:
        theme = self._theme
        bar = Bar(theme, line=Edge.NONE, fill=None, side_padding=12, parent=self)
        bar.row.addWidget(self._back)
        bar.row.addStretch(1)
        self.column.insertWidget(0, bar)
        self.add_title(
            self.tr("Sign in with a token"),
            self.tr(
                "Your platform gives you a token once. It stands for your password and can be "
                "withdrawn at any time."
            ),
        )
        self._token.add_beside(self._eye)
        self._token.add_beside(self._paste)
        self._problem.hide()
        for widget in (self._address, self._token, self._passphrase, self._problem):
            self.body.addWidget(widget)
        self.add_foot(self._lacking, self._sign_in)
        self.add_promise(
            self.tr("Everything is kept encrypted on this laptop. Each account has its own folder.")
        )

    def _connect(self) -> None:
        self._back.clicked.connect(self.back_chosen)
        self._eye.clicked.connect(self._on_eye_clicked)
        self._paste.clicked.connect(self._on_paste_clicked)
        self._sign_in.clicked.connect(self._on_sign_in_wanted)
        self._passphrase.submitted.connect(self._on_sign_in_wanted)
        self._passphrase.edited.connect(self._show_lacking)
        for line in (self._address, self._token):
            line.edited.connect(self._on_edited)
            line.submitted.connect(self._on_sign_in_wanted)

    def _clear_messages(self) -> None:
        for line in (self._address, self._token):
            line.show_message(Tone.PLAIN, "")
        self._problem.hide()

    def _missing(self) -> str:
        if not self._address.text().strip():
            return self.tr("The address is missing.")
        if not self._token.text().strip():
            return self.tr("The token is missing.")
        return self._passphrase.lacking()

    @Slot()
    def _show_lacking(self) -> None:
        lacking = self.tr("Asking the platform…") if self._is_busy else self._missing()
        self._lacking.show_text(lacking)
        self._sign_in.show_enabled(not lacking, lacking)

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._clear_messages()
        self._show_lacking()

    @Slot()
    def _on_eye_clicked(self) -> None:
        secret = self._eye.isChecked()
        self._token.show_secret(secret)
        self._eye.show_chosen(not secret)
        self._eye.show_icon("eye" if secret else "eye-off")

    @Slot()
    def _on_paste_clicked(self) -> None:
        self._token.show_text(QGuiApplication.clipboard().text().strip())
        self._on_edited("")

    @Slot()
    def _on_sign_in_wanted(self) -> None:
        if self._is_busy or self._missing():
            return
        self._clear_messages()
        is_asked = self._passphrase.asked is not Asked.NONE
        self.show_busy(is_busy=True)
        self.access_given.emit(
            TypedAccess(
                address=self._address.text().strip(),
                token=self._token.text().strip(),
                passphrase=self._passphrase.text() if is_asked else None,
            )
        )
