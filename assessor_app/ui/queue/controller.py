"""The controller of the queue: which group is shown, in what order, and what is searched for."""

from types import MappingProxyType

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.domain.ids import AssignmentId
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.queue.cells import Column
from assessor_app.ui.queue.model import QueueList
from assessor_app.ui.queue.said import (
    Contact,
    empty_of,
    found_summary,
    nothing_found,
    summary_of,
    title_of,
)
from assessor_app.ui.queue.screen import QueueScreen, QueueState
from assessor_app.ui.services import Services
from assessor_app.ui.shell.shortcuts import Shortcut, Shortcuts
from assessor_app.ui.tasks import Lane
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.finding import TITLE, Hit, search
from assessor_app.usecases.queue import Queue, list_queue
from assessor_app.usecases.queue_rows import QueueGroup, QueueRow


class QueueController(QObject):
    """Fills the queue's screen from the store and carries choices out of it.

    Signals:
        packet_chosen(assignment: str): The assessor wants to work on a packet.
        sync_wanted(): The assessor wants to look for packets now.
        loaded(Queue): The queue was read again.
    """

    packet_chosen = Signal(str)
    sync_wanted = Signal()
    loaded = Signal(object)

    def __init__(
        self,
        screen: QueueScreen,
        services: Services,
        shortcuts: Shortcuts,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen, self._services = screen, services
        self._rows: tuple[QueueRow, ...] = ()
        self._group = QueueGroup.TO_REVIEW
        self._contact = Contact()
        self._typed = ""
        self._hits: tuple[Hit, ...] = ()
        self._is_loaded = False
        screen.packet_opened.connect(self.packet_chosen)
        screen.search_edited.connect(self._on_search_edited)
        screen.sort_chosen.connect(self._on_sort_chosen)
        screen.sync_wanted.connect(self.sync_wanted)
        self._add_keys(shortcuts)

    @property
    def group(self) -> QueueGroup:
        """The group that is shown."""
        return self._group

    @Slot()
    def reload(self) -> None:
        """Read the queue again and show it."""
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(list_queue, now=services.clock()),
            owner=self,
            done=self._on_listed,
            failed=self._on_failed,
            latest="list",
        )

    def show_group(self, group: QueueGroup) -> None:
        """Show another group of packets; a search ends."""
        self._group = group
        self._typed = ""
        self._screen.show_search("")
        self._show()
        self._screen.table.choose_first()

    def show_contact(self, contact: Contact) -> None:
        """Show what is known of the connection, where that matters."""
        if contact != self._contact:
            self._contact = contact
            self._show()

    def neighbour(self, assignment: AssignmentId, by: int) -> AssignmentId | None:
        """Return the packet after or before one, in the order of the screen."""
        table = self._screen.table
        table.choose_packet(assignment)
        table.step(by)
        chosen = table.chosen()
        return chosen.assignment if chosen and chosen.assignment != assignment else None

    def show_problem(self, title: str, error: AppError) -> None:
        """Say above the rows what did not work."""
        self._screen.show_notice(Tone.WARN, title, sentence(error), type(error).__name__)

    def show_notice(self, tone: Tone, title: str, text: str) -> None:
        """Say something above the rows; an empty title takes it away."""
        self._screen.show_notice(tone, title, text)

    def _add_keys(self, shortcuts: Shortcuts) -> None:
        queue = self.tr("Queue")
        find = Shortcut(key="queue.search", words=self.tr("Search"), keys="Ctrl+K", group=queue)
        following = Shortcut(key="queue.next", words=self.tr("Next packet"), keys="J", group=queue)
        before = Shortcut(key="queue.before", words=self.tr("Packet before"), keys="K", group=queue)
        shortcuts.add(find, self._screen.take_search, scope=self._screen)
        shortcuts.add(following, self._on_next_wanted, scope=self._screen)
        shortcuts.add(before, self._on_before_wanted, scope=self._screen)

    def _show(self) -> None:
        if not self._is_loaded:
            return
        if self._typed:
            self._show_found()
            return
        rows = tuple(row for row in self._rows if row.group is self._group)
        shown = QueueList(rows=rows, is_fetching=self._contact.is_syncing)
        self._screen.show_queue(
            QueueState(
                title=title_of(self._group),
                summary=summary_of(self._group, rows),
                shown=shown,
                empty=empty_of(self._group, len(self._rows), self._contact),
            )
        )

    def _show_found(self) -> None:
        known = {row.assignment: row for row in self._rows}
        found: dict[AssignmentId, str] = {}
        for hit in self._hits:
            if hit.assignment in known:
                snippet = "" if hit.kind == TITLE else " ".join(hit.snippet.split())
                found[hit.assignment] = found.get(hit.assignment) or snippet
        rows = tuple(known[assignment] for assignment in found)
        self._screen.show_queue(
            QueueState(
                title=self.tr("Search"),
                summary=found_summary(len(rows)),
                shown=QueueList(
                    rows=rows,
                    is_fetching=self._contact.is_syncing,
                    found=MappingProxyType(found),
                ),
                empty=nothing_found(self._typed),
            )
        )

    def _on_listed(self, queue: Queue) -> None:
        self._rows = queue.rows
        self._is_loaded = True
        self._show()
        self.loaded.emit(queue)

    def _on_found(self, hits: tuple[Hit, ...]) -> None:
        if self._typed:
            self._hits = hits
            self._show()

    def _on_failed(self, error: AppError) -> None:
        self.show_problem(self.tr("The queue could not be read"), error)

    @Slot(str)
    def _on_search_edited(self, text: str) -> None:
        self._typed = text.strip()
        if not self._typed:
            self._show()
            return
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(search, self._typed),
            owner=self,
            done=self._on_found,
            failed=self._on_failed,
            latest="search",
        )

    @Slot(int)
    def _on_sort_chosen(self, column: int) -> None:
        now, is_descending = self._screen.table.order()
        chosen = Column(column)
        self._screen.table.show_order(chosen, is_descending=chosen is now and not is_descending)

    @Slot()
    def _on_next_wanted(self) -> None:
        self._screen.table.step(1)

    @Slot()
    def _on_before_wanted(self) -> None:
        self._screen.table.step(-1)
