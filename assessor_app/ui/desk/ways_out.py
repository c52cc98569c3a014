"""The ways out of a packet: ask the lead, report an exposure, recuse oneself, give it back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.outbox import ActKind
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.field import TextBox
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.level_row import LevelRow, LevelState
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

WAYS = (ActKind.ASK, ActKind.FLAG, ActKind.RECUSE, ActKind.RETURN)
LEAVING = (ActKind.FLAG, ActKind.RECUSE, ActKind.RETURN)
"""After these the packet is not this assessor's any more."""

WIDTH = 560


def way_words(kind: ActKind) -> tuple[str, str]:
    """Return what a way out is called, and what it does."""
    return {
        ActKind.ASK: (
            tr("Ask the lead"),
            tr("Your question goes to the lead with the next sync. The packet waits; your review"
               " stays as it is."),
        ),
        ActKind.FLAG: (
            tr("Report personal data"),
            tr("Something here names or shows a person. The packet is taken from everyone until"
               " it is blinded again."),
        ),
        ActKind.RECUSE: (
            tr("Recuse myself"),
            tr("You know this work or have a conflict of interest. Another assessor gets it;"
               " nothing is held against you."),
        ),
        ActKind.RETURN: (
            tr("Give it back"),
            tr("You cannot review it in time. Another assessor gets it; nothing is held against"
               " you."),
        ),
    }[kind]  # fmt: skip


class WaysOut(Sheet):
    """Four choices, a few words, one act.

    Signals:
        act_chosen(kind: str, text: str): To be done, and sent with the next sync.
    """

    act_chosen = Signal(str, str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, tr("Ask, report, recuse"), window, width=WIDTH)
        self._chosen = 0
        self._rows = tuple(LevelRow(theme, self._state(place), self) for place in range(len(WAYS)))
        for row in self._rows:
            row.level_chosen.connect(self._on_way_chosen)
            self.body.addWidget(row)
        self.body.addWidget(
            Label(theme, tr("In your words"), style=Style.SMALL_STRONG, ink=Color.TEXT_2)
        )
        self._text = TextBox(theme, tr("In your words"), lines=3)
        self.body.addWidget(self._text)
        cancel = Button(theme, tr("Cancel"), kind=Kind.QUIET)
        self._do = Button(theme, "", kind=Kind.PRIMARY)
        self.add_foot(cancel)
        self.add_foot(self._do)
        cancel.clicked.connect(self.shut)
        self._do.clicked.connect(self._on_do_clicked)
        self._text.edited.connect(self._on_text_edited)
        self.show_way(0)

    def show_way(self, place: int) -> None:
        """Show which way is chosen."""
        self._chosen = place
        for number, row in enumerate(self._rows):
            row.show_level(self._state(number))
        self._do.show_text(way_words(WAYS[place])[0])
        self._on_text_edited(self._text.text())

    def start(self) -> None:
        """Begin anew: nothing written, the mildest way chosen."""
        self._text.show_text("")
        self.show_way(0)

    def _state(self, place: int) -> LevelState:
        name, what = way_words(WAYS[place])
        return LevelState(
            rank=place,
            digit=str(place + 1),
            name=name,
            descriptor=what,
            is_chosen=place == self._chosen,
        )

    @Slot(int)
    def _on_way_chosen(self, place: int) -> None:
        self.show_way(place)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        needs_words = WAYS[self._chosen] is ActKind.ASK and not text.strip()
        self._do.show_enabled(not needs_words, tr("Write what you want to ask."))

    @Slot()
    def _on_do_clicked(self) -> None:
        self.shut()
        self.act_chosen.emit(WAYS[self._chosen], self._text.text().strip())
