"""The card about the whole submission: feedback to the earner, and reasons to deny."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.domain.policy import ReasonCode
from assessor_app.ui.desk.card_state import KINDS, CardState, ReasonState, reason_word
from assessor_app.ui.desk.criterion_card import CriterionCard
from assessor_app.ui.desk.kept_widgets import KeptWidgets
from assessor_app.ui.desk.reason_item import ReasonItem
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.button import Kind
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.theme.theme import Theme


class WholeCard(CriterionCard):
    """As a criterion's card, without levels and with reasons.

    Signals:
        reason_wanted(code: str): A reason to deny is to be added.
        reason_edited(key: str, text: str): The explanation of a reason changed.
        reason_widened(key: str, whole: bool): A reason makes rating impossible, or no longer.
        reason_removed(key: str): The assessor took a reason away.
    """

    reason_wanted = Signal(str)
    reason_edited = Signal(str, str)
    reason_widened = Signal(str, bool)
    reason_removed = Signal(str)

    def __init__(self, theme: Theme, card: CardState, parent: QWidget | None = None) -> None:
        self._reasons: KeptWidgets[ReasonState, ReasonItem] | None = None
        super().__init__(theme, card, kinds=KINDS, parent=parent)
        reasons = Column(theme, gap=4)
        self._reasons = KeptWidgets(reasons, self._make_reason, ReasonItem.show_reason)
        self._menu = MenuButton(theme, tr("Reason to deny"), kind=Kind.QUIET, icon="flag")
        self._menu.show_choices(
            tuple(
                Choice(code, reason_word(code))
                for code in ReasonCode
                if code is not ReasonCode.NOT_DEMONSTRATED
            )
        )
        self._menu.choice_chosen.connect(self.reason_wanted)
        row = Row(theme)
        row.addWidget(self._menu)
        row.addStretch(1)
        self.body.addLayout(reasons)
        self.body.addLayout(row)
        self.show_card(card)

    @override
    def show_card(self, card: CardState) -> None:
        super().show_card(card)
        if self._reasons is not None:
            shown = card.reasons if card.is_open else ()
            self._reasons.show_states({reason.key: reason for reason in shown})
            self._menu.setVisible(card.is_open)

    def _make_reason(self, reason: ReasonState) -> ReasonItem:
        made = ReasonItem(self._theme, reason, self)
        made.reason_edited.connect(self.reason_edited)
        made.reason_widened.connect(self.reason_widened)
        made.reason_removed.connect(self.reason_removed)
        return made
