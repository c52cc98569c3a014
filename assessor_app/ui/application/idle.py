"""Notice that nobody is there: no key and no pointer for a while, or a laptop that slept."""

import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication
from typing_extensions import override

TICK_S = 5.0
SLEPT_S = 30.0
"""A tick that comes so much too late comes after a sleep of the computer."""

_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


def application() -> QApplication:
    """Return the one application there is."""
    return cast("QApplication", QApplication.instance())


class IdleWatch(QObject):
    """Watches the whole program; `seconds` is the wall clock, which goes on while it sleeps.

    Signals:
        left(): Nobody was there for as long as was said, or the computer slept.
    """

    left = Signal()

    def __init__(
        self,
        app: QApplication,
        seconds: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._after_s = 0.0
        self._last_sign = self._last_tick = seconds()
        self._timer = QTimer(self)
        self._timer.setInterval(round(TICK_S * 1000))
        self._timer.timeout.connect(self.look)
        app.installEventFilter(self)

    def show_after(self, minutes: int) -> None:
        """Notice it after so many minutes; 0: never, and a sleep neither."""
        self._after_s = minutes * 60.0
        self._last_sign = self._last_tick = self._seconds()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Compare the clock with the last sign of somebody."""
        now = self._seconds()
        slept = now - self._last_tick > TICK_S + SLEPT_S
        self._last_tick = now
        if self._after_s and (slept or now - self._last_sign >= self._after_s):
            self._timer.stop()
            self.left.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key and every movement for a sign of somebody."""
        if event.type() in _SIGNS:
            self._last_sign = self._seconds()
        return False
