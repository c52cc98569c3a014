from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assessor_app.ui.application.connection import (
    Connection,
    contact_words,
    fetching_of,
    notice_of,
    status_of,
)
from assessor_app.ui.parts.tone import Tone
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.syncing import Link, OfflineReason, RoundProgress, RoundReport, Stage

NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
NONE = Places(laptop=0, outbox=0, received=0)
FETCHING = RoundProgress(
    stage=Stage.FETCHING, done_bytes=41_000_000, total_bytes=96_000_000, rate_bytes_s=262_500.0
)


def offline(reason: OfflineReason, at: datetime = NOW) -> RoundReport:
    return RoundReport(link=Link.OFFLINE, offline=reason, began_at=at, ended_at=at)


def ended(link: Link, at: datetime = NOW) -> RoundReport:
    return RoundReport(link=link, began_at=at, ended_at=at)


def test_the_status_bar_always_answers_three_questions() -> None:
    status = status_of(Connection(), NONE)

    assert status.connection.text == "Not connected yet"
    assert status.laptop.text == "Nothing of yours is only on this laptop"
    assert status.fetching.text == "Nothing is being fetched"
    assert status.share is None


def test_offline_counts_from_the_first_failure() -> None:
    first = Connection().after(offline(OfflineReason.NO_NETWORK, NOW))
    second = first.after(offline(OfflineReason.NO_NETWORK, LATER))

    assert second.since == NOW
    assert status_of(second, NONE).connection.text.startswith("Offline since")


def test_an_answer_ends_being_offline() -> None:
    was = Connection().after(offline(OfflineReason.NO_NETWORK))

    now = was.after(ended(Link.ONLINE, LATER))

    assert (now.since, now.last_contact) == (None, LATER)
    assert status_of(now, NONE).connection.text == "Connected"
    assert notice_of(now).title == ""
    assert contact_words(now).startswith("Last contact")


def test_a_captive_portal_is_told_from_no_network() -> None:
    held = Connection().after(offline(OfflineReason.NOT_THE_PLATFORM))
    segment = status_of(held, NONE).connection

    assert segment.text == "Offline: this network wants you to sign in"
    assert segment.tone is Tone.WARN
    assert "Nothing was sent" in notice_of(held).text


@pytest.mark.parametrize("link", [link for link in Link if link not in (Link.ONLINE, Link.STOPPED)])
def test_every_way_not_to_be_connected_says_what_is_safe(link: Link) -> None:
    reason = OfflineReason.NO_NETWORK if link is Link.OFFLINE else None
    report = replace(ended(link), offline=reason)

    notice = notice_of(Connection().after(report))

    assert notice.title
    assert "safe" in notice.text or "nothing was sent" in notice.text


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (Places(laptop=1, outbox=0, received=4), "1 draft only on this laptop"),
        (Places(laptop=0, outbox=3, received=4), "3 sealed reviews only on this laptop"),
        (
            Places(laptop=2, outbox=1, received=4),
            "2 drafts and 1 sealed review only on this laptop",
        ),
    ],
)
def test_what_is_only_here_is_counted(places: Places, words: str) -> None:
    assert status_of(Connection(), places).laptop.text == words


def test_fetching_says_how_much_how_fast_and_how_long() -> None:
    connection = replace(Connection(), progress=FETCHING)
    status = status_of(connection, NONE)

    assert status.fetching.text == "Fetching 41 of 96 MB · 2.1 Mbit/s · about 3 min left"
    assert status.share == pytest.approx(41 / 96)
    assert fetching_of(connection, 5).amount == "41 of 96 MB"
    assert fetching_of(connection, 5).ready == "5 packets can be reviewed without a network."


def test_a_pause_is_said() -> None:
    paused = replace(Connection(), is_paused=True)

    assert status_of(paused, NONE).fetching.text == "Fetching is paused"
    assert fetching_of(paused, 0).is_paused


def test_too_little_room_says_what_is_left_out_and_what_helps() -> None:
    full = Connection().after(replace(ended(Link.ONLINE), no_room_bytes=212_000_000))

    segment = status_of(full, NONE).fetching
    words = fetching_of(full, 1).words

    assert (segment.text, segment.tone) == ("No room for 212 MB of packets", Tone.WARN)
    assert words.startswith("212 MB are not fetched")
    assert "allow more room in the settings" in words
    again = full.after(ended(Link.ONLINE))
    assert fetching_of(again, 1).words == "Nothing is being fetched."
