"""One card of the rubric pane: levels, pins and feedback of a criterion."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.review import FeedbackKind
from assessor_app.ui.desk.add_button import AddButton
from assessor_app.ui.desk.card_state import KINDS, CardState, kind_word
from assessor_app.ui.desk.kept_widgets import KeptWidgets
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.card import Card, FoldHead
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.feedback_item import FeedbackItem, FeedbackState
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.level_row import LevelRow
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.pin_chip import PinChip, PinState
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_SMALL_KINDS = KINDS[:3]


class CriterionCard(Card):
    """Folded it is a line; open, everything about one criterion in its place.

    Signals:
        fold_toggled(key: str, is_open: bool): The assessor opens or folds the card.
        level_chosen(key: str, rank: int): A level was picked.
        pin_followed(pin_id: str): The assessor wants to see the place.
        pin_removed(pin_id: str): The assessor took a pin away.
        nothing_shows_ticked(key: str, stated: bool): Nothing in the packet shows this, or it does.
        feedback_wanted(key: str, kind: str): A new item is to be written.
        feedback_edited(item_id: str, text: str): The text of an item changed.
        feedback_left(item_id: str): The assessor is done with an item.
        feedback_removed(item_id: str): The assessor took an item away.
    """

    fold_toggled = Signal(str, bool)
    level_chosen = Signal(str, int)
    pin_followed = Signal(str)
    pin_removed = Signal(str)
    nothing_shows_ticked = Signal(str, bool)
    feedback_wanted = Signal(str, str)
    feedback_edited = Signal(str, str)
    feedback_left = Signal(str)
    feedback_removed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        card: CardState,
        *,
        kinds: tuple[FeedbackKind, ...] = _SMALL_KINDS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent=parent)
        self.key = card.key
        self._head = FoldHead(theme, card.head, self)
        self._levels = tuple(LevelRow(theme, level, self) for level in card.levels)
        self._show_anchors = Button(
            theme, tr("Examples of the levels"), kind=Kind.LINK, icon="quote", small=True
        )
        self._anchors = Paragraph(theme, style=Style.BODY, ink=Color.TEXT_2, parent=self)
        self._anchors_wanted = False
        self._nothing = Checkbox(theme, tr("Nothing in the packet shows this"), self)
        pins, feedback = Column(theme, gap=4), Column(theme, gap=4)
        self._pins = KeptWidgets[PinState, PinChip](pins, self._make_pin, PinChip.show_pin)
        self._feedback = KeptWidgets[FeedbackState, FeedbackItem](
            feedback, self._make_feedback, FeedbackItem.show_item
        )
        self._add = self._make_add_row(kinds)
        self._card = card
        self.body.addWidget(self._head)
        for level in self._levels:
            level.level_chosen.connect(self._on_level_chosen)
            self.body.addWidget(level)
        for widget in (self._show_anchors, self._anchors):
            self.body.addWidget(widget)
        self.body.addLayout(pins)
        self.body.addWidget(self._nothing)
        self.body.addLayout(feedback)
        self.body.addWidget(self._add)
        self._head.fold_toggled.connect(self._on_fold_toggled)
        self._nothing.ticked.connect(self._on_nothing_ticked)
        self._show_anchors.clicked.connect(self.toggle_anchors)
        self.show_card(card)

    def show_card(self, card: CardState) -> None:
        """Show another state of the same card."""
        self._card = card
        self.show_open(card.is_open)
        self._head.show_head(card.head)
        for row, level in zip(self._levels, card.levels, strict=True):
            row.show_level(level)
            row.setVisible(card.is_open)
        self._nothing.show_ticked(card.nothing_shows)
        self._nothing.setVisible(card.is_open and card.offers_nothing_shows)
        self._pins.show_states({pin.pin_id: pin for pin in card.pins} if card.is_open else {})
        shown = card.feedback if card.is_open else ()
        self._feedback.show_states({item.item_id: item for item in shown})
        self._add.setVisible(card.is_open)
        self._show_examples()

    @Slot()
    def toggle_anchors(self) -> None:
        """Show or hide the example passages of the levels."""
        self._anchors_wanted = not self._anchors_wanted
        self._show_examples()

    def start_editing(self, item_id: str) -> None:
        """Put the cursor into a feedback item."""
        if item := self._feedback.widget(item_id):
            item.start_editing()

    def _show_examples(self) -> None:
        offered = self._card.is_open and bool(self._card.anchors)
        self._show_anchors.setVisible(offered)
        examples = (f"{name}: “{text}”" for name, text in self._card.anchors)
        self._anchors.show_text("\n\n".join(examples))
        self._anchors.setVisible(offered and self._anchors_wanted)

    def _make_add_row(self, kinds: tuple[FeedbackKind, ...]) -> QWidget:
        holder = QWidget(self)
        row = Row(self._theme, holder, margin=(0, 4, 0, 0), gap=0)
        for kind in kinds:
            button = AddButton(self._theme, kind, kind_word(kind), holder)
            button.wanted.connect(self._on_feedback_wanted)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def _make_pin(self, pin: PinState) -> PinChip:
        chip = PinChip(self._theme, pin, self)
        chip.pin_followed.connect(self.pin_followed)
        chip.pin_removed.connect(self.pin_removed)
        return chip

    def _make_feedback(self, item: FeedbackState) -> FeedbackItem:
        made = FeedbackItem(self._theme, item, self)
        made.feedback_edited.connect(self.feedback_edited)
        made.editing_finished.connect(self.feedback_left)
        made.feedback_removed.connect(self.feedback_removed)
        return made

    @Slot(bool)
    def _on_fold_toggled(self, is_open: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self.fold_toggled.emit(self.key, is_open)

    @Slot(int)
    def _on_level_chosen(self, rank: int) -> None:
        self.level_chosen.emit(self.key, rank)

    @Slot(bool)
    def _on_nothing_ticked(self, stated: bool) -> None:  # noqa: FBT001 (a signal's argument)
        self.nothing_shows_ticked.emit(self.key, stated)

    @Slot(str)
    def _on_feedback_wanted(self, kind: str) -> None:
        self.feedback_wanted.emit(self.key, kind)
