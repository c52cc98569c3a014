"""The open profile in the window: screens, navigation, counts, status and rounds."""

import logging
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.ui.application.centre_room import SOON_S, CentreRoom
from assessor_app.ui.application.connection import Connection, status_of
from assessor_app.ui.application.first_frame import QUEUE
from assessor_app.ui.application.hiding import HidingCover
from assessor_app.ui.application.idle import IdleWatch, application
from assessor_app.ui.application.packet_room import DESK, SEAL, PacketRoom
from assessor_app.ui.application.passphrase_room import PassphraseRoom
from assessor_app.ui.application.platform_notices import PlatformNotices
from assessor_app.ui.application.sections import SETTINGS, SYNC, sections_of
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.queue.controller import QueueController
from assessor_app.ui.queue.said import Contact
from assessor_app.ui.queue.screen import QueueScreen
from assessor_app.ui.services import Services
from assessor_app.ui.settings.controller import SettingsController
from assessor_app.ui.settings.screen import SettingsScreen
from assessor_app.ui.shell.shortcuts import Shortcut
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.ui.when import near
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.profiles import KeyVault, OpenProfile, OpenReport
from assessor_app.usecases.queue import Queue
from assessor_app.usecases.queue_rows import QueueGroup
from assessor_app.usecases.seal import Sealed
from assessor_app.usecases.settings import Settings
from assessor_app.usecases.syncing import RoundProgress, RoundReport, changes_of

LOG = logging.getLogger(__name__)
UNTIL_SYNC_S = 60.0
"""A review that may be reopened until the next sync stays so long, while the platform is there."""

TICKS = 5
"""So many signs of progress lie between two looks at the queue while packets arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is there before a profile is open."""

    window: MainWindow
    theme: Theme
    queue: QueueScreen


class AssessorController(QObject):
    """Everything an open profile can do in one window.

    Signals:
        sign_in_wanted(): The assessor wants to sign in again.
        accounts_wanted(): The assessor wants the work of another account.
        stopped(): After `stop`: no round runs any more; the profile may be closed.
        section_shown(key: str): Another section is in front.
        own_words_changed(tuple of str): The leak check looks for these from now on.
        settings_applied(Settings): These hold from now on.
        lock_wanted(): Nobody is there, and nothing is to be seen or kept open any more.
    """

    sign_in_wanted = Signal()
    accounts_wanted = Signal()
    stopped = Signal()
    section_shown = Signal(str)
    own_words_changed = Signal(object)
    settings_applied = Signal(object)
    lock_wanted = Signal()

    def __init__(
        self,
        frame: Frame,
        services: Services,
        opened: OpenProfile,
        vault: KeyVault,
        settings: Settings,
    ) -> None:
        super().__init__(frame.window)
        self._frame, self._services = frame, services
        self._connection = Connection()
        self._places = Places(laptop=0, outbox=0, received=0)
        self._ticks = 0
        self._section = QueueGroup.TO_REVIEW.value
        self._chosen = settings
        window, theme = frame.window, frame.theme
        self._queue = QueueController(frame.queue, services, window.shortcuts, self)
        self._centre_room = CentreRoom(services, theme, window, opened)
        self._centre, self._outbox = self._centre_room.screen, self._centre_room.outbox
        self.rounds = self._centre_room.rounds
        self._settings_screen = SettingsScreen(theme, window)
        self._settings = SettingsController(self._settings_screen, services, opened, vault, self)
        window.add_screen(SETTINGS, self._settings_screen)
        self._room = PacketRoom(services, theme, window, self)
        self._passphrase = PassphraseRoom(services, theme, window, opened)
        self._notices = PlatformNotices(services, theme, window)
        self._hiding = HidingCover(theme, window)
        self._idle = IdleWatch(application(), parent=self)
        self._connect()
        self._add_keys()
        self.apply(settings)
        self._show_connection()

    def start(self, section: str) -> None:
        """Show a group of packets and read everything; the first round is begun by `look`."""
        groups = {group.value for group in QueueGroup}
        self.show_section(section if section in groups else QueueGroup.TO_REVIEW.value)
        self._queue.reload()
        self._outbox.reload()
        self._settings.reload()

    @Slot()
    def look(self) -> None:
        """Do a first round, unless the assessor wants rounds only when asked for."""
        if self.rounds.next_s is not None:
            self.rounds.now()

    def stop(self) -> None:
        """Save what is typed and end the rounds; `stopped` follows."""
        self._room.leave()
        self.rounds.stop()

    @Slot()
    def lock(self) -> None:
        """Hide everything now; what is typed is saved before the profile closes."""
        self._hiding.cover()
        self.lock_wanted.emit()

    @Slot(str)
    def show_section(self, key: str) -> None:
        """Show a group of packets, the sync centre or the settings."""
        self._room.leave()
        window = self._frame.window
        self._section = key
        window.show_section(key)
        window.show_title("")
        if key in (SYNC, SETTINGS):
            window.show_screen(key)
        else:
            self._queue.show_group(QueueGroup(key))
            window.show_screen(QUEUE)
        if key == SETTINGS:
            self._settings.reload()
        self.section_shown.emit(key)
        self._notices.look()

    def tell(self, opening: OpenReport) -> None:
        """Say once what happened when the work was opened, if it matters."""
        if opening.quarantined is not None:
            text = self.tr(
                "Its database was damaged and is set aside. What you sealed is back, and {0} "
                "drafts were saved. Packets are fetched again."
            ).format(opening.drafts_salvaged)
            self._queue.show_notice(Tone.WARN, self.tr("Your work was rebuilt"), text)

    @Slot(object)
    def apply(self, settings: Settings) -> None:
        """Let settings hold."""
        before, self._chosen = self._chosen, settings
        theme = self._frame.theme
        mode = Mode(settings.theme.value)
        if theme.mode is not mode:
            theme.use_mode(mode)
        if theme.text_scale != settings.text_scale:
            theme.use_text_scale(settings.text_scale)
        self._frame.window.shortcuts.show_single_letters(settings.letter_keys)
        self._centre_room.apply(settings)
        self._idle.show_after(settings.lock_after_minutes)
        self.settings_applied.emit(settings)
        if before.unconfined != settings.unconfined:
            self._room.show_again()

    def _connect(self) -> None:
        window = self._frame.window
        window.section_chosen.connect(self.show_section)
        window.status_chosen.connect(self._on_status_chosen)
        window.pause_chosen.connect(self._on_pause_chosen)
        self._queue.packet_chosen.connect(self._room.open)
        self._queue.sync_wanted.connect(self.rounds.now)
        self._queue.loaded.connect(self._on_queue_loaded)
        self._centre.pause_chosen.connect(self._on_pause_chosen)
        self._centre.left.packet_opened.connect(self._room.open)
        self._centre.left.attention_chosen.connect(self._on_attention_chosen)
        self._centre_room.changed.connect(self._on_changed)
        self._centre_room.settings_chosen.connect(self._settings.change)
        self._outbox.packet_chosen.connect(self._room.open_at)
        self._outbox.versions_chosen.connect(self._room.open_versions)
        self._settings.applied.connect(self.apply)
        self._settings.own_words_changed.connect(self.own_words_changed)
        self._settings.signed_out.connect(self.rounds.now)
        self._settings_screen.sign_in_chosen.connect(self.sign_in_wanted)
        self._centre.sign_in_chosen.connect(self.sign_in_wanted)
        self._settings_screen.accounts_chosen.connect(self.accounts_wanted)
        self._connect_work()

    def _connect_work(self) -> None:
        self._idle.left.connect(self.lock)
        self._settings_screen.network.passphrase_chosen.connect(self._passphrase.open)
        self._room.left.connect(self._on_room_left)
        self._room.changed.connect(self._on_changed)
        self._room.sealed.connect(self._on_sealed)
        self._room.act_queued.connect(self._on_act_queued)
        self._room.problem.connect(self._on_problem)
        self._room.export_wanted.connect(self._centre_room.exporting.export_of)
        self.rounds.began.connect(self._on_round_began)
        self.rounds.progressed.connect(self._on_round_progressed)
        self.rounds.ended.connect(self._on_round_ended)
        self.rounds.failed.connect(self._on_round_failed)
        self.rounds.stopped.connect(self.stopped)

    def _add_keys(self) -> None:
        shortcuts = self._frame.window.shortcuts
        desk = self._room.desk.widget
        group = self.tr("Desk")
        for key, words, keys, slot in (
            ("packet.next", self.tr("Next packet"), "J", self._on_next_packet),
            ("packet.before", self.tr("Packet before"), "K", self._on_packet_before),
        ):
            shortcuts.add(Shortcut(key=key, words=words, keys=keys, group=group), slot, scope=desk)

    def _show_connection(self) -> None:
        connection = replace(self._connection, is_paused=self.rounds.is_paused)
        if not self.rounds.is_running:
            connection = connection.waiting(self._services.clock(), self.rounds.next_s)
        self._connection = connection
        now = self._services.clock()
        self._frame.window.show_status(status_of(connection, self._places, now))
        self._queue.show_contact(
            Contact(
                offline_since=connection.since,
                last_contact=connection.last_contact,
                next_try=connection.next_try,
                is_syncing=self.rounds.is_running,
            )
        )
        self._centre_room.show_connection(connection)

    def _step(self, by: int) -> None:
        if self._room.assignment is None:
            return
        self._room.desk.flush()
        if (other := self._queue.neighbour(self._room.assignment, by)) is not None:
            self._room.open(other)

    @Slot(object)
    def _on_queue_loaded(self, queue: Queue) -> None:
        self._places = queue.places
        self._centre_room.show_queue(queue)
        window = self._frame.window
        window.show_sections(sections_of(queue.counts))
        window.show_section(self._section)
        self._show_connection()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._queue.reload()
        if changes.outbox:
            self._outbox.reload()

    @Slot()
    def _on_room_left(self) -> None:
        self.show_section(self._section)
        self._queue.reload()

    @Slot(object)
    def _on_sealed(self, sealed: Sealed) -> None:
        self.show_section(self._section)
        wait_s = UNTIL_SYNC_S
        text = self.tr("It is in the outbox. You can reopen it until it leaves with the next sync.")
        if sealed.grace_until is not None:
            now = self._services.clock()
            wait_s = (sealed.grace_until - now).total_seconds()
            text = self.tr("It is in the outbox. You can reopen it until {0}.").format(
                near(sealed.grace_until, now)
            )
        if self._places.is_held:
            text = self.tr("It is in the outbox, where you hold everything until you send all.")
        self._queue.show_notice(Tone.OK, self.tr("The review is sealed"), text)
        self.rounds.within(wait_s)
        self._show_connection()

    @Slot()
    def _on_act_queued(self) -> None:
        self.rounds.within(SOON_S)

    @Slot(str, object)
    def _on_problem(self, title: str, error: AppError) -> None:
        if self._frame.window.screen_key() in (DESK, SEAL):
            self._room.show_problem(title, error)
            return
        if self._frame.window.screen_key() == SYNC:
            self._centre_room.show_problem(title, error)
            return
        self._queue.show_problem(title, error)

    @Slot()
    def _on_round_began(self) -> None:
        self._connection = replace(self._connection, progress=None)
        self._show_connection()

    @Slot(object)
    def _on_round_progressed(self, progress: RoundProgress) -> None:
        before = self._connection.progress
        self._connection = replace(self._connection, progress=progress)
        self._show_connection()
        if before is None or progress.received != before.received:
            self._outbox.reload()
        self._ticks += 1
        if before is None or before.stage is not progress.stage or not self._ticks % TICKS:
            self._queue.reload()

    @Slot(object)
    def _on_round_ended(self, report: RoundReport) -> None:
        self._connection = self._connection.after(report)
        LOG.info("round_ended", extra=_logged(report))
        changes = changes_of(report)
        self._queue.reload()
        self._outbox.reload()
        self._room.show_arrived(changes)
        self._notices.look()
        self._show_connection()

    @Slot(object)
    def _on_round_failed(self, error: AppError) -> None:
        self._connection = replace(self._connection, progress=None)
        self._queue.show_problem(self.tr("The sync could not go on"), error)
        self._show_connection()

    @Slot(str)
    def _on_status_chosen(self, _segment: str) -> None:
        self.show_section(SYNC)

    @Slot()
    def _on_attention_chosen(self) -> None:
        self.show_section(QueueGroup.ATTENTION.value)

    @Slot()
    def _on_pause_chosen(self) -> None:
        if self.rounds.is_paused:
            self.rounds.now()
        else:
            self.rounds.pause()
        self._show_connection()

    @Slot()
    def _on_next_packet(self) -> None:
        self._step(1)

    @Slot()
    def _on_packet_before(self) -> None:
        self._step(-1)


def _logged(report: RoundReport) -> dict[str, int | str]:
    """Return the fields of a round that the log may hold."""
    return {
        "link": report.link.value,
        "received": len(report.received),
        "refused": len(report.refused),
        "uncertain": len(report.uncertain),
        "packets": report.packets,
        "missing": len(report.missing),
        "fetched_bytes": report.fetched_bytes,
        "duration_ms": round((report.ended_at - report.began_at).total_seconds() * 1000),
    }
