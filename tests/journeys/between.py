"""What stands between client and platform: a loopback port, and a thread for each connection."""

import contextlib
import queue
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Self


@dataclass(slots=True)
class Between(ABC):
    """Listens on a loopback port of its own in front of a platform, as long as it is entered."""

    TIMEOUT_S: ClassVar[float] = 15.0
    upstream: str
    _over: threading.Event = field(init=False, default_factory=threading.Event)
    _listener: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(init=False, default_factory=list)
    _clients: queue.SimpleQueue[socket.socket] = field(
        init=False, default_factory=queue.SimpleQueue
    )

    @abstractmethod
    def carry(self, client: socket.socket, server: socket.socket) -> None:
        """Let pass what may, in both directions, until the connection is over."""

    def admits(self) -> bool:
        """Return whether a new connection may be made."""
        return True

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads = [known for known in self._threads if known.is_alive()]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if not self.admits():
                client.close()
                continue
            self._clients.put(client)
            self._start(self._serve)

    def _serve(self) -> None:
        client = self._clients.get()
        host, _, port = self.upstream.removeprefix("http://").partition(":")
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection((host, int(port)), self.TIMEOUT_S) as server,
        ):
            client.settimeout(self.TIMEOUT_S)
            self.carry(client, server)
