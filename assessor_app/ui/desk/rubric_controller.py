"""The controller of the rubric pane: ratings, pins, feedback and reasons of one review."""

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.domain.ids import ArtifactId, CriterionId, FeedbackId, PinId
from assessor_app.domain.policy import ReasonCode
from assessor_app.domain.review import FeedbackItem, FeedbackKind, Pin, Place, Reason, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.ui.desk.card_state import WHOLE, card_states, reason_key, strip_cells
from assessor_app.ui.desk.review_editor import ReviewEditor
from assessor_app.ui.desk.rubric_pane import RubricPane
from assessor_app.usecases.packet import OpenedPacket


class RubricController(QObject):
    """Carries what the assessor does in the cards to the review.

    Signals:
        pin_followed(pin_id: str): The place of a pin is to be shown.
    """

    pin_followed = Signal(str)

    def __init__(self, pane: RubricPane, editor: ReviewEditor) -> None:
        super().__init__(pane)
        self._pane, self._editor = pane, editor
        self._opened: OpenedPacket | None = None
        self._open_key = WHOLE
        self._is_locked = False
        pane.card_opened.connect(self.open_card)
        pane.next_unrated_chosen.connect(self.open_next_unrated)
        pane.level_chosen.connect(self._on_level_chosen)
        pane.pin_followed.connect(self.pin_followed)
        pane.pin_removed.connect(self._on_pin_removed)
        pane.nothing_shows_ticked.connect(self._on_nothing_shows_ticked)
        pane.feedback_wanted.connect(self.add_feedback)
        pane.feedback_edited.connect(self._on_feedback_edited)
        pane.feedback_left.connect(self._on_feedback_left)
        pane.feedback_removed.connect(self._on_feedback_removed)
        pane.reason_wanted.connect(self._on_reason_wanted)
        pane.reason_edited.connect(self._on_reason_edited)
        pane.reason_widened.connect(self._on_reason_widened)
        pane.reason_removed.connect(self._on_reason_removed)

    def open_packet(self, opened: OpenedPacket) -> None:
        """Work on another review, at its first criterion without a rating."""
        self._opened = opened
        levels = opened.draft.review.levels()
        unrated = [item.id for item in opened.rubric.criteria if item.id not in levels]
        self._open_key = unrated[0] if unrated else opened.rubric.criteria[0].id
        self.show_review()

    def show_locked(self, *, is_locked: bool) -> None:
        """A sealed review is read, not changed."""
        self._is_locked = is_locked
        self._pane.show_locked(is_locked=is_locked)

    def show_review(self) -> None:
        """Show the review as it is."""
        if self._opened is not None:
            cards = card_states(self._review, self._rubric, self._opened.packet, self._open_key)
            self._pane.show_rubric(strip_cells(self._review, self._rubric), cards)
            self._pane.show_locked(is_locked=self._is_locked)

    @property
    def _review(self) -> Review:
        return self._editor.review

    @property
    def _rubric(self) -> Rubric:
        if self._opened is None:
            raise RuntimeError("no packet is open")
        return self._opened.rubric

    def _apply(self, review: Review) -> None:
        if not self._is_locked:
            self._editor.apply(review)

    @Slot(str)
    def open_card(self, key: str) -> None:
        """Open the card of a criterion, or the one about the whole submission."""
        self._open_key = key
        self.show_review()

    def step_card(self, step: int) -> None:
        """Open the next or previous card."""
        keys = [*(criterion.id for criterion in self._rubric.criteria), WHOLE]
        at = keys.index(self._open_key) if self._open_key in keys else 0
        self.open_card(keys[min(max(at + step, 0), len(keys) - 1)])

    @Slot()
    def open_next_unrated(self) -> None:
        """Open the next criterion without a rating, after the open one, then from the top."""
        criteria = [criterion.id for criterion in self._rubric.criteria]
        here = criteria.index(CriterionId(self._open_key)) if self._open_key in criteria else -1
        levels = self._review.levels()
        for criterion in (*criteria[here + 1 :], *criteria[: here + 1]):
            if criterion not in levels:
                self.open_card(criterion)
                return

    def rate_open(self, place: int) -> None:
        """Give the open criterion the level at this place, 0 for the highest."""
        if self._open_key != WHOLE:
            criterion = self._rubric.criterion(CriterionId(self._open_key))
            if place < len(criterion.levels):
                self._on_level_chosen(self._open_key, place)

    @Slot()
    def clear_open(self) -> None:
        """Take the rating of the open criterion away."""
        if self._open_key != WHOLE:
            self._apply(self._review.rate(CriterionId(self._open_key), None))

    @Slot(str, int)
    def _on_level_chosen(self, key: str, rank: int) -> None:
        criterion = self._rubric.criterion(CriterionId(key))
        was_rated = criterion.id in self._review.levels()
        self._apply(self._review.rate(criterion.id, criterion.levels[rank].id))
        if not was_rated:
            self.open_next_unrated()

    def pin(self, criterion: CriterionId, place: Place) -> None:
        """Pin a place to a criterion, and open its card."""
        self._open_key = criterion
        pin = Pin(id=PinId(str(uuid4())), criterion=criterion, place=place)
        self._apply(self._review.pin(pin))

    @Slot(str)
    def _on_pin_removed(self, pin_id: str) -> None:
        self._apply(self._review.unpin(PinId(pin_id)))

    @Slot(str, bool)
    def _on_nothing_shows_ticked(self, key: str, stated: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self._apply(self._review.say_nothing_shows(CriterionId(key), stated=stated))

    @Slot(str, str)
    def add_feedback(self, key: str, kind: str) -> None:
        """Add an empty item to a card and put the cursor into it."""
        if self._is_locked:
            return
        item = FeedbackItem(
            id=FeedbackId(str(uuid4())),
            kind=FeedbackKind(kind),
            criterion=None if key == WHOLE else CriterionId(key),
            text="",
        )
        self._open_key = key
        self._apply(self._review.give_feedback(item))
        self._pane.start_editing(key, item.id)

    @Slot()
    def write_feedback(self) -> None:
        """Start a challenge where the rating is below, else a praise."""
        below = self._rubric.below(self._review.levels())
        kind = FeedbackKind.CHALLENGE if self._open_key in below else FeedbackKind.PRAISE
        self.add_feedback(self._open_key, kind)

    @Slot(str, str)
    def _on_feedback_edited(self, item_id: str, text: str) -> None:
        for item in self._review.feedback:
            if item.id == item_id:
                changed = self._review.give_feedback(replace(item, text=text))
                self._editor.type(changed, item_id)

    @Slot(str)
    def _on_feedback_left(self, item_id: str) -> None:
        """An item left empty was not wanted."""
        self._editor.flush()
        for item in self._review.feedback:
            if item.id == item_id and not item.text.strip():
                self._apply(self._review.drop_feedback(item.id))

    @Slot(str)
    def _on_feedback_removed(self, item_id: str) -> None:
        self._apply(self._review.drop_feedback(FeedbackId(item_id)))

    @Slot(str)
    def _on_reason_wanted(self, code: str) -> None:
        self.give_reason(ReasonCode(code), None)

    def give_reason(self, code: ReasonCode, artifact: ArtifactId | None) -> None:
        """Add a reason to deny, and open the card where it is explained."""
        self._open_key = WHOLE
        if all((own.code, own.artifact) != (code, artifact) for own in self._review.reasons):
            reason = Reason(code=code, explanation="", artifact=artifact)
            self._apply(self._review.give_reason(reason))

    def _reason(self, key: str) -> Reason:
        return next(reason for reason in self._review.reasons if reason_key(reason) == key)

    @Slot(str, str)
    def _on_reason_edited(self, key: str, text: str) -> None:
        changed = replace(self._reason(key), explanation=text)
        self._editor.type(self._review.give_reason(changed), key)

    @Slot(str, bool)
    def _on_reason_widened(self, key: str, whole: bool) -> None:  # noqa: FBT001 (a signal's argument)
        changed = replace(self._reason(key), whole_packet=whole)
        self._apply(self._review.give_reason(changed))

    @Slot(str)
    def _on_reason_removed(self, key: str) -> None:
        self._apply(self._review.drop_reason(self._reason(key)))

    @Slot()
    def toggle_second_read(self) -> None:
        """Ask for a second read, or no longer."""
        wanted = not self._review.wants_second_read
        self._apply(replace(self._review, wants_second_read=wanted))

    @Slot()
    def toggle_anchors(self) -> None:
        """Show or hide the examples of the levels of the open criterion."""
        if self._open_key != WHOLE:
            self._pane.toggle_anchors(self._open_key)
