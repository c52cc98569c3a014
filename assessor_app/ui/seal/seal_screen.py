"""The seal sheet: left what the earner will read, right what is left to do."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from assessor_app.domain.determination import Missing, Need
from assessor_app.ui.desk.sources import tr
from assessor_app.ui.parts.bars import Bar, Edge, PaneBar
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.chip import Chip, CopyChip
from assessor_app.ui.parts.key_cap import KeyCap
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, Rule, ScrollColumn
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.seal.check_items import CheckItem, DoneItem, FindingItem
from assessor_app.ui.seal.checks import CheckState, FindingState, RecommendationState, left_words
from assessor_app.ui.seal.preview import PreviewState, as_text
from assessor_app.ui.seal.preview_card import PreviewCard
from assessor_app.ui.seal.recommendation import Recommendation
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_CHECKS_WIDTH = 464
_STACKED_BELOW = 900


class SealScreen(QWidget):
    """Shows; a controller decides.

    Signals:
        left(): Back to the desk.
        need_chosen(Missing): To where something missing is mended.
        change_chosen(Leak): To the text of a finding.
        keep_chosen(Leak, str): A finding is kept, and why.
        no_conflict_ticked(bool), rubric_alone_ticked(bool): The attestation.
        seal_chosen(): Seal it.
    """

    left = Signal()
    need_chosen = Signal(object)
    change_chosen = Signal(object)
    keep_chosen = Signal(object, str)
    no_conflict_ticked = Signal(bool)
    rubric_alone_ticked = Signal(bool)
    seal_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tabs = Tabs(theme, tr("Preview"), self)
        self._card = PreviewCard(theme)
        self._plain = Paragraph(theme, style=Style.READING, selectable=True)
        self._stack = QStackedWidget(self)
        self._recommendation = Recommendation(theme, self)
        self._checks = Column(theme, gap=0)
        self._checks_head = Label(theme, tr("Still missing"), style=Style.HEADING)
        self._findings = Column(theme, gap=8)
        self._findings_head = Label(theme, tr("Leak check"), style=Style.HEADING)
        self._no_conflict = Checkbox(
            theme, tr("I have no conflict of interest in this submission."), self
        )
        self._rubric_alone = Checkbox(theme, tr("I rated against the rubric alone."), self)
        self._left_words = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._seal = Button(theme, tr("Seal review"), kind=Kind.PRIMARY, icon="lock", parent=self)
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.setFocusProxy(self._no_conflict)
        theme.changed.connect(self._give_way)

    def _build(self) -> None:
        whole = Column(self._theme, self, gap=0)
        whole.addWidget(self._make_head())
        self._split.setSpacing(0)
        self._split.addWidget(self._make_preview(), 1)
        self._split.addWidget(Rule(self._theme, upright=True, parent=self))
        self._side = self._make_side()
        self._split.addWidget(self._side)
        whole.addLayout(self._split, 1)
        self._no_conflict.ticked.connect(self.no_conflict_ticked)
        self._rubric_alone.ticked.connect(self.rubric_alone_ticked)
        self._seal.clicked.connect(self.seal_chosen)
        self._tabs.tab_chosen.connect(self._on_tab_chosen)

    def _make_head(self) -> Bar:
        theme = self._theme
        head = Bar(theme, Height.TOP_BAR, side_padding=16, parent=self)
        back = Button(theme, tr("Desk"), kind=Kind.QUIET, icon="chevron-left", parent=head)
        back.clicked.connect(self.left)
        self._submission = CopyChip(theme, parent=head)
        self._days = Chip(theme, "", icon="calendar", parent=head)
        rule = Rule(theme, upright=True, parent=head)
        rule.setFixedHeight(20)
        head.row.addWidget(back)
        head.row.addWidget(rule)
        head.row.addWidget(Label(theme, tr("Seal this review"), style=Style.HEADING, parent=head))
        head.row.addWidget(self._submission)
        head.row.addWidget(self._days)
        head.row.addStretch(1)
        self._note = Label(
            theme,
            tr("Nothing leaves this laptop before you seal."),
            style=Style.SMALL,
            ink=Color.TEXT_2,
            parent=head,
        )
        head.row.addWidget(self._note)
        return head

    def _make_preview(self) -> QWidget:
        theme = self._theme
        holder = Panel(theme, Color.SUNKEN, self)
        bar = PaneBar(theme, parent=holder)
        self._tabs.show_tabs((tr("What the earner will read"), tr("As plain text")))
        edit = Button(theme, tr("Edit on the desk"), kind=Kind.QUIET, icon="pencil", parent=bar)
        edit.clicked.connect(self.left)
        bar.row.addWidget(self._tabs)
        bar.row.addStretch(1)
        bar.row.addWidget(edit)
        drawn = ScrollColumn(theme, self._stack, margin=(24, 24, 14, 24))
        centred = Row(theme)
        centred.addStretch(1)
        centred.addWidget(self._card, 100)
        centred.addStretch(1)
        drawn.body.addLayout(centred)
        drawn.body.addStretch(1)
        plain = ScrollColumn(theme, self._stack, margin=(40, 24, 30, 24))
        plain.body.addWidget(self._plain)
        plain.body.addStretch(1)
        self._stack.addWidget(drawn)
        self._stack.addWidget(plain)
        column = Column(theme, holder, gap=0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        return holder

    def _make_side(self) -> QWidget:
        theme = self._theme
        side = Panel(theme, Color.SURFACE, self)
        scroll = ScrollColumn(theme, side, margin=(24, 20, 14, 16), gap=8)
        self._checks_count = Label(theme, style=Style.SMALL, ink=Color.TEXT_2)
        self._findings_count = Label(theme, style=Style.SMALL, ink=Color.TEXT_2)
        scroll.body.addWidget(self._recommendation)
        for head, count, column in (
            (self._checks_head, self._checks_count, self._checks),
            (self._findings_head, self._findings_count, self._findings),
        ):
            row = Row(theme, margin=(0, 12, 0, 0))
            row.addWidget(head, 1)
            row.addWidget(count)
            scroll.body.addLayout(row)
            scroll.body.addLayout(column)
        scroll.body.addStretch(1)
        attest = QWidget(side)
        ticks = Column(theme, attest, margin=(24, 8, 24, 12), gap=8)
        ticks.addWidget(self._no_conflict)
        ticks.addWidget(self._rubric_alone)
        foot = Bar(theme, Height.ACTION_BAR, line=Edge.TOP, parent=side)
        foot.row.addWidget(self._left_words.elided(), 1)
        foot.row.addWidget(self._seal)
        foot.row.addWidget(KeyCap(theme, "Ctrl+Enter", foot))
        column = Column(theme, side, gap=0)
        column.addWidget(scroll, 1)
        column.addWidget(attest)
        column.addWidget(foot)
        return side

    def show_head(self, submission: str, days: str) -> None:
        """Show whose review it is."""
        self._submission.show_text(submission)
        self._days.show_chip(days, icon="calendar")

    def show_preview(self, preview: PreviewState) -> None:
        """Show what the earner will read, drawn and as plain text."""
        self._card.show_preview(preview)
        self._plain.show_text(as_text(preview))

    def show_recommendation(self, state: RecommendationState) -> None:
        """Show the determination."""
        self._recommendation.show_state(state)

    def show_missing(self, checks: tuple[CheckState, ...], missing: tuple[Missing, ...]) -> None:
        """List what is missing; the seal works when nothing is."""
        _empty(self._checks)
        for check in checks:
            item = CheckItem(self._theme, check, self)
            item.cure_chosen.connect(self.need_chosen)
            self._checks.addWidget(item)
        done = tr("Everything else is there") if checks else tr("Nothing is missing")
        self._checks.addWidget(DoneItem(self._theme, done, "", self))
        count = len(checks)
        self._checks_count.show_text(tr("{0} to do").format(count) if count else "")
        self._left_words.show_text(left_words(missing))
        self._seal.show_enabled(not missing, left_words(missing))
        self._no_conflict.show_ticked(all(m.need is not Need.NO_CONFLICT for m in missing))
        self._rubric_alone.show_ticked(all(m.need is not Need.RUBRIC_ALONE for m in missing))

    def show_findings(self, findings: tuple[FindingState, ...]) -> None:
        """List what the leak check found."""
        _empty(self._findings)
        for finding in findings:
            if finding.answer:
                kept = tr("You kept it: {0}").format(finding.answer)
                self._findings.addWidget(DoneItem(self._theme, finding.where, kept, self))
                continue
            item = FindingItem(self._theme, finding, self)
            item.change_chosen.connect(self.change_chosen)
            item.keep_chosen.connect(self.keep_chosen)
            self._findings.addWidget(item)
        if not findings:
            done = DoneItem(self._theme, tr("Nothing found that could reveal you"), "", self)
            self._findings.addWidget(done)
        open_ = sum(not finding.answer for finding in findings)
        self._findings_count.show_text(
            tr("{0} to answer, {1} answered").format(open_, len(findings) - open_)
            if findings
            else ""
        )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    @Slot()
    def _give_way(self) -> None:
        roomy = self._theme.roomy_width(self.width())
        stacked = roomy < _STACKED_BELOW
        self._split.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )
        self._split.setStretch(2, 1 if stacked else 0)
        widest = 16_777_215 if stacked else self._theme.text(_CHECKS_WIDTH)
        self._side.setMaximumWidth(min(widest, self.width() if stacked else self.width() * 6 // 10))
        self._side.setMinimumWidth(0 if stacked else min(widest, self.width() // 3))
        self._note.setVisible(not stacked)

    @Slot(int)
    def _on_tab_chosen(self, tab: int) -> None:
        self._tabs.show_current(tab)
        self._stack.setCurrentIndex(tab)


def _empty(column: Column) -> None:
    while (item := column.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
