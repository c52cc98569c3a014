import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.domain.errors import AppError
from assessor_app.sync.address import read_address
from assessor_app.sync.answers import judge
from assessor_app.sync.errors import (
    OfflineError,
    OfflineReason,
    RefusedError,
    RetryLaterError,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.sync.http import Access, Connection, Patience, content_digest
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import PROBLEM_TYPE, Problem, ProblemKind
from tests.sync.certificate import certificate
from tests.sync.odd_server import OddServer, Say, http, json

QUICK = Patience(connect_s=2.0, stall_s=0.3, whole_s=5.0)
TOKEN = "secret"  # noqa: S105 (nobody's)
BODY = b'{"review":"frozen bytes"}'


def connection(url: str, *, token: str | None = TOKEN, patience: Patience = QUICK) -> Connection:
    return Connection(Access(address=read_address(url), token=token), patience=patience)


def problem(status: str, kind: ProblemKind) -> bytes:
    number = int(status.partition(" ")[0])
    told = dump(Problem(type=PROBLEM_TYPE + kind, title="No", status=number))
    return http(status, told, "Content-Type: application/problem+json")


def put(url: str) -> object:
    line = connection(url)
    try:
        return judge(line.send("PUT", "/v1/x", BODY))
    finally:
        line.close()


def test_exactly_the_frozen_bytes_leave_with_their_digest_and_the_token() -> None:
    with OddServer([Say(json("200 OK", b"{}"))]) as server:
        put(server.url)

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert body == BODY
    assert f"Content-Digest: {content_digest(BODY)}".encode() in head
    assert f"Content-Length: {len(BODY)}".encode() in head
    assert b"Transfer-Encoding" not in head
    assert b"Authorization: Bearer secret" in head


def test_requests_share_one_connection() -> None:
    with OddServer([Say(json("200 OK", b"{}"), "keep")] * 3) as server:
        line = connection(server.url)
        for _ in range(3):
            line.get("/v1/meta")
        line.close()

    assert server.connections == 1


def test_a_redirect_is_not_followed() -> None:
    with OddServer([Say(b"")]) as elsewhere:
        with (
            OddServer([Say(http("302 Found", b"", f"Location: {elsewhere.url}"))]) as server,
            pytest.raises(OfflineError) as raised,
        ):
            put(server.url)
        assert elsewhere.requests == []

    assert raised.value.reason is OfflineReason.NOT_THE_PLATFORM


@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", b"<html>Sign in to HotelNet</html>", "Content-Type: text/html"),
        http("200 OK", b"{}"),
        http("404 Not Found", b"<h1>nothing here</h1>", "Content-Type: text/html"),
        http("404 Not Found", b"no problem", "Content-Type: application/problem+json"),
        http("401 Unauthorized", b"proxy login", "Content-Type: text/html"),
        http("407 Proxy Authentication Required", b"", "Content-Type: text/html"),
        http("511 Network Authentication Required", b"", "Content-Type: text/html"),
        http("304 Not Modified"),
        http(
            "307 Temporary Redirect",
            dump(Problem(type=PROBLEM_TYPE + "closed", title="Gone", status=307)),
            "Content-Type: application/problem+json",
        ),
        json("200 OK", b"\x1f\x8b not gzip", "Content-Encoding: gzip"),
        json("200 OK", b"{}", "Content-Encoding: br"),
        http(
            "409 Conflict",
            dump(Problem(type=PROBLEM_TYPE + "closed", title="Gone", status=410)),
            "Content-Type: application/problem+json",
        ),
    ],
)
def test_somebody_else_who_answers_is_offline(answer: bytes) -> None:
    with OddServer([Say(answer)]) as server, pytest.raises(OfflineError) as raised:
        put(server.url)

    assert raised.value.reason is OfflineReason.NOT_THE_PLATFORM


@pytest.mark.parametrize(
    "say",
    [
        Say(b"", "wait"),
        Say(b"", "close"),
        Say(b"", "reset"),
        Say(b"HTTP/1.1 200 OK\r\nContent-Le", "reset"),
        Say(b"HTTP/1.1 200 OK\r\n"),
        Say(b"HTTP/1.1 200 OK\r\nContent-Type: appli"),
        Say(b"HTTP/1.1 200 OK\r\nContent-Length: 1"),
        Say(b"HTTP/1.1 2"),
        Say(json("200 OK", b'{"cut": "in the middle"}')[:-4]),
        Say(json("200 OK", b"{}")[:-1], "wait"),
        Say(json("200 OK", gzip.compress(b'{"a": 1}')[:-9], "Content-Encoding: gzip")),
        Say(b"what is this\r\n\r\n"),
        Say(http("408 Request Timeout")),
        Say(http("500 Internal Server Error", b"oops", "Content-Type: text/html")),
        Say(http("502 Bad Gateway")),
        Say(http("504 Gateway Timeout")),
    ],
)
def test_what_may_have_arrived_is_uncertain(say: Say) -> None:
    with OddServer([say]) as server, pytest.raises(UncertainError):
        put(server.url)


CHUNKED = (
    b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n"
    b"content-type: application/json\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
)
SERVED = (
    "date: Wed, 25 Nov 2026 10:00:00 GMT",
    "cache-control: no-store",
    "x-content-type-options: nosniff",
)


def as_served(status: str, media_type: str, body: bytes, *more: str) -> bytes:
    """Spell an answer with its headers in the order a real server sends them."""
    head = (*SERVED, *more, f"content-length: {len(body)}", f"content-type: {media_type}")
    return "\r\n".join((f"HTTP/1.1 {status}", *head, "", "")).encode() + body


@pytest.mark.parametrize(
    "answer",
    [
        as_served("201 Created", "application/json", b'{"sequence":1,"signature":"c2lnbmVk"}'),
        as_served(
            "410 Gone",
            "application/problem+json",
            dump(Problem(type=PROBLEM_TYPE + "closed", title="Closed", status=410)),
        ),
        as_served(
            "200 OK", "application/json", gzip.compress(b'{"a":1}'), "content-encoding: gzip"
        ),
        CHUNKED,
    ],
)
def test_an_answer_cut_at_any_byte_is_uncertain(answer: bytes) -> None:
    end = len(answer) - 4 if answer == CHUNKED else len(answer)
    with OddServer([Say(answer[:cut]) for cut in range(end)]) as server:
        line = connection(server.url)
        for cut in range(end):
            try:
                judge(line.send("PUT", "/v1/x", BODY))
            except UncertainError:
                continue
            except AppError as other:
                pytest.fail(f"{other!r} after {cut} bytes: {answer[:cut]!r}")
            pytest.fail(f"believed after {cut} bytes: {answer[:cut]!r}")
        line.close()


def test_nobody_listening_is_no_network() -> None:
    with OddServer([]) as server:
        url = server.url

    with pytest.raises(OfflineError) as raised:
        put(url)

    assert raised.value.reason is OfflineReason.NO_NETWORK


def test_an_unknown_host_is_no_network() -> None:
    with pytest.raises(OfflineError) as raised:
        put("https://nowhere.invalid")

    assert raised.value.reason is OfflineReason.NO_NETWORK


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Busy", "507 Full"])
def test_a_busy_platform_says_how_long_to_wait(status: str) -> None:
    with (
        OddServer([Say(http(status, b"", "Retry-After: 7"))]) as server,
        pytest.raises(RetryLaterError) as raised,
    ):
        put(server.url)

    assert raised.value.retry_after_s == 7.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (
            (
                "Date: Wed, 25 Nov 2026 10:00:00 GMT",
                "Retry-After: Wed, 25 Nov 2026 10:00:30 GMT",
            ),
            30.0,
        ),
        (("Retry-After: Wed, 25 Nov 2026 10:00:30 GMT",), None),
        (("Retry-After: 999999999",), 3600.0),
        (("Retry-After: soon",), None),
        (
            (
                "Date: Wed, 25 Nov 2026 10:00:00 GMT",
                f"Retry-After: Wed, 25 Nov {'9' * 30} 10:00:30 GMT",
            ),
            None,
        ),
        ((), None),
    ],
)
def test_a_date_to_retry_counts_on_the_servers_own_clock(
    headers: tuple[str, ...], seconds: float | None
) -> None:
    with (
        OddServer([Say(http("503 Busy", b"", *headers))]) as server,
        pytest.raises(RetryLaterError) as raised,
    ):
        put(server.url)

    assert raised.value.retry_after_s == seconds


def test_a_refusal_carries_its_problem() -> None:
    with (
        OddServer([Say(problem("410 Gone", ProblemKind.CLOSED))]) as server,
        pytest.raises(RefusedError) as raised,
    ):
        put(server.url)

    assert raised.value.problem.kind is ProblemKind.CLOSED


def test_a_bad_token_is_told_apart() -> None:
    with (
        OddServer([Say(problem("401 Unauthorized", ProblemKind.UNAUTHORISED))]) as server,
        pytest.raises(UnauthorisedError),
    ):
        put(server.url)


def test_more_than_the_limit_is_not_read() -> None:
    with OddServer([Say(json("200 OK", b" " * 5000))]) as server, pytest.raises(OfflineError):
        connection(server.url).get("/v1/meta", limit=4000)


@pytest.mark.parametrize("size", [5_000_000, 50_000_000])
def test_a_small_answer_that_inflates_without_end_is_stopped(size: int) -> None:
    bomb = gzip.compress(b" " * size)
    with (
        OddServer([Say(json("200 OK", bomb, "Content-Encoding: gzip"))]) as server,
        pytest.raises(OfflineError),
    ):
        connection(server.url).get("/v1/meta", limit=100_000)


def test_an_answer_that_drips_for_ever_is_given_up() -> None:
    ticks = iter(range(100, 10_000, 100))
    with OddServer([Say(json("200 OK", b"{}"))]) as server:
        line = Connection(
            Access(address=read_address(server.url)),
            patience=QUICK,
            monotonic=lambda: float(next(ticks)),
        )
        with pytest.raises(UncertainError):
            line.get("/v1/meta")
        line.close()


def test_proxy_and_password_file_of_the_environment_are_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords = tmp_path / "passwords"
    passwords.write_text("machine 127.0.0.1 login me password secret\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("NETRC", str(passwords))
    with OddServer([Say(b"")]) as proxy, OddServer([Say(json("200 OK", b"{}"))]) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        line = connection(server.url, token=None)
        line.get("/v1/meta")
        line.close()

        assert b"Authorization" not in server.requests[0]
        assert proxy.requests == []


def test_a_cookie_is_not_kept() -> None:
    says = [Say(json("200 OK", b"{}", "Set-Cookie: id=7"), "keep"), Say(json("200 OK", b"{}"))]
    with OddServer(says) as server:
        line = connection(server.url)
        line.get("/v1/meta")
        line.get("/v1/meta")
        line.close()

    assert b"Cookie" not in server.requests[1]


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[str]:
    """A server with a certificate nobody vouches for; yields its address."""
    pem = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            line, _ = listener.accept()
            with line:
                try:
                    context.wrap_socket(line, server_side=True).close()
                except OSError:
                    return

        thread = threading.Thread(target=greet)
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        thread.join()


def test_a_certificate_nobody_vouches_for_is_not_trusted(stranger: str) -> None:
    with pytest.raises(OfflineError) as raised:
        put(stranger)

    assert raised.value.reason is OfflineReason.UNTRUSTED


@pytest.mark.parametrize("token", ["to\u200bken", "to ken", "token\n", "\u2603"])
def test_a_token_that_no_header_can_carry_is_nobodys(token: str) -> None:
    access = Access(address=read_address("http://127.0.0.1:9"), token=token)

    with pytest.raises(UnauthorisedError):
        Connection(access).get("/v1/me")


def test_a_name_that_no_header_can_carry_is_not_the_platforms() -> None:
    access = Access(address=read_address("http://127.0.0.1:9"))

    with pytest.raises(OfflineError) as raised:
        Connection(access).get("/v1/me", headers={"If-Range": '"\u2603"'})

    assert raised.value.reason is OfflineReason.NOT_THE_PLATFORM
