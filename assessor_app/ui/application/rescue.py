"""Keep what was written in a file where this version cannot open the work itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.usecases.errors import AppError

FILE = "assessor-work.json"


class Rescue(QObject):
    """Reads the work, asks where, and writes it.

    Signals:
        written(name: str): The file is there.
        failed(AppError): It is not.
    """

    written = Signal(str)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tasks = tasks
        self._text = ""
        self.dialog = QFileDialog(window, self.tr("Export what I wrote (it is not encrypted)"))
        self.dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.fileSelected.connect(self._on_file_selected)

    def begin(self, read: Callable[[], str]) -> None:
        """Read the work, then ask where it is to be kept."""
        self._tasks.run(Lane.STORE, read, owner=self, done=self._on_read, failed=self._on_failed)

    def _on_read(self, text: str) -> None:
        self._text = text
        self.dialog.selectFile(FILE)
        self.dialog.open()

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)

    def _on_written(self, path: Path) -> None:
        self.written.emit(path.name)

    @Slot(str)
    def _on_file_selected(self, chosen: str) -> None:
        text, path = self._text, Path(chosen)
        self._text = ""

        def keep() -> Path:
            from assessor_app.usecases.export import write_file  # noqa: PLC0415 (slow)

            write_file(path, text)
            return path

        self._tasks.run(Lane.STORE, keep, owner=self, done=self._on_written, failed=self._on_failed)
