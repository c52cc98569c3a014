"""The two ends of a measured link, each a process of its own.

`python -m tests.speed.network_ends serve HOST PORT FOLDER` serves a platform and says when.
`python -m tests.speed.network_ends pull URL PROFILE KEY [LOG]` pulls until all is here; prints
JSON, and keeps the times of all requests in LOG.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override

from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.serving import Serving
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import open_store
from assessor_app.store.profile import lock_profile
from assessor_app.sync.address import Address
from assessor_app.sync.answers import Answer
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock
from assessor_app.sync.http import (
    MAX_ANSWER_BYTES,
    NO_HEADERS,
    Access,
    Connection,
    Patience,
    Stream,
)
from assessor_app.sync.rounds import Link, Means, RoundProgress, run_round, shipments

MAX_ROUNDS = 20
USUAL = Patience()


@dataclass
class Log:
    """When each request began, was answered and ended, in seconds, and what came of it."""

    began: float = field(default_factory=time.monotonic)
    lines: list[tuple[float, float, float, int, str]] = field(default_factory=list)

    def note(self, asked: float, answered: float, n_bytes: int, what: str) -> None:
        times = (asked - self.began, answered - self.began, time.monotonic() - self.began)
        self.lines.append((*times, n_bytes, what))

    def keep(self, file: Path) -> None:
        rows = (
            f"{asked:8.3f} {answered:8.3f} {ended:8.3f} {n_bytes:8} {what}\n"
            for asked, answered, ended, n_bytes, what in sorted(self.lines)
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(rows), "utf-8")


class Logged(Connection):
    """A connection that notes its requests."""

    def __init__(self, access: Access, log: Log, *, patience: Patience) -> None:
        super().__init__(access, patience=patience)
        self._log = log

    @override
    def get(
        self,
        path: str,
        *,
        params: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] = NO_HEADERS,
        limit: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        asked = time.monotonic()
        answer = super().get(path, params=params, headers=headers, limit=limit)
        self._log.note(asked, time.monotonic(), len(answer.untrusted_body), path)
        return answer

    @override
    def stream(self, path: str, *, headers: Mapping[str, str], limit: int) -> Stream:
        asked = time.monotonic()
        stream = super().stream(path, headers=headers, limit=limit)
        what = f"{id(self) % 9973} {path[-6:]} {headers['Range']}"
        return LoggedStream(stream, self._log, asked, what)


class LoggedStream(Stream):
    """An answer that is noted when its body has arrived."""

    def __init__(self, stream: Stream, log: Log, asked: float, what: str) -> None:
        super().__init__(stream._response, stream._pieces, stream._limit)  # noqa: SLF001
        self._facts = (asked, time.monotonic(), what)
        self._log = log

    @override
    def pieces(self) -> Iterator[bytes]:
        n_bytes = 0
        asked, answered, what = self._facts
        try:
            for piece in super().pieces():
                n_bytes += len(piece)
                yield piece
        finally:
            self._log.note(asked, answered, n_bytes, what)


def now() -> datetime:
    return datetime.now(UTC)


def serve(host: str, port: str, folder: str) -> None:
    platform = Platform(Path(folder), clock=now, draw=lambda: 1.0)
    Serving(platform, host=host, port=int(port), ready=say).run()
    platform.close()


def say(told: str) -> None:
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


def pull(url: str, folder: str, key: str, log_file: str = "") -> None:
    """Do rounds until nothing is missing; the profile's own address is passed over."""

    def connect(
        access: Access, /, *, patience: Patience = USUAL, monotonic: Callable[[], float]
    ) -> Connection:
        del monotonic
        there = replace(access, address=Address(url))
        return Logged(there, log, patience=patience)

    log = Log()
    here_s = 0.0
    begun = threading.Event()

    def show(progress: RoundProgress) -> None:
        nonlocal here_s
        if progress.total_bytes and progress.done_bytes == progress.total_bytes:
            here_s = here_s or time.monotonic() - began
        if progress.done_bytes and not begun.is_set():
            begun.set()
            say(json.dumps({"begun": time.monotonic() - began}))

    store = open_store(lock_profile(Path(folder)), ProfileKey(bytes.fromhex(key)), now=now())
    clock = Clock(now=now)
    means = Means(
        backoff=Backoff(clock),
        clock=clock,
        stop=threading.Event(),
        progress=show,
        connect=connect,
    )
    began = log.began = time.monotonic()
    fetched, rounds = 0, 0
    for _ in range(MAX_ROUNDS):
        report = run_round(store, means)
        rounds += 1
        fetched += report.fetched_bytes
        if report.link is Link.ONLINE and not shipments(store):
            break
    seconds = time.monotonic() - began
    store.close()
    if log_file:
        log.keep(Path(log_file))
    facts = {"seconds": seconds, "here_s": here_s or seconds, "fetched": fetched, "rounds": rounds}
    say(json.dumps(facts))


ENDS: Mapping[str, Callable[..., None]] = {"serve": serve, "pull": pull}

if __name__ == "__main__":
    ENDS[sys.argv[1]](*sys.argv[2:])
