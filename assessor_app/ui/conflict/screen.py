"""The screen of two versions: criteria at the left, old beside new, the way on at the foot."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.conflict.bars import ConflictFoot, ConflictHead, CriterionBar, VersionHeads
from assessor_app.ui.conflict.columns import Columns
from assessor_app.ui.conflict.mine import Mine, Steps
from assessor_app.ui.conflict.side import ConflictSide, SafePlate
from assessor_app.ui.conflict.state import ConflictState
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.layout import Column, Panel, Row, Rule, ScrollColumn
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme

_LIST = 304
_LIST_BELOW, _STEPS_BELOW = 1000, 1100


class ConflictScreen(Panel):
    """Renders a `ConflictState` and reports what the assessor does.

    Signals:
        left(): Back to where the assessor came from.
        criterion_chosen(key: str): Another criterion is to be in front.
        stepped(by: int): The next or the previous criterion.
        level_chosen(rank: int): A level of the criterion in front.
        desk_chosen(): Write on with the new version, on the desk.
        seal_chosen(): Write on with the new version, to the seal.
        old_chosen(): See the review as it was written.
        export_chosen(): Keep the review as it was written in a file.
        undo_chosen(): Take back what was chosen last.
        pin_followed(pin_id: str): See the place of a pin as it was.
        pin_settled(pin_id: str, way: str): Where a pin belongs was said, or taken back.
    """

    left = Signal()
    criterion_chosen = Signal(str)
    stepped = Signal(int)
    level_chosen = Signal(int)
    desk_chosen = Signal()
    seal_chosen = Signal()
    old_chosen = Signal()
    export_chosen = Signal()
    undo_chosen = Signal()
    pin_followed = Signal(str)
    pin_settled = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._head = ConflictHead(theme, self)
        self._side = ConflictSide(theme, self)
        self._bar = CriterionBar(theme, self)
        self._heads = VersionHeads(theme, self)
        self._columns = Columns(theme, self)
        self._mine = Mine(theme, self)
        self._steps = Steps(theme, self)
        self._is_sealed = False
        self._safe = SafePlate(theme, self)
        self._foot = ConflictFoot(theme, self)
        self.banner = Banner(theme, Tone.WARN, "", "", parent=self)
        self.banner.hide()
        self._build()
        self._connect()
        self.setFocusProxy(self._side)

    def show_conflict(self, state: ConflictState) -> None:
        """Show two versions with one criterion in front."""
        criterion = state.criterion
        self._head.show_naming(state.naming)
        self._side.show_side(state)
        self._bar.show_criterion(criterion, state.naming)
        self._heads.show_heads(state.naming, criterion)
        self._columns.show_criterion(criterion)
        self._mine.show_mine(criterion)
        self._safe.show_safe(state.naming.safe)
        self._steps.show_steps(has_choices=state.has_choices)
        self._is_sealed = state.is_sealed
        self._fit()
        self._foot.show_foot(state)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        theme = self._theme
        scroll = ScrollColumn(theme, self, margin=(24, 16, 24, 16), gap=16)
        for part in (self.banner, self._heads, self._columns, self._mine):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        scroll.body.addWidget(self._safe)
        scroll.body.addWidget(self._steps)
        middle = Column(theme, gap=0)
        middle.addWidget(self._bar)
        middle.addWidget(scroll, 1)
        across = Row(theme, gap=0)
        across.addWidget(self._side)
        across.addWidget(Rule(theme, upright=True))
        across.addLayout(middle, 1)
        whole = Column(theme, self, gap=0)
        whole.addWidget(self._head)
        whole.addLayout(across, 1)
        whole.addWidget(self._foot)

    def _connect(self) -> None:
        self._head.left.connect(self.left)
        self._side.criterion_chosen.connect(self.criterion_chosen)
        self._side.old_chosen.connect(self.old_chosen)
        self._side.export_chosen.connect(self.export_chosen)
        self._safe.old_chosen.connect(self.old_chosen)
        self._safe.export_chosen.connect(self.export_chosen)
        self._bar.stepped.connect(self.stepped)
        self._columns.level_chosen.connect(self.level_chosen)
        self._mine.pin_followed.connect(self.pin_followed)
        self._mine.pin_settled.connect(self.pin_settled)
        self._foot.undo_chosen.connect(self.undo_chosen)
        self._foot.desk_chosen.connect(self.desk_chosen)
        self._foot.seal_chosen.connect(self.seal_chosen)
        self._theme.changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        """Let the list, the steps and what explains give way."""
        roomy = self._theme.roomy_width(self.width())
        self._side.setVisible(roomy >= _LIST_BELOW)
        self._safe.setVisible(roomy < _LIST_BELOW)
        self.setFocusProxy(self._side if roomy >= _LIST_BELOW else self._columns)
        self._side.setFixedWidth(self._theme.text(_LIST))
        self._steps.setVisible(self._is_sealed and roomy >= _STEPS_BELOW)
        for part in (self._head, self._heads):
            part.show_width(roomy)
