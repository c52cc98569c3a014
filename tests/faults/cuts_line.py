"""A line between client and platform, byte by byte: it breaks, slows, thins and loses."""

import random
import selectors
import socket
import struct
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from typing_extensions import override

from tests.journeys.between import Between

SEGMENT_BYTES = 1400
FIRST_BLOB = b"GET /v1/blobs/"
_AT_ONCE = struct.pack("ii", 1, 0)
_NEVER: Mapping["Way", int] = MappingProxyType({})


class Way(StrEnum):
    """The two directions of a line."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blade:
    """Cuts the line after so many bytes in one direction, counted from now.

    `reset`: not an orderly end but a reset. `stays_dead`: no new connection until the line is
    mended; otherwise only the one that carried the byte breaks.
    """

    way: Way
    at: int
    reset: bool = False
    stays_dead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """What happens to every segment. A lost one comes late, as TCP would send it again."""

    delay_s: float = 0.0
    rate_bytes_s: float = 0.0
    lost: float = 0.0
    again_s: float = 0.2
    resets: float = 0.0


FAIR = Weather()


@dataclass(slots=True)
class Line(Between):
    """Carries both ways byte by byte. `carried` counts from the last `arm`.

    Threads: one per connection; `arm`, `mend` and `weather` from the outside between rounds.
    """

    TIMEOUT_S = 30.0
    chance: random.Random
    weather: Weather = FAIR
    carried: dict[Way, int] = field(default_factory=lambda: dict.fromkeys(Way, 0))
    before_blobs: Mapping[Way, int] = field(default_factory=lambda: _NEVER)
    cuts: int = 0
    _blade: Blade | None = None
    _dead: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free_at: dict[Way, float] = field(default_factory=lambda: dict.fromkeys(Way, 0.0))
    _age: int = 0

    def arm(self, blade: Blade | None) -> None:
        """Count from zero, and cut there."""
        with self._lock:
            self.carried = dict.fromkeys(Way, 0)
            self.before_blobs = _NEVER
            self._blade, self._dead = blade, False

    def mend(self) -> None:
        """Let everything pass from now on."""
        with self._lock:
            self._blade, self._dead = None, False

    def cut_all(self) -> None:
        """Reset every connection there is; new ones are welcome."""
        with self._lock:
            self._age += 1

    @override
    def admits(self) -> bool:
        return not self._dead

    @override
    def carry(self, client: socket.socket, server: socket.socket) -> None:
        for end in (client, server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = {client: (Way.UP, server), server: (Way.DOWN, client)}
        age = self._age
        with selectors.DefaultSelector() as watched:
            for end in ways:
                watched.register(end, selectors.EVENT_READ)
            while not self._over.is_set() and age == self._age:
                for key, _ in watched.select(0.2):
                    source = key.fileobj
                    assert isinstance(source, socket.socket)
                    way, target = ways[source]
                    piece = source.recv(65536)
                    if not piece or not self._pass_on(piece, way, target, age):
                        return
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)

    def _pass_on(self, piece: bytes, way: Way, target: socket.socket, age: int) -> bool:
        """Hand a piece on, as far as it may go. Return False when that was the end."""
        if self.weather is FAIR:
            return self._hand_on(piece, way, target)
        return all(
            self._suffer(len(segment), way, target)
            and age == self._age
            and self._hand_on(segment, way, target)
            for segment in (
                piece[at : at + SEGMENT_BYTES] for at in range(0, len(piece), SEGMENT_BYTES)
            )
        )

    def _hand_on(self, piece: bytes, way: Way, target: socket.socket) -> bool:
        with self._lock:
            if way is Way.UP and not self.before_blobs and FIRST_BLOB in piece:
                self.before_blobs = MappingProxyType(dict(self.carried))
            blade = self._blade
            room = len(piece)
            if blade is not None and blade.way is way:
                room = min(room, max(0, blade.at - self.carried[way]))
            self.carried[way] += room
            is_cut = room < len(piece)
            if is_cut and blade is not None:
                self.cuts += 1
                self._dead = blade.stays_dead
                self._blade = blade if blade.stays_dead else None
        target.sendall(piece[:room])
        if is_cut and blade is not None and blade.reset:
            target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        return not (is_cut or self._dead)

    def _suffer(self, size: int, way: Way, target: socket.socket) -> bool:
        """Let a segment have the weather. Return False when the connection is reset."""
        weather = self.weather
        wait_s = weather.delay_s
        with self._lock:
            if weather.rate_bytes_s:
                now = time.monotonic()
                self._free_at[way] = max(now, self._free_at[way]) + size / weather.rate_bytes_s
                wait_s += self._free_at[way] - now
            if self.chance.random() < weather.lost:
                wait_s += weather.again_s
            is_reset = self.chance.random() < weather.resets
        if is_reset:
            self.cuts += 1
            target.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            return False
        return not (wait_s and self._over.wait(wait_s))
