"""What was in the platform's place is told as it was, and how far a body is on its way."""

import threading

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.store.opening import Store
from assessor_app.sync.address import read_address
from assessor_app.sync.answers import judge
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.errors import OfflineError, Seen
from assessor_app.sync.http import Access, Connection
from assessor_app.sync.rounds import Means, RoundProgress, RoundReport, run_round
from tests.sync.bench import meta, post, receipt, sealed, yes
from tests.sync.odd_server import OddServer, Say, http, json
from tests.sync.timing import Hands

PAGE = http("200 OK", b"<h1>Welcome aboard</h1>", "Content-Type: text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        (http("302 Found", b"", "Location: http://127.0.0.1:9/login"), Seen.SENT_ELSEWHERE),
        (PAGE, Seen.WEB_PAGE),
        (http("403 Forbidden", b"<p>", "Content-Type: text/html"), Seen.WEB_PAGE),
        (http("511 Network Authentication Required"), Seen.NETWORK_SIGN_IN),
        (json("200 OK", b"{}", "Content-Encoding: br"), Seen.OTHER_WORDS),
    ],
)
def test_who_answers_instead_is_told_as_it_was(answer: bytes, seen: Seen) -> None:
    with OddServer([Say(answer)]) as server, pytest.raises(OfflineError) as raised:
        judge(Connection(Access(address=read_address(server.url))).get("/v1/meta"))

    assert raised.value.seen is seen


def test_a_yes_without_a_receipt_of_the_pinned_key_is_no_receipt(store: Store) -> None:
    review, office = sealed(store), post(store)

    with pytest.raises(OfflineError) as raised:
        office.push(yes(receipt(review, key=Ed25519PrivateKey.generate())))

    assert raised.value.seen is Seen.NO_RECEIPT


def test_nobody_at_the_address_is_told(store: Store) -> None:
    assert a_round(store, "http://127.0.0.1:9").seen is Seen.REFUSED


def test_a_round_tells_what_it_saw(store: Store) -> None:
    with OddServer([Say(PAGE)]) as server:
        report = a_round(store, server.url)

    assert report.seen is Seen.WEB_PAGE


def test_a_round_tells_which_act_leaves_and_how_much_of_it_is_on_its_way(store: Store) -> None:
    review = sealed(store)
    told: list[RoundProgress] = []
    greeting = json("200 OK", meta().untrusted_body)
    said = [Say(greeting, "keep"), Say(http("503 Service Unavailable"))]

    with OddServer(said) as server:
        a_round(store, server.url, told)

    leaving = [one for one in told if one.act == review.act_id]
    assert {one.body_bytes for one in leaving} == {len(review.body)}
    assert [leaving[0].sent_bytes, leaving[-1].sent_bytes] == [0, len(review.body)]


def test_a_body_counts_what_was_taken_of_it_and_not_what_was_asked_for() -> None:
    heard: list[int] = []
    body = bytes(40_000)
    with OddServer([Say(json("200 OK", b"{}"))]) as server:
        access = Access(address=read_address(server.url), sent=heard.append)
        Connection(access).send("PUT", "/v1/x", body)

    assert heard == sorted(heard)
    assert (heard[0], heard[-1]) == (0, len(body))
    assert len(set(heard)) > 2


def a_round(store: Store, url: str, told: list[RoundProgress] | None = None) -> RoundReport:
    at_url(store, url)
    clock = Hands().clock()
    means = Means(
        backoff=Backoff(clock),
        clock=clock,
        stop=threading.Event(),
        progress=(told if told is not None else []).append,
    )
    return run_round(store, means)


def at_url(store: Store, url: str) -> None:
    """Let the profile's platform be at another address."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET platform_url = ?", (url,))
