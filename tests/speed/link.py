"""Links on the level of packets: rate, delay, queue and loss between two TUN devices.

One end is here, the other in a network namespace of its own. Needs root and `/dev/net/tun`; works
on Linux. One thread carries the packets of all links.
"""

import contextlib
import fcntl
import heapq
import itertools
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

TUN = Path("/dev/net/tun")
QUEUE_BYTES = 64 * 1024
_SET_INTERFACE, _TUN_WITHOUT_HEADER = 0x400454CA, 0x1001
_PACKET_BYTES = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a link is like, in each direction."""

    rate_bit_s: float
    delay_s: float
    lost: float = 0.0
    control: str = "cubic"


def can_emulate() -> bool:
    """Return whether this computer lets us make links."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and TUN.exists()


@dataclass(slots=True)
class _Way:
    """One direction: where packets go, and when the last one will have left."""

    target: int
    free_at: float = 0.0


@dataclass(slots=True)
class Link:
    """One link. `far` is the address of the other end, inside the namespace `space`."""

    kind: Kind
    number: int
    chance: random.Random
    is_cut: bool = False
    dropped: int = 0
    ends: tuple[int, int] = (-1, -1)

    @property
    def space(self) -> str:
        return f"bench{os.getpid()}n{self.number}"

    @property
    def far(self) -> str:
        return f"10.213.{self.number}.2"

    @property
    def near(self) -> str:
        return f"10.213.{self.number}.1"

    def inside(self, *command: str) -> list[str]:
        """Return a command that runs at the far end."""
        return ["ip", "netns", "exec", self.space, *command]

    def raise_up(self) -> None:
        """Make both devices and the namespace."""
        near, far = f"bn{self.number}a", f"bn{self.number}b"
        _run("ip", "netns", "add", self.space)
        self.ends = (_device(near), _device(far))
        _run("ip", "link", "set", far, "netns", self.space)
        _run("ip", "addr", "add", f"{self.near}/30", "dev", near)
        _run("ip", "link", "set", near, "up")
        _run(*self.inside("ip", "addr", "add", f"{self.far}/30", "dev", far))
        _run(*self.inside("ip", "link", "set", far, "up"))
        _run(*self.inside("ip", "link", "set", "lo", "up"))
        route = f"10.213.{self.number}.0/30"
        control = self.kind.control
        _run(*self.inside("ip", "route", "replace", route, "dev", far, "congctl", control))

    def tear_down(self) -> None:
        for end in self.ends:
            if end >= 0:
                os.close(end)
        subprocess.run(["ip", "netns", "del", self.space], check=False, capture_output=True)


@dataclass(slots=True)
class Links:
    """Carries the packets of some links while it is open."""

    links: tuple[Link, ...]
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(init=False)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._carry)
        with contextlib.ExitStack() as undo:
            for link in self.links:
                undo.callback(link.tear_down)
                link.raise_up()
            undo.pop_all()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for link in self.links:
            link.tear_down()

    def _carry(self) -> None:
        ways: dict[int, tuple[Link, _Way]] = {}
        for link in self.links:
            near, far = link.ends
            ways[near] = (link, _Way(far))
            ways[far] = (link, _Way(near))
        on_the_way: list[tuple[float, int, int, bytes]] = []
        numbers = itertools.count()
        watched = select.poll()
        for end in ways:
            watched.register(end, select.POLLIN)
        while not self._over.is_set():
            wait_s = min(0.1, on_the_way[0][0] - time.monotonic()) if on_the_way else 0.1
            for end, _ in watched.poll(max(0.0, wait_s) * 1000):
                for packet in _waiting(end):
                    link, way = ways[end]
                    due = _due(link, way, len(packet))
                    if due is not None:
                        heapq.heappush(on_the_way, (due, next(numbers), way.target, packet))
            now = time.monotonic()
            while on_the_way and on_the_way[0][0] <= now:
                _, _, target, packet = heapq.heappop(on_the_way)
                with contextlib.suppress(OSError):
                    os.write(target, packet)


def _due(link: Link, way: _Way, size: int) -> float | None:
    """Return when a packet arrives; None when it is lost."""
    now = time.monotonic()
    kind = link.kind
    backlog_bytes = max(0.0, way.free_at - now) * kind.rate_bit_s / 8
    if link.is_cut or link.chance.random() < kind.lost or backlog_bytes > QUEUE_BYTES:
        link.dropped += 1
        return None
    way.free_at = max(now, way.free_at) + size * 8 / kind.rate_bit_s
    return way.free_at + kind.delay_s


def _waiting(end: int) -> Iterator[bytes]:
    while True:
        try:
            yield os.read(end, _PACKET_BYTES)
        except BlockingIOError:
            return


def _device(name: str) -> int:
    end = os.open(TUN, os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, _SET_INTERFACE, struct.pack("16sH", name.encode(), _TUN_WITHOUT_HEADER))
    return end


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
