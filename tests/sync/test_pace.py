from dataclasses import dataclass

import pytest

from assessor_app.domain.packet import CHUNK_BYTES
from assessor_app.sync.pace import (
    FIRST_CONNECTIONS,
    MAX_CONNECTIONS,
    MAX_RANGE_CHUNKS,
    Bucket,
    Pace,
)
from tests.sync.timing import Hands


def carry(pace: Pace, hands: Hands, rates_bytes_s: list[float]) -> None:
    for rate in rates_bytes_s:
        hands.seconds += 2.0
        pace.arrived(int(rate * 2.0))


@dataclass(frozen=True)
class FakeLink:
    """Carries so much over each connection, and no more than so much over all of them."""

    each_bytes_s: float
    all_bytes_s: float

    def carry(self, pace: Pace, hands: Hands, seconds: int) -> None:
        for _ in range(seconds * 10):
            hands.seconds += 0.1
            rate = min(self.each_bytes_s * pace.connections, self.all_bytes_s)
            pace.arrived(int(rate / 10))


@pytest.mark.parametrize(
    ("link", "connections", "range_chunks"),
    [
        (FakeLink(each_bytes_s=40_000.0, all_bytes_s=1e6), MAX_CONNECTIONS, MAX_RANGE_CHUNKS),
        (FakeLink(each_bytes_s=1e6, all_bytes_s=1e6), FIRST_CONNECTIONS + 1, MAX_RANGE_CHUNKS),
        (FakeLink(each_bytes_s=1e6, all_bytes_s=8_000.0), 1, 1),
        (FakeLink(each_bytes_s=2_000.0, all_bytes_s=1e6), 1, 1),
    ],
)
def test_a_link_gets_what_it_rewards(link: FakeLink, connections: int, range_chunks: int) -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    link.carry(pace, hands, seconds=30)

    assert (pace.connections, pace.range_chunks) == (connections, range_chunks)


def test_a_link_that_turns_thin_and_wide_again_is_followed() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)
    wide = FakeLink(each_bytes_s=40_000.0, all_bytes_s=1e6)

    wide.carry(pace, hands, seconds=30)
    FakeLink(each_bytes_s=1e6, all_bytes_s=8_000.0).carry(pace, hands, seconds=10)
    thin = (pace.connections, pace.range_chunks)
    wide.carry(pace, hands, seconds=30)

    assert thin == (1, 1)
    assert (pace.connections, pace.range_chunks) == (MAX_CONNECTIONS, MAX_RANGE_CHUNKS)


def test_a_link_that_rewards_connections_gets_more() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    carry(pace, hands, [1e5 * 1.2**step for step in range(10)])

    assert pace.connections == MAX_CONNECTIONS


def test_a_link_that_is_full_gets_no_more() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    carry(pace, hands, [1e5] * 10)

    assert pace.connections == FIRST_CONNECTIONS + 1


def test_a_thin_link_gets_one_connection_and_short_ranges() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    carry(pace, hands, [8_000.0] * 3)

    assert (pace.connections, pace.range_chunks) == (1, 1)


def test_a_link_that_recovers_gets_long_ranges_again() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    carry(pace, hands, [8_000.0, 1e6, 2e6])

    assert pace.range_chunks == 4
    assert pace.connections > 1


def test_a_cut_tells_nothing_about_the_link() -> None:
    hands = Hands()
    pace = Pace(CHUNK_BYTES, hands.monotonic)

    hands.seconds = 60.0
    pace.look()

    assert pace.connections == FIRST_CONNECTIONS


def test_a_bucket_lets_its_rate_pass_and_a_second_be_saved_up() -> None:
    hands = Hands()
    bucket = Bucket(1000.0, hands.monotonic)

    assert bucket.wait_s(1000) == 0.0
    assert bucket.wait_s(500) == 0.5
    hands.seconds += 0.5
    assert bucket.wait_s(250) == 0.25
    hands.seconds += 60.0
    assert bucket.wait_s(1500) == 0.5
