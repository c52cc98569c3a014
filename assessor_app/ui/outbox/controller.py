"""The controller of the sync centre: reads the outbox and carries retries into it."""

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.domain.ids import ActId
from assessor_app.ui.outbox.lines import attention, receipts, waiting
from assessor_app.ui.outbox.screen import CentreState, Notice, OutboxScreen
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane
from assessor_app.ui.words import sentence
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.outbox import OutboxLine, Places, count_places, list_outbox
from assessor_app.usecases.seal import retry
from assessor_app.usecases.workbench import Transaction


class OutboxController(QObject):
    """Fills the sync centre.

    Signals:
        changed(Changes): An act goes once more.
    """

    changed = Signal(object)

    def __init__(
        self, screen: OutboxScreen, services: Services, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._screen, self._services = screen, services
        self._places = Places(laptop=0, outbox=0, received=0)
        self._lines: tuple[OutboxLine, ...] = ()
        self._is_offline = False
        screen.retry_chosen.connect(self._on_retry_chosen)

    @Slot()
    def reload(self) -> None:
        """Read the outbox again and show it."""
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(_look),
            owner=self,
            done=self._on_looked,
            failed=self._on_failed,
            latest="outbox",
        )

    def show_offline(self, *, is_offline: bool) -> None:
        """Say whether what waits is held."""
        if is_offline != self._is_offline:
            self._is_offline = is_offline
            self._show()

    def _show(self) -> None:
        held = [line for line in self._lines if line.receipt is not None]
        newest = sorted(held, key=_sequence, reverse=True)
        self._screen.show_outbox(
            CentreState(
                places=self._places,
                attention=attention(self._lines),
                waiting=waiting(self._lines, is_offline=self._is_offline),
                receipts=receipts(tuple(newest)),
                is_offline=self._is_offline,
            )
        )

    def _on_looked(self, found: tuple[tuple[OutboxLine, ...], Places]) -> None:
        self._lines, self._places = found
        self._show()

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_notice(Notice(self.tr("The outbox could not be read"), sentence(error)))

    def _on_retried(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.reload()

    @Slot(str)
    def _on_retry_chosen(self, act: str) -> None:
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(retry, ActId(act)),
            owner=self,
            done=self._on_retried,
            failed=self._on_failed,
        )


def _look(at: Transaction) -> tuple[tuple[OutboxLine, ...], Places]:
    """Return lines and counts of one moment."""
    return list_outbox(at), count_places(at)


def _sequence(line: OutboxLine) -> int:
    return line.receipt.sequence if line.receipt else 0
