"""Serve a platform on one address until told to stop."""

import socket
from collections.abc import Callable

import uvicorn
from typing_extensions import override

from assessor_app.reference_platform.http import build
from assessor_app.reference_platform.service import Platform

BACKLOG = 128
CLOSING_S = 3


class Serving:
    """A bound address and the server behind it.

    Threads: `run` blocks; `stop` may be called from another thread. In the main thread, SIGINT
    and SIGTERM stop it too.
    """

    def __init__(
        self, platform: Platform, *, host: str, port: int, ready: Callable[[str], None]
    ) -> None:
        self._socket = socket.create_server((host, port), backlog=BACKLOG)
        # Accepted sockets inherit it; without, each answer waits 40 ms for an acknowledgement.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://{host}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            build(platform),
            access_log=False,
            log_level="warning",
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=CLOSING_S,
        )
        self._server = _Server(config, lambda: ready(self.url))

    def run(self) -> None:
        """Serve; `ready` is called with the URL once requests are answered."""
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Finish what is being answered, and end."""
        self._server.should_exit = True


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()
