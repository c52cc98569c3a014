"""Serves blobs in ranges, with the faults a test asks for, one a request."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from typing_extensions import override

from assessor_app.sync.answers import BYTES, PROBLEM, Answer
from assessor_app.wire.messages import ProblemKind
from tests.sync.bench import no

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


class Fault(StrEnum):
    """What goes wrong with one answer."""

    NONE = "none"
    CUT = "cut"
    STALL = "stall"
    FLIP = "flip"
    WHOLE = "whole"
    MORE = "more"
    OTHER_RANGE = "other range"
    GONE = "gone"
    SIGNED_OUT = "signed out"
    BUSY = "busy"
    PORTAL = "portal"


@dataclass
class BlobServer:
    """The blobs by name, and the faults in order; when they are used up, nothing goes wrong."""

    blobs: Mapping[str, bytes]
    faults: list[Fault] = field(default_factory=list)
    ranges: list[tuple[str, int, int]] = field(default_factory=list)
    validators: set[str | None] = field(default_factory=set)
    sent_bytes: int = 0

    def __enter__(self) -> Self:
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def next_fault(self) -> Fault:
        with self._lock:
            return self.faults.pop(0) if self.faults else Fault.NONE

    def note(self, name: str, start: int, stop: int, validator: str | None) -> None:
        with self._lock:
            self.validators.add(validator)
            self.ranges.append((name, start, stop))

    def count(self, n_bytes: int) -> None:
        with self._lock:
            self.sent_bytes += n_bytes

    def wait_for_the_end(self) -> None:
        self._over.wait(10)


class _Server(ThreadingHTTPServer):
    owner: BlobServer
    daemon_threads = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        owner = self.server.owner
        fault = owner.next_fault()
        if self._says_no(fault):
            return
        name = self.path.rpartition("/")[2]
        content = owner.blobs[name]
        found = _RANGE.fullmatch(self.headers["Range"])
        assert found is not None
        start, stop = int(found[1]), int(found[2]) + 1
        owner.note(name, start, stop, self.headers["If-Range"])
        body = bytearray(content if fault is Fault.WHOLE else content[start:stop])
        shown = start + 1 if fault is Fault.OTHER_RANGE else start
        self.send_response(200 if fault is Fault.WHOLE else 206)
        self.send_header("Content-Type", BYTES)
        self.send_header("Content-Range", f"bytes {shown}-{stop - 1}/{len(content)}")
        if fault is Fault.MORE:
            body += b"more"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault is Fault.FLIP:
            body[len(body) // 2] ^= 1
        if fault in (Fault.CUT, Fault.STALL):
            del body[len(body) // 2 :]
        self.wfile.write(body)
        owner.count(len(body))
        if fault is Fault.STALL:
            owner.wait_for_the_end()
        if fault in (Fault.CUT, Fault.STALL):
            self.close_connection = True

    def _says_no(self, fault: Fault) -> bool:
        answers = {
            Fault.GONE: no(404, ProblemKind.NOT_FOUND),
            Fault.SIGNED_OUT: no(401, ProblemKind.UNAUTHORISED),
            Fault.BUSY: no(503, ProblemKind.BUSY),
            Fault.PORTAL: Answer(status=200, headers={}, untrusted_body=b"<html>Sign in</html>"),
        }
        answer = answers.get(fault)
        if answer is None:
            return False
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/html" if fault is Fault.PORTAL else PROBLEM)
        self.send_header("Content-Length", str(len(answer.untrusted_body)))
        self.end_headers()
        self.wfile.write(answer.untrusted_body)
        return True
