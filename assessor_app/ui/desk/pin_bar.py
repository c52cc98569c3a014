"""What can be done with a selection: pin it to a criterion, by mouse or by key."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.bars import Edge, PaneBar
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.criterion_strip import StripCell
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.key_cap import KeyCap
from assessor_app.ui.parts.label import Label
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_ROOM_FOR_HINTS = 660


class _Digit(Button):
    """The number of a criterion."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, cell: StripCell, parent: QWidget) -> None:
        super().__init__(theme, str(cell.number), kind=Kind.PLAIN, small=True, parent=parent)
        self._criterion = cell.criterion_id
        self.setAccessibleName(tr("Pin to criterion {0}, {1}").format(cell.number, cell.title))
        self.setToolTip(cell.title)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(self._criterion)


class PinBar(PaneBar):
    """Shown while something is selected.

    Signals:
        pin_wanted(criterion_id: str): Pin the selection here.
    """

    pin_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, fill=Color.SURFACE, parent=parent)
        self._line = Edge.TOP
        self._digits: tuple[_Digit, ...] = ()
        self._ids: tuple[str, ...] = ()
        self.row.addWidget(IconMark(theme, "pin", ink=Color.PIN_LINE, parent=self))
        self.row.addWidget(Label(theme, tr("Pin this to criterion"), weight=500, parent=self))
        self.row.addStretch(1)
        self._hints = (
            Label(theme, tr("or the keys"), style=Style.SMALL, ink=Color.TEXT_2, parent=self),
            KeyCap(theme, "E", self),
            Label(theme, tr("then its digit"), style=Style.SMALL, ink=Color.TEXT_2, parent=self),
        )
        for hint in self._hints:
            self.row.addWidget(hint)
        self.hide()

    def show_criteria(self, cells: tuple[StripCell, ...]) -> None:
        """Offer these criteria."""
        ids = tuple(cell.criterion_id for cell in cells)
        if ids == self._ids:
            return
        for old in self._digits:
            self.row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._ids = ids
        self._digits = tuple(_Digit(self._theme, cell, self) for cell in cells)
        for place, digit in enumerate(self._digits):
            digit.wanted.connect(self.pin_wanted)
            self.row.insertWidget(2 + place, digit)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for hint in self._hints:
            hint.setVisible(self._theme.roomy_width(self.width()) >= _ROOM_FOR_HINTS)
