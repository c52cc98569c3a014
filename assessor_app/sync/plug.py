"""Break off what connections wait for, from any thread; a stop must not wait for a dead link."""

import contextlib
import errno
import os
import selectors
import socket
import threading
import time
from collections.abc import Iterable
from typing import Protocol, Self, TypeAlias

from typing_extensions import override
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
)

from assessor_app.sync.clock import Stop

LOOK_S = 0.1
"""So often it is looked whether to stop, where nothing can be woken."""

Option: TypeAlias = tuple[int, int, int | bytes]

_UNDER_WAY = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0))


class Plug:
    """What the sockets of one connection hang on. Once pulled, nothing is reached any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: socket.socket | None = None
        self._is_pulled = False

    def pull(self) -> None:
        """Wake whoever waits, and let nobody wait again. Threads: any."""
        with self._lock:
            self._is_pulled = True
            if self._held is not None:
                # Not the method of an encrypted socket: it would make the rest of what is
                # encrypted look like an answer.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._held, socket.SHUT_RDWR)

    def hold(self, connected: socket.socket) -> None:
        """Keep in mind what to shut down. Raises ConnectionAbortedError: it is too late."""
        with self._lock:
            self._held = connected
            if self._is_pulled:
                raise ConnectionAbortedError

    def reach(
        self,
        host: str,
        port: int,
        timeout_s: float,
        options: Iterable[Option],
    ) -> socket.socket:
        """Return a socket connected to the first address of a host that answers. Raises OSError."""
        failure = OSError(errno.EADDRNOTAVAIL, host)
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            with contextlib.ExitStack() as undo:
                try:
                    reached = undo.enter_context(socket.socket(family, kind, protocol))
                    for option in options:
                        reached.setsockopt(*option)
                    reached.settimeout(0)
                    self._wait(reached, reached.connect_ex(address), timeout_s)
                except OSError as error:
                    failure = error
                    continue
                undo.pop_all()
                reached.settimeout(timeout_s)
                return reached
        raise failure

    def _wait(self, reached: socket.socket, code: int, timeout_s: float) -> None:
        if code not in _UNDER_WAY:
            raise OSError(code, os.strerror(code))
        end = time.monotonic() + timeout_s
        with selectors.DefaultSelector() as selector:
            selector.register(reached, selectors.EVENT_WRITE)
            while not selector.select(LOOK_S):
                if self._is_pulled:
                    raise ConnectionAbortedError
                if time.monotonic() > end:
                    raise TimeoutError
        if code := reached.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            raise OSError(code, os.strerror(code))


def pools(plug: Plug) -> dict[str, type[HTTPConnectionPool]]:
    """Return the pools of a manager, by scheme, whose connections hang on a plug."""

    class Plain(HTTPConnection):
        @override
        def _new_conn(self) -> socket.socket:
            return _reached(self, plug)

        @override
        def connect(self) -> None:
            super().connect()
            _hold(self, plug)

    class Secure(HTTPSConnection):
        @override
        def _new_conn(self) -> socket.socket:
            return _reached(self, plug)

        @override
        def connect(self) -> None:
            super().connect()
            _hold(self, plug)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain  # pyright: ignore[reportAssignmentType] (as urllib3's own)

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure  # pyright: ignore[reportAssignmentType] (as urllib3's own)

    return {"http": PlainPool, "https": SecurePool}


def _reached(connection: HTTPConnection, plug: Plug) -> socket.socket:
    """Do what `HTTPConnection._new_conn` does, and raise what it raises, but wakeable."""
    timeout = connection.timeout
    seconds = timeout if isinstance(timeout, int | float) else 10.0
    options = connection.socket_options or ()
    try:
        return plug.reach(connection.host, connection.port, seconds, options)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except UnicodeError:
        raise LocationParseError(connection.host) from None
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no answer") from error
    except OSError as error:
        raise NewConnectionError(connection, "no connection") from error


def _hold(connection: HTTPConnection, plug: Plug) -> None:
    """Hang a connection on its plug; nothing was sent over it yet."""
    try:
        plug.hold(connection.sock)
    except ConnectionAbortedError as error:
        connection.close()
        raise NewConnectionError(connection, "broken off") from error


class BrokenOff(Protocol):
    """What can be broken off. Real: `http.Connection`."""

    def break_off(self) -> None:
        """End whatever waits, for good."""
        ...


class HangUp:
    """Breaks the connections of a round off as soon as it is stopped. Use it in a `with`.

    Threads: has one of its own, which looks every `LOOK_S`.
    """

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._connections: list[BrokenOff] = []
        self._is_up = False
        self._thread = threading.Thread(target=self._watch, name="hang up")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def add(self, connection: BrokenOff) -> None:
        """Break this one off, too, when the time comes or if it has come."""
        with self._lock:
            self._connections.append(connection)
            is_late = self._is_up
        if is_late:
            connection.break_off()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_S):
            if self._stop.is_set():
                with self._lock:
                    self._is_up = True
                    connections = tuple(self._connections)
                for connection in connections:
                    connection.break_off()
                return
