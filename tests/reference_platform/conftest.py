import asyncio
import socket
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from typing_extensions import override

from assessor_app.reference_platform.http import build
from assessor_app.reference_platform.service import Platform
from tests.reference_platform.factory import FIRST, SECOND, built, open_platform
from tests.reference_platform.serving import Hand


class Switchboard(uvicorn.Server):
    """One server for many platforms, because a server takes longer to end than a test to run."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self._ready = threading.Event()
        super().__init__(
            uvicorn.Config(
                self.answer,
                interface="asgi3",
                lifespan="off",
                access_log=False,
                log_level="warning",
                server_header=False,
            )
        )

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app
        await self.app(scope, receive, send)

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()

    def serve_on(self, bound: socket.socket) -> None:
        asyncio.run(self.serve([bound]))

    def wait(self) -> None:
        assert self._ready.wait(20)


@pytest.fixture(scope="session")
def switchboard() -> Generator[tuple[Switchboard, str]]:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        board = Switchboard()
        thread = threading.Thread(target=board.serve_on, args=(bound,))
        thread.start()
        board.wait()
        yield board, f"http://127.0.0.1:{bound.getsockname()[1]}"
        board.should_exit = True
        thread.join()


@pytest.fixture
def platform(tmp_path: Path) -> Generator[Platform]:
    platform = open_platform(tmp_path / "platform")
    yield platform
    platform.close()


@pytest.fixture
def url(platform: Platform, switchboard: tuple[Switchboard, str]) -> str:
    board, url = switchboard
    board.app = build(platform)
    return url


@pytest.fixture
def first(platform: Platform, url: str) -> Hand:
    return Hand(url, platform.token(FIRST))


@pytest.fixture
def second(platform: Platform, url: str) -> Hand:
    return Hand(url, platform.token(SECOND))


@pytest.fixture
def lent(platform: Platform, first: Hand) -> str:
    """The earner's id of a submission that the first assessor has."""
    submission = platform.take_in(built())
    platform.assign(submission, FIRST)
    return submission
