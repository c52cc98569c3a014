"""The controller of the settings: reads them, keeps each change, and says what changed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.ui.services import Services
from assessor_app.ui.settings.screen import SettingsScreen, SettingsState
from assessor_app.ui.tasks import Lane
from assessor_app.ui.words import sentence
from assessor_app.usecases.accounts import KnownAccount, list_accounts, tag_of
from assessor_app.usecases.doctor import Finding, look_at_computer, look_at_profile
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.profiles import KeyVault, OpenProfile
from assessor_app.usecases.settings import (
    Settings,
    account_facts,
    load_own_words,
    load_settings,
    save_own_words,
    save_settings,
    sign_out,
)
from assessor_app.usecases.space import space
from assessor_app.usecases.workbench import Transaction


class SettingsController(QObject):
    """Owns the settings as they are now.

    Signals:
        applied(Settings): These hold from now on.
        own_words_changed(tuple of str): The leak check looks for these from now on.
        signed_out(): The token is forgotten.
    """

    applied = Signal(object)
    own_words_changed = Signal(object)
    signed_out = Signal()

    def __init__(
        self,
        screen: SettingsScreen,
        services: Services,
        opened: OpenProfile,
        vault: KeyVault,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen, self._services = screen, services
        self._opened, self._vault = opened, vault
        screen.settings_changed.connect(self._on_settings_changed)
        screen.own_words_changed.connect(self._on_own_words_changed)
        screen.sign_out_chosen.connect(self._on_sign_out_chosen)
        screen.check_wanted.connect(self._on_check_wanted)

    @Slot()
    def reload(self) -> None:
        """Read everything again and show it."""
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(look),
            owner=self,
            done=self._screen.show_settings,
            failed=self._on_failed,
            latest="settings",
        )
        opened, vault = self._opened, self._vault

        def others() -> tuple[KnownAccount, ...]:
            return list_accounts(opened.folder.parent, vault, but=opened.folder)

        services.tasks.run(
            Lane.STORE,
            others,
            owner=self,
            done=self._on_others_known,
            failed=self._on_failed,
            latest="accounts",
        )

    def change(self, settings: Settings) -> None:
        """Keep settings that were chosen on another screen."""
        self._on_settings_changed(settings)

    def _keep(self, work: Callable[[], None], done: Callable[[None], None]) -> None:
        self._services.tasks.run(Lane.STORE, work, owner=self, done=done, failed=self._on_failed)

    def _on_others_known(self, others: tuple[KnownAccount, ...]) -> None:
        self._screen.show_accounts(tag_of(self._opened.folder), others)

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_problem(self.tr("This was not kept"), sentence(error))

    def _on_kept(self, _nothing: None) -> None:
        self._screen.show_problem("", "")

    def _on_signed_out(self, _nothing: None) -> None:
        self.reload()
        self.signed_out.emit()

    def _on_found(self, findings: tuple[Finding, ...]) -> None:
        self._screen.computer.show_findings(findings)

    @Slot(object)
    def _on_settings_changed(self, settings: Settings) -> None:
        self.applied.emit(settings)
        self._keep(self._services.workbench.prepare(save_settings, settings), self._on_kept)

    @Slot(object)
    def _on_own_words_changed(self, words: tuple[str, ...]) -> None:
        self.own_words_changed.emit(words)
        self._keep(self._services.workbench.prepare(save_own_words, words), self._on_kept)

    @Slot()
    def _on_sign_out_chosen(self) -> None:
        self._keep(self._services.workbench.prepare(sign_out), self._on_signed_out)

    @Slot()
    def _on_check_wanted(self) -> None:
        self._screen.computer.show_busy()
        opened, vault = self._opened, self._vault

        def check() -> tuple[Finding, ...]:
            return (*look_at_computer(vault), *look_at_profile(opened))

        self._services.tasks.run(
            Lane.NETWORK, check, owner=self, done=self._on_found, failed=self._on_failed
        )


def look(at: Transaction) -> SettingsState:
    """Return the settings, own words, account facts and space of one moment."""
    return SettingsState(
        settings=load_settings(at),
        own_words=load_own_words(at),
        account=account_facts(at),
        space=space(at),
    )
