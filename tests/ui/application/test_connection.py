from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assessor_app.ui.application.connection import Connection, contact_words, status_of
from assessor_app.ui.application.fetching_words import fetching_of
from assessor_app.ui.application.network_watch import NetworkWatch
from assessor_app.ui.application.notices import notice_of
from assessor_app.ui.outbox.sights import NetworkSight, as_text, sights
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import clock_time, hour_minute, moment
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.sights import PlatformSight
from assessor_app.usecases.space import Space
from assessor_app.usecases.syncing import (
    Link,
    OfflineReason,
    RoundProgress,
    RoundReport,
    Seen,
    Stage,
)

NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
NONE = Places(laptop=0, outbox=0, received=0)
SPACE = Space(lent_bytes=1_100_000_000, over_bytes=300_000_000, quota_bytes=4_000_000_000)
PLATFORM = PlatformSight("reviews.example.org", "3f9a 41c7 0b6e d258")
THERE = NetworkSight(has_address=True, since=NOW)
FETCHING = RoundProgress(
    stage=Stage.FETCHING, done_bytes=41_000_000, total_bytes=96_000_000, rate_bytes_s=262_500.0
)


def offline(reason: OfflineReason, at: datetime = NOW) -> RoundReport:
    return RoundReport(link=Link.OFFLINE, offline=reason, began_at=at, ended_at=at)


def ended(link: Link, at: datetime = NOW) -> RoundReport:
    return RoundReport(link=link, began_at=at, ended_at=at)


def test_the_status_bar_always_answers_three_questions() -> None:
    status = status_of(Connection(), NONE, NOW)

    assert status.connection.text == "Not connected yet"
    assert status.laptop.text == "Nothing of yours is only on this laptop"
    assert status.fetching.text == "Nothing is being fetched"
    assert status.share is None


def test_offline_counts_from_the_first_failure() -> None:
    first = Connection().after(offline(OfflineReason.NO_NETWORK, NOW))
    second = first.after(offline(OfflineReason.NO_NETWORK, LATER))

    assert second.since == NOW
    assert status_of(second, NONE, LATER).connection.text.startswith("Offline since")


def test_an_answer_ends_being_offline() -> None:
    was = Connection().after(offline(OfflineReason.NO_NETWORK))

    now = was.after(ended(Link.ONLINE, LATER))

    assert (now.since, now.last_contact) == (None, LATER)
    assert status_of(now, NONE, LATER).connection.text == "Connected"
    assert notice_of(now, LATER).title == ""
    assert contact_words(now, LATER).startswith("Last contact")


def test_a_captive_portal_is_told_from_no_network() -> None:
    held = Connection().after(offline(OfflineReason.NOT_THE_PLATFORM))
    segment = status_of(held, NONE, NOW).connection

    assert segment.text == "Offline: this network wants you to sign in"
    assert segment.tone is Tone.WARN
    notice = notice_of(held, NOW)
    assert notice.opens_browser
    assert "nothing is marked as received" in notice.text


@pytest.mark.parametrize(
    ("link", "words"), [(Link.SIGNED_OUT, "Signed out"), (Link.BUSY, "Asked to wait")]
)
def test_large_text_does_not_call_every_trouble_offline(link: Link, words: str) -> None:
    assert status_of(Connection().after(ended(link)), NONE, NOW).connection.short == words


@pytest.mark.parametrize(("link", "signs_in"), [(Link.SIGNED_OUT, True), (Link.OTHER_KEY, False)])
def test_a_sign_in_is_offered_to_whom_it_helps_and_not_beside_another_key(
    link: Link,
    signs_in: bool,  # noqa: FBT001 (a case)
) -> None:
    assert notice_of(Connection().after(ended(link)), NOW).signs_in == signs_in


@pytest.mark.parametrize("link", [link for link in Link if link not in (Link.ONLINE, Link.STOPPED)])
def test_every_way_not_to_be_connected_says_what_is_safe(link: Link) -> None:
    reason = OfflineReason.NO_NETWORK if link is Link.OFFLINE else None
    report = replace(ended(link), offline=reason)

    notice = notice_of(Connection().after(report), NOW)

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
    assert status_of(Connection(), places, NOW).laptop.text == words


def test_fetching_says_how_much_how_fast_and_how_long() -> None:
    connection = replace(Connection(), progress=FETCHING)
    status = status_of(connection, NONE, NOW)

    assert status.fetching.text == "Fetching 41 of 96 MB · 2.1 Mbit/s · about 3 min left"
    assert status.share == pytest.approx(41 / 96)
    state = fetching_of(connection, 5, SPACE)
    assert state.words == "2.1 Mbit/s · 55 MB to go · about 3 min left"
    assert state.words[: state.strong] == "2.1 Mbit/s"
    assert state.foot == "1.4 of 4 GB used on this laptop"


def test_a_pause_is_said() -> None:
    paused = replace(Connection(), is_paused=True)

    assert status_of(paused, NONE, NOW).fetching.text == "Fetching is paused"
    assert fetching_of(paused, 0, None).is_paused


def test_too_little_room_says_what_is_left_out_and_what_helps() -> None:
    full = Connection().after(replace(ended(Link.ONLINE), no_room_bytes=212_000_000))

    segment = status_of(full, NONE, NOW).fetching
    words = fetching_of(full, 1, None).words

    assert (segment.text, segment.tone) == ("No room for 212 MB of packets", Tone.WARN)
    assert words.startswith("212 MB are not fetched")
    assert "allow more room in the settings" in words
    again = full.after(ended(Link.ONLINE))
    assert fetching_of(again, 1, None).words == "Nothing is being fetched."


def seen(*each: Seen, reason: OfflineReason = OfflineReason.NOT_THE_PLATFORM) -> Connection:
    """Return what is known after a round for each thing seen, half a minute apart."""
    connection = Connection()
    for number, one in enumerate(each):
        at = NOW + timedelta(seconds=30 * number)
        connection = connection.after(replace(offline(reason, at), seen=one))
    return connection


def lines_of(connection: Connection, network: NetworkSight = THERE) -> dict[str, str]:
    way = connection.way(PLATFORM, LATER, network)
    assert way is not None
    return {line.title: line.text for line in sights(way)}


def test_a_portal_is_told_by_its_answers_with_their_times_and_the_pinned_key() -> None:
    lines = lines_of(seen(Seen.SENT_ELSEWHERE, Seen.NO_RECEIPT))

    assert lines == {
        "A network is there": f"with an address, since {hour_minute(NOW)}",
        "reviews.example.org is not reached": "something else answers in its place",
        "The answers are web pages": (
            f"{clock_time(NOW)} sent elsewhere · "
            f"{clock_time(NOW + timedelta(seconds=30))} no receipt"
        ),
        "The receipt key is the pinned one": "3f9a 41c7 0b6e d258",
    }


def test_without_a_network_no_answer_is_made_up() -> None:
    nowhere = NetworkSight(has_address=False, since=NOW)
    lines = lines_of(seen(Seen.NO_NAME, reason=OfflineReason.NO_NETWORK), nowhere)

    assert lines == {
        "No network is there": f"no address, since {hour_minute(NOW)}",
        "reviews.example.org is not reached": "nobody here knows its name",
        "The receipt key is the pinned one": "3f9a 41c7 0b6e d258",
    }


@pytest.mark.parametrize("one", Seen)
def test_everything_that_can_be_seen_has_words(one: Seen) -> None:
    for reason in OfflineReason:
        assert all(text for text in lines_of(seen(one, reason=reason)).values())


@pytest.mark.parametrize("link", [link for link in Link if link not in (Link.ONLINE, Link.STOPPED)])
def test_a_platform_that_answers_is_not_called_out_of_reach(link: Link) -> None:
    lines = lines_of(Connection().after(ended(link)))

    assert ("reviews.example.org answers" in lines) == (link is not Link.OFFLINE)
    assert ("The receipt key is another one" in lines) == (link is Link.OTHER_KEY)


def test_what_was_in_its_place_is_forgotten_once_the_platform_answers() -> None:
    assert seen(Seen.WEB_PAGE).after(ended(Link.ONLINE, LATER)).observed == ()


def test_all_lines_are_copied_with_their_time() -> None:
    way = seen(Seen.WEB_PAGE).way(PLATFORM, LATER, THERE)
    assert way is not None

    text = as_text(sights(way), LATER)

    assert text.splitlines()[0] == moment(LATER)
    assert "The receipt key is the pinned one: 3f9a 41c7 0b6e d258" in text


def test_a_certificate_of_somebody_else_offers_the_browser_and_an_expired_one_does_not() -> None:
    other = seen(Seen.OTHER_NAME, reason=OfflineReason.UNTRUSTED)
    expired = seen(Seen.EXPIRED, reason=OfflineReason.UNTRUSTED)

    assert notice_of(other, LATER).opens_browser
    assert "nothing was sent" in notice_of(other, LATER).text
    assert not notice_of(expired, LATER).opens_browser


def test_a_network_is_there_since_its_address_was_first_seen() -> None:
    answers = iter((True, True, False, True))
    watch = NetworkWatch(lambda: next(answers))

    looks = [watch.look(NOW + timedelta(minutes=minute)) for minute in range(4)]

    assert [look.has_address for look in looks] == [True, True, False, True]
    assert [(look.since - NOW).seconds // 60 for look in looks] == [0, 0, 2, 3]


def test_offline_says_the_day_where_it_is_another_one() -> None:
    connection = Connection().after(ended(Link.ONLINE)).after(offline(OfflineReason.NO_NETWORK))
    tomorrow = NOW + timedelta(days=1)

    segment = status_of(connection, NONE, tomorrow).connection

    assert segment.text == f"Offline since {moment(NOW)}"
    assert contact_words(connection, tomorrow) == f"Last contact {moment(NOW)}"


def test_a_hold_is_said_in_the_status_bar() -> None:
    held = Places(laptop=2, outbox=1, received=0, is_held=True)

    segment = status_of(Connection(), held, NOW).laptop

    assert segment.text == "2 drafts and 1 sealed review only on this laptop · held by you"
    assert status_of(Connection(), replace(NONE, is_held=True), NOW).laptop.short == "Held by you"


def test_fetching_is_held_while_offline() -> None:
    state = fetching_of(Connection().after(offline(OfflineReason.NO_NETWORK)), 5, SPACE)

    assert state.is_held
    assert state.stays
    assert state.foot == "5 packets can be reviewed without a network."


def test_nothing_is_held_where_every_packet_is_here() -> None:
    connection = Connection().after(offline(OfflineReason.NO_NETWORK))

    state = fetching_of(connection, 5, SPACE, is_whole=True)

    assert (state.is_held, state.stays, state.words) == (False, "", "Every packet is here.")
