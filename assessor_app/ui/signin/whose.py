"""Whose locked work this is, and what is only on this laptop of others."""

from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.signin.account_words import account_detail, account_title, others_words
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.accounts import KnownAccount


class Whose(QWidget):
    """An account in two lines, and a sentence about the others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(theme, style=Style.UI_STRONG, parent=self).elided()
        self._detail = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self).elided()
        self._others = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        column = Column(theme, self, gap=2)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(theme.space(6))
        column.addWidget(self._others)
        self.hide()

    def show_accounts(self, here: KnownAccount, others: tuple[KnownAccount, ...]) -> None:
        """Show other ones."""
        self._title.show_text(account_title(here.platform_url, here.tag))
        self._detail.show_text(account_detail(here))
        self._others.show_text(others_words(others))
        self._others.setVisible(bool(others))
        self.show()
