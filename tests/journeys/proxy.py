"""A proxy between client and platform that loses, cuts and replaces what a test tells it to."""

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

LINE_TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Pass:
    """Hand request and answer on.

    Only `cut_at` bytes of the answer reach the client; the byte at `flip_at` of them is changed.
    """

    cut_at: int | None = None
    flip_at: int | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """Answer with these bytes; the platform never hears of the request."""

    answer: bytes


Verdict = Pass | Instead
LOSE_THE_ANSWER = Pass(cut_at=0)
Rule = Callable[[bytes], Verdict]
"""Decides by the first line of a request."""


@dataclass(slots=True)
class Proxy:
    """Listens on a loopback port of its own in front of a platform."""

    upstream: str
    rule: Rule
    seen: list[bytes] = field(default_factory=list)
    _listener: socket.socket = field(init=False)
    _threads: list[threading.Thread] = field(default_factory=list)
    _clients: queue.SimpleQueue[socket.socket] = field(default_factory=queue.SimpleQueue)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.settimeout(LINE_TIMEOUT_S)
            self._clients.put(client)
            self._start(self._serve)

    def _serve(self) -> None:
        client = self._clients.get()
        host, _, port = self.upstream.removeprefix("http://").partition(":")
        with (
            contextlib.suppress(OSError),
            client,
            socket.create_connection((host, int(port)), LINE_TIMEOUT_S) as server,
        ):
            while request := read_message(client):
                first_line = request.partition(b"\r\n")[0]
                self.seen.append(first_line)
                verdict = self.rule(first_line)
                if isinstance(verdict, Instead):
                    client.sendall(verdict.answer)
                    return
                server.sendall(request)
                answer = bytearray(read_message(server))
                if verdict.flip_at is not None:
                    answer[verdict.flip_at] ^= 1
                client.sendall(answer[: verdict.cut_at])
                if verdict.cut_at is not None:
                    return


def read_message(line: socket.socket) -> bytes:
    """Read one request or answer with its body; nothing when the line is closed."""
    told = b""
    while b"\r\n\r\n" not in told:
        more = line.recv(65536)
        if not more:
            return b""
        told += more
    head, _, body = told.partition(b"\r\n\r\n")
    length = 0
    for row in head.split(b"\r\n")[1:]:
        name, _, value = row.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        more = line.recv(65536)
        if not more:
            break
        body += more
    return head + b"\r\n\r\n" + body
