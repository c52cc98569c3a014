from dataclasses import replace

from typing_extensions import override

from assessor_app.domain.ids import ActId
from assessor_app.sync.backoff import Backoff, full_jitter_s
from tests.sync.timing import Hands

ACT, OTHER = ActId("one"), ActId("other")


def test_waits_double_from_two_seconds_to_fifteen_minutes() -> None:
    clock = Hands().clock()

    assert [full_jitter_s(tries, clock) for tries in (1, 2, 3, 4)] == [2.0, 4.0, 8.0, 16.0]
    assert full_jitter_s(50, clock) == 900.0


def test_jitter_reaches_down_to_no_wait_at_all() -> None:
    assert full_jitter_s(5, Hands(share=0.0).clock()) == 0.0


def test_a_failed_act_waits_and_others_do_not() -> None:
    hands = Hands()
    backoff = Backoff(hands.clock())

    backoff.failed(ACT)

    assert backoff.waiting() == {ACT}
    assert backoff.next_s() == 2.0
    hands.seconds = 2.0
    assert backoff.waiting() == frozenset()


def test_each_failure_waits_longer_until_an_answer() -> None:
    hands = Hands()
    backoff = Backoff(hands.clock())

    backoff.failed(ACT)
    backoff.failed(ACT)
    assert backoff.next_s() == 4.0
    backoff.answered(ACT)
    backoff.failed(ACT)

    assert backoff.next_s() == 2.0


class Meddler(float):
    """A time at which another thread lets an act go, whenever it is looked at."""

    backoff: Backoff

    @override
    def __lt__(self, other: float) -> bool:
        self.backoff.answered(ACT)
        return super().__lt__(other)


def test_another_thread_may_let_an_act_go_while_it_is_looked_at() -> None:
    now = Meddler(0.0)
    backoff = Backoff(replace(Hands().clock(), monotonic=lambda: now))
    now.backoff = backoff
    backoff.failed(ACT)
    backoff.failed(OTHER)

    assert OTHER in backoff.waiting()
    assert backoff.waiting() == {OTHER}


def test_a_pause_holds_everything_as_long_as_the_platform_says() -> None:
    hands = Hands()
    backoff = Backoff(hands.clock())

    backoff.pause(30.0)

    assert backoff.paused_s() == 30.0
    hands.seconds = 30.0
    assert backoff.paused_s() == 0.0


def test_pauses_without_a_time_grow_and_end_with_an_answer() -> None:
    backoff = Backoff(Hands().clock())

    backoff.pause(None)
    backoff.pause(None)
    assert backoff.paused_s() == 4.0
    backoff.resume()

    assert backoff.paused_s() == 0.0
