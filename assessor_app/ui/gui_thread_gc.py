"""Keep Python's cycle collector on the GUI thread."""

import gc

from PySide6.QtCore import QObject, QTimerEvent
from typing_extensions import override

INTERVAL_MS = 200


class GuiThreadGC(QObject):
    """Collect reference cycles on the GUI thread only.

    CPython collects on whichever thread happens to allocate. A widget caught in a cycle is then
    destroyed off the GUI thread, which Qt forbids; PySide6 crashes within seconds under load.
    Reference counting is untouched: only the cycle collector moves.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer_id = self.startTimer(INTERVAL_MS)

    def stop(self) -> None:
        """Let Python collect where it likes again."""
        self.killTimer(self._timer_id)
        gc.enable()

    @override
    def timerEvent(self, event: QTimerEvent) -> None:
        """Collect the oldest generation that is due, as the automatic collector would."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(max(due))
