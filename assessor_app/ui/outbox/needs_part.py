"""What needs the assessor: a card each, or a row each where something more urgent is above."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.attention import AttentionCard
from assessor_app.ui.outbox.lines import ActState, RowAction
from assessor_app.ui.outbox.needs import AttentionState, Step
from assessor_app.ui.outbox.rows import ActRows
from assessor_app.ui.outbox.section_head import SectionHead
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme

SHOWN = 2


class NeedsPart(QWidget):
    """The first of what needs the assessor, and a way to all of it.

    Signals:
        packet_opened(assignment: str): The assessor wants to see a packet.
        retry_chosen(act: str): The assessor wants an act sent once more.
        step_chosen(AttentionState): The first way on.
        export_chosen(AttentionState): The assessor wants it in a file.
        put_away_chosen(AttentionState): It is to need nobody any more.
        all_chosen(): The assessor wants to see everything that needs attention.
    """

    packet_opened = Signal(str)
    retry_chosen = Signal(str)
    step_chosen = Signal(object)
    export_chosen = Signal(object)
    put_away_chosen = Signal(object)
    all_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_brief = False
        self._states: tuple[AttentionState, ...] = ()
        title = self.tr("Needs attention")
        self._head = SectionHead(theme, title, icon="triangle-alert", parent=self)
        self._all = Button(theme, "", kind=Kind.LINK, small=True, parent=self)
        self._cards = tuple(AttentionCard(theme, self) for _ in range(SHOWN))
        self._rows = ActRows(theme, self)
        self._head.add_button(self._all)
        cards = Column(theme)
        for card in self._cards:
            cards.addWidget(card)
        self._column = Column(theme, self, margin=(0, 0, 0, 4), gap=4)
        self._column.addWidget(self._head)
        self._column.addLayout(cards)
        self._column.addWidget(self._rows)
        self._connect()
        self._show()

    def show_needs(self, states: tuple[AttentionState, ...]) -> None:
        """Show what needs the assessor; nothing hides the part."""
        self._states = states
        self._show()

    def show_brief(self, *, is_brief: bool) -> None:
        """Show a row each instead of a card."""
        self._is_brief = is_brief
        self._show()

    def settle(self) -> None:
        """Lay out what has just changed now: nothing flickers."""
        self._rows.settle()
        self._column.invalidate()
        self._column.activate()

    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, in this order."""
        ways = tuple(way for card in self._cards for way in card.ways())
        return self._all, *ways, *self._rows.stops()

    def _show(self) -> None:
        shown = self._states[:SHOWN]
        for card, state in zip(self._cards, shown, strict=False):
            card.show_attention(state)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(shown) and not self._is_brief)
        self._rows.show_acts(tuple(map(_row, shown)) if self._is_brief else ())
        self._head.show_word(str(len(self._states)))
        more = len(self._states) - len(shown)
        self._all.show_text(self.tr("{0} more need you").format(more))
        self._all.setVisible(more > 0)
        self.setVisible(bool(self._states))

    def _connect(self) -> None:
        for card in self._cards:
            card.step_chosen.connect(self.step_chosen)
            card.export_chosen.connect(self.export_chosen)
            card.put_away_chosen.connect(self.put_away_chosen)
            card.retry_chosen.connect(self.retry_chosen)
        self._all.clicked.connect(self.all_chosen)
        self._rows.opened.connect(self.packet_opened)
        self._rows.action_chosen.connect(self._on_row_step_chosen)
        self._rows.export_chosen.connect(self._on_row_export_chosen)
        self._rows.put_away_chosen.connect(self._on_row_put_away_chosen)

    def _state_of(self, row: ActState) -> AttentionState:
        return next(state for state in self._states if _row(state).key == row.key)

    @Slot(object)
    def _on_row_step_chosen(self, row: ActState) -> None:
        self.step_chosen.emit(self._state_of(row))

    @Slot(object)
    def _on_row_export_chosen(self, row: ActState) -> None:
        self.export_chosen.emit(self._state_of(row))

    @Slot(object)
    def _on_row_put_away_chosen(self, row: ActState) -> None:
        self.put_away_chosen.emit(self._state_of(row))


def _row(state: AttentionState) -> ActState:
    return ActState(
        key=state.key or state.assignment,
        assignment=state.assignment,
        icon="list-checks" if state.step is Step.VERSIONS else "file-exclamation-point",
        tone=Tone.PLAIN,
        submission=state.submission,
        title=state.title,
        words=state.brief,
        action=RowAction.STEP,
        action_words=state.step_words,
        can_export=state.can_export,
        can_put_away=state.can_put_away,
    )
