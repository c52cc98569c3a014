"""A stop does not wait for a dead link: whatever waits for an answer is broken off."""

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from assessor_app.domain.errors import AppError
from assessor_app.store.opening import Store
from assessor_app.sync.address import read_address
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.errors import OfflineError, OfflineReason, Seen, UncertainError
from assessor_app.sync.http import Access, Connection, Patience
from assessor_app.sync.plug import HangUp
from assessor_app.sync.rounds import Link, Means, RoundReport, run_round
from tests.sync.certificate import certificate
from tests.sync.odd_server import OddServer, Say, http
from tests.sync.test_rounds import GREETING, at_url
from tests.sync.timing import Hands

LONG_S = 60.0
LONG = Patience(connect_s=LONG_S, stall_s=LONG_S, whole_s=LONG_S)
AT_ONCE_S = 5.0
HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
SILENT = Say(b"", "wait")


def connection(url: str) -> Connection:
    return Connection(Access(address=read_address(url)), patience=LONG)


class Asking:
    """Asks on a thread of its own; `error` is what it came to."""

    def __init__(self, asked: Connection) -> None:
        self.error: AppError | None = None
        self._asked = asked
        self._thread = Thread(target=self._ask)
        self._thread.start()

    def _ask(self) -> None:
        try:
            self._asked.get("/v1/meta")
        except AppError as error:
            self.error = error

    def is_over(self) -> bool:
        """Return whether it ended soon, long before its patience."""
        self._thread.join(AT_ONCE_S)
        return not self._thread.is_alive()


def eventually(holds: Callable[[], object]) -> None:
    end = time.monotonic() + AT_ONCE_S
    while not holds():
        assert time.monotonic() < end
        Event().wait(0.01)


@contextlib.contextmanager
def nowhere() -> Iterator[str]:
    """Yield an address that never takes a connection: its queue is full already."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)  # noqa: FBT003 (that is its form)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("said", [SILENT, Say(HEADERS, "wait"), Say(HEADERS + b"{", "wait")])
def test_waiting_for_an_answer_is_broken_off_at_once(said: Say) -> None:
    with OddServer([said]) as server:
        asked = connection(server.url)
        asking = Asking(asked)
        eventually(lambda: server.requests)

        asked.break_off()

        assert asking.is_over()
    assert isinstance(asking.error, UncertainError)


@pytest.fixture
def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Event]]:
    """A server this computer trusts, which hears and says nothing; its address, what it heard."""
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    heard, over = Event(), Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hear() -> None:
            line, _ = listener.accept()
            with context.wrap_socket(line, server_side=True) as spoken:
                spoken.recv(1000)
                heard.set()
                over.wait(LONG_S)

        thread = Thread(target=hear)
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}", heard
        over.set()
        thread.join()


def test_an_encrypted_connection_is_broken_off_at_once(encrypted: tuple[str, Event]) -> None:
    url, heard = encrypted
    asked = connection(url)
    asking = Asking(asked)
    assert heard.wait(AT_ONCE_S)

    asked.break_off()

    assert asking.is_over()
    assert isinstance(asking.error, UncertainError)


def test_what_goes_through_a_proxy_is_broken_off_at_once() -> None:
    with OddServer([SILENT]) as proxy:
        access = Access(address=read_address("http://127.0.0.1:9"), proxy=proxy.url)
        asked = Connection(access, patience=LONG)
        asking = Asking(asked)
        eventually(lambda: proxy.requests)

        asked.break_off()

        assert asking.is_over()
    assert proxy.requests[0].startswith(b"GET http://127.0.0.1:9/v1/meta ")


def test_waiting_for_a_connection_is_broken_off_at_once() -> None:
    with nowhere() as url:
        asked = connection(url)
        asking = Asking(asked)
        assert not asking.error

        asked.break_off()

        assert asking.is_over()
    assert isinstance(asking.error, OfflineError)
    assert asking.error.reason is OfflineReason.NO_NETWORK


def test_what_is_broken_off_asks_nothing_any_more() -> None:
    with OddServer([Say(http("200 OK", b"{}", "Content-Type: application/json"), "keep")]) as one:
        asked = connection(one.url)
        asked.get("/v1/meta")
        asked.break_off()

        with pytest.raises(OfflineError):
            asked.get("/v1/meta")
    assert len(one.requests) == 1


def test_silence_is_told_as_such_when_patience_ends() -> None:
    with nowhere() as url:
        access = Access(address=read_address(url))
        asked = Connection(access, patience=Patience(connect_s=0.2))

        with pytest.raises(OfflineError) as offline:
            asked.get("/v1/meta")

    assert offline.value.seen is Seen.SILENCE


@pytest.mark.parametrize("host", ["nowhere.invalid", f"{'a' * 64}.invalid"])
def test_a_name_nobody_knows_is_told_as_such(host: str) -> None:
    asked = connection(f"https://{host}")

    with pytest.raises(OfflineError) as offline:
        asked.get("/v1/meta")

    assert (offline.value.reason, offline.value.seen) == (OfflineReason.NO_NETWORK, Seen.NO_NAME)


def test_the_next_address_of_a_host_is_tried() -> None:
    """`localhost` is ::1 first on many computers, where nobody listens here."""
    with OddServer([Say(http("200 OK", b"{}", "Content-Type: application/json"), "keep")]) as one:
        asked = connection(one.url.replace("127.0.0.1", "localhost"))

        assert asked.get("/v1/meta").untrusted_body == b"{}"


@pytest.mark.parametrize("says", [[SILENT], [GREETING, SILENT]])
def test_a_round_on_a_dead_link_ends_when_it_is_stopped(store: Store, says: list[Say]) -> None:
    clock, stop = Hands().clock(), Event()
    reports: list[RoundReport] = []
    with OddServer(says) as server:
        at_url(store, server.url)
        means = Means(
            backoff=Backoff(clock), clock=clock, stop=stop, progress=lambda _progress: None
        )
        thread = Thread(target=lambda: reports.append(run_round(store, means)))
        thread.start()
        eventually(lambda: len(server.requests) == len(says))

        stop.set()
        thread.join(AT_ONCE_S)

        assert not thread.is_alive()
    assert [report.link for report in reports] == [Link.STOPPED]


def test_a_connection_that_comes_after_the_stop_is_broken_off_too() -> None:
    class Broken:
        times = 0

        def break_off(self) -> None:
            self.times += 1

    stop, early, late = Event(), Broken(), Broken()
    with HangUp(stop) as hang_up:
        hang_up.add(early)
        stop.set()
        eventually(lambda: early.times)
        hang_up.add(late)

    assert (early.times, late.times) == (1, 1)
