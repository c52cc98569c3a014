"""What happens at a fault of the program: a report without evidence, in a file and on a sheet."""

import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return where a fault happened: classes, modules, functions and lines, never a message.

    A message may quote what an earner wrote; these cannot.
    """
    frames = (
        f"  {frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{line}"
        for frame, line in traceback.walk_tb(trace)
    )
    system = f"assessor-app {version('assessor-app')}, {sys.platform}, {sys.version.split()[0]}"
    return "\n".join((system, kind.__name__, *frames))


class CrashReporter(QObject):
    """Takes every fault that nothing expected, on whatever thread.

    Signals:
        reported(text: str): A fault happened; emitted for the GUI thread.
    """

    reported = Signal(str)

    def __init__(
        self, folder: Path, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder, self._clock = folder, clock
        self._busy = threading.Lock()

    def install(self) -> None:
        """Take faults from now on."""
        sys.excepthook = self._take
        threading.excepthook = self._take_thread

    def uninstall(self) -> None:
        """Leave faults to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _take(
        self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        text = report_of(kind, trace)
        sys.stderr.write(text + "\n")
        with self._busy:
            self._keep(text)
        self.reported.emit(text)

    def _take_thread(self, fault: threading.ExceptHookArgs) -> None:
        self._take(fault.exc_type, fault.exc_value or fault.exc_type(), fault.exc_traceback)

    def _keep(self, text: str) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = f"fault-{self._clock():%Y%m%dT%H%M%S}.txt"
            (self._folder / name).write_text(text + "\n", "utf-8")
        except OSError:
            sys.stderr.write("the report could not be kept\n")


class CrashSheet(Sheet):
    """Says that something went wrong, what is safe, and offers the report."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, self.tr("Something went wrong"), window)
        self._banner = Banner(theme, Tone.WARN, "", "", parent=self)
        self._go_on = Button(theme, self.tr("Go on"), kind=Kind.PRIMARY)
        self.body.addWidget(self._banner)
        self.body.addStretch(1)
        self.add_foot(self._go_on)
        self._go_on.clicked.connect(self.shut)

    def show_report(self, text: str) -> None:
        """Show the report of a fault; it can be copied."""
        self._banner.show_message(
            Tone.WARN,
            self.tr("This is a fault of the program, not yours"),
            self.tr(
                "What was saved before is safe on this laptop. You can go on; if it happens again, "
                "close Assessor and open it once more. The details hold nothing of any submission."
            ),
            details=text,
        )
