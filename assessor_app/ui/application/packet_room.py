"""One packet from opening to the seal: desk, two versions, seal, ways out, and between them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.domain.determination import Missing
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.leaks import Leak
from assessor_app.domain.outbox import ActKind
from assessor_app.ui.application.ways_out import WayOut, WaysOutSheet, lease_words
from assessor_app.ui.conflict.controller import ConflictController
from assessor_app.ui.desk.controller import DeskController
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.seal.controller import SealController
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.words import sentence
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.packet import OpenedPacket, open_packet
from assessor_app.usecases.renewal import Comparison
from assessor_app.usecases.review import Saved
from assessor_app.usecases.seal import Sealed, act, reopen

DESK, SEAL, VERSIONS = "desk", "seal", "versions"


class PacketRoom(QObject):
    """Opens packets and takes them to the desk, to the seal and out.

    A packet is read from the store each time it comes to another screen, so that no screen shows
    what another one has changed.

    Signals:
        left(): Back to the queue.
        changed(Changes): What looks different elsewhere.
        sealed(Sealed): A review is in the outbox.
        act_queued(): Another act is in the outbox.
        export_wanted(assignment: str): What was written is to be kept in a file.
        problem(title: str, error: AppError): What did not work, for the queue.
    """

    left = Signal()
    changed = Signal(object)
    sealed = Signal(object)
    act_queued = Signal()
    export_wanted = Signal(str)
    problem = Signal(str, object)

    def __init__(
        self, services: Services, theme: Theme, window: MainWindow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._window = services, window
        self._assignment: AssignmentId | None = None
        self._criterion = self._pin = ""
        self.desk = DeskController(services, theme, window.shortcuts, window)
        self.seal = SealController(services, theme, window.shortcuts, window)
        self.versions = ConflictController(services, theme, window.shortcuts, window)
        self._ways_out = WaysOutSheet(theme, window)
        window.add_screen(DESK, self.desk.widget, with_nav=False)
        window.add_screen(SEAL, self.seal.widget, with_nav=False)
        window.add_screen(VERSIONS, self.versions.widget, with_nav=False)
        self._connect()

    @property
    def assignment(self) -> AssignmentId | None:
        """The packet that is open."""
        return self._assignment

    @Slot(str)
    def open(self, assignment: str) -> None:
        """Put a packet on the desk."""
        self._criterion = ""
        self._read(AssignmentId(assignment), self._on_to_desk)

    @Slot(str, str)
    def open_at(self, assignment: str, criterion: str) -> None:
        """Put a packet on the desk with one criterion open."""
        self._criterion = criterion
        self._read(AssignmentId(assignment), self._on_to_desk)

    @Slot(str, str)
    def open_pin(self, assignment: str, pin: str) -> None:
        """Put a packet on the desk at the place of a pin."""
        self._criterion, self._pin = "", pin
        self._read(AssignmentId(assignment), self._on_to_desk)

    def show_again(self) -> None:
        """Show the evidence on the desk anew: how it is shown has changed."""
        if self._assignment is not None:
            self.desk.show_arrived()

    @Slot(str)
    def open_versions(self, assignment: str) -> None:
        """Show a review beside the newer version of its packet or rubric."""
        self.versions.open(AssignmentId(assignment))

    def show_arrived(self, changes: Changes) -> None:
        """Show what arrived of the open packet."""
        if self._assignment in changes.assignments and self._window.screen_key() == DESK:
            self.desk.show_arrived()

    def show_problem(self, title: str, error: AppError) -> None:
        """Say on the desk what did not work."""
        banner = self.desk.widget.banner
        banner.show_message(Tone.WARN, title, sentence(error), details=type(error).__name__)
        banner.show()

    def leave(self) -> None:
        """Save what is typed; the packet is no longer open."""
        if self._window.screen_key() == DESK:
            self.desk.flush()
        self._assignment = None

    def _connect(self) -> None:
        self.desk.left.connect(self._on_left)
        self.desk.changed.connect(self.changed)
        self.desk.not_saved.connect(self._on_not_saved)
        self.desk.other_version.connect(self._on_back_to_desk)
        self.desk.seal_chosen.connect(self._on_seal_chosen)
        self.desk.reopen_chosen.connect(self._on_reopen_chosen)
        self.desk.ways_out_chosen.connect(self._on_ways_out_chosen)
        self.desk.versions_chosen.connect(self._on_versions_chosen)
        self.versions.opened.connect(self._on_versions_opened)
        self.versions.left.connect(self._on_left)
        self.versions.renewed.connect(self._on_renewed)
        self.versions.not_needed.connect(self.open)
        self.versions.old_chosen.connect(self.open)
        self.versions.pin_followed.connect(self.open_pin)
        self.versions.export_chosen.connect(self.export_wanted)
        self.versions.problem.connect(self._on_no_versions)
        self.seal.left.connect(self._on_back_to_desk)
        self.seal.need_chosen.connect(self._on_need_chosen)
        self.seal.change_chosen.connect(self._on_change_chosen)
        self.seal.changed.connect(self.changed)
        self.seal.sealed.connect(self._on_sealed)
        self.seal.failed.connect(self._on_seal_failed)
        self._ways_out.way_chosen.connect(self._on_way_chosen)

    def _read(self, assignment: AssignmentId, done: Callable[[OpenedPacket], None]) -> None:
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(open_packet, assignment, now=services.clock()),
            owner=self,
            done=done,
            failed=self._on_not_opened,
            latest="open",
        )

    def _on_to_desk(self, opened: OpenedPacket) -> None:
        self._assignment = opened.assignment.id
        self._window.show_submission(opened.assignment.submission, opened.assignment.title)
        self.desk.open(opened)
        self._show_lease(opened)
        if self._criterion:
            self.desk.show_criterion(self._criterion)
        if self._pin:
            self.desk.show_pin(self._pin)
            self._pin = ""
        if self._window.screen_key() != DESK:
            self._window.show_screen(DESK)

    def _show_lease(self, opened: OpenedPacket) -> None:
        """Say on the desk that the packet was lent for a time that is over."""
        until = opened.assignment.lease_until
        if until is not None and opened.lease_is_over and opened.draft.sealed_as is None:
            title = self.tr("The time for which this packet was lent is over")
            banner = self.desk.widget.banner
            banner.show_message(Tone.WARN, title, lease_words(until, is_over=True))
            banner.show()

    def _holds_more(self) -> bool:
        """Return whether the desk is shown with what the store did not take: it says so itself."""
        return self._window.screen_key() == DESK and self.desk.is_unsaved

    def _on_to_seal(self, opened: OpenedPacket) -> None:
        if self._holds_more():
            return
        self.seal.open(opened)
        self._window.show_screen(SEAL)

    def _on_not_opened(self, error: AppError) -> None:
        self.problem.emit(self.tr("This packet could not be opened"), error)

    def _on_failed(self, error: AppError) -> None:
        self.problem.emit(self.tr("This could not be done"), error)

    @Slot(object)
    def _on_not_saved(self, error: AppError) -> None:
        if self._window.screen_key() != DESK:
            self.problem.emit(self.tr("What you wrote last is not saved yet"), error)

    def _on_no_versions(self, error: AppError) -> None:
        self.problem.emit(self.tr("The two versions could not be shown"), error)

    def _on_reopened(self, saved: Saved) -> None:
        self.changed.emit(saved.changes)
        self.act_queued.emit()
        if self._assignment is not None:
            self._read(self._assignment, self._on_to_desk)

    def _on_acted(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.act_queued.emit()

    @Slot()
    def _on_left(self) -> None:
        self._assignment = None
        self.left.emit()

    @Slot()
    def _on_seal_chosen(self) -> None:
        if self._assignment is None:
            return
        if self.desk.opened.is_outdated:
            self.open_versions(self._assignment)
        else:
            self._read(self._assignment, self._on_to_seal)

    @Slot()
    def _on_versions_chosen(self) -> None:
        if self._assignment is not None:
            self.open_versions(self._assignment)

    @Slot(object)
    def _on_versions_opened(self, comparison: Comparison) -> None:
        if self._holds_more():
            return
        assignment = comparison.assignment
        self._assignment = assignment.id
        self._window.show_submission(assignment.submission, assignment.title)
        self._window.show_screen(VERSIONS)

    @Slot(object, bool)
    def _on_renewed(self, saved: Saved, to_seal: bool) -> None:  # noqa: FBT001 (a signal's)
        self._criterion = ""
        self.changed.emit(saved.changes)
        if saved.changes.outbox:
            self.act_queued.emit()
        self._read(saved.draft.review.assignment, self._on_to_seal if to_seal else self._on_to_desk)

    @Slot()
    def _on_back_to_desk(self) -> None:
        self._criterion = ""
        if self._assignment is not None:
            self._read(self._assignment, self._on_to_desk)

    @Slot(object)
    def _on_need_chosen(self, missing: Missing) -> None:
        self._on_back_to_desk()
        self._criterion = missing.criterion or ""

    @Slot(object)
    def _on_change_chosen(self, leak: Leak) -> None:
        self._on_back_to_desk()
        self._criterion = leak.criterion or ""

    @Slot(object)
    def _on_sealed(self, sealed: Sealed) -> None:
        self._assignment = None
        self.sealed.emit(sealed)

    @Slot(object)
    def _on_seal_failed(self, error: AppError) -> None:
        self._on_back_to_desk()
        self.problem.emit(self.tr("The review was not sealed"), error)

    @Slot()
    def _on_reopen_chosen(self) -> None:
        sealed_as = self.desk.opened.draft.sealed_as
        if sealed_as is None:
            return
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(reopen, sealed_as, now=services.clock()),
            owner=self,
            done=self._on_reopened,
            failed=self._on_failed,
        )

    @Slot()
    def _on_ways_out_chosen(self) -> None:
        self._ways_out.show_packet(self.desk.opened, self._services.own_words())
        self._window.show_sheet(self._ways_out)

    @Slot(object)
    def _on_way_chosen(self, way: WayOut) -> None:
        if self._assignment is None:
            return
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(
                act, way.kind, self._assignment, now=services.clock(), text=way.text
            ),
            owner=self,
            done=self._on_acted,
            failed=self._on_failed,
        )
        if way.kind is ActKind.RECUSE:
            self.desk.flush()
            self._on_left()
