"""The queue as a screen: title, search, one sentence, and the table or what stands in its place."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from typing_extensions import override

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.empty_state import EmptyState
from assessor_app.ui.parts.field import SearchField
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column as ColumnLayout
from assessor_app.ui.parts.layout import Panel, Row
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.queue.model import QueueList
from assessor_app.ui.queue.table import QueueTable
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style, Width


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What to say where there is no packet; `sync_words` offer to look for some."""

    icon: str
    title: str
    text: str
    sync_words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """Everything the screen shows. `empty` stands where no rows are, unless it says nothing."""

    title: str
    summary: str
    shown: QueueList
    empty: Empty


class QueueScreen(Panel):
    """The first screen of the program.

    Signals:
        packet_opened(assignment: str): The assessor wants to work on a packet.
        search_edited(text: str): The assessor types a search; empty ends it.
        sort_chosen(column: int): The assessor wants another order.
        sync_wanted(): The assessor wants to look for packets now.
    """

    packet_opened = Signal(str)
    search_edited = Signal(str)
    sort_chosen = Signal(int)
    sync_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._title = Label(theme, style=Style.TITLE, parent=self).elided()
        self._search = SearchField(
            theme, self.tr("Search packets, evidence, my feedback"), key="Ctrl K", parent=self
        )
        self._summary = Label(theme, ink=Color.TEXT_2, parent=self).elided()
        self._notice = Banner(theme, Tone.WARN, "", "", parent=self)
        self._close = Button(theme, self.tr("Close"), kind=Kind.QUIET, small=True)
        self.table = QueueTable(theme, self)
        self._empty = EmptyState(theme, "sprout", "", "", self)
        self._sync = Button(theme, "", kind=Kind.PLAIN, icon="refresh-cw")
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()
        self.setFocusProxy(self.table)

    def show_queue(self, state: QueueState) -> None:
        """Show rows, or why there are none."""
        self._title.show_text(state.title)
        self._summary.show_text(state.summary)
        self._summary.setVisible(bool(state.summary))
        self.table.show_list(state.shown)
        is_empty = not state.shown.rows and bool(state.empty.title)
        if is_empty:
            self._show_empty(state.empty)
        self._show_front(self._empty if is_empty else self.table)

    def _show_front(self, front: QWidget) -> None:
        """Show the table or what stands in its place; the focus goes with it."""
        had_focus = self.table.hasFocus() or self._empty.hasFocus()
        self.setFocusProxy(front)
        self._stack.setCurrentWidget(front)
        if had_focus:
            front.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_empty(self, empty: Empty) -> None:
        self._empty.show_state(empty.icon, empty.title, empty.text)
        self._empty.show_note(empty.note)
        self._sync.show_text(empty.sync_words)
        self._sync.setVisible(bool(empty.sync_words))

    def show_search(self, typed: str) -> None:
        """Show what is searched for, without telling."""
        self._search.show_text(typed)

    def show_notice(self, tone: Tone, title: str, text: str, details: str = "") -> None:
        """Say something above the table; an empty title takes it away."""
        self._notice.show_message(tone, title, text, details=details)
        self._notice.setVisible(bool(title))

    @Slot()
    def take_search(self) -> None:
        """Put the cursor into the search."""
        self._search.take_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Down leave the search for the rows."""
        focused = QApplication.focusWidget()
        is_searching = focused is not None and self._search.isAncestorOf(focused)
        if event.key() == Qt.Key.Key_Down and is_searching:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        theme = self._theme
        bar = Bar(theme, line=Edge.NONE, fill=None, parent=self)
        bar.row.addWidget(self._title, 1)
        self._search.setMinimumWidth(theme.width(Width.SEARCH) // 2)
        self._search.setMaximumWidth(theme.text(theme.width(Width.SEARCH)))
        bar.row.addWidget(self._search, 1)
        summary = Row(theme, margin=(24, 6, 24, 12))
        summary.addWidget(self._summary, 1)
        notice = Row(theme, margin=(24, 0, 24, 12))
        notice.addWidget(self._notice)
        self._notice.add_button(self._close)
        self._notice.hide()
        self._empty.add_button(self._sync)
        self._empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        column = ColumnLayout(theme, self, gap=0)
        column.addWidget(bar)
        column.addLayout(summary)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.table.packet_opened.connect(self.packet_opened)
        self.table.sort_chosen.connect(self.sort_chosen)
        self._search.edited.connect(self.search_edited)
        self._search.submitted.connect(self._on_search_submitted)
        self._sync.clicked.connect(self.sync_wanted)
        self._close.clicked.connect(self._on_close_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    @Slot(str)
    def _on_search_submitted(self, _text: str) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_close_clicked(self) -> None:
        self.show_notice(Tone.PLAIN, "", "")

    @Slot()
    def _on_theme_changed(self) -> None:
        self._search.setMaximumWidth(self._theme.text(self._theme.width(Width.SEARCH)))
