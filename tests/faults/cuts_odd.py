"""Answers no platform gives, and answers that were bent on the way; each is met once."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.journeys.proxy import Instead, Pass, Verdict
from tests.sync.odd_server import http, json

QUESTIONS = {
    "meta": b"/v1/meta",
    "snapshot": b"/v1/assignments HTTP",
    "manifests": b"/v1/manifests",
    "rubric": b"/v1/rubrics/",
    "blob": b"/v1/blobs/",
    "stale review": b"PUT ",
    "review": b"PUT ",
    "void": b"/void ",
}
SENT = ("stale review", "review", "void")
SECOND = ("review",)
"""After a void the first try is stale, and the second one gets the receipt."""
BOMB_BYTES = 64 * 1024 * 1024
GZIP = "Content-Encoding: gzip"
BYTES = "Content-Type: application/octet-stream"

_HTML = b"<!doctype html><title>Welcome aboard</title><p>Buy one hour of network."
_SHORT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
_LONG = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{}"
_BENT = {
    "302": http("302 Found", b"", "Location: http://127.0.0.1:9/login"),
    "HTML": http("200 OK", _HTML, "Content-Type: text/html"),
    "HTML of a broken box": http("502 Bad Gateway", _HTML, "Content-Type: text/html"),
    "HTML in JSON's clothes": json("200 OK", _HTML),
    "wrong length, too short": _SHORT + b'{"a":"more than nine bytes"}',
    "wrong length, too long": _LONG,
    "nothing": json("200 OK", b""),
    "not HTTP": b"SSH-2.0-box\r\n",
    "gzip bomb": json("200 OK", gzip.compress(b" " * BOMB_BYTES, 6), GZIP),
    "gzip that breaks off": json("200 OK", gzip.compress(b'{"a":1}')[:-9], GZIP),
}
_BENT_BLOBS = {
    "another range": http(
        "206 Partial Content", b"x" * 100, BYTES, "Content-Range: bytes 7-106/150000"
    ),
    "another size": http("206 Partial Content", b"x" * 100, BYTES, "Content-Range: bytes 0-99/100"),
    "whole, and not it": http("200 OK", b"x" * 150_000, BYTES),
    "whole, and longer": http("200 OK", b"x" * 400_000, BYTES),
    "in gzip": http("200 OK", gzip.compress(b"x" * BOMB_BYTES), BYTES, GZIP),
}
_FLIPS = {
    "manifests": tuple(range(220, 1480, 40)),
    "rubric": tuple(range(170, 780, 40)),
    "blob": (*range(400, 1000, 30), *range(-1, -690, -30)),
    "stale review": tuple(range(0, 320, 20)),
    "review": tuple(range(0, 560, 10)),
    "void": tuple(range(0, 560, 30)),
}
"""Where a byte is changed: what hashes or signatures cover. The rest is the transport's part."""


@dataclass(slots=True)
class Odd:
    """One fault of an answer. A rule of a proxy that meets it once; `met` tells how often."""

    kind: str
    name: str
    question: str
    verdict: Verdict
    met: int = field(default=0, init=False)
    _seen: int = field(default=0, init=False)

    @property
    def needs_review(self) -> bool:
        """Whether something has to be sent for it."""
        return self.question in SENT

    def __call__(self, first_line: bytes) -> Verdict:
        if self.met or QUESTIONS[self.question] not in first_line:
            return Pass()
        self._seen += 1
        if self.question in SECOND and self._seen == 1:
            return Pass()
        self.met += 1
        return self.verdict


def odd_answers() -> Iterator[Odd]:
    """Yield every odd answer to every question, and every bent byte."""
    for question in QUESTIONS:
        for name, answer in _BENT.items():
            yield Odd("odd answer", f"{name} to {question}", question, Instead(answer))
    for name, answer in _BENT_BLOBS.items():
        yield Odd("odd answer", f"{name} to blob", "blob", Instead(answer))
    for question, flips in _FLIPS.items():
        for at in flips:
            name = f"byte {at} of the answer to {question}"
            yield Odd("corrupted byte", name, question, Pass(flip_at=at))
