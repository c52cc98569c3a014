"""The settings as cards; every change is kept at once."""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.field import Field, TextBox
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.menu_button import Choice, MenuButton
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.settings.cards import SettingRow, SettingsCard
from assessor_app.ui.settings.chosen_rows import ChosenRows
from assessor_app.ui.settings.computer import ComputerCard
from assessor_app.ui.settings.segmented import Segmented
from assessor_app.ui.settings.space_card import SpaceCard
from assessor_app.ui.signin.account_words import account_title, others_words
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.settings import AccountFacts, Settings
from assessor_app.usecases.settings import Theme as Colours
from assessor_app.usecases.space import BYTES_A_GB, Space

_TWO_COLUMNS = 900
_MINUTES = (5, 15, 30, 60, 0)
_PERCENTS = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsState:
    """Everything the screen shows."""

    settings: Settings
    own_words: tuple[str, ...] = field(default=(), repr=False)
    account: AccountFacts | None = None
    space: Space | None = None


class SettingsScreen(Panel):
    """Cards in two columns, in one where the window is narrow.

    Signals:
        settings_changed(Settings): The assessor changed one.
        own_words_changed(tuple of str): The assessor changed the words of the leak check.
        sign_out_chosen(): The assessor wants to sign out.
        sign_in_chosen(): The assessor wants to sign in again, or with another account.
        accounts_chosen(): The assessor wants the work of another account.
        check_wanted(): The assessor wants this computer looked at.
    """

    settings_changed = Signal(object)
    own_words_changed = Signal(object)
    sign_out_chosen = Signal()
    sign_in_chosen = Signal()
    accounts_chosen = Signal()
    check_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._settings = Settings()
        self._words: tuple[str, ...] = ()
        self._tag = ""
        self._account_shown: AccountFacts | None = None
        self._problem = Banner(theme, Tone.WARN, "", "", parent=self)
        self._problem.hide()
        self.computer = ComputerCard(theme, self)
        self._space = SpaceCard(theme, self)
        self._make_controls()
        self._build()
        self._connect()

    def show_settings(self, state: SettingsState) -> None:
        """Show what is chosen and known."""
        settings = self._settings = state.settings
        self._words = state.own_words
        self._colours.show_choice(settings.theme.value)
        self._size.show_choice(str(round(settings.text_scale * 100)))
        self._letters.show_ticked(settings.letter_keys)
        self._unconfined.show_ticked(settings.unconfined)
        self._warning.setVisible(settings.unconfined)
        self._proxy.show_text(settings.proxy)
        self._show_minutes(settings.sync_every_minutes)
        self.network.show_settings(settings)
        self._own_words.show_text("\n".join(state.own_words))
        self._show_account(state.account)
        if state.space is not None:
            self._space.show_space(state.space)

    def show_accounts(self, tag: str, others: tuple[KnownAccount, ...]) -> None:
        """Show what tells this account from others, and what is only here of those."""
        self._tag = tag
        self._show_account(self._account_shown)
        self._change_account.setVisible(bool(others))
        if others:
            self._others.show_words(self.tr("Other accounts"), others_words(others))

    def show_problem(self, title: str, text: str) -> None:
        """Say what could not be kept."""
        self._problem.show_message(Tone.WARN, title, text)
        self._problem.setVisible(bool(title))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_controls(self) -> None:
        theme, tr = self._theme, self.tr
        self._colours = Segmented(
            theme,
            tr("Colours"),
            (
                Choice(Colours.SYSTEM.value, tr("System")),
                Choice(Colours.LIGHT.value, tr("Light")),
                Choice(Colours.DARK.value, tr("Dark")),
            ),
            self,
        )
        sizes = tuple(Choice(str(percent), f"{percent} %") for percent in _PERCENTS)
        self._size = Segmented(theme, tr("Text size"), sizes, self)
        self._letters = Checkbox(theme, tr("Single letters are keys, except while you type"), self)
        self._unconfined = Checkbox(
            theme, tr("Show pages and images although they cannot be decoded behind a wall"), self
        )
        self._warning = Banner(
            theme,
            Tone.WARN,
            tr("Only on a computer you can do without"),
            tr(
                "A harmful file could then reach what you can reach on this computer. Your reviews "
                "are encrypted, but open while you work."
            ),
            parent=self,
        )
        self._proxy = Field(
            theme,
            tr("Proxy"),
            icon="network",
            placeholder=tr("none; for example http://proxy.example:3128"),
            parent=self,
        )
        self._minutes = MenuButton(theme, "", kind=Kind.PLAIN, parent=self)
        self._minutes.setAccessibleName(tr("Sync by itself"))
        self.network = ChosenRows(theme, self)
        self._own_words = TextBox(theme, tr("My own words, one on each line"), lines=3, parent=self)
        self._account = SettingRow(theme, "", self._make_sign_out(), parent=self)
        self._clock = SettingRow(theme, "", parent=self)
        detail = tr("Its work stays in a folder of its own")
        self._others = SettingRow(
            theme, tr("Another account"), self._make_others(), detail=detail, parent=self
        )

    def _make_sign_out(self) -> QWidget:
        holder = QWidget(self)
        row = Row(self._theme, holder, gap=0)
        self._sign_out = Button(self._theme, self.tr("Sign out"), kind=Kind.LINK, parent=holder)
        self._sign_in = Button(self._theme, self.tr("Sign in again"), kind=Kind.LINK, parent=holder)
        row.addWidget(self._sign_out)
        row.addWidget(self._sign_in)
        return holder

    def _make_others(self) -> QWidget:
        holder = QWidget(self)
        column = Column(self._theme, holder, gap=0)
        self._change_account = Button(
            self._theme, self.tr("Change the account…"), kind=Kind.LINK, parent=holder
        )
        self._change_account.hide()
        add = Button(self._theme, self.tr("Add another account…"), kind=Kind.LINK, parent=holder)
        self._change_account.clicked.connect(self.accounts_chosen)
        add.clicked.connect(self.sign_in_chosen)
        for button in (self._change_account, add):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
        return holder

    def _build(self) -> None:
        theme, tr = self._theme, self.tr
        bar = Bar(theme, line=Edge.NONE, fill=None, parent=self)
        title = Label(theme, tr("Settings"), style=Style.TITLE, parent=self)
        kept = Label(
            theme, tr("Every change is kept at once."), style=Style.SMALL, ink=Color.TEXT_2
        )
        bar.row.addWidget(title.elided(), 1)
        bar.row.addWidget(kept.elided())
        scroll = ScrollColumn(theme, self, margin=(24, 0, 14, 24), gap=12)
        scroll.body.addWidget(self._problem)
        self._columns = Row(theme, gap=16)
        left, right = Column(theme, gap=12), Column(theme, gap=12)
        for row in self.network.space_rows():
            self._space.add_row(row)
        for card in (self._account_card(), self._space, self._network_card()):
            left.addWidget(card)
        rest = (self._appearance_card(), self._privacy_card(), self._evidence_card(), self.computer)
        for card in rest:
            right.addWidget(card)
        left.addStretch(1)
        right.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        scroll.body.addLayout(self._columns)
        scroll.body.addStretch(1)
        column = Column(theme, self, gap=0)
        column.addWidget(bar)
        column.addWidget(scroll, 1)

    def _account_card(self) -> SettingsCard:
        card = SettingsCard(self._theme, "user", self.tr("Account"), self)
        card.add_row(self._account)
        card.add_row(self._clock)
        card.add_row(self._others)
        return card

    def _network_card(self) -> SettingsCard:
        card = SettingsCard(self._theme, "wifi", self.tr("Network"), self)
        card.add_row(SettingRow(self._theme, self.tr("Sync by itself"), self._minutes, parent=self))
        for row in self.network.rows():
            card.add_row(row)
        card.add_row(self._proxy)
        return card

    def _appearance_card(self) -> SettingsCard:
        card = SettingsCard(self._theme, "palette", self.tr("Appearance and keys"), self)
        card.add_row(SettingRow(self._theme, self.tr("Colours"), self._colours, parent=self))
        card.add_row(SettingRow(self._theme, self.tr("Text size"), self._size, parent=self))
        card.add_row(self._letters)
        return card

    def _privacy_card(self) -> SettingsCard:
        tr = self.tr
        card = SettingsCard(self._theme, "shield-check", tr("Who I am stays here"), self)
        card.body.addWidget(
            Paragraph(
                self._theme,
                tr(
                    "Your name, school, town, handles: one on each line. Feedback is searched for "
                    "them before you seal. They never leave this laptop."
                ),
                style=Style.SMALL,
                ink=Color.TEXT_2,
                parent=self,
            )
        )
        card.body.addWidget(self._own_words)
        return card

    def _evidence_card(self) -> SettingsCard:
        card = SettingsCard(self._theme, "file-lock", self.tr("Lock and evidence"), self)
        for row in self.network.lock_rows():
            card.add_row(row)
        card.add_row(self._unconfined)
        card.body.addWidget(self._warning)
        return card

    def _show_account(self, account: AccountFacts | None) -> None:
        self._account_shown = account
        is_in = account is not None and account.is_signed_in
        self._sign_out.setVisible(is_in)
        self._sign_in.setVisible(not is_in)
        if account is None:
            self._account.show_words(self.tr("Not signed in"))
            self._clock.hide()
            return
        signed = self.tr("Signed in; unsent work stays when you sign out")
        out = self.tr("Signed out; unsent work waits on this laptop")
        self._account.show_words(
            account_title(account.platform_url, self._tag), signed if is_in else out
        )
        seconds = abs(account.clock_offset_ms) / 1000
        self._clock.show_words(
            self.tr("Clock"), self.tr("{0} s from the platform's").format(f"{seconds:.1f}")
        )
        self._clock.show()

    def _show_minutes(self, minutes: int) -> None:
        choices = tuple(Choice(str(each), self._minutes_words(each)) for each in _MINUTES)
        self._minutes.show_text(self._minutes_words(minutes))
        self._minutes.show_choices(choices, str(minutes))

    def _minutes_words(self, minutes: int) -> str:
        if minutes == 0:
            return self.tr("Only when I ask")
        return self.tr("Every {0} minutes").format(minutes)

    def _connect(self) -> None:
        self._colours.choice_chosen.connect(self._on_colours_chosen)
        self._size.choice_chosen.connect(self._on_size_chosen)
        self._letters.ticked.connect(self._on_letters_ticked)
        self._unconfined.ticked.connect(self._on_unconfined_ticked)
        self.network.chosen.connect(self._change)
        self._proxy.edited.connect(self._on_proxy_edited)
        self._minutes.choice_chosen.connect(self._on_minutes_chosen)
        self._own_words.left.connect(self._on_own_words_left)
        self._sign_out.clicked.connect(self.sign_out_chosen)
        self._sign_in.clicked.connect(self.sign_in_chosen)
        self.computer.check_wanted.connect(self.check_wanted)
        self._theme.changed.connect(self._fit)

    @Slot(object)
    def _change(self, settings: Settings) -> None:
        self._settings = settings
        self.network.show_settings(settings)
        self._space.show_quota(settings.quota_gb * BYTES_A_GB)
        self.settings_changed.emit(settings)

    @Slot(str)
    def _on_colours_chosen(self, key: str) -> None:
        self._colours.show_choice(key)
        self._change(replace(self._settings, theme=Colours(key)))

    @Slot(str)
    def _on_size_chosen(self, key: str) -> None:
        self._size.show_choice(key)
        self._change(replace(self._settings, text_scale=int(key) / 100))

    @Slot(bool)
    def _on_letters_ticked(self, is_ticked: bool) -> None:  # noqa: FBT001 (Qt's signal)
        self._change(replace(self._settings, letter_keys=is_ticked))

    @Slot(bool)
    def _on_unconfined_ticked(self, is_ticked: bool) -> None:  # noqa: FBT001 (Qt's signal)
        self._warning.setVisible(is_ticked)
        self._change(replace(self._settings, unconfined=is_ticked))

    @Slot(str)
    def _on_proxy_edited(self, text: str) -> None:
        self._change(replace(self._settings, proxy=text.strip()))

    @Slot(str)
    def _on_minutes_chosen(self, key: str) -> None:
        self._show_minutes(int(key))
        self._change(replace(self._settings, sync_every_minutes=int(key)))

    @Slot()
    def _on_own_words_left(self) -> None:
        words = tuple(word.strip() for word in self._own_words.text().splitlines() if word.strip())
        if words != self._words:
            self._words = words
            self.own_words_changed.emit(words)

    @Slot()
    def _fit(self) -> None:
        is_wide = self._theme.roomy_width(self.width()) >= _TWO_COLUMNS
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
