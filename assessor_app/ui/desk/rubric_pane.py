"""The rubric pane: a strip of all criteria above a column of cards, one of them open."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk.card_state import CardState
from assessor_app.ui.desk.criterion_card import CriterionCard
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.desk.whole_card import WholeCard
from assessor_app.ui.parts.bars import PaneBar
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.criterion_strip import CriterionStrip, StripCell
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, ScrollColumn
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style, Width


class RubricPane(Panel):
    """Shows the rubric and the review on it.

    Signals: those of its cards, and
        card_opened(key: str): A card is to be the open one.
        next_unrated_chosen(): To the next criterion without a rating.
    """

    card_opened = Signal(str)
    next_unrated_chosen = Signal()
    level_chosen = Signal(str, int)
    pin_followed = Signal(str)
    pin_removed = Signal(str)
    nothing_shows_ticked = Signal(str, bool)
    feedback_wanted = Signal(str, str)
    feedback_edited = Signal(str, str)
    feedback_left = Signal(str)
    feedback_removed = Signal(str)
    reason_wanted = Signal(str)
    reason_edited = Signal(str, str)
    reason_widened = Signal(str, bool)
    reason_removed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Color.WINDOW, parent)
        self._cards: dict[str, CriterionCard] = {}
        self._open_key: str | None = None
        bar = PaneBar(theme, fill=Color.WINDOW, parent=self)
        self._strip = CriterionStrip(theme, bar)
        self._count = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, weight=500, parent=bar)
        self._next = IconButton(
            theme, "arrow-down-to-line", tr("Next unrated criterion"), key="N", parent=bar
        )
        bar.row.addWidget(self._strip, 1)
        bar.row.addWidget(self._count)
        bar.row.addWidget(self._next)
        self._scroll = ScrollColumn(theme, self, margin=(16, 8, 8, 16), gap=8)
        self._scroll.body.addStretch(1)
        column = Column(theme, self, gap=0)
        column.addWidget(bar)
        column.addWidget(self._scroll, 1)
        self.setAccessibleName(tr("Rubric"))
        self.setMinimumWidth(theme.width(Width.RUBRIC_MIN))
        self._strip.criterion_chosen.connect(self.card_opened)
        self._next.clicked.connect(self.next_unrated_chosen)

    def show_rubric(self, cells: tuple[StripCell, ...], cards: tuple[CardState, ...]) -> None:
        """Show the review as it is; a card that was just opened is brought into sight."""
        if list(self._cards) != [card.key for card in cards]:
            self._rebuild(cards)
        open_key = next((card.key for card in cards if card.is_open), None)
        for card in cards:
            self._cards[card.key].show_card(card)
        self._strip.show_cells(cells, open_key or "")
        rated = sum(1 for cell in cells if cell.digit)
        self._count.show_text(tr("{0} of {1} rated").format(rated, len(cells)))
        self._next.show_enabled(rated < len(cells), tr("Every criterion is rated"))
        self._scroll.settle()
        if open_key is not None and open_key != self._open_key:
            self._scroll.scroll_to(self._cards[open_key])
        self._open_key = open_key

    def show_locked(self, *, is_locked: bool) -> None:
        """Let nothing be changed while the review is sealed."""
        for card in self._cards.values():
            card.setEnabled(not is_locked)

    def start_editing(self, key: str, item_id: str) -> None:
        """Put the cursor into a feedback item of a card."""
        card = self._cards[key]
        card.start_editing(item_id)
        self._scroll.ensureWidgetVisible(card)

    def toggle_anchors(self, key: str) -> None:
        """Show or hide the example passages of a card."""
        self._cards[key].toggle_anchors()

    def _rebuild(self, cards: tuple[CardState, ...]) -> None:
        for old in self._cards.values():
            self._scroll.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = {card.key: self._make(card) for card in cards}
        for place, card in enumerate(self._cards.values()):
            self._scroll.body.insertWidget(place, card)
        self._open_key = None

    def _make(self, state: CardState) -> CriterionCard:
        if state.levels:
            card = CriterionCard(self._theme, state, parent=self)
        else:
            card = self._connected(WholeCard(self._theme, state, self))
        card.fold_toggled.connect(self._on_fold_toggled)
        card.level_chosen.connect(self.level_chosen)
        card.pin_followed.connect(self.pin_followed)
        card.pin_removed.connect(self.pin_removed)
        card.nothing_shows_ticked.connect(self.nothing_shows_ticked)
        card.feedback_wanted.connect(self.feedback_wanted)
        card.feedback_edited.connect(self.feedback_edited)
        card.feedback_left.connect(self.feedback_left)
        card.feedback_removed.connect(self.feedback_removed)
        return card

    def _connected(self, card: WholeCard) -> WholeCard:
        card.reason_wanted.connect(self.reason_wanted)
        card.reason_edited.connect(self.reason_edited)
        card.reason_widened.connect(self.reason_widened)
        card.reason_removed.connect(self.reason_removed)
        return card

    @Slot(str, bool)
    def _on_fold_toggled(self, key: str, is_open: bool) -> None:  # noqa: FBT001 (a signal's argument)
        if is_open:
            self.card_opened.emit(key)
