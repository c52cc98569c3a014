import threading

import pytest

from assessor_app.domain.outbox import OutboxState
from assessor_app.store import account, outbox
from assessor_app.store.opening import Store
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.errors import OfflineReason
from assessor_app.sync.rounds import Link, Means, RoundProgress, RoundReport, Stage, run_round
from tests.sync.bench import act, meta, receipt, sealed, snapshot, view, yes
from tests.sync.odd_server import OddServer, Say, http, json
from tests.sync.timing import MORNING, Hands

GREETING = Say(json("200 OK", meta().untrusted_body), "keep")


def round_with(
    store: Store,
    backoff: Backoff | None = None,
    told: list[RoundProgress] | None = None,
    *,
    hands: Hands | None = None,
    fetches: bool = True,
) -> RoundReport:
    clock = (hands or Hands()).clock()
    means = Means(
        backoff=backoff or Backoff(clock),
        clock=clock,
        stop=threading.Event(),
        progress=(told if told is not None else []).append,
        fetches=fetches,
    )
    return run_round(store, means)


def busy(*headers: str) -> Say:
    return Say(http("503 Service Unavailable", b"", *headers))


def at_url(store: Store, url: str) -> None:
    """Let the profile's platform be at another address."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET platform_url = ?", (url,))


def test_nobody_there_is_a_state_and_no_error(store: Store) -> None:
    told: list[RoundProgress] = []

    report = round_with(store, told=told)

    assert (report.link, report.offline) == (Link.OFFLINE, OfflineReason.NO_NETWORK)
    assert (report.began_at, report.again_in_s) == (MORNING, None)
    assert [progress.stage for progress in told] == [Stage.GREETING]


def test_offline_sends_nothing(store: Store) -> None:
    review = sealed(store)

    report = round_with(store)

    assert (report.received, report.uncertain, review.tries) == ((), (), 0)


def test_while_the_platform_asked_to_wait_nothing_is_asked(store: Store) -> None:
    backoff = Backoff(Hands().clock())
    backoff.pause(30.0)
    told: list[RoundProgress] = []

    report = round_with(store, backoff, told)

    assert (report.link, report.again_in_s, told) == (Link.BUSY, 30.0, [])


@pytest.mark.parametrize("greeted", [False, True])
def test_a_busy_platform_pauses_everything_whatever_it_was_asked(
    store: Store, *, greeted: bool
) -> None:
    review, backoff = sealed(store), Backoff(Hands().clock())
    before = [GREETING] if greeted else []

    with OddServer([*before, busy("Retry-After: 30"), GREETING]) as server:
        at_url(store, server.url)
        report = round_with(store, backoff)
        again = round_with(store, backoff)

    assert (report.link, report.again_in_s) == (Link.BUSY, 30.0)
    assert again.link is Link.BUSY
    assert len(server.requests) == len(before) + 1
    assert act(store, review.act_id).state is OutboxState.QUEUED


def test_a_platform_that_greets_and_takes_nothing_is_asked_less_and_less_often(
    store: Store,
) -> None:
    sealed(store)
    hands = Hands()
    backoff, waits = Backoff(hands.clock()), []

    with OddServer([GREETING, busy(), GREETING, busy(), GREETING, busy()]) as server:
        at_url(store, server.url)
        for _ in range(3):
            waits.append(round_with(store, backoff).again_in_s)
            hands.seconds += waits[-1] or 0.0

    assert waits == [2.0, 4.0, 8.0]


def test_what_an_interrupted_round_was_sending_goes_again(store: Store) -> None:
    review = sealed(store)
    with store.sessions.begin() as session:
        outbox.begin_sending(session)
    answers = (yes(receipt(review)), snapshot(view()))
    said = [Say(json("200 OK", each.untrusted_body), "keep") for each in answers]

    with OddServer([GREETING, *said]) as server:
        at_url(store, server.url)
        report = round_with(store, fetches=False)

    assert report.received == (review.act_id,)
    assert act(store, review.act_id).tries == 2


def test_a_greeting_tells_how_far_the_clocks_are_apart(store: Store) -> None:
    with OddServer([GREETING, busy()]) as server:
        at_url(store, server.url)
        round_with(store, hands=Hands(seconds=-90.0))

    with store.sessions.begin() as session:
        bound = account.get_account(session)
    assert bound is not None
    assert bound.clock_offset_ms == 90_000


def test_without_a_token_there_is_no_round(store: Store) -> None:
    with store.sessions.begin() as session:
        account.put_token(session, None)

    assert round_with(store).link is Link.SIGNED_OUT
