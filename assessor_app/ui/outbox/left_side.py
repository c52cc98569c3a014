"""The lists of the sync centre: what needs the assessor, what waits, what was received."""

from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.act_list import ActList
from assessor_app.ui.outbox.lines import ActState
from assessor_app.ui.outbox.needs import AttentionState
from assessor_app.ui.outbox.needs_part import NeedsPart
from assessor_app.ui.outbox.rows import ActRows
from assessor_app.ui.outbox.section_head import SectionHead
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class LeftSide(QWidget):
    """What is now, or everything that came to its end.

    Signals:
        packet_opened(assignment: str): The assessor wants to see a packet.
        retry_chosen(act: str): The assessor wants an act sent once more.
        step_chosen(AttentionState): The first way on of what needs the assessor.
        export_chosen(AttentionState): The assessor wants it in a file.
        put_away_chosen(AttentionState): It is to need nobody any more.
        action_chosen(ActState): The assessor wants what a row offers.
        row_export_chosen(ActState): The assessor wants this review in a file.
        export_all_chosen(): The assessor wants every unsent review in a file.
        hold_chosen(holds: bool): Nothing may leave, or all of it.
        attention_chosen(): The assessor wants to see everything that needs attention.
    """

    packet_opened = Signal(str)
    retry_chosen = Signal(str)
    step_chosen = Signal(object)
    export_chosen = Signal(object)
    put_away_chosen = Signal(object)
    action_chosen = Signal(object)
    row_export_chosen = Signal(object)
    export_all_chosen = Signal()
    hold_chosen = Signal(bool)
    attention_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self.tr
        self._is_held = False
        self._needs = NeedsPart(theme, self)
        self._outbox = SectionHead(theme, tr("In the outbox"), parent=self)
        self._export = Button(
            theme, tr("Export all…"), kind=Kind.QUIET, icon="download", small=True, parent=self
        )
        self._hold = Button(theme, tr("Hold all"), kind=Kind.LINK, small=True, parent=self)
        self._waits = Paragraph(theme, style=Style.UI, ink=Color.TEXT_2, parent=self)
        self._waiting = ActRows(theme, self)
        self._received = SectionHead(theme, tr("Received"), parent=self)
        self._all = Button(theme, "", kind=Kind.LINK, small=True, parent=self)
        self._receipts = ActRows(theme, self)
        self._ended = SectionHead(theme, tr("History"), parent=self)
        self._back = Button(
            theme, tr("Back"), kind=Kind.QUIET, icon="arrow-left", small=True, parent=self
        )
        self._history = ActList(theme, self)
        self._now = QWidget(self)
        self._then = QWidget(self)
        self._build(theme)
        self._connect()

    def show_attention(self, states: tuple[AttentionState, ...]) -> None:
        """Show what needs the assessor."""
        self._needs.show_needs(states)
        self._show_tab_order()

    def show_brief(self, *, is_brief: bool) -> None:
        """Show what needs the assessor in a row each: something more urgent stands above."""
        self._needs.show_brief(is_brief=is_brief)
        self._show_tab_order()

    def show_waiting(self, states: tuple[ActState, ...], *, is_held: bool) -> None:
        """Show what is on its way, and whether the assessor holds it."""
        self._is_held = is_held
        words = [str(len(states))] if states else []
        words += [self.tr("held")] if is_held else []
        self._outbox.show_word(" · ".join(words))
        self._hold.show_text(self.tr("Send all") if is_held else self.tr("Hold all"))
        self._hold.setVisible(bool(states) or is_held)
        self._export.setVisible(any(state.can_export for state in states))
        said = "" if states else self.tr("Nothing waits to be sent.")
        if is_held:
            said = self.tr(
                "You hold everything here, and what you seal from now on. It leaves once you send "
                "all. What you reopen is taken back all the same."
            )
        self._waits.show_text(said)
        self._waits.setVisible(bool(said))
        self._waiting.show_acts(states)
        self._show_tab_order()

    def show_received(
        self, receipts: tuple[ActState, ...], history: tuple[ActState, ...], *, is_today: bool
    ) -> None:
        """Show the newest receipts, and everything that ended where that is looked at."""
        self._receipts.show_acts(receipts)
        when = self.tr("today") if is_today else self.tr("newest first")
        self._received.show_word(when if receipts else self.tr("nothing yet"))
        self._received.setVisible(bool(receipts or history))
        self._all.show_text(self.tr("All {0}").format(len(history)))
        self._all.setVisible(bool(history))
        self._history.show_entries(history)
        self._ended.show_word(str(len(history)))
        self._show_tab_order()

    def settle(self) -> None:
        """Lay out what has just changed now: nothing flickers."""
        for part in (self._needs, self._waiting, self._receipts):
            part.settle()
        for column in self._columns:
            column.invalidate()
            column.activate()

    def _show_tab_order(self) -> None:
        """Have Tab go from top to bottom: rows are made as they are needed."""
        stops = (
            *self._needs.stops(),
            self._export,
            self._hold,
            *self._waiting.stops(),
            self._all,
            *self._receipts.stops(),
        )
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _build(self, theme: Theme) -> None:
        self._received.add_button(self._all)
        self._outbox.add_button(self._export)
        self._outbox.add_button(self._hold)
        self._ended.add_button(self._back)
        now = Column(theme, self._now, gap=4)
        now.addWidget(self._needs)
        for widget in (self._outbox, self._waits, self._waiting, self._received, self._receipts):
            now.addWidget(widget)
        now.addStretch(1)
        then = Column(theme, self._then, gap=4)
        then.addWidget(self._ended)
        then.addWidget(self._history)
        then.addStretch(1)
        self._columns = (now, then, column := Column(theme, self, gap=0))
        column.addWidget(self._now)
        column.addWidget(self._then)
        self._then.hide()
        self.show_attention(())
        self.show_waiting((), is_held=False)
        self.show_received((), (), is_today=False)

    def _connect(self) -> None:
        self._export.clicked.connect(self.export_all_chosen)
        self._hold.clicked.connect(self._on_hold_clicked)
        self._all.clicked.connect(self._on_all_clicked)
        self._back.clicked.connect(self._on_back_clicked)
        for rows in (self._waiting, self._receipts):
            rows.opened.connect(self.packet_opened)
            rows.action_chosen.connect(self.action_chosen)
            rows.export_chosen.connect(self.row_export_chosen)
        self._history.packet_opened.connect(self.packet_opened)
        self._history.action_chosen.connect(self.action_chosen)
        needs = self._needs
        needs.packet_opened.connect(self.packet_opened)
        needs.step_chosen.connect(self.step_chosen)
        needs.export_chosen.connect(self.export_chosen)
        needs.put_away_chosen.connect(self.put_away_chosen)
        needs.retry_chosen.connect(self.retry_chosen)
        needs.all_chosen.connect(self.attention_chosen)

    @Slot()
    def _on_hold_clicked(self) -> None:
        self.hold_chosen.emit(not self._is_held)

    @Slot()
    def _on_all_clicked(self) -> None:
        self._now.hide()
        self._then.show()
        self._history.setFocus()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._then.hide()
        self._now.show()
        self._all.setFocus()
