"""The two ends of a measured link, each a process of its own.

`python -m tests.speed.network_ends serve HOST PORT FOLDER` serves a platform and says when.
`python -m tests.speed.network_ends pull URL PROFILE KEY` pulls until all is here; prints JSON.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.reference_platform.service import Platform
from assessor_app.reference_platform.serving import Serving
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import open_store
from assessor_app.store.profile import lock_profile
from assessor_app.sync.address import Address
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock
from assessor_app.sync.http import Access, Connection, Patience
from assessor_app.sync.rounds import Link, Means, RoundProgress, run_round, shipments

MAX_ROUNDS = 20
USUAL = Patience()


def now() -> datetime:
    return datetime.now(UTC)


def serve(host: str, port: str, folder: str) -> None:
    platform = Platform(Path(folder), clock=now, draw=lambda: 1.0)
    Serving(platform, host=host, port=int(port), ready=say).run()
    platform.close()


def say(told: str) -> None:
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


def pull(url: str, folder: str, key: str) -> None:
    """Do rounds until nothing is missing; the profile's own address is passed over."""

    def connect(
        access: Access, /, *, patience: Patience = USUAL, monotonic: Callable[[], float]
    ) -> Connection:
        there = replace(access, address=Address(url))
        return Connection(there, patience=patience, monotonic=monotonic)

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
    began = time.monotonic()
    fetched, rounds = 0, 0
    for _ in range(MAX_ROUNDS):
        report = run_round(store, means)
        rounds += 1
        fetched += report.fetched_bytes
        if report.link is Link.ONLINE and not shipments(store):
            break
    seconds = time.monotonic() - began
    store.close()
    facts = {"seconds": seconds, "here_s": here_s or seconds, "fetched": fetched, "rounds": rounds}
    say(json.dumps(facts))


if __name__ == "__main__":
    {"serve": serve, "pull": pull}[sys.argv[1]](*sys.argv[2:])
