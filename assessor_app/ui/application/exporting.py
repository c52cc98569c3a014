"""Keep reviews in a file: read them, ask where, write it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.domain.ids import ActId, AssignmentId
from assessor_app.ui.outbox.export_text import name_of, name_of_all, text_of, text_of_all
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Lane
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.export import (
    ExportedReview,
    export_act,
    export_review,
    export_unsent,
    write_file,
)

T = TypeVar("T")


class Exporting(QObject):
    """One export at a time.

    Signals:
        written(name: str, count: int): The file is there, with so many reviews.
        failed(AppError): It is not.
    """

    written = Signal(str, int)
    failed = Signal(object)

    def __init__(self, services: Services, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._text, self._count = "", 0
        self.dialog = QFileDialog(window)
        self.dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.fileSelected.connect(self._on_file_selected)

    @Slot(str, str)
    def export(self, assignment: str, act: str) -> None:
        """Keep a sealed review in a file; without an act what is written about a packet."""
        prepare = self._services.workbench.prepare
        if act:
            self._run(prepare(export_act, ActId(act)), self._on_read)
        else:
            self._run(prepare(export_review, AssignmentId(assignment)), self._on_read)

    @Slot(str)
    def export_of(self, assignment: str) -> None:
        """Keep what is written about a packet in a file."""
        self.export(assignment, "")

    @Slot()
    def export_all(self) -> None:
        """Keep every sealed review without a receipt in one file."""
        self._run(self._services.workbench.prepare(export_unsent), self._on_all_read)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._services.tasks.run(Lane.STORE, work, owner=self, done=done, failed=self._on_failed)

    def _on_read(self, exported: ExportedReview) -> None:
        title = self.tr("Export my review (the file is not encrypted)")
        self._ask(title, name_of(exported), text_of(exported), count=1)

    def _on_all_read(self, exported: tuple[ExportedReview, ...]) -> None:
        now = self._services.clock()
        title = self.tr("Export all unsent reviews (the file is not encrypted)")
        self._ask(title, name_of_all(now), text_of_all(exported, now), count=len(exported))

    def _ask(self, title: str, name: str, text: str, *, count: int) -> None:
        self._text, self._count = text, count
        self.dialog.setWindowTitle(title)
        self.dialog.selectFile(name)
        self.dialog.open()

    def _on_failed(self, error: AppError) -> None:
        self.failed.emit(error)

    def _on_written(self, path: Path) -> None:
        self.written.emit(path.name, self._count)

    @Slot(str)
    def _on_file_selected(self, chosen: str) -> None:
        text, path = self._text, Path(chosen)
        self._text = ""

        def write() -> Path:
            write_file(path, text)
            return path

        self._run(write, self._on_written)
