"""The controller of the sync centre: reads the outbox and carries the ways on into it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.ui.outbox.lines import (
    THIN,
    ActState,
    Outlook,
    RowAction,
    ended,
    put_away,
    receipts,
    waiting,
)
from assessor_app.ui.outbox.needs import AttentionState, Step, attention
from assessor_app.ui.outbox.screen import CentreState, OutboxScreen
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane
from assessor_app.ui.words import sentence
from assessor_app.usecases import putting_away
from assessor_app.usecases.changes import Changes
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.outbox import (
    OutboxLine,
    Places,
    StrandedDraft,
    count_places,
    hold_all,
    list_outbox,
    list_stranded,
    send_all,
)
from assessor_app.usecases.review import Saved
from assessor_app.usecases.seal import donate, reopen, retry
from assessor_app.usecases.sights import PlatformSight, platform_sight
from assessor_app.usecases.space import Space, space
from assessor_app.usecases.workbench import Transaction

NEWEST = 5
"""So many receipts stand under what waits; the history has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read in one moment."""

    lines: tuple[OutboxLine, ...]
    places: Places
    stranded: tuple[StrandedDraft, ...]
    platform: PlatformSight
    space: Space | None


class OutboxController(QObject):
    """Fills the sync centre.

    Signals:
        changed(Changes): An act goes once more, or another one waits.
        packet_chosen(assignment: str, criterion: str): It is to be opened, at this criterion.
        versions_chosen(assignment: str): Both versions are to be seen.
        ask_chosen(act: str): It is to be asked for now, whatever it waits for.
        export_chosen(assignment: str, act: str): It is to be kept in a file; no act: the draft.
        looked(): What the outbox holds was read again.
    """

    changed = Signal(object)
    packet_chosen = Signal(str, str)
    versions_chosen = Signal(str)
    ask_chosen = Signal(str)
    export_chosen = Signal(str, str)
    looked = Signal()

    def __init__(
        self, screen: OutboxScreen, services: Services, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._screen, self._services = screen, services
        self._found = _Found(
            lines=(),
            places=Places(laptop=0, outbox=0, received=0),
            stranded=(),
            platform=PlatformSight("", ""),
            space=None,
        )
        self._outlook = Outlook(now=services.clock())
        self._held = ""
        left = screen.left
        left.retry_chosen.connect(self._on_retry_chosen)
        left.step_chosen.connect(self._on_step_chosen)
        left.export_chosen.connect(self._on_export_chosen)
        left.put_away_chosen.connect(self._on_put_away_chosen)
        left.action_chosen.connect(self._on_action_chosen)
        left.row_export_chosen.connect(self._on_row_export_chosen)
        left.hold_chosen.connect(self._on_hold_chosen)

    @property
    def platform(self) -> PlatformSight:
        """The platform of the profile."""
        return self._found.platform

    @property
    def space(self) -> Space | None:
        """How much room packets take; None before that is known."""
        return self._found.space

    @property
    def counts(self) -> bool:
        """Whether a row counts seconds."""
        return self._outlook.counts(self._found.lines)

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

    def show_outlook(self, outlook: Outlook, *, held: str) -> None:
        """Say what the network does to what waits; `held`: what holds it, if anything does."""
        if (outlook, held) != (self._outlook, self._held):
            self._outlook, self._held = outlook, held
            self._show()

    def _show(self) -> None:
        lines = self._found.lines
        held = [line for line in lines if line.receipt is not None]
        newest = tuple(sorted(held, key=_sequence, reverse=True))
        shown, today = newest[:NEWEST], self._outlook.now.astimezone().date()
        self._screen.show_outbox(
            CentreState(
                places=self._found.places,
                attention=attention(lines, self._found.stranded),
                waiting=waiting(lines, self._outlook),
                receipts=receipts(shown, self._outlook.now),
                history=(
                    *put_away(lines, self._found.stranded),
                    *receipts(newest, self._outlook.now),
                    *reversed(ended(lines)),
                ),
                held=self.tr("sealed, held by you") if self._found.places.is_held else self._held,
                is_today=all(_received_on(line) == today for line in shown),
                drafts_away=sum(draft.is_put_away for draft in self._found.stranded),
                sealed_away=sum(line.is_put_away for line in lines if line.kind is ActKind.REVIEW),
            )
        )

    def _run(
        self,
        work: Callable[[], Changes | Saved],
        done: Callable[[Changes | Saved], None] | None = None,
    ) -> None:
        self._services.tasks.run(
            Lane.STORE, work, owner=self, done=done or self._on_done, failed=self._on_failed
        )

    def _on_looked(self, found: _Found) -> None:
        self._found = found
        self._show()
        self.looked.emit()

    def _on_failed(self, error: AppError) -> None:
        self._screen.show_told(self.tr("This could not be done"), sentence(error), tone=Tone.WARN)

    def _on_done(self, done: Changes | Saved) -> None:
        self.changed.emit(done.changes if isinstance(done, Saved) else done)
        self.reload()

    def _on_put_away(self, done: Changes | Saved) -> None:
        self._screen.show_told(
            self.tr("Put away"),
            self.tr(
                "It is kept whole on this laptop. Under “All”, beside “Received”, you can bring it "
                "back."
            ),
        )
        self._on_done(done)

    def _on_brought_back(self, done: Changes | Saved) -> None:
        self._screen.show_told(
            self.tr("Brought back"), self.tr("It stands under “Needs attention” again.")
        )
        self._on_done(done)

    @Slot(str)
    def _on_retry_chosen(self, act: str) -> None:
        self._run(self._services.workbench.prepare(retry, ActId(act)))

    @Slot(object)
    def _on_step_chosen(self, state: AttentionState) -> None:
        if state.step is Step.VERSIONS:
            self.versions_chosen.emit(state.assignment)
        elif state.step is Step.DONATE:
            services = self._services
            review = ReviewId(state.key)
            self._run(services.workbench.prepare(donate, review, now=services.clock()))
        else:
            self.packet_chosen.emit(state.assignment, state.criterion)

    @Slot(object)
    def _on_export_chosen(self, state: AttentionState) -> None:
        self.export_chosen.emit(state.assignment, state.key)

    @Slot(object)
    def _on_put_away_chosen(self, state: AttentionState) -> None:
        act = ActId(state.key) if state.key else None
        assignment = AssignmentId(state.assignment)
        work = self._services.workbench.prepare(putting_away.put_away, assignment, act)
        self._run(work, self._on_put_away)

    @Slot(object)
    def _on_row_export_chosen(self, row: ActState) -> None:
        self.export_chosen.emit(row.assignment, row.key)

    @Slot(bool)
    def _on_hold_chosen(self, holds: bool) -> None:  # noqa: FBT001 (a signal's)
        self._run(self._services.workbench.prepare(hold_all if holds else send_all))

    @Slot(object)
    def _on_action_chosen(self, row: ActState) -> None:
        if row.action is RowAction.REOPEN:
            services = self._services
            review = ReviewId(row.key)
            self._run(services.workbench.prepare(reopen, review, now=services.clock()))
        elif row.action is RowAction.ASK_NOW:
            self.ask_chosen.emit(row.key)
        elif row.action is RowAction.BRING_BACK:
            act = ActId(row.key) if row.key else None
            assignment = AssignmentId(row.assignment)
            work = self._services.workbench.prepare(putting_away.bring_back, assignment, act)
            self._run(work, self._on_brought_back)
        else:
            receipt = row.right.replace(THIN, "")
            QGuiApplication.clipboard().setText(f"{row.submission} {receipt} {row.words}")


def _look(at: Transaction) -> _Found:
    """Return lines and counts of one moment."""
    return _Found(
        lines=list_outbox(at),
        places=count_places(at),
        stranded=list_stranded(at),
        platform=platform_sight(at),
        space=space(at),
    )


def _received_on(line: OutboxLine) -> date | None:
    return line.receipt.received_at.astimezone().date() if line.receipt else None


def _sequence(line: OutboxLine) -> int:
    return line.receipt.sequence if line.receipt else 0
