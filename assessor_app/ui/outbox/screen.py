"""The sync centre: where every review is, what needs the assessor, what waits, what came back."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.outbox.act_list import ActList
from assessor_app.ui.outbox.attention import AttentionCard
from assessor_app.ui.outbox.fetching import FetchingCard, FetchingState
from assessor_app.ui.outbox.lines import ActState
from assessor_app.ui.outbox.model import Entry, Heading
from assessor_app.ui.outbox.needs import AttentionState
from assessor_app.ui.outbox.places import PlacesStrip
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar, Edge, PaneBar
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.tabs import Tabs
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.outbox import Places

SHOWN_ATTENTION = 2
_TWO_COLUMNS = 900
_FETCHING_WIDTH = 340
_LEAST_LIST = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands between this laptop and the platform; no title says nothing.

    `opens_browser`: the network wants a sign-in of its own, which a browser shows.
    """

    title: str = ""
    text: str = ""
    opens_browser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreState:
    """Everything the sync centre shows. `history` is what came to its end, newest first."""

    places: Places
    attention: tuple[AttentionState, ...]
    waiting: tuple[ActState, ...]
    receipts: tuple[ActState, ...]
    history: tuple[ActState, ...] = ()
    is_offline: bool = False


class OutboxScreen(Panel):
    """Where everything is, what needs the assessor, what waits, what came back.

    Signals:
        sync_wanted(): The assessor wants a round now.
        pause_chosen(): The assessor wants fetching paused, or going on.
        packet_opened(assignment: str): The assessor wants to see a packet.
        retry_chosen(act: str): The assessor wants an act sent once more.
        step_chosen(AttentionState): The first way on of what needs the assessor.
        export_chosen(AttentionState): The assessor wants it in a file.
        action_chosen(ActState): The assessor wants what a row offers.
        browser_chosen(): The assessor wants to sign in to the network.
        attention_chosen(): The assessor wants to see everything that needs attention.
    """

    sync_wanted = Signal()
    pause_chosen = Signal()
    packet_opened = Signal(str)
    retry_chosen = Signal(str)
    step_chosen = Signal(object)
    export_chosen = Signal(object)
    action_chosen = Signal(object)
    browser_chosen = Signal()
    attention_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._contact = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._sync = Button(theme, self.tr("Sync now"), icon="refresh-cw", parent=self)
        self._places = PlacesStrip(theme, self)
        self._notice = Banner(theme, Tone.WARN, "", "", parent=self)
        self._browser = Button(
            theme, self.tr("Open my browser"), kind=Kind.PRIMARY, icon="external-link", parent=self
        )
        self._notice.add_button(self._browser)
        self._told = Banner(theme, Tone.OK, "", "", parent=self)
        self._told.hide()
        self._tabs = Tabs(theme, self.tr("What is shown"), self)
        self._state: CentreState | None = None
        self._shows_history = False
        self._cards = tuple(AttentionCard(theme, self) for _ in range(SHOWN_ATTENTION))
        self._more = Button(theme, "", kind=Kind.LINK, icon="triangle-alert", parent=self)
        self._acts = ActList(theme, self)
        self.fetching = FetchingCard(theme, self)
        self._build()
        self._connect()
        self.setFocusProxy(self._sync)

    def show_outbox(self, state: CentreState) -> None:
        """Show where everything is."""
        self._places.show_places(state.places, is_offline=state.is_offline)
        shown = state.attention[:SHOWN_ATTENTION]
        for card, attention in zip(self._cards, shown, strict=False):
            card.show_attention(attention)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(shown))
        more = len(state.attention) - len(shown)
        self._more.show_text(self.tr("{0} more need you").format(more))
        self._more.setVisible(more > 0)
        self._state = state
        self._show_entries()

    def show_fetching(self, state: FetchingState) -> None:
        """Show what is being fetched."""
        self.fetching.show_fetching(state)

    def show_contact(self, words: str, *, is_syncing: bool, can_sync: bool) -> None:
        """Show when the platform answered last, and whether it is being asked."""
        self._contact.show_text(words)
        self._sync.show_text(self.tr("Syncing…") if is_syncing else self.tr("Sync now"))
        self._sync.show_enabled(can_sync and not is_syncing)

    def show_notice(self, notice: Notice) -> None:
        """Say what stands between this laptop and the platform."""
        self._notice.show_message(Tone.WARN, notice.title, notice.text)
        self._browser.setVisible(notice.opens_browser)
        self._notice.setVisible(bool(notice.title))

    def show_told(self, title: str, text: str, *, tone: Tone = Tone.OK) -> None:
        """Say what came of something the assessor did here."""
        self._told.show_message(tone, title, text)
        self._told.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_entries(self) -> None:
        if self._state is not None:
            self._acts.show_entries(self._entries(self._state))

    def _entries(self, state: CentreState) -> tuple[Entry, ...]:
        if self._shows_history:
            return (
                Heading(self.tr("Everything that came to its end"), len(state.history)),
                *state.history,
            )
        outbox = Heading(self.tr("In the outbox"), len(state.waiting))
        received = Heading(self.tr("Received"), len(state.receipts))
        empty = Heading(self.tr("Nothing waits to be sent"), 0)
        head: tuple[Entry, ...] = (outbox,) if state.waiting else (empty,)
        tail: tuple[Entry, ...] = (received,) if state.receipts else ()
        return (*head, *state.waiting, *tail, *state.receipts)

    def _build(self) -> None:
        theme = self._theme
        bar = Bar(theme, line=Edge.NONE, fill=None, parent=self)
        title = Label(theme, self.tr("Sync centre"), style=Style.TITLE, parent=self)
        bar.row.addWidget(title.elided(), 1)
        bar.row.addWidget(self._contact)
        bar.row.addSpacing(theme.space(8))
        bar.row.addWidget(self._sync)
        left = self._build_left()
        right = Column(theme)
        right.addWidget(self.fetching)
        right.addStretch(1)
        self._columns = Row(theme, gap=32)
        self._columns.addWidget(left, 1)
        self._columns.addLayout(right)
        body = Column(theme, margin=(24, 0, 24, 16), gap=16)
        body.addWidget(self._places)
        body.addLayout(self._columns, 1)
        column = Column(theme, self, gap=0)
        column.addWidget(bar)
        column.addLayout(body, 1)

    def _build_left(self) -> ScrollColumn:
        theme = self._theme
        self._notice.hide()
        self._more.hide()
        left = ScrollColumn(theme, self, gap=12)
        left.body.addWidget(self._notice)
        left.body.addWidget(self._told)
        for card in self._cards:
            left.body.addWidget(card)
            card.hide()
        left.body.addWidget(self._more)
        bar_of_tabs = PaneBar(theme, parent=self)
        self._tabs.show_tabs((self.tr("Now"), self.tr("History")))
        self._tabs.show_current(0)
        bar_of_tabs.row.addWidget(self._tabs)
        bar_of_tabs.row.addStretch(1)
        left.body.addWidget(bar_of_tabs)
        left.body.addWidget(self._acts, 1)
        return left

    def _connect(self) -> None:
        self._sync.clicked.connect(self.sync_wanted)
        self._more.clicked.connect(self.attention_chosen)
        self._acts.packet_opened.connect(self.packet_opened)
        self._acts.action_chosen.connect(self.action_chosen)
        self._tabs.tab_chosen.connect(self._on_tab_chosen)
        self._browser.clicked.connect(self.browser_chosen)
        self.fetching.pause_chosen.connect(self.pause_chosen)
        for card in self._cards:
            card.step_chosen.connect(self.step_chosen)
            card.export_chosen.connect(self.export_chosen)
            card.retry_chosen.connect(self.retry_chosen)
        self._theme.changed.connect(self._fit)

    @Slot(int)
    def _on_tab_chosen(self, tab: int) -> None:
        self._shows_history = tab == 1
        self._tabs.show_current(tab)
        self._show_entries()

    @Slot()
    def _fit(self) -> None:
        """Leave the fetching card out where there is no room: the status bar says it too."""
        self.fetching.setVisible(self._theme.roomy_width(self.width()) >= _TWO_COLUMNS)
        self.fetching.setFixedWidth(self._theme.text(_FETCHING_WIDTH))
        self._acts.setMinimumHeight(self._theme.control(_LEAST_LIST))
