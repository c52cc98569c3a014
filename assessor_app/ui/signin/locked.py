"""Work that is locked and whose key the system keeps: a click opens it again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.signin.page import Page
from assessor_app.ui.signin.problem import ProblemBanner
from assessor_app.ui.signin.whose import Whose
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.accounts import KnownAccount
from assessor_app.usecases.errors import AppError


class LockedPage(Page):
    """Nothing of the work is in memory while this is shown.

    Signals:
        unlocked(passphrase: str): The assessor wants the work opened; the passphrase is empty.
        other_chosen(): The assessor wants another account.
    """

    unlocked = Signal(str)
    other_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.add_title(
            self.tr("Your work is locked"),
            self.tr(
                "Nobody was here for a while, so it was saved and closed. Its key is kept by this "
                "computer for your user alone."
            ),
        )
        self.problem = ProblemBanner(theme, self)
        self._open = Button(
            theme, self.tr("Open my work"), kind=Kind.PRIMARY, icon="lock-open", parent=self
        )
        self._other = Button(theme, self.tr("Other accounts…"), kind=Kind.LINK, parent=self)
        self._other.hide()
        self._other.clicked.connect(self.other_chosen)
        self.whose = Whose(theme, self)
        self.body.addWidget(self.whose)
        self.body.addWidget(self.problem)
        self.add_foot(self._open, link=self._other)
        self.setFocusProxy(self._open)
        self._open.clicked.connect(self._on_open_clicked)

    def show_accounts(self, here: KnownAccount, others: tuple[KnownAccount, ...]) -> None:
        """Say whose work this is, and what there is of others."""
        self.whose.show_accounts(here, others)
        self._other.setVisible(bool(others))

    def show_error(self, error: AppError) -> None:
        """Say why it was not opened."""
        self._open.show_enabled(enabled=True)
        self.problem.show_error(error)

    @Slot()
    def _on_open_clicked(self) -> None:
        self._open.show_enabled(enabled=False, reason=self.tr("Opening…"))
        self.problem.hide()
        self.unlocked.emit("")
