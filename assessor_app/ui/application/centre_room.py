"""The sync centre with everything that can be done from it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from assessor_app.domain.ids import ActId
from assessor_app.ui.application.exporting import Exporting
from assessor_app.ui.application.metered import MeteredNetwork
from assessor_app.ui.application.rounds import Hours, Rounds
from assessor_app.ui.application.sections import SYNC
from assessor_app.ui.outbox.controller import OutboxController
from assessor_app.ui.outbox.packets import fetch_rows
from assessor_app.ui.outbox.screen import OutboxScreen
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.words import sentence
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.queue import Queue
from assessor_app.usecases.settings import Metered, Settings

SOON_S = 3.0
NETWORK_SIGN_IN = "http://example.com/"
"""What a browser asks for without encryption, so that a network can put its sign-in there."""


class CentreRoom(QObject):
    """Joins the sync centre with rounds, exports and the settings of the network.

    Signals:
        changed(Changes): What looks different elsewhere.
        settings_chosen(Settings): The assessor wants these.
    """

    changed = Signal(object)
    settings_chosen = Signal(object)

    def __init__(
        self, services: Services, theme: Theme, window: MainWindow, opened: OpenProfile
    ) -> None:
        super().__init__(window)
        self._services, self._opened = services, opened
        self._settings = Settings()
        self._metered = MeteredNetwork()
        self.rounds = Rounds(services.tasks, opened, self)
        self.screen = OutboxScreen(theme, window)
        self.outbox = OutboxController(self.screen, services, self)
        self.exporting = Exporting(services, window)
        window.add_screen(SYNC, self.screen)
        self._connect()

    def apply(self, settings: Settings) -> None:
        """Let settings hold."""
        self._settings = settings
        hours = Hours(settings.sync_from, settings.sync_until)
        self.rounds.show_hours(hours, self._services.clock)
        self.rounds.show_every(settings.sync_every_minutes)
        self._metered.choice = settings.metered
        self.screen.fetching.show_settings(settings)

    def show_queue(self, queue: Queue) -> None:
        """Show which packets are on their way."""
        self.screen.fetching.show_packets(fetch_rows(queue.rows))

    def show_problem(self, title: str, error: AppError) -> None:
        """Say what did not work."""
        self.screen.show_told(title, sentence(error), tone=Tone.WARN)

    def _connect(self) -> None:
        screen = self.screen
        self.rounds.show_metered(self._metered.is_metered)
        screen.sync_wanted.connect(self.rounds.now)
        screen.browser_chosen.connect(self._on_browser_chosen)
        screen.fetching.fetch_chosen.connect(self.rounds.fetch_anyway)
        screen.fetching.limit_chosen.connect(self._on_limit_chosen)
        screen.fetching.metered_chosen.connect(self._on_metered_chosen)
        self.outbox.changed.connect(self._on_changed)
        self.outbox.ask_chosen.connect(self._on_ask_chosen)
        self.outbox.export_chosen.connect(self.exporting.export)
        self.exporting.written.connect(self._on_exported)
        self.exporting.failed.connect(self._on_not_exported)

    def _on_may_leave(self, _nothing: None) -> None:
        self.rounds.now()

    def _on_not_asked(self, error: AppError) -> None:
        self.show_problem(self.tr("This could not be done"), error)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.rounds.within(SOON_S)

    @Slot(int)
    def _on_limit_chosen(self, kbit_s: int) -> None:
        self.settings_chosen.emit(replace(self._settings, fetch_limit_kbit_s=kbit_s))

    @Slot(object)
    def _on_metered_chosen(self, metered: Metered) -> None:
        self.settings_chosen.emit(replace(self._settings, metered=metered))

    @Slot(str)
    def _on_ask_chosen(self, act: str) -> None:
        opened = self._opened

        def forget() -> None:
            opened.ask_now(ActId(act))

        self._services.tasks.run(
            Lane.NETWORK, forget, owner=self, done=self._on_may_leave, failed=self._on_not_asked
        )

    @Slot()
    def _on_browser_chosen(self) -> None:
        QDesktopServices.openUrl(QUrl(NETWORK_SIGN_IN))

    @Slot(str)
    def _on_exported(self, name: str) -> None:
        text = self.tr("{0} is not encrypted: keep it where only you can read it.").format(name)
        self.screen.show_told(self.tr("The review is in a file"), text)

    @Slot(object)
    def _on_not_exported(self, error: AppError) -> None:
        self.show_problem(self.tr("The review was not exported"), error)
