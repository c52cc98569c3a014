"""A line between client and platform that keeps every byte the client sends."""

import contextlib
import queue
import socket
import threading
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True)
class Recording:
    """Listens on a loopback port of its own; `sent` is what went to the platform."""

    upstream: str
    sent: bytearray = field(default_factory=bytearray)
    _listener: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _clients: queue.SimpleQueue[socket.socket] = field(default_factory=queue.SimpleQueue)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start("_accept")
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _start(self, work: str) -> None:
        thread = threading.Thread(target=getattr(self, work))
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._clients.put(client)
            self._start("_serve")

    def _serve(self) -> None:
        client = self._clients.get()
        host, _, port = self.upstream.removeprefix("http://").partition(":")
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection((host, int(port))) as server,
        ):
            back = threading.Thread(target=_copy, args=(server, client))
            back.start()
            while told := client.recv(65536):
                self.sent += told
                server.sendall(told)
            server.shutdown(socket.SHUT_WR)
            back.join()


def _copy(server: socket.socket, client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while told := server.recv(65536):
            client.sendall(told)
