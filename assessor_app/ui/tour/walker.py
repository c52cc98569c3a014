"""Walks a script: does what it says, and waits in between until what it awaits is seen."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

LOOK_MS = 40
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Go on when `seen` says so. `words` tell what was awaited if it never does."""

    words: str
    seen: Callable[[], bool]
    patience_s: float = PATIENCE_S


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the walk ended early."""

    awaited: str
    error: BaseException | None = None


class Walker(QObject):
    """Runs one script in the window's own event loop; nothing blocks and nothing is nested.

    Signals:
        ended(object): None, or a `Failure`.
    """

    ended = Signal(object)

    def __init__(self, script: Iterator[Until], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._script = script
        self._awaited: Until | None = None
        self._deadline = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._on_look)

    def start(self) -> None:
        """Begin when the event loop runs."""
        self._timer.start()

    @Slot()
    def _on_look(self) -> None:
        awaited = self._awaited
        if awaited is not None and not awaited.seen():
            if time.monotonic() > self._deadline:
                self._end(Failure(awaited.words))
            return
        # The script may run anything, so anything may go wrong in it: the tour must fail, not hang.
        try:
            self._awaited = next(self._script, None)
        except Exception as error:  # noqa: BLE001
            self._end(Failure(awaited.words if awaited else "", error))
            return
        if self._awaited is None:
            self._end(None)
        else:
            self._deadline = time.monotonic() + self._awaited.patience_s

    def _end(self, failure: Failure | None) -> None:
        self._timer.stop()
        self.ended.emit(failure)
