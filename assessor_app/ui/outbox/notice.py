"""What stands between this laptop and the platform, with the way out where there is one."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.layout import Column
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tone import INK, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands between this laptop and the platform; no title says nothing.

    `opens_browser`: the network wants a sign-in of its own, which a browser shows; `signs_in`: the
    platform wants one; `beside` stands beside the button.
    """

    title: str = ""
    text: str = ""
    icon: str = "triangle-alert"
    opens_browser: bool = False
    signs_in: bool = False
    beside: str = ""


class NoticeBanner(Banner):
    """Says a notice; hidden while there is none.

    Signals:
        browser_chosen(): The assessor wants to sign in to the network.
        sign_in_chosen(): The assessor wants to sign in to the platform again.
    """

    browser_chosen = Signal()
    sign_in_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.WARN, "", "", parent=parent)
        self._browser = Button(
            theme, self.tr("Open my browser"), kind=Kind.PRIMARY, icon="external-link", parent=self
        )
        self._beside = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._sign_in = Button(
            theme, self.tr("Sign in again…"), kind=Kind.PRIMARY, icon="log-in", parent=self
        )
        self.add_button(self._browser)
        self.add_button(self._sign_in)
        self._holder = self._centred(theme)
        self.add_button(self._holder)
        self._browser.clicked.connect(self.browser_chosen)
        self._sign_in.clicked.connect(self.sign_in_chosen)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Say what it is."""
        self.show_message(Tone.WARN, notice.title, notice.text)
        self._text.show_ink(Color.TEXT)
        self._mark.show_icon(notice.icon, INK[Tone.WARN])
        self._browser.setVisible(notice.opens_browser)
        self._sign_in.setVisible(notice.signs_in)
        self._beside.show_text(notice.beside)
        self._holder.setVisible(bool(notice.beside))
        self.setVisible(bool(notice.title))

    def _centred(self, theme: Theme) -> QWidget:
        """Return what holds the words at the middle of the button's height."""
        holder = QWidget(self)
        column = Column(theme, holder)
        column.addStretch(1)
        column.addWidget(self._beside)
        column.addStretch(1)
        return holder
