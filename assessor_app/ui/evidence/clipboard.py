"""Copies of evidence leave the clipboard after a short while."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

KEPT_MS = 10_000


class EvidenceClipboard(QObject):
    """Copies plain text, and takes it back unless something else was copied meanwhile.

    Signals:
        cleared(): The copy is gone.
    """

    cleared = Signal()

    def __init__(self, parent: QObject, *, kept_ms: int = KEPT_MS) -> None:
        super().__init__(parent)
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self._on_kept_long_enough)

    def copy(self, text: str) -> None:
        """Put a text on the clipboard for a while."""
        if text:
            self._copied = text
            QGuiApplication.clipboard().setText(text)
            self._timer.start()

    @Slot()
    def _on_kept_long_enough(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self._copied:
            clipboard.clear()
        self._copied = ""
        self.cleared.emit()
