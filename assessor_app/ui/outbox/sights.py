"""What this laptop sees of the way to the platform, line by line; each line was observed."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import clock_time, moment, near
from assessor_app.usecases.sights import PlatformSight
from assessor_app.usecases.syncing import Link, OfflineReason, Seen

SHOWN_ANSWERS = 3
_PAGES = (Seen.SENT_ELSEWHERE, Seen.WEB_PAGE, Seen.NETWORK_SIGN_IN)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was in the platform's place at a time."""

    at: datetime
    seen: Seen


@dataclass(frozen=True, slots=True)
class NetworkSight:
    """Whether this laptop has an address in a network, and when that was first seen so."""

    has_address: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to the platform, as the last rounds found it."""

    now: datetime
    platform: PlatformSight
    link: Link
    offline: OfflineReason | None = None
    network: NetworkSight
    observed: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """One line: what, and its particulars."""

    icon: str
    tone: Tone
    title: str
    text: str


def sights(way: Way) -> tuple[Sight, ...]:
    """Return what this laptop sees; nothing while the platform answers."""
    if way.link in (Link.ONLINE, Link.STOPPED):
        return ()
    return (_network(way), _host(way), *_answers(way), _key(way))


def as_text(lines: tuple[Sight, ...], now: datetime) -> str:
    """Return all lines to be copied, with the time they are of."""
    return "\n".join((moment(now), *(f"{line.title}: {line.text}" for line in lines)))


def _network(way: Way) -> Sight:
    since = near(way.network.since, way.now)
    if way.network.has_address:
        text = _tr("with an address, since {0}").format(since)
        return Sight("circle-check", Tone.OK, _tr("A network is there"), text)
    text = _tr("no address, since {0}").format(since)
    return Sight("wifi-off", Tone.WARN, _tr("No network is there"), text)


def _host(way: Way) -> Sight:
    host = way.platform.host or _tr("The platform")
    if way.link is not Link.OFFLINE:
        return Sight("circle-check", Tone.OK, _tr("{0} answers").format(host), _says(way.link))
    last = way.observed[-1].seen if way.observed else Seen.NOTHING
    title = _tr("{0} is not reached").format(host)
    words = _in_its_place(last)
    if way.offline is OfflineReason.NOT_THE_PLATFORM:
        words = _tr("something else answers in its place")
    return Sight("circle-x", Tone.WARN, title, words)


def _answers(way: Way) -> tuple[Sight, ...]:
    found = tuple(one for one in way.observed if one.seen in _ANSWERS)
    if not found:
        return ()
    are_pages = any(one.seen in _PAGES for one in found)
    title = (
        _tr("The answers are web pages") if are_pages else _tr("The answers are not the platform's")
    )
    told = (f"{clock_time(one.at)} {_answer(one.seen)}" for one in found[-SHOWN_ANSWERS:])
    return (Sight("circle-x", Tone.WARN, title, " · ".join(told)),)


def _key(way: Way) -> Sight:
    if way.link is Link.OTHER_KEY:
        title = _tr("The receipt key is another one")
        text = _tr("pinned: {0}").format(way.platform.key)
        return Sight("shield-alert", Tone.WARN, title, text)
    return Sight(
        "shield-check", Tone.OK, _tr("The receipt key is the pinned one"), way.platform.key
    )


def _says(link: Link) -> str:
    words = {
        Link.NO_ANSWER: _tr("but not as it should"),
        Link.BUSY: _tr("it asks to wait"),
        Link.SIGNED_OUT: _tr("it does not take the token"),
        Link.OTHER_KEY: _tr("with another key than when you signed in"),
        Link.NEWER_PLATFORM: _tr("it is newer than this Assessor"),
    }
    return words[link]


def _in_its_place(seen: Seen) -> str:
    words = {
        Seen.NO_NAME: _tr("nobody here knows its name"),
        Seen.REFUSED: _tr("the connection was refused"),
        Seen.SILENCE: _tr("nothing answers at its address"),
        Seen.PROXY: _tr("the proxy of the settings does not answer"),
        Seen.OTHER_NAME: _tr("the certificate belongs to someone else"),
        Seen.EXPIRED: _tr("the certificate has expired, or the clock is wrong"),
        Seen.NOT_YET_VALID: _tr("the certificate is not valid yet, or the clock is wrong"),
        Seen.UNKNOWN_ISSUER: _tr("nobody here knows who signed the certificate"),
    }
    return words.get(seen, _tr("no connection came about"))


_ANSWERS = (*_PAGES, Seen.NO_RECEIPT, Seen.OTHER_WORDS)


def _answer(seen: Seen) -> str:
    words = {
        Seen.SENT_ELSEWHERE: _tr("sent elsewhere"),
        Seen.WEB_PAGE: _tr("a web page"),
        Seen.NETWORK_SIGN_IN: _tr("a sign-in of the network"),
        Seen.NO_RECEIPT: _tr("no receipt"),
        Seen.OTHER_WORDS: _tr("other words"),
    }
    return words[seen]


def _tr(words: str) -> str:
    return QCoreApplication.translate("sights", words)
