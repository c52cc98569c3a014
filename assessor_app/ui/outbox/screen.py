"""The sync centre: where every review is, what needs the assessor, what waits, what came back."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy
from typing_extensions import override

from assessor_app.ui.outbox.fetching import FetchingCard, FetchingState
from assessor_app.ui.outbox.left_side import LeftSide
from assessor_app.ui.outbox.lines import ActState
from assessor_app.ui.outbox.needs import AttentionState
from assessor_app.ui.outbox.notice import Notice, NoticeBanner
from assessor_app.ui.outbox.places import PlacesStrip
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.outbox import Places

__all__ = ["CentreState", "Notice", "OutboxScreen"]

_TWO_COLUMNS = 900
_CARD_WIDTH = 372
_WIDEST_INT = 16777215


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreState:
    """Everything the sync centre shows. `history` is what came to its end, newest first.

    `held` says what holds the reviews in the outbox, if anything does; `is_today`: all `receipts`
    are of today; `drafts_away`, `sealed_away`: how many of what is unsent were put away.
    """

    places: Places
    attention: tuple[AttentionState, ...]
    waiting: tuple[ActState, ...]
    receipts: tuple[ActState, ...]
    history: tuple[ActState, ...] = ()
    held: str = ""
    is_today: bool = False
    drafts_away: int = 0
    sealed_away: int = 0


class OutboxScreen(Panel):
    """Where everything is, what needs the assessor, what waits, what came back.

    Signals:
        sync_wanted(): The assessor wants a round now.
        pause_chosen(): The assessor wants fetching paused, or going on.
        browser_chosen(): The assessor wants to sign in to the network.
        sign_in_chosen(): The assessor wants to sign in to the platform again.

    Those of what is listed are signals of `left`, those of the card at the right of `fetching`.
    """

    sync_wanted = Signal()
    pause_chosen = Signal()
    browser_chosen = Signal()
    sign_in_chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._contact = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._sync = Button(theme, self.tr("Sync now"), icon="refresh-cw", parent=self)
        self._places = PlacesStrip(theme, self)
        self._notice = NoticeBanner(theme, self)
        self._told = Banner(theme, Tone.OK, "", "", parent=self)
        self._told.hide()
        self.left = LeftSide(theme, self)
        self.fetching = FetchingCard(theme, self)
        self._build()
        self._is_syncing = False
        self._sync.clicked.connect(self._on_sync_clicked)
        self._notice.browser_chosen.connect(self.browser_chosen)
        self._notice.sign_in_chosen.connect(self.sign_in_chosen)
        self.fetching.pause_chosen.connect(self.pause_chosen)
        theme.changed.connect(self._fit)
        self.setFocusProxy(self._sync)

    def show_outbox(self, state: CentreState) -> None:
        """Show where everything is."""
        self._places.show_places(
            state.places,
            held=state.held,
            drafts_away=state.drafts_away,
            sealed_away=state.sealed_away,
        )
        self.left.show_attention(state.attention)
        self.left.show_waiting(state.waiting, is_held=state.places.is_held)
        self.left.show_received(state.receipts, state.history, is_today=state.is_today)
        self._settle()

    def show_fetching(self, state: FetchingState) -> None:
        """Show what is being fetched."""
        self.fetching.show_fetching(state)

    def show_contact(self, words: str, *, is_syncing: bool, is_offline: bool = False) -> None:
        """Show when the platform answered last, and whether it is being asked.

        The button rests meanwhile but keeps the focus, which a disabled one would lose.
        """
        self._is_syncing = is_syncing
        self._contact.show_text(words)
        rest = self.tr("Try again") if is_offline else self.tr("Sync now")
        self._sync.show_text(self.tr("Syncing…") if is_syncing else rest)

    def show_notice(self, notice: Notice) -> None:
        """Say what stands between this laptop and the platform."""
        self._notice.show_notice(notice)
        self.left.show_brief(is_brief=bool(notice.title))
        self._settle()

    def show_told(self, title: str, text: str, *, tone: Tone = Tone.OK) -> None:
        """Say what came of something the assessor did here, until the centre is left."""
        self._told.show_message(tone, title, text)
        self._told.show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew: what changed while it was hidden has stale heights."""
        super().showEvent(event)
        self._settle()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._told.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _settle(self) -> None:
        self.left.settle()
        self._page.body.invalidate()
        self._page.settle()

    def _build(self) -> None:
        theme = self._theme
        bar = Bar(theme, line=Edge.NONE, fill=None, parent=self)
        title = Label(theme, self.tr("Sync centre"), style=Style.TITLE, parent=self)
        bar.row.addWidget(title.elided(), 1)
        bar.row.addWidget(self._contact)
        bar.row.addSpacing(theme.space(8))
        bar.row.addWidget(self._sync)
        left = Column(theme, gap=12)
        left.addWidget(self._notice)
        left.addWidget(self._told)
        left.addWidget(self.left)
        left.addStretch(1)
        self._columns = Row(theme, gap=32)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.fetching)
        page = self._page = ScrollColumn(theme, self, margin=(24, 0, 14, 16), gap=16)
        page.body.addWidget(self._places)
        page.body.addLayout(self._columns, 1)
        column = Column(theme, self, gap=0)
        column.addWidget(bar)
        column.addWidget(page, 1)

    @Slot()
    def _on_sync_clicked(self) -> None:
        if not self._is_syncing:
            self.sync_wanted.emit()

    @Slot()
    def _fit(self) -> None:
        """Put the card under the list where there is no room beside it."""
        beside = self._theme.roomy_width(self.width()) >= _TWO_COLUMNS
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(right if beside else down)
        width = self._theme.text(_CARD_WIDTH)
        self.fetching.setMinimumWidth(width if beside else 0)
        self.fetching.setMaximumWidth(width if beside else _WIDEST_INT)
        upright = QSizePolicy.Policy.Expanding if beside else QSizePolicy.Policy.Preferred
        self.fetching.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
