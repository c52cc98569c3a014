"""Owns the review of the open packet: each edit is shown at once and saved behind it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import AssignmentId
from assessor_app.domain.review import Review
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane
from assessor_app.usecases.review import DraftState, Saved, redo, save_draft, undo

TYPING_PAUSE_MS = 250
"""Text is on the disk within 300 ms of the last key."""


class ReviewEditor(QObject):
    """Keeps what the assessor made; the screen never waits for the disk.

    Signals:
        shown(Review): Another review is to be shown, after an undo, a redo or an edit.
        saved(DraftState): The store holds it.
        changed(Changes): What looks different elsewhere.
        failed(AppError): A step back or forward could not be done.
        not_saved(AppError): The store did not take it; it is kept here, and tried again.
    """

    shown = Signal(object)
    saved = Signal(object)
    changed = Signal(object)
    failed = Signal(object)
    not_saved = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._draft: DraftState | None = None
        self._review: Review | None = None
        self._waiting_key = ""
        self._edits = 0
        self._unsaved: dict[AssignmentId, Review] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING_PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def review(self) -> Review:
        """The review as it is on the screen."""
        if self._review is None:
            raise RuntimeError("no packet is open")
        return self._review

    @property
    def draft(self) -> DraftState | None:
        """What the store held when it last answered."""
        return self._draft

    @property
    def is_unsaved(self) -> bool:
        """Whether the store did not take what is on the screen."""
        return self._review is not None and self._review.assignment in self._unsaved

    def open(self, draft: DraftState) -> None:
        """Work on another review; what the store did not take of it is on the screen again."""
        self.flush()
        self._draft, self._review = draft, draft.review
        self._edits = 0
        kept = self._unsaved.pop(draft.review.assignment, None)
        if kept is not None and draft.sealed_as is None and is_on_same(kept, draft.review):
            self._review = kept
            self._save(kept, "")

    def apply(self, review: Review) -> None:
        """Show an edit and save it now."""
        self.flush()
        self._review = review
        self._edits += 1
        self.shown.emit(review)
        self._save(review, "")

    def type(self, review: Review, merge_key: str) -> None:
        """Keep typed text; it is saved when the keys rest, as one step with the text before."""
        if self._waiting_key != merge_key:
            self.flush()
        self._review = review
        self._edits += 1
        self._waiting_key = merge_key
        self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Save what is typed now, and what the store did not take before."""
        self._timer.stop()
        if self._review is None:
            return
        if self._waiting_key:
            key, self._waiting_key = self._waiting_key, ""
            self.shown.emit(self._review)
            self._save(self._review, key)
        elif self.is_unsaved:
            self._save(self._review, "")

    @Slot()
    def undo(self) -> None:
        """Go back one step."""
        self.flush()
        assignment, now = self.review.assignment, self._services.clock()
        self._step(self._services.workbench.prepare(undo, assignment, now=now))

    @Slot()
    def redo(self) -> None:
        """Go forward one step."""
        self.flush()
        assignment, now = self.review.assignment, self._services.clock()
        self._step(self._services.workbench.prepare(redo, assignment, now=now))

    def _step(self, work: Callable[[], Saved]) -> None:
        self._edits = 0
        self._services.tasks.run(
            Lane.STORE, work, owner=self, done=self._on_stepped, failed=self._on_failed
        )

    def _save(self, review: Review, merge_key: str) -> None:
        work = self._services.workbench.prepare(
            save_draft, review, now=self._services.clock(), merge_key=merge_key
        )
        not_saved = partial(self._on_not_saved, review)
        self._services.tasks.run(
            Lane.STORE, work, owner=self, done=self._on_saved, failed=not_saved
        )

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        self._unsaved.pop(saved.draft.review.assignment, None)
        if saved.draft.review.assignment == self.review.assignment:
            self._draft = saved.draft
            self.saved.emit(saved.draft)
        self.changed.emit(saved.changes)

    @Slot(object)
    def _on_stepped(self, saved: Saved) -> None:
        if saved.draft.review.assignment == self.review.assignment and not self._edits:
            self._review = saved.draft.review
            self.shown.emit(self._review)
        self._on_saved(saved)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)

    def _on_not_saved(self, review: Review, error: AppError) -> None:
        self._unsaved[review.assignment] = review
        self.not_saved.emit(error)


def is_on_same(one: Review, other: Review) -> bool:
    """Return whether two reviews are about the same version of packet and rubric."""
    return (one.manifest_sha256, one.rubric) == (other.manifest_sha256, other.rubric)
