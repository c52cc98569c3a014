"""The controller of the seal: checks the review, takes the attestation, seals."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.determination import missing
from assessor_app.domain.errors import AppError
from assessor_app.domain.leaks import Leak, leaks_of
from assessor_app.domain.review import Review
from assessor_app.ui.desk.keys import DeskKeys
from assessor_app.ui.desk.review_editor import ReviewEditor
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.seal.checks import answered, checks_of, findings_of, recommendation_of
from assessor_app.ui.seal.preview import preview_of
from assessor_app.ui.seal.seal_screen import SealScreen
from assessor_app.ui.services import Services
from assessor_app.ui.shell.shortcuts import Shortcuts
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.when import days_left
from assessor_app.usecases.packet import OpenedPacket
from assessor_app.usecases.seal import Sealed, seal


class SealController(QObject):
    """One review on its way out.

    Signals:
        left(): Back to the desk.
        need_chosen(Missing): Back to the desk, to where something is mended.
        change_chosen(Leak): Back to the desk, to a text.
        sealed(Sealed): It is sealed and waits in the outbox.
        changed(Changes): What looks different elsewhere.
        failed(AppError): It could not be sealed or saved; nothing is lost.
    """

    left = Signal()
    need_chosen = Signal(object)
    change_chosen = Signal(object)
    sealed = Signal(object)
    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, services: Services, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.widget = SealScreen(theme, parent)
        self._services = services
        self._opened: OpenedPacket | None = None
        self._is_sealing = False
        self._editor = ReviewEditor(services, self)
        screen = self.widget
        screen.left.connect(self.left)
        screen.need_chosen.connect(self.need_chosen)
        screen.change_chosen.connect(self.change_chosen)
        screen.keep_chosen.connect(self._on_keep_chosen)
        screen.no_conflict_ticked.connect(self._on_no_conflict_ticked)
        screen.rubric_alone_ticked.connect(self._on_rubric_alone_ticked)
        screen.seal_chosen.connect(self.seal)
        self._editor.shown.connect(self._on_review_shown)
        self._editor.changed.connect(self.changed)
        self._editor.not_saved.connect(self.failed)
        keys = DeskKeys(shortcuts, screen)
        keys.add("seal.now", tr("Seal the review"), "Ctrl+Return", self.seal)
        keys.add("seal.leave", tr("Back to the desk"), "Esc", self.left.emit)

    def open(self, opened: OpenedPacket) -> None:
        """Show a review to be sealed."""
        self._opened = opened
        self._is_sealing = False
        self._editor.open(opened.draft)
        self.widget.show_head(opened.assignment.submission, days_left(opened.days_left))
        self._on_review_shown(opened.draft.review)

    @Slot()
    def seal(self) -> None:
        """Seal the review, if nothing is missing."""
        if self._is_sealing or missing(self._review, self._at.rubric, self._leaks()):
            return
        self._is_sealing = True
        work = self._services.workbench.prepare(
            seal, self._at.assignment.id, now=self._services.clock()
        )
        self._services.tasks.run(
            Lane.STORE, work, owner=self, done=self._on_sealed, failed=self._on_failed
        )

    @property
    def _at(self) -> OpenedPacket:
        if self._opened is None:
            raise RuntimeError("no packet is open")
        return self._opened

    @property
    def _review(self) -> Review:
        return self._editor.review

    def _leaks(self) -> tuple[Leak, ...]:
        return leaks_of(self._review, self._services.own_words())

    @Slot(object)
    def _on_review_shown(self, review: Review) -> None:
        at, leaks = self._at, self._leaks()
        kept = {answer.finding for answer in review.leak_answers if answer.why.strip()}
        still_open = tuple(leak for leak in leaks if leak.finding not in kept)
        left = missing(review, at.rubric, leaks)
        self.widget.show_preview(preview_of(review, at.rubric, at.packet, still_open))
        self.widget.show_recommendation(recommendation_of(review, at.rubric))
        self.widget.show_missing(checks_of(left, at.rubric), left)
        self.widget.show_findings(findings_of(leaks, review, at.rubric))

    @Slot(object, str)
    def _on_keep_chosen(self, leak: Leak, why: str) -> None:
        self._editor.apply(answered(self._review, leak, why))

    @Slot(bool)
    def _on_no_conflict_ticked(self, ticked: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self._editor.apply(replace(self._review, no_conflict=ticked))

    @Slot(bool)
    def _on_rubric_alone_ticked(self, ticked: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self._editor.apply(replace(self._review, rubric_alone=ticked))

    @Slot(object)
    def _on_sealed(self, sealed: Sealed) -> None:
        self.changed.emit(sealed.changes)
        self.sealed.emit(sealed)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._is_sealing = False
        self.failed.emit(error)
