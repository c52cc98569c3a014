"""What the platform has to say, in a sheet over the lists; it stays until it was read."""

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.application.first_frame import QUEUE
from assessor_app.ui.application.sections import SETTINGS, SYNC
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.notices import NoticeKind, list_notices, read_notices

_LISTS = (QUEUE, SYNC, SETTINGS)
_ROOM = 3


class NoticeSheet(Sheet):
    """Says a few notices at once."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, self.tr("From your platform"), window)
        self._said = tuple(
            (
                Paragraph(theme, style=Style.HEADING, parent=self),
                Paragraph(theme, ink=Color.TEXT_2, parent=self),
            )
            for _ in range(_ROOM)
        )
        self.read = Button(theme, self.tr("I have read it"), kind=Kind.PRIMARY)
        for title, text in self._said:
            self.body.addWidget(title)
            self.body.addWidget(text)
        self.body.addStretch(1)
        self.add_foot(self.read)

    def show_notices(self, names: tuple[str, ...]) -> None:
        """Show what they say."""
        for at, said in enumerate(self._said):
            words = notice_words(names[at]) if at < len(names) else ("", "")
            for paragraph, text in zip(said, words, strict=True):
                paragraph.show_text(text)
                paragraph.setVisible(bool(text))


class PlatformNotices(QObject):
    """Looks for notices after each round, and shows them while no packet is open."""

    def __init__(self, services: Services, theme: Theme, window: MainWindow) -> None:
        super().__init__(window)
        self._services, self._window = services, window
        self._shown: tuple[str, ...] = ()
        self._sheet = NoticeSheet(theme, window)
        self._sheet.read.clicked.connect(self._on_read)

    @Slot()
    def look(self) -> None:
        """Show what was not read yet."""
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(list_notices),
            owner=self,
            done=self._on_listed,
            failed=self._on_failed,
            latest="notices",
        )

    def _on_listed(self, names: tuple[str, ...]) -> None:
        if not names or self._window.screen_key() not in _LISTS:
            return
        self._shown = names[:_ROOM]
        self._sheet.show_notices(self._shown)
        if not self._sheet.isVisible():
            self._window.show_sheet(self._sheet)

    def _on_kept(self, _nothing: None) -> None:
        self.look()

    def _on_failed(self, _error: AppError) -> None:
        """Look again after the next round: they are kept until they were read."""

    @Slot()
    def _on_read(self) -> None:
        self._sheet.shut()
        services = self._services
        services.tasks.run(
            Lane.STORE,
            services.workbench.prepare(read_notices, self._shown),
            owner=self,
            done=self._on_kept,
            failed=self._on_failed,
        )


def notice_words(name: str) -> tuple[str, str]:
    """Return title and sentence of a notice, also of one that is not known here."""
    said = {
        NoticeKind.MAINTENANCE: (
            _tr("The platform will be away for a while"),
            _tr(
                "It is being looked after. Sync now if you have sealed reviews; everything else "
                "can be done without it."
            ),
        ),
        NoticeKind.UPDATE_SOON: (
            _tr("A newer Assessor will be needed soon"),
            _tr(
                "Then reviews from this version are no longer taken. Nothing of yours is lost: "
                "install the newer version when you can."
            ),
        ),
        NoticeKind.GET_IN_TOUCH: (
            _tr("Whoever runs the platform wants to hear from you"),
            _tr("Write or call as you usually do. Your work goes on as before."),
        ),
    }
    unknown = (
        _tr("The platform says something this Assessor does not know"),
        _tr("A newer version can say it, or ask whoever runs the platform."),
    )
    return said.get(NoticeKind(name), unknown) if name in set(NoticeKind) else unknown


def _tr(words: str) -> str:
    return QCoreApplication.translate("notices", words)
