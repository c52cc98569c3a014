"""Choose among the accounts whose work is on this laptop, or add another one."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.signin.account_words import account_detail, account_title
from assessor_app.ui.signin.option_card import OptionCard
from assessor_app.ui.signin.page import Page
from assessor_app.ui.signin.problem import ProblemBanner
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.errors import AppError


class AccountCard(OptionCard):
    """One account as a large button.

    Signals:
        account_chosen(KnownAccount): The assessor wants its work.
    """

    account_chosen = Signal(object)

    def __init__(
        self, theme: Theme, account: KnownAccount, *, is_first: bool, parent: QWidget
    ) -> None:
        icon = "lock" if account.needs_passphrase else "user"
        title = account_title(account.platform_url, account.tag)
        words = account_detail(account)
        super().__init__(theme, icon, title, words, is_first=is_first, parent=parent)
        self._account = account
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.account_chosen.emit(self._account)


class AccountsPage(Page):
    """The accounts, the one used last first.

    Signals:
        account_chosen(KnownAccount): The assessor wants its work.
        add_chosen(): The assessor wants to sign in with another one.
    """

    account_chosen = Signal(object)
    add_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._cards: list[AccountCard] = []
        self.add_title(
            self.tr("Choose an account"),
            self.tr(
                "The work of each lies encrypted in a folder of its own. "
                "What was written under one is never sent under another."
            ),
        )
        self.problem = ProblemBanner(theme, self)
        self._list = Column(theme, gap=12)
        self._add = Button(
            theme, self.tr("Add another account…"), kind=Kind.LINK, icon="plus", parent=self
        )
        foot = Row(theme, gap=12)
        foot.addWidget(self._add)
        foot.addStretch(1)
        self.body.addWidget(self.problem)
        self.body.addLayout(self._list)
        self.body.addLayout(foot)
        self._add.clicked.connect(self.add_chosen)

    def show_accounts(self, accounts: tuple[KnownAccount, ...]) -> None:
        """Show these, and nothing more of a refusal."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = []
        for at, account in enumerate(accounts):
            card = AccountCard(self._theme, account, is_first=not at, parent=self)
            card.account_chosen.connect(self.account_chosen)
            self._list.addWidget(card)
            card.show()
            self._cards.append(card)
        self.problem.hide()
        if self._cards:
            self.setFocusProxy(self._cards[0])
        self.show_busy(is_busy=False)

    def show_busy(self, *, is_busy: bool) -> None:
        """Show that work is being opened."""
        for card in self._cards:
            card.setEnabled(not is_busy)
        self._add.setEnabled(not is_busy)

    def show_error(self, error: AppError) -> None:
        """Say why the work was not opened."""
        self.show_busy(is_busy=False)
        self.problem.show_error(error)
