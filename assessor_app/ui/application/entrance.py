"""The way into the work: first run, sign-in, unlocking. Imports nothing slow: it may come first."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.ui.application.first_frame import status_before
from assessor_app.ui.application.looking import Looking
from assessor_app.ui.application.rescue import Rescue
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.signin.account_words import all_unsent, only_here, only_here_short
from assessor_app.ui.signin.accounts import AccountsPage
from assessor_app.ui.signin.first_run import FirstRun
from assessor_app.ui.signin.form import SignInForm, TypedAccess
from assessor_app.ui.signin.locked import LockedPage
from assessor_app.ui.signin.unlock import UnlockForm
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.words import sentence
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.errors import AppError

FIRST_RUN, SIGN_IN, UNLOCK, LOCKED = "first_run", "sign_in", "unlock", "locked"
ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What opens the work; each blocks, and what it gives is handed on as it is.

    `unlock` gets the folder of an account, and no passphrase where the keyring keeps the key.
    `look` and `export` give what was written in work of a newer version: for the screen, as text.
    `samples` starts a platform on this computer and gives the access to it; None where it cannot.
    """

    has_keyring: Callable[[], bool]
    accounts: Callable[[], tuple[KnownAccount, ...]]
    sign_in: Callable[[TypedAccess], Any]
    unlock: Callable[[Path, str], Any]
    look: Callable[[Path, str], Any]
    export: Callable[[Path, str], str]
    samples: Callable[[], TypedAccess] | None


class _Keyring(Enum):
    """What is known of the system's keyring."""

    UNKNOWN = "unknown"
    THERE = "there"
    MISSING = "missing"


class Entrance(QObject):
    """Shows the ways in, tries them, and says beside its cause what did not work.

    Signals:
        entered(object): What the door that opened gave.
    """

    entered = Signal(object)

    def __init__(self, window: MainWindow, theme: Theme, tasks: Tasks, doors: Doors) -> None:
        super().__init__(window)
        self._window, self._tasks, self._doors = window, tasks, doors
        self._keyring = _Keyring.UNKNOWN
        self._wants_form = False
        self._folder = Path()
        self._error: AppError | None = None
        self.first_run = FirstRun(theme, has_samples=doors.samples is not None, parent=window)
        self.form = SignInForm(theme, window)
        self.unlock = UnlockForm(theme, window)
        self.locked = LockedPage(theme, window)
        self.accounts = AccountsPage(theme, window)
        self.rescue = Rescue(tasks, window)
        self.looking = Looking(theme, tasks, window)
        for key, page in (
            (FIRST_RUN, self.first_run),
            (SIGN_IN, self.form),
            (UNLOCK, self.unlock),
            (LOCKED, self.locked),
            (ACCOUNTS, self.accounts),
        ):
            window.add_screen(key, page, with_nav=False)
        self._connect()
        self._look_for_keyring()

    def _connect(self) -> None:
        self.first_run.sign_in_chosen.connect(self._on_sign_in_chosen)
        self.first_run.samples_chosen.connect(self.try_samples)
        self.form.access_given.connect(self._on_access_given)
        self.form.back_chosen.connect(self.show_accounts)
        self.unlock.unlocked.connect(self._on_unlocked)
        self.locked.unlocked.connect(self._on_unlocked)
        self.unlock.other_chosen.connect(self._on_other_chosen)
        self.locked.other_chosen.connect(self._on_other_chosen)
        for page in (self.unlock, self.locked, self.accounts):
            page.problem.look_chosen.connect(self._on_look_chosen)
            page.problem.export_chosen.connect(self._on_export_chosen)
            self.rescue.written.connect(page.problem.show_written)
            self.rescue.failed.connect(page.problem.show_error)
            self.looking.failed.connect(page.problem.show_error)
        self.rescue.written.connect(self.looking.show_written)
        self.rescue.failed.connect(self.looking.show_error)
        self.looking.export_chosen.connect(self._on_shown_export_chosen)
        self.looking.idle.left.connect(self._on_nobody_there)
        self.accounts.account_chosen.connect(self._on_account_chosen)
        self.accounts.add_chosen.connect(self._on_sign_in_chosen)

    @Slot()
    def show_first_run(self) -> None:
        """Show the ways in of a laptop without any work."""
        self._show_unsent(())
        self.form.forget()
        self._window.show_screen(FIRST_RUN)

    def show_sign_in(self, address: str) -> None:
        """Ask for a new token for a known platform."""
        self.form.show_address(address)
        self._on_sign_in_chosen()
        self._list(self._show_unsent)

    def show_unlock(self, folder: Path) -> None:
        """Ask for the passphrase of the work of an account."""
        self._folder = folder
        self.unlock.whose.hide()
        self._window.show_screen(UNLOCK)
        self._list(self._on_whose_known)

    def show_locked(self, folder: Path) -> None:
        """Show that the work is locked; a click opens it, as the keyring keeps its key."""
        self._folder = folder
        self._window.show_screen(LOCKED)
        self._list(self._on_whose_known)

    @Slot()
    def show_accounts(self) -> None:
        """Let the assessor choose an account; the ways in where none is here yet."""
        self._list(self._on_accounts_known)

    def show_error(self, error: AppError) -> None:
        """Show the accounts, and why the work of one was not opened."""
        self._error = error
        self._list(self._on_accounts_known)

    @Slot()
    def try_samples(self) -> None:
        """Start a platform on this computer and sign in to it."""
        if self._doors.samples is None:
            return
        self._window.show_screen(FIRST_RUN)
        self.first_run.show_busy(is_busy=True)
        self._tasks.run(
            Lane.NETWORK,
            self._doors.samples,
            owner=self,
            done=self._on_samples_ready,
            failed=self._on_samples_failed,
        )

    def _list(self, done: Callable[[tuple[KnownAccount, ...]], None]) -> None:
        self._tasks.run(
            Lane.NETWORK,
            self._doors.accounts,
            owner=self,
            done=done,
            failed=self._on_not_listed,
            latest="accounts",
        )

    def _on_whose_known(self, accounts: tuple[KnownAccount, ...]) -> None:
        self._show_unsent(accounts)
        here = next((each for each in accounts if each.folder == self._folder), None)
        if here is None:
            return
        others = tuple(each for each in accounts if each.folder != self._folder)
        self.unlock.show_accounts(here, others)
        self.locked.show_accounts(here, others)

    def _on_accounts_known(self, accounts: tuple[KnownAccount, ...]) -> None:
        error, self._error = self._error, None
        if not accounts:
            self.show_first_run()
            if error is not None:
                self.first_run.show_error(error)
            return
        self._show_unsent(accounts)
        self.form.forget()
        self.accounts.show_accounts(accounts)
        if error is not None:
            self.accounts.show_error(error)
        self._window.show_screen(ACCOUNTS)

    def _show_unsent(self, accounts: tuple[KnownAccount, ...]) -> None:
        unsent = all_unsent(accounts)
        self._window.show_status(status_before(only_here(unsent), only_here_short(unsent)))

    def _on_not_listed(self, error: AppError) -> None:
        self._window.show_screen(FIRST_RUN)
        self.first_run.show_error(error)

    def _look_for_keyring(self) -> None:
        self._tasks.run(
            Lane.NETWORK,
            self._doors.has_keyring,
            owner=self,
            done=self._on_keyring_known,
            failed=self._on_keyring_failed,
        )

    def _on_keyring_known(self, has_keyring: bool) -> None:  # noqa: FBT001 (a result)
        self._keyring = _Keyring.THERE if has_keyring else _Keyring.MISSING
        if self._wants_form:
            self._on_sign_in_chosen()

    def _on_keyring_failed(self, _error: AppError) -> None:
        self._on_keyring_known(False)  # noqa: FBT003 (as a result)

    def _on_samples_ready(self, access: TypedAccess) -> None:
        self.first_run.show_busy(is_busy=False)
        if self._keyring is _Keyring.THERE:
            self._sign_in(access)
            return
        self.form.show_access(access)
        self._on_sign_in_chosen()

    def _on_samples_failed(self, error: AppError) -> None:
        self.first_run.show_busy(is_busy=False)
        title = self.tr("The samples could not be prepared")
        self.first_run.show_problem(title, sentence(error), details=type(error).__name__)

    def _sign_in(self, access: TypedAccess) -> None:
        door = self._doors.sign_in

        def work() -> Any:
            return door(access)

        self._tasks.run(
            Lane.NETWORK, work, owner=self, done=self._on_entered, failed=self._on_refused
        )

    def _on_entered(self, given: object) -> None:
        self.form.forget()
        self.unlock.forget()
        self.entered.emit(given)

    def _on_refused(self, error: AppError) -> None:
        if self._window.screen_key() != SIGN_IN:
            self._window.show_screen(SIGN_IN)
        self.form.show_error(error)

    def _on_not_unlocked(self, error: AppError) -> None:
        shown = self._window.screen_key()
        if shown == LOCKED:
            self.locked.show_error(error)
        elif shown == ACCOUNTS:
            self.accounts.show_error(error)
        else:
            self.unlock.show_error(error)

    @Slot()
    def _on_sign_in_chosen(self) -> None:
        self._wants_form = self._keyring is _Keyring.UNKNOWN
        if self._wants_form:
            return
        if self._keyring is _Keyring.MISSING:
            self.form.ask_passphrase()
        self._window.show_screen(SIGN_IN)

    @Slot()
    def _on_other_chosen(self) -> None:
        self.unlock.forget()
        self.show_accounts()

    @Slot(object)
    def _on_account_chosen(self, account: KnownAccount) -> None:
        if account.needs_passphrase:
            self.show_unlock(account.folder)
            return
        self._folder = account.folder
        self.accounts.show_busy(is_busy=True)
        self._on_unlocked("")

    @Slot(object)
    def _on_look_chosen(self, folder: Path) -> None:
        look, typed = self._doors.look, self._typed()

        def read() -> Any:
            return look(folder, typed)

        self.looking.begin(read)

    @Slot(object)
    def _on_export_chosen(self, folder: Path) -> None:
        export, typed = self._doors.export, self._typed()

        def read() -> str:
            return export(folder, typed)

        self.rescue.begin(read)

    @Slot(str)
    def _on_shown_export_chosen(self, text: str) -> None:
        def read() -> str:
            return text

        self.rescue.begin(read)

    @Slot()
    def _on_nobody_there(self) -> None:
        """Ask for the passphrase again."""
        self.unlock.forget()
        self.unlock.problem.hide()

    def _typed(self) -> str:
        return self.unlock.typed() if self._window.screen_key() == UNLOCK else ""

    @Slot(object)
    def _on_access_given(self, access: TypedAccess) -> None:
        self._sign_in(access)

    @Slot(str)
    def _on_unlocked(self, passphrase: str) -> None:
        door, folder = self._doors.unlock, self._folder

        def work() -> Any:
            return door(folder, passphrase)

        self._tasks.run(
            Lane.STORE, work, owner=self, done=self._on_entered, failed=self._on_not_unlocked
        )
