"""The sync centre with everything that can be done from it."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices

from assessor_app.domain.ids import ActId, Sha256
from assessor_app.ui.application.connection import Connection, contact_words, held_words
from assessor_app.ui.application.exporting import Exporting
from assessor_app.ui.application.fetching_words import fetching_of
from assessor_app.ui.application.metered import MeteredNetwork
from assessor_app.ui.application.network_watch import NetworkWatch
from assessor_app.ui.application.notices import notice_of
from assessor_app.ui.application.rounds import Hours, Rounds
from assessor_app.ui.application.sections import SYNC
from assessor_app.ui.outbox.controller import OutboxController
from assessor_app.ui.outbox.packets import fetch_rows, lacking
from assessor_app.ui.outbox.screen import OutboxScreen
from assessor_app.ui.outbox.sights import sights
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
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup, QueueRow
from assessor_app.usecases.settings import Metered, Settings
from assessor_app.usecases.sights import KeptAside, list_kept_aside

SOON_S = 3.0
SECOND_MS = 1000
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
        self._connection = Connection()
        self._rows: tuple[QueueRow, ...] = ()
        self._aside: tuple[KeptAside, ...] = ()
        self._ready = 0
        self.network = NetworkWatch()
        self._seconds = QTimer(self)
        self._seconds.setInterval(SECOND_MS)
        self._seconds.timeout.connect(self._on_second)
        self.rounds = Rounds(services.tasks, opened, self)
        self.screen = OutboxScreen(theme)
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
        self._rows = queue.rows
        self._ready = sum(
            row.on_laptop is OnLaptop.READY
            and row.group in (QueueGroup.TO_REVIEW, QueueGroup.IN_PROGRESS)
            for row in queue.rows
        )
        self._show()

    def show_connection(self, connection: Connection) -> None:
        """Show what is known of the connection now."""
        before, self._connection = self._connection, connection
        if connection.missing != before.missing:
            self._look_aside(connection.missing)
        self._show()

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
        self.outbox.looked.connect(self._on_looked)
        screen.left.export_all_chosen.connect(self.exporting.export_all)
        screen.fetching.hours_chosen.connect(self._on_hours_chosen)
        self.exporting.written.connect(self._on_exported)
        self.exporting.failed.connect(self._on_not_exported)

    def _show(self) -> None:
        connection, screen, now = self._connection, self.screen, self._services.clock()
        if not self.rounds.is_running:
            connection = connection.waiting(now, self.rounds.next_s)
        self.outbox.show_outlook(connection.outlook(now), held=held_words(connection))
        screen.show_contact(
            contact_words(connection, now),
            is_syncing=self.rounds.is_running,
            is_offline=connection.is_offline,
        )
        screen.show_notice(notice_of(connection, now))
        is_whole = bool(self._rows) and not lacking(self._rows)
        state = fetching_of(connection, self._ready, self.outbox.space, is_whole=is_whole)
        screen.show_fetching(state)
        screen.fetching.show_packets(
            fetch_rows(
                self._rows, self._aside, is_fetching=state.is_going, is_offline=state.is_offline
            )
        )
        way = connection.way(self.outbox.platform, now, self.network.look(now))
        screen.fetching.sights.show_sights(sights(way) if way else (), now)
        if self.outbox.counts and not self._seconds.isActive():
            self._seconds.start()

    def _look_aside(self, missing: tuple[Sha256, ...]) -> None:
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(list_kept_aside, missing),
            owner=self,
            done=self._on_aside,
            failed=self._on_not_asked,
            latest="aside",
        )

    def _on_aside(self, aside: tuple[KeptAside, ...]) -> None:
        self._aside = aside
        self._show()

    @Slot()
    def _on_second(self) -> None:
        """Count on, while there is something to count and somebody to see it."""
        if self.outbox.counts and self.screen.isVisible():
            self._show()
        else:
            self._seconds.stop()

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

    @Slot(int, int)
    def _on_hours_chosen(self, start: int, end: int) -> None:
        self.settings_chosen.emit(replace(self._settings, sync_from=start, sync_until=end))

    @Slot()
    def _on_looked(self) -> None:
        self._show()

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

    @Slot(str, int)
    def _on_exported(self, name: str, count: int) -> None:
        text = self.tr("{0} is not encrypted: keep it where only you can read it.").format(name)
        title = self.tr("The review is in a file")
        if count > 1:
            title = self.tr("{0} reviews are in a file").format(count)
        stays = self.tr("Nothing changed in the outbox.")
        self.screen.show_told(title, f"{text} {stays}")

    @Slot(object)
    def _on_not_exported(self, error: AppError) -> None:
        self.show_problem(self.tr("The review was not exported"), error)
