import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.store import account
from assessor_app.store.opening import Store
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.errors import OfflineReason
from assessor_app.sync.rounds import Link, Means, RoundProgress, RoundReport, Stage, run_round
from tests.sync.bench import laptop, sealed
from tests.sync.timing import MORNING, Hands


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile") as store:
        yield store


def round_with(
    store: Store, backoff: Backoff | None = None, told: list[RoundProgress] | None = None
) -> RoundReport:
    clock = Hands().clock()
    means = Means(
        backoff=backoff or Backoff(clock),
        clock=clock,
        stop=threading.Event(),
        progress=(told if told is not None else []).append,
    )
    return run_round(store, means)


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


def test_without_a_token_there_is_no_round(store: Store) -> None:
    with store.sessions.begin() as session:
        account.put_token(session, None)

    assert round_with(store).link is Link.SIGNED_OUT
