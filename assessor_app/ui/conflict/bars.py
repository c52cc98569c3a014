"""The bars of two versions: whose review, which criterion, what is left to do."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.conflict.state import ConflictState, CriterionState
from assessor_app.ui.conflict.versions import Naming
from assessor_app.ui.parts.bars import Bar, Edge, PaneBar
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.chip import Chip, CopyChip
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.key_cap import KeyCap
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, Rule
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_DAYS_BELOW, _WORDS_BELOW = 1100, 1000
_TITLE_ROOM = 120


class ConflictHead(Bar):
    """Whose review it is, and what became what.

    Signals:
        left(): Back to where the assessor came from.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, side_padding=16, parent=parent)
        back = Button(theme, self.tr("Back"), kind=Kind.QUIET, icon="chevron-left", parent=self)
        back.clicked.connect(self.left)
        rule = Rule(theme, upright=True)
        rule.setFixedHeight(20)
        self._title = Label(theme, style=Style.HEADING, parent=self).elided()
        self._submission = CopyChip(theme, parent=self)
        self._days = Chip(theme, "", icon="calendar", parent=self)
        self._became = Chip(theme, "", icon="triangle-alert", tone=Tone.WARN, parent=self)
        for widget in (back, rule, self._title, self._submission, self._days):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.row.addWidget(self._became)

    def show_naming(self, naming: Naming) -> None:
        """Show another review."""
        self._title.show_text(naming.title)
        self._submission.show_text(naming.submission)
        tone = Tone.WARN if naming.days_need_you else Tone.PLAIN
        self._days.show_chip(naming.days, icon="calendar", tone=tone)
        self._became.show_chip(naming.became, icon="triangle-alert", tone=Tone.WARN)

    def show_width(self, roomy: int) -> None:
        """Let the days give way."""
        self._days.setVisible(roomy >= _DAYS_BELOW)


class CriterionBar(PaneBar):
    """Which criterion is in front, how differences look, and the way to the others.

    Signals:
        stepped(by: int): The next or the previous criterion.
    """

    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        tr = self.tr
        self._number = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._of = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        struck = Mark(start=0, end=len(tr("struck")), fill=Color.PRESSED, struck=Color.TEXT_2)
        under = Mark(
            start=0,
            end=len(tr("underlined")),
            fill=Color.ACCENT_SOFT,
            underline=Color.ACCENT,
            weight=600,
        )
        self._gone, self._new = self._meaning(theme), self._meaning(theme)
        self._legend = QWidget(self)
        marks = Row(theme, self._legend)
        marks.addWidget(_word(theme, tr("struck"), struck, self._legend))
        marks.addWidget(self._gone)
        marks.addSpacing(theme.space(8))
        marks.addWidget(_word(theme, tr("underlined"), under, self._legend))
        marks.addWidget(self._new)
        self._up = IconButton(theme, "arrow-up", tr("Previous criterion"), key="Up", parent=self)
        self._down = IconButton(theme, "arrow-down", tr("Next criterion"), key="Down", parent=self)
        self.row.addWidget(self._number)
        self.row.addWidget(self._of)
        self.row.addStretch(1)
        for part in (self._legend, self._up, self._down):
            self.row.addWidget(part)
        self.row.show_margin((24, 0, 16, 0), 8)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        theme.changed.connect(self._fit)

    def show_criterion(self, criterion: CriterionState, naming: Naming) -> None:
        """Show which criterion is in front, and what the marks mean."""
        self._gone.show_text(naming.struck)
        self._new.show_text(naming.underlined)
        self._number.show_text(f"{criterion.number}  {criterion.title}")
        self._of.show_text(self.tr("of {0}").format(criterion.of))
        self._up.show_enabled(criterion.number > 1, self.tr("This is the first"))
        self._down.show_enabled(criterion.number < criterion.of, self.tr("This is the last"))

        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Let the legend give way to the title alone."""
        beside = (self._of, self._legend, self._up, self._down)
        taken = sum(part.sizeHint().width() for part in beside) + self._theme.space(5 * 8 + 24 + 16)
        room = self.width() - taken
        self._legend.setVisible(room >= self._theme.text(_TITLE_ROOM))

    def _meaning(self, theme: Theme) -> Label:
        return Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)

    @Slot()
    def _on_up(self) -> None:
        self.stepped.emit(-1)

    @Slot()
    def _on_down(self) -> None:
        self.stepped.emit(1)


class VersionHeads(QWidget):
    """The names of both versions above their columns, and the keys of the levels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._now = (Label(theme, style=Style.HEADING, parent=self) for _ in "12")
        self._before_words, self._now_words = (
            Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided() for _ in "12"
        )
        choose, to = (
            Label(theme, text, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
            for text in (self.tr("Choose a level"), self.tr("to"))
        )
        self._last = KeyCap(theme, "", self)
        self._keys = (choose, KeyCap(theme, "1", self), to, self._last)
        self._is_open, self._is_roomy = False, True
        row = Row(theme, self, gap=16)
        sides = ((self._before, self._before_words, ()), (self._now, self._now_words, self._keys))
        for name, words, keys in sides:
            side = QWidget(self)
            head = Row(theme, side, gap=8)
            head.addWidget(name)
            head.addWidget(words, 1)
            for key in keys:
                head.addWidget(key)
            row.addWidget(side, 1)

    def show_heads(self, naming: Naming, criterion: CriterionState) -> None:
        """Show what the columns are."""
        self._before.show_text(naming.before)
        self._before_words.show_text(naming.before_words)
        self._now.show_text(naming.now)
        self._now_words.show_text("" if criterion.is_open else self.tr("the same, carried over"))
        self._last.show_text(str(sum(pair.now is not None for pair in criterion.levels)))
        self._is_open = criterion.is_open
        self._fit()

    def show_width(self, roomy: int) -> None:
        """Let the words give way to the names."""
        self._is_roomy = roomy >= _WORDS_BELOW
        self._fit()

    def _fit(self) -> None:
        for words in (self._before_words, self._now_words):
            words.setVisible(self._is_roomy)
        for key in self._keys:
            key.setVisible(self._is_open and self._is_roomy)


class ConflictFoot(Bar):
    """What waits, and the two ways on; the one filled button is the seal.

    Signals:
        desk_chosen(): Write on with the new version, on the desk.
        seal_chosen(): Write on with the new version, to the seal.
        undo_chosen(): Take back what was chosen last.
    """

    undo_chosen = Signal()

    desk_chosen = Signal()
    seal_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Height.ACTION_BAR, line=Edge.TOP, side_padding=16, parent=parent)
        tr = self.tr
        self._title = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._words = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        desk = Button(
            theme, tr("Open on the desk"), kind=Kind.QUIET, icon="notebook-text", parent=self
        )
        self._seal = Button(theme, tr("Seal anew…"), kind=Kind.PRIMARY, icon="lock", parent=self)
        self._seal.show_key("Ctrl+Enter")
        self._undo = IconButton(theme, "undo-2", tr("Undo"), key="Ctrl+Z", parent=self)
        words = Column(theme, gap=0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._words)
        words.addStretch(1)
        self.row.addWidget(IconMark(theme, "list-checks", size=18, ink=Color.TEXT, parent=self))
        self.row.addSpacing(theme.space(8))
        self.row.addLayout(words, 1)
        self.row.addWidget(self._undo)
        self.row.addWidget(desk)
        self.row.addWidget(self._seal)
        self._undo.clicked.connect(self.undo_chosen)
        desk.clicked.connect(self.desk_chosen)
        self._seal.clicked.connect(self.seal_chosen)

    def show_foot(self, state: ConflictState) -> None:
        """Show what waits."""
        self._title.show_text(state.naming.foot)
        self._words.show_text(state.naming.foot_words)
        self._seal.show_text(state.naming.seal)
        self._seal.show_enabled(not state.waiting, state.naming.foot_words)
        self._undo.show_enabled(state.can_undo, self.tr("Nothing was chosen yet"))


def _word(theme: Theme, text: str, mark: Mark, parent: QWidget) -> Paragraph:
    """Return a word that looks as what it stands for."""
    word = Paragraph(theme, style=Style.SMALL, parent=parent)
    word.show_text(text, (mark,))
    word.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return word
