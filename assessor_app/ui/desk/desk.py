"""The desk: packet, evidence and rubric beside each other, the seal beneath."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.desk.action_bar import ActionBar
from assessor_app.ui.desk.header import DeskHeader
from assessor_app.ui.desk.packet_list import PacketList
from assessor_app.ui.desk.pin_bar import PinBar
from assessor_app.ui.desk.rubric_pane import RubricPane
from assessor_app.ui.evidence.pane import EvidencePane
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.reading_map import ReadingMap
from assessor_app.ui.parts.splitter import Splitter
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Width

_RAIL_BELOW, _NARROW_RUBRIC_BELOW = 1180, 1100
_NARROW_RUBRIC = 400
_LARGE_SHARE = 0.6
_MAP_OFF_AT = 1.5


class Desk(QWidget):
    """Lays its panes out for the width there is; a controller fills them.

    Signals:
        resized(): The panes have other widths now.
        versions_chosen(): See the review beside the newer version.
    """

    resized = Signal()
    versions_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.header = DeskHeader(theme, self)
        self.packet = PacketList(theme, self)
        self.evidence = EvidencePane(theme, self)
        self.rubric = RubricPane(theme, self)
        self.pin_bar = PinBar(theme, self)
        self.map = ReadingMap(theme, self)
        self.foot = ActionBar(theme, self)
        self.banner = Banner(theme, Tone.WARN, "", "", parent=self)
        self._newer = Banner(
            theme,
            Tone.WARN,
            self.tr("There is a newer version"),
            self.tr(
                "You wrote this on an older packet or rubric, so it cannot be sealed as it is. "
                "What did not change is carried over."
            ),
            parent=self,
        )
        see = Button(theme, self.tr("See what changed"), icon="arrow-right", parent=self)
        see.clicked.connect(self.versions_chosen)
        self._newer.add_button(see)
        self._splitter = Splitter(theme, self)
        self._build()
        self.banner.hide()
        self._newer.hide()
        self.setFocusProxy(self.packet)
        theme.changed.connect(self._give_way)

    def _build(self) -> None:
        middle = QWidget(self)
        column = Column(self._theme, middle, gap=0)
        column.addWidget(self.evidence, 1)
        column.addWidget(self.pin_bar)
        column.addWidget(Rule(self._theme))
        column.addWidget(self.map)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self.rubric)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setChildrenCollapsible(False)
        across = Row(self._theme, gap=0)
        across.addWidget(self.packet)
        across.addWidget(Rule(self._theme, upright=True))
        across.addWidget(self._splitter, 1)
        whole = Column(self._theme, self, gap=0)
        whole.addWidget(self.header)
        whole.addWidget(self.banner)
        whole.addWidget(self._newer)
        whole.addLayout(across, 1)
        whole.addWidget(self.foot)
        self.evidence.setMinimumWidth(0)

    def show_newer(self, *, is_there: bool) -> None:
        """Say that packet or rubric have a newer version than the review."""
        self._newer.setVisible(is_there)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    @Slot()
    def _give_way(self) -> None:
        roomy = self._theme.roomy_width(self.width())
        self.packet.show_rail(is_rail=roomy < _RAIL_BELOW)
        self.header.show_width(roomy)
        self.foot.show_width(roomy)
        self.map.setVisible(self._theme.text_scale < _MAP_OFF_AT)
        self._share_width(roomy)
        self.resized.emit()

    def _share_width(self, roomy: int) -> None:
        if (layout := self.layout()) is not None:
            layout.activate()
        total = self._splitter.width()
        if self._theme.is_large_text:
            rubric = round(total * _LARGE_SHARE)
        elif roomy < _NARROW_RUBRIC_BELOW:
            rubric = self._theme.text(_NARROW_RUBRIC)
        else:
            rubric = self._theme.width(Width.RUBRIC)
        self._splitter.setSizes([max(total - rubric, 1), rubric])

    def take_focus(self) -> None:
        """Put the keys into the evidence."""
        self.evidence.take_focus()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
