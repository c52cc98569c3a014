"""One window for one folder of work: a second start raises the first one's window."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 500
_NAME_DIGITS = 20


def name_of(root: Path) -> str:
    """Return the name of the socket of a folder of work; it tells nothing of the folder."""
    digest = hashlib.sha256(str(root.resolve()).encode()).hexdigest()
    return f"assessor-app-{digest[:_NAME_DIGITS]}"


def raise_first(root: Path) -> bool:
    """Ask a window that is open on this folder to come to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name_of(root))
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.disconnectFromServer()
    return True


class FirstInstance(QObject):
    """Listens for second starts.

    Signals:
        raise_wanted(): A second start wants this window in front.
    """

    raise_wanted = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        name = name_of(root)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a process that was killed
            self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    @Slot()
    def _on_new_connection(self) -> None:
        self._server.nextPendingConnection().deleteLater()
        self.raise_wanted.emit()
