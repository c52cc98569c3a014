"""Look at work that a newer version made, while somebody is there. Imports nothing slow."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from assessor_app.ui.application.idle import IdleWatch, application
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.first_page import KeyVault

UNOPENED = "unopened"


class Unopened:
    """Reads the work in a folder; without a passphrase the keyring is asked. Both block."""

    def __init__(self, vault: KeyVault) -> None:
        self._vault = vault

    def look(self, folder: Path, passphrase: str) -> Any:
        """Return what is shown of it."""
        from assessor_app.ui.application import opening  # noqa: PLC0415 (slow)

        return opening.look_unopened(folder, passphrase, self._vault)

    def export(self, folder: Path, passphrase: str) -> str:
        """Return what is written of it into a file."""
        from assessor_app.ui.application import opening  # noqa: PLC0415 (slow)

        return opening.read_unopened(folder, passphrase, self._vault)


class Looking(QObject):
    """Reads the work and shows it; nothing of it stays in memory once that is left.

    Signals:
        export_chosen(text: str): The assessor wants everything in a file.
        failed(AppError): It cannot be read.
    """

    export_chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, theme: Theme, tasks: Tasks, window: MainWindow) -> None:
        super().__init__(window)
        self._theme, self._tasks, self._window = theme, tasks, window
        self._page: Any = None
        self._came_from = ""
        self.idle = IdleWatch(application(), parent=self)
        self.idle.left.connect(self._on_left)

    def begin(self, read: Callable[[], Any]) -> None:
        """Read the work, then show it."""
        self._came_from = self._window.screen_key()
        self._tasks.run(Lane.STORE, read, owner=self, done=self._on_read, failed=self._on_failed)

    def is_shown(self) -> bool:
        """Return whether somebody looks."""
        return self._window.screen_key() == UNOPENED

    @Slot(str)
    def show_written(self, name: str) -> None:
        """Say that what was written is in a file."""
        if self.is_shown():
            self._page.show_written(name)

    @Slot(object)
    def show_error(self, error: AppError) -> None:
        """Say why there is no file."""
        if self.is_shown():
            self._page.show_error(error)

    def _on_read(self, work: Any) -> None:
        from assessor_app.ui.signin.unopened import UnopenedPage  # noqa: PLC0415 (slow)
        from assessor_app.usecases.settings import Settings  # noqa: PLC0415 (slow)

        if self._page is None:
            self._page = UnopenedPage(self._theme, self._window)
            self._page.left.connect(self._on_left)
            self._page.export_chosen.connect(self.export_chosen)
            self._window.add_screen(UNOPENED, self._page, with_nav=False)
        self._page.show_work(work)
        self.idle.show_after(Settings().lock_after_minutes)
        self._window.show_screen(UNOPENED)

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)

    @Slot()
    def _on_left(self) -> None:
        self.idle.show_after(0)
        self._page.forget()
        self._window.show_screen(self._came_from)
