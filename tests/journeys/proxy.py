"""A proxy between client and platform that loses, cuts and replaces what a test tells it to."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from typing_extensions import override

from tests.journeys.between import Between


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


def always_pass(_first_line: bytes) -> Pass:
    return Pass()


@dataclass(slots=True)
class Proxy(Between):
    """Asks its rule about every request; `sent` is every byte of the requests."""

    rule: Rule
    sent: bytearray = field(default_factory=bytearray)

    @override
    def carry(self, client: socket.socket, server: socket.socket) -> None:
        while request := read_message(client):
            self.sent += request
            verdict = self.rule(request.partition(b"\r\n")[0])
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
