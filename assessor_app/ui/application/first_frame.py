"""The window and the queue before a profile is open: what is painted first. Nothing slow."""

from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.application.sections import sections_of
from assessor_app.ui.parts.status_bar import StatusSegment, StatusState
from assessor_app.ui.queue.model import QueueList
from assessor_app.ui.queue.said import summary_of, title_of
from assessor_app.ui.queue.screen import Empty, QueueScreen, QueueState
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.queue_rows import QueueGroup, QueueRow

QUEUE = "queue"
_BLANK = Empty(icon="", title="", text="")


class FirstFrame:
    """One window with an empty queue."""

    def __init__(self, theme: Theme, *, geometry: bytes = b"") -> None:
        self.window = MainWindow(theme, geometry=geometry)
        self.queue = QueueScreen(theme, self.window)
        self._group = QueueGroup.TO_REVIEW
        self.window.add_screen(QUEUE, self.queue)
        self.window.show_sections(sections_of(MappingProxyType({})))
        self.window.show_status(status_before())
        self.show_rows(())

    def show_section(self, key: str) -> None:
        """Show the group of packets that was shown last, still without rows."""
        groups = {group.value for group in QueueGroup}
        self._group = QueueGroup(key) if key in groups else QueueGroup.TO_REVIEW
        self.window.show_section(self._group.value)
        self.show_rows(())
        self.window.show_screen(QUEUE)

    def show_rows(self, rows: tuple[QueueRow, ...]) -> None:
        """Show the first page of the queue."""
        shown = tuple(row for row in rows if row.group is self._group)
        self.queue.show_queue(
            QueueState(
                title=title_of(self._group),
                summary=summary_of(self._group, shown),
                shown=QueueList(rows=shown),
                empty=_BLANK,
            )
        )


def status_before(only_here: str = "", short: str = "") -> StatusState:
    """Return the status while no work is open; what is only here is not known at first."""
    return StatusState(
        connection=StatusSegment(
            icon="wifi-off",
            text=_tr("Not connected to a platform"),
            short=_tr("Not connected"),
        ),
        laptop=StatusSegment(
            icon="laptop",
            text=only_here or _tr("Not known yet what is only on this laptop"),
            short=short or _tr("Not known"),
        ),
        fetching=StatusSegment(
            icon="download", text=_tr("Nothing is being fetched"), short=_tr("Nothing fetched")
        ),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("first_frame", words)
