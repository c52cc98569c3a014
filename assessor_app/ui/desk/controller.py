"""The controller of the desk: it owns what is open and joins evidence, rubric and review."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ArtifactId, CriterionId
from assessor_app.domain.outbox import OutboxState
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import Review
from assessor_app.ui.desk.card_state import strip_cells
from assessor_app.ui.desk.desk import Desk
from assessor_app.ui.desk.evidence_controller import EvidenceController
from assessor_app.ui.desk.keys import DeskKeys
from assessor_app.ui.desk.overview import (
    header_of,
    map_strips,
    packet_items,
    reading_order,
    summary_of,
)
from assessor_app.ui.desk.places import place_of, source_key, source_keys
from assessor_app.ui.desk.review_editor import ReviewEditor, is_on_same
from assessor_app.ui.desk.rubric_controller import RubricController
from assessor_app.ui.desk.sources import CREDENTIAL, INACCESSIBLE, UNREADABLE, tr
from assessor_app.ui.evidence.pane import Selected, Shown
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.services import Services
from assessor_app.ui.shell.shortcuts import Shortcuts
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.when import clock_time
from assessor_app.ui.words import sentence
from assessor_app.usecases.packet import OpenedPacket, keep_place, mark_read
from assessor_app.usecases.review import DraftState

_REOPENS_FROM = (OutboxState.SEALED, OutboxState.QUEUED, OutboxState.ATTENTION)


class DeskController(QObject):
    """One packet at a time.

    Signals:
        left(): Back to the queue.
        seal_chosen(): To the seal.
        reopen_chosen(): The sealed review is to be worked on again.
        ways_out_chosen(): Ask, report, recuse.
        versions_chosen(): See the review beside the newer version.
        changed(Changes): What looks different elsewhere.
        not_saved(AppError): The store did not take what was written; it is kept here.
        other_version(): A step back or forward led to another version than the one shown.
    """

    left = Signal()
    seal_chosen = Signal()
    reopen_chosen = Signal()
    ways_out_chosen = Signal()
    versions_chosen = Signal()
    changed = Signal(object)
    not_saved = Signal(object)
    other_version = Signal()

    def __init__(
        self, services: Services, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.widget = Desk(theme, parent)
        self._services = services
        self._opened: OpenedPacket | None = None
        self._read: frozenset[tuple[str, int]] = frozenset()
        self._selected: Selected | None = None
        self._editor = ReviewEditor(services, self)
        self._evidence = EvidenceController(self.widget.evidence, services)
        self._rubric = RubricController(self.widget.rubric, self._editor)
        self._connect()
        self._add_keys(DeskKeys(shortcuts, self.widget))

    def _connect(self) -> None:
        desk = self.widget
        desk.header.left.connect(self._on_left)
        desk.header.undo_chosen.connect(self._editor.undo)
        desk.header.redo_chosen.connect(self._editor.redo)
        desk.packet.source_chosen.connect(self._evidence.show_source)
        desk.packet.ways_out_chosen.connect(self.ways_out_chosen)
        desk.versions_chosen.connect(self._on_versions_chosen)
        desk.map.place_chosen.connect(self._on_place_chosen)
        desk.pin_bar.pin_wanted.connect(self._on_pin_wanted)
        desk.foot.seal_chosen.connect(self.seal)
        desk.foot.reopen_chosen.connect(self.reopen_chosen)
        desk.foot.second_read_toggled.connect(self._on_second_read_toggled)
        desk.evidence.evidence_selected.connect(self._on_evidence_selected)
        desk.evidence.action_chosen.connect(self._on_notice_action)
        desk.evidence.pages.here_changed.connect(self._on_here_changed)
        desk.evidence.pages.pin_chosen.connect(self._on_pin_in_evidence)
        desk.evidence.reading.pin_chosen.connect(self._on_pin_in_evidence)
        self._rubric.pin_followed.connect(self._on_pin_followed)
        self._editor.shown.connect(self._on_review_shown)
        self._editor.saved.connect(self._on_saved)
        self._editor.changed.connect(self.changed)
        self._editor.failed.connect(self.show_problem)
        self._editor.not_saved.connect(self.show_problem)
        self._editor.not_saved.connect(self.not_saved)
        self._evidence.source_shown.connect(self._on_source_shown)
        self._evidence.place_read.connect(self._on_place_read)

    def _add_keys(self, keys: DeskKeys) -> None:
        rubric = self._rubric
        keys.add_digits("rate", tr("Give level {0}"), "", rubric.rate_open, 0)
        keys.add("clear", tr("Clear the rating"), "0", rubric.clear_open)
        keys.add_digits("pin", tr("Pin to criterion {0}"), "E, ", self.pin_to_number, 1)
        keys.add("unrated", tr("Next unrated criterion"), "N", rubric.open_next_unrated)
        keys.add_number("down", tr("Next criterion"), "Down", rubric.step_card, 1)
        keys.add_number("up", tr("Previous criterion"), "Up", rubric.step_card, -1)
        keys.add("anchors", tr("Examples of the levels"), "A", rubric.toggle_anchors)
        keys.add("feedback", tr("Write feedback"), "C", rubric.write_feedback)
        keys.add_number("next", tr("Next part or artifact"), "]", self.step_source, 1)
        keys.add_number("previous", tr("Previous part or artifact"), "[", self.step_source, -1)
        keys.add("part1", tr("Part 1"), "P", self.show_first_part)
        keys.add("credential", tr("Credential card"), "I", self.show_credential)
        keys.add("find", tr("Find in this evidence"), "Ctrl+F", self.widget.evidence.open_find)
        keys.add("find.slash", tr("Find in this evidence"), "/", self.widget.evidence.open_find)
        keys.add("unsure", tr("Ask for a second read"), "U", self._on_second_read_toggled)
        keys.add("undo", tr("Undo"), "Ctrl+Z", self._editor.undo)
        keys.add("redo", tr("Redo"), "Ctrl+Shift+Z", self._editor.redo)
        keys.add("seal", tr("Seal"), "Ctrl+Return", self.seal)
        keys.add("ways.out", tr("Ask, report, recuse"), "Ctrl+L", self.ways_out_chosen.emit)
        keys.add("leave", tr("Back to the queue"), "Esc", self._on_left)

    @property
    def opened(self) -> OpenedPacket:
        """The packet on the desk, as it was when it was opened."""
        if self._opened is None:
            raise RuntimeError("no packet is open")
        return self._opened

    @property
    def review(self) -> Review:
        """The review as it is on the screen."""
        return self._editor.review

    @property
    def is_unsaved(self) -> bool:
        """Whether the store did not take what is on the screen."""
        return self._editor.is_unsaved

    def open(self, opened: OpenedPacket) -> None:
        """Put a packet on the desk, at the place where it was left."""
        self._opened = opened
        self._editor.open(opened.draft)
        self._read = frozenset((mark.source, mark.page) for mark in opened.read)
        self._rubric.show_locked(is_locked=opened.draft.sealed_as is not None)
        self._rubric.open_packet(opened)
        self._evidence.open_packet(opened.packet)
        self.widget.banner.hide()
        is_received = opened.outbox in (OutboxState.RECEIVED, OutboxState.SETTLED)
        self.widget.show_newer(is_there=opened.is_outdated and not is_received)
        self.widget.header.show_header(header_of(opened))
        self.widget.packet.show_items(packet_items(opened.packet, self._read))
        self.widget.pin_bar.show_criteria(strip_cells(self.review, opened.rubric))
        self._on_review_shown(self.review)
        self._on_saved(opened.draft)
        order = reading_order(opened.packet)
        self._evidence.show_source(opened.place if opened.place in order else order[0])

    @Slot()
    def flush(self) -> None:
        """Save what is typed now."""
        self._editor.flush()

    def show_arrived(self) -> None:
        """More of the packet may have arrived: show it."""
        self._evidence.show_again()

    def show_criterion(self, criterion: str) -> None:
        """Open the card of a criterion: the cure of something missing is there."""
        self._rubric.open_card(criterion)

    def pin_to_number(self, number: int) -> None:
        """Pin what is selected to the criterion with this number."""
        if 0 < number <= len(self.opened.rubric.criteria):
            self._on_pin_wanted(self.opened.rubric.criteria[number - 1].id)

    def step_source(self, step: int) -> None:
        """Look at the next or previous part or artifact."""
        order = reading_order(self.opened.packet)
        at = order.index(self._evidence.key) if self._evidence.key in order else 0
        self._evidence.show_source(order[min(max(at + step, 0), len(order) - 1)])

    @Slot()
    def show_first_part(self) -> None:
        """Part 1 is one key away."""
        self._evidence.show_source(reading_order(self.opened.packet)[0])

    @Slot()
    def show_credential(self) -> None:
        """Show the micro-credential's card."""
        self._evidence.show_source(CREDENTIAL)

    @Slot()
    def seal(self) -> None:
        """Save what is typed and go to the seal."""
        if not self._is_sealed():
            self._editor.flush()
            self.seal_chosen.emit()

    @Slot(str)
    def _on_pin_wanted(self, criterion_id: str) -> None:
        if self._selected is not None and not self._is_sealed():
            place = place_of(self._selected, self._evidence.seen())
            self._rubric.pin(CriterionId(criterion_id), place)

    def show_pin(self, pin_id: str) -> None:
        """Open the criterion of a pin and go to its place."""
        for pin in (*self.review.pins, *self.review.unplaced):
            if pin.id == pin_id:
                self._rubric.open_card(pin.criterion)
        self._on_pin_followed(pin_id)

    @Slot(str)
    def _on_pin_followed(self, pin_id: str) -> None:
        for pin in self.review.pins:
            if pin.id == pin_id:
                self._evidence.follow(pin)
        for pin in self.review.unplaced:
            if pin.id == pin_id and source_key(pin.place) in source_keys(self.opened.packet):
                self._evidence.show_source(source_key(pin.place))

    @Slot(str)
    def _on_pin_in_evidence(self, pin_id: str) -> None:
        for pin in self.review.pins:
            if pin.id == pin_id:
                self._rubric.open_card(pin.criterion)

    @Slot()
    def _on_second_read_toggled(self) -> None:
        if not self._is_sealed():
            wanted = not self.review.wants_second_read
            self._editor.apply(replace(self.review, wants_second_read=wanted))

    @Slot(str, int)
    def _on_place_chosen(self, key: str, index: int) -> None:
        self._evidence.show_source(key)
        if self.widget.evidence.shown is Shown.PAGES:
            self.widget.evidence.pages.go_to(index)

    @Slot(object)
    def _on_evidence_selected(self, selected: Selected | None) -> None:
        self._selected = selected
        self.widget.pin_bar.setVisible(selected is not None and not self._is_sealed())

    @Slot(str)
    def _on_notice_action(self, action: str) -> None:
        reasons = {
            INACCESSIBLE: ReasonCode.INACCESSIBLE_ARTIFACT,
            UNREADABLE: ReasonCode.UNREADABLE_ARTIFACT,
        }
        if action in reasons:
            self._rubric.give_reason(reasons[action], ArtifactId(self._evidence.key))
        else:
            self.ways_out_chosen.emit()

    @Slot(str)
    def _on_source_shown(self, key: str) -> None:
        self.widget.packet.show_current(key)
        self._show_map()
        prepare = self._services.workbench.prepare
        self._store(prepare(keep_place, self.opened.assignment.id, key))

    @Slot(str, int)
    def _on_place_read(self, source: str, index: int) -> None:
        if (source, index) not in self._read:
            self._read |= {(source, index)}
            self.widget.packet.show_items(packet_items(self.opened.packet, self._read))
            self._show_map()
            prepare = self._services.workbench.prepare
            self._store(prepare(mark_read, self.opened.assignment.id, source, index))

    @Slot(int)
    def _on_here_changed(self, _index: int) -> None:
        self._show_map()

    @Slot(object)
    def _on_review_shown(self, review: Review) -> None:
        if not is_on_same(review, self.opened.draft.review):
            self.other_version.emit()
            return
        self._rubric.show_review()
        self._evidence.show_marks(review, self.opened.rubric)
        self.widget.foot.show_summary(*summary_of(review, self.opened.rubric))
        self.widget.foot.show_second_read(wanted=review.wants_second_read)
        self._show_map()

    @Slot(object)
    def _on_saved(self, draft: DraftState) -> None:
        sealed = draft.sealed_as is not None
        self.widget.header.show_steps(
            can_undo=draft.can_undo and not sealed, can_redo=draft.can_redo and not sealed
        )
        saved = draft.saved_at
        words = tr("Saved on this laptop {0}").format(clock_time(saved)) if saved else ""
        self.widget.foot.show_saved(words)
        self.widget.foot.show_sealed(
            is_sealed=sealed,
            can_reopen=self.opened.outbox in _REOPENS_FROM,
            reason=tr("The platform has received this review."),
        )

    @Slot(object)
    def show_problem(self, error: AppError) -> None:
        """Say above the panes what could not be done; what is on the desk stays."""
        self.widget.banner.show_message(Tone.WARN, tr("This could not be done"), sentence(error))
        self.widget.banner.show()

    @Slot(object)
    def _on_done(self, _nothing: object) -> None:
        """A mark of where the assessor was is stored."""

    @Slot()
    def _on_versions_chosen(self) -> None:
        self._editor.flush()
        self.versions_chosen.emit()

    @Slot()
    def _on_left(self) -> None:
        self._editor.flush()
        self.left.emit()

    def _is_sealed(self) -> bool:
        draft = self._editor.draft
        return draft is not None and draft.sealed_as is not None

    def _show_map(self) -> None:
        key = self._evidence.key
        page = self.widget.evidence.pages.here if self.widget.evidence.shown is Shown.PAGES else 0
        strips = map_strips(self.opened.packet, self._read, self.review, (key, page))
        self.widget.map.show_strips(strips)

    def _store(self, work: Callable[[], None]) -> None:
        self._services.tasks.run(
            Lane.STORE, work, owner=self, done=self._on_done, failed=self.show_problem
        )
