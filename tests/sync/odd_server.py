"""A server on a loopback port that answers with exactly the bytes a test gives it."""

import socket
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

ANSWER_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Say:
    """Send these bytes, then do what `end` says: close, reset, keep the line open, or wait."""

    content: bytes
    end: str = "close"


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    """Spell an HTTP/1.1 answer with its length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def json(status: str, body: bytes, *headers: str) -> bytes:
    return http(status, body, "Content-Type: application/json", *headers)


@dataclass(slots=True)
class OddServer:
    """Answers the n-th request with the n-th thing to say. Requests are kept as they came."""

    says: Iterable[Say]
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    _listener: socket.socket = field(init=False)
    _thread: threading.Thread = field(init=False)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _serve(self) -> None:
        line: socket.socket | None = None
        for say in self.says:
            if line is None:
                try:
                    line, _ = self._listener.accept()
                except OSError:
                    return
                line.settimeout(ANSWER_TIMEOUT_S)
                self.connections += 1
            request = self._read(line)
            if request is None:
                line.close()
                return
            self.requests.append(request)
            line.sendall(say.content)
            line = self._end(line, say.end)
        if line is not None:
            line.close()

    def _end(self, line: socket.socket, end: str) -> socket.socket | None:
        if end == "keep":
            return line
        if end == "wait":
            self._over.wait(ANSWER_TIMEOUT_S)
        if end == "reset":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        return None

    def _read(self, line: socket.socket) -> bytes | None:
        told = b""
        while b"\r\n\r\n" not in told:
            more = line.recv(65536)
            if not more:
                return None
            told += more
        head, _, body = told.partition(b"\r\n\r\n")
        length = 0
        for row in head.split(b"\r\n"):
            name, _, value = row.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        while len(body) < length:
            body += line.recv(65536)
        return head + b"\r\n\r\n" + body
