"""426, 429 and 507, each from its real cause, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import requests

from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.demands import FULL_WAIT_S, Demands
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.messages import PROTOCOL_HEADER, ProblemKind, ReviewBody
from tests.reference_platform.contract import problems_of
from tests.reference_platform.factory import FIRST, MORNING, act, built, review
from tests.reference_platform.serving import Hand, receipt, refusal, served

LONG = "A sentence that says once more what evidence is missing. " * 6000


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def house(folder: Path, demands: Demands, clock: Clock | None = None) -> Iterator[Hand]:
    """Yield a hand on a platform with one packet lent."""
    platform = Platform(folder, clock=clock or Clock(), draw=lambda: 1.0, demands=demands)
    token = platform.token(FIRST)
    if not platform.status().submissions:
        platform.assign(platform.take_in(built("north")), FIRST)
    with served(platform) as url:
        yield Hand(url, token)
    platform.close()


def long_review(hand: Hand) -> ReviewBody:
    short = review(hand.only())
    return replace(
        short,
        feedback=tuple(replace(item, text=LONG) for item in short.feedback[:1])
        + short.feedback[1:],
    )


def told(answer: requests.Response) -> tuple[int, ProblemKind | None]:
    assert problems_of(answer) == []
    return refusal(answer)


def test_a_review_in_a_protocol_that_is_too_old_is_refused_and_can_be_voided(
    tmp_path: Path,
) -> None:
    with house(tmp_path, Demands(oldest_protocol=2)) as hand:
        sealed = review(hand.only())

        answer = hand.put(sealed, hand.only().view_version, {PROTOCOL_HEADER: "1"})

        assert told(answer) == (426, ProblemKind.TOO_OLD)
        assert answer.headers["Upgrade"] == "assessor/2"
        assert told(hand.put(sealed, hand.only().view_version))[0] == 426
        receipt(hand.act(act(ActKind.VOID, sealed.assignment, of_review=sealed)))
        newer = hand.put(review(hand.only()), hand.only().view_version, {PROTOCOL_HEADER: "2"})
        receipt(newer)


def test_each_token_may_ask_so_much_a_minute(tmp_path: Path) -> None:
    clock = Clock()
    with house(tmp_path, Demands(requests_a_minute=4), clock) as hand:
        assert [hand.get(routes.ME).status_code for _ in range(5)] == [200] * 4 + [429]
        answer = hand.get(routes.ME)
        assert told(answer) == (429, ProblemKind.TOO_MANY)
        assert answer.headers["Retry-After"] == "15"
        assert hand.get(routes.META).ok

        clock.now += timedelta(seconds=15)

        assert hand.get(routes.ME).ok
        assert hand.get(routes.ME).status_code == 429


def test_another_token_is_not_slowed_down(tmp_path: Path) -> None:
    platform = Platform(
        tmp_path, clock=Clock(), draw=lambda: 1.0, demands=Demands(requests_a_minute=1)
    )
    hands = [platform.token(FIRST), platform.token("assessor-2")]
    with served(platform) as url:
        one, two = (Hand(url, token) for token in hands)
        assert one.get(routes.ME).ok
        assert one.get(routes.ME).status_code == 429

        assert two.get(routes.ME).ok
    platform.close()


def test_a_full_database_takes_nothing_and_everything_once_there_is_room(tmp_path: Path) -> None:
    with house(tmp_path, Demands()) as hand:
        pass
    full = (tmp_path / "platform.db").stat().st_size
    with house(tmp_path, Demands(database_bytes=full)) as hand:
        sealed, version = long_review(hand), hand.only().view_version

        answer = hand.put(sealed, version)

        assert told(answer) == (507, ProblemKind.FULL)
        assert answer.headers["Retry-After"] == str(FULL_WAIT_S)
        assert hand.only().final_review is None
    with house(tmp_path, Demands(database_bytes=full + 10_000_000)) as hand:
        receipt(hand.put(sealed, version))
