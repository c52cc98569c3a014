"""One pin on the screen of two versions: its chip, what became of it, and the ways on."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from assessor_app.ui.conflict.pins import TAKE_AWAY, TAKE_BACK, PinLine, PinWay
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.pin_chip import PinChip
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


class PinItem(QWidget):
    """The chip leads to the pin as it was made; the ways stand under it only where it waits.

    Signals:
        pin_followed(pin_id: str): The assessor wants to see the place as it was.
        pin_settled(pin_id: str, way: str): The assessor said where it belongs, or took that back.
    """

    pin_followed = Signal(str)
    pin_settled = Signal(str, str)

    def __init__(self, theme: Theme, line: PinLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._line = theme, line
        self._chip = PinChip(theme, line.chip, self)
        self._becomes = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._places = MenuButton(theme, self.tr("Choose its place"), kind=Kind.PLAIN, parent=self)
        self._keep = Button(theme, "", kind=Kind.PLAIN, small=True, parent=self)
        self._away = Button(theme, "", kind=Kind.LINK, small=True, parent=self)
        self._back = Button(theme, "", kind=Kind.LINK, icon="undo-2", small=True, parent=self)
        self._ways = Row(theme, gap=8)
        for way in (self._places, self._keep, self._away, self._back):
            self._ways.addWidget(way)
        self._ways.addStretch(1)
        under = Column(theme, margin=(11, 0, 0, 4), gap=4)
        under.addWidget(self._becomes)
        under.addLayout(self._ways)
        whole = Column(theme, self, gap=4)
        whole.addWidget(self._chip)
        whole.addLayout(under)
        self._chip.pin_followed.connect(self.pin_followed)
        self._places.choice_chosen.connect(self._on_place_chosen)
        self._keep.clicked.connect(self._on_kept)
        self._away.clicked.connect(self._on_taken_away)
        self._back.clicked.connect(self._on_taken_back)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_line(line)

    def show_line(self, line: PinLine) -> None:
        """Show another state of the pin."""
        self._line = line
        self._chip.show_pin(line.chip)
        self._becomes.show_text(line.becomes)
        self._becomes.setVisible(bool(line.becomes))
        places = tuple(way for way in line.ways if way.key.isdecimal())
        choices = tuple(Choice(key=way.key, label=way.words) for way in places)
        self._places.show_choices(choices if len(choices) > 1 else ())
        self._places.setVisible(len(choices) > 1)
        self._places.setAccessibleName(self.tr("Choose the place of {0}").format(line.chip.place))
        self._show_way(self._keep, places[0] if len(places) == 1 else None)
        named = {way.key: way for way in line.ways}
        self._show_way(self._away, named.get(TAKE_AWAY))
        self._show_way(self._back, named.get(TAKE_BACK))

    def _show_way(self, button: Button, way: PinWay | None) -> None:
        button.setVisible(way is not None)
        if way is not None:
            button.show_text(way.words)
            button.setAccessibleName(way.spoken)

    def _settle(self, way: str) -> None:
        self.pin_settled.emit(self._line.chip.pin_id, way)

    @Slot(str)
    def _on_place_chosen(self, key: str) -> None:
        self._settle(key)

    @Slot()
    def _on_kept(self) -> None:
        self._settle("0")

    @Slot()
    def _on_taken_away(self) -> None:
        self._settle(TAKE_AWAY)

    @Slot()
    def _on_taken_back(self) -> None:
        self._settle(TAKE_BACK)

    @Slot()
    def _on_theme_changed(self) -> None:
        large = self._theme.is_large_text
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._ways.setDirection(way)
