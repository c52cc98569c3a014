"""What is known of the connection, and what the status bar and the screens say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.ids import Sha256
from assessor_app.ui.amounts import about_left, part_of, rate, size
from assessor_app.ui.outbox.lines import Leaving, Outlook
from assessor_app.ui.outbox.sights import NetworkSight, Observation, Way
from assessor_app.ui.parts.status_bar import StatusSegment, StatusState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import clock_time, moment, near
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.sights import PlatformSight
from assessor_app.usecases.syncing import (
    Link,
    OfflineReason,
    RoundProgress,
    RoundReport,
    Stage,
)

REMEMBERED = 6
"""So many things are kept that were in the platform's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What the last rounds taught. `link` None: none has ended yet.

    `observed` is what was in the platform's place since it answered last; `asks` says when the
    back-off of an act ends, and `missing` what the platform did not give as promised.
    """

    link: Link | None = None
    offline: OfflineReason | None = None
    since: datetime | None = None
    last_contact: datetime | None = None
    next_try: datetime | None = None
    progress: RoundProgress | None = None
    is_paused: bool = False
    held_bytes: int = 0
    no_room_bytes: int = 0
    observed: tuple[Observation, ...] = ()
    asks: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    missing: tuple[Sha256, ...] = ()

    @property
    def is_online(self) -> bool:
        """Whether the platform answered the last time."""
        return self.link in (Link.ONLINE, Link.STOPPED)

    @property
    def is_offline(self) -> bool:
        """Whether it is known that nothing can be sent now."""
        return self.link is not None and not self.is_online

    def after(self, report: RoundReport) -> "Connection":
        """Return what is known once a round has ended."""
        ended = replace(
            self,
            link=report.link,
            offline=report.offline,
            progress=None,
            held_bytes=report.held_bytes,
            no_room_bytes=report.no_room_bytes,
            asks={
                act: report.ended_at + timedelta(seconds=wait) for act, wait in report.waits.items()
            },
        )
        if report.link in (Link.ONLINE, Link.STOPPED):
            return replace(
                ended,
                since=None,
                last_contact=report.ended_at,
                observed=(),
                missing=report.missing if report.link is Link.ONLINE else self.missing,
            )
        observed = self.observed
        if report.link is Link.OFFLINE:
            observed = (*observed, Observation(report.ended_at, report.seen))[-REMEMBERED:]
        return replace(ended, since=self.since or report.began_at, observed=observed)

    def waiting(self, now: datetime, seconds: float | None) -> "Connection":
        """Return it with the time of the next try."""
        next_try = None if seconds is None else now + timedelta(seconds=seconds)
        return replace(self, next_try=next_try)

    def outlook(self, now: datetime) -> Outlook:
        """Return what the network does to what waits in the outbox."""
        progress = self.progress
        leaving = None
        if progress is not None and progress.act is not None:
            leaving = Leaving(progress.act, progress.sent_bytes, progress.body_bytes)
        return Outlook(
            now=now,
            is_offline=self.is_offline,
            leaving=leaving,
            asks=self.asks,
            next_round=self.next_try,
        )

    def way(self, platform: PlatformSight, now: datetime, network: NetworkSight) -> Way | None:
        """Return what was found on the way to the platform; None before any round ended."""
        if self.link is None:
            return None
        return Way(
            now=now,
            platform=platform,
            link=self.link,
            offline=self.offline,
            network=network,
            observed=self.observed,
        )


def status_of(connection: Connection, places: Places, now: datetime) -> StatusState:
    """Return the three answers of the status bar."""
    return StatusState(
        connection=_link_segment(connection, now),
        laptop=_laptop_segment(places),
        fetching=fetching_segment(connection),
        share=_share(connection.progress),
        is_paused=connection.is_paused,
    )


def contact_words(connection: Connection, now: datetime) -> str:
    """Return when the platform answered last."""
    at = connection.last_contact
    if at is None:
        return ""
    is_today = at.astimezone().date() == now.astimezone().date()
    return _tr("Last contact {0}").format(clock_time(at) if is_today else moment(at))


def held_words(connection: Connection) -> str:
    """Return what holds the reviews in the outbox; empty while nothing does."""
    if not connection.is_offline:
        return ""
    if connection.offline is OfflineReason.NOT_THE_PLATFORM:
        return _tr("sealed, held until the network is open")
    return _tr("sealed, held until you are connected")


def lacks_room(connection: Connection) -> bool:
    """Return whether packets wait because they may take no more room."""
    is_idle = connection.progress is None and not connection.is_paused
    return is_idle and bool(connection.no_room_bytes)


def fetching_segment(connection: Connection) -> StatusSegment:
    """Return what the status bar says of fetching."""
    progress = connection.progress
    if connection.is_paused:
        return StatusSegment(icon="download", text=_tr("Fetching is paused"), short=_tr("Paused"))
    if lacks_room(connection):
        text = _tr("No room for {0} of packets").format(size(connection.no_room_bytes))
        return StatusSegment(icon="hard-drive", text=text, short=_tr("No room"), tone=Tone.WARN)
    if progress is None:
        text = _tr("Nothing is being fetched")
        if connection.is_offline:
            text = _tr("Nothing can be fetched while offline")
        return StatusSegment(icon="download", text=text, short=_tr("Nothing fetched"))
    if progress.stage is not Stage.FETCHING or not progress.total_bytes:
        words = {
            Stage.GREETING: _tr("Asking the platform"),
            Stage.SENDING: _tr("Sending your reviews"),
            Stage.PULLING: _tr("Looking for packets"),
            Stage.FETCHING: _tr("Beginning to fetch"),
        }[progress.stage]
        return StatusSegment(icon="refresh-cw", text=words, short=_tr("Syncing"))
    amount = part_of(progress.done_bytes, progress.total_bytes)
    speed = _speed(progress)
    text = _tr("Fetching {0}").format(amount)
    return StatusSegment(icon="download", text=f"{text} · {speed}" if speed else text, short=amount)


def _link_segment(connection: Connection, now: datetime) -> StatusSegment:
    if connection.link is None:
        text = _tr("Connecting") if connection.progress else _tr("Not connected yet")
        return StatusSegment(icon="wifi", text=text, short=text)
    if connection.is_online:
        return StatusSegment(icon="wifi", text=_tr("Connected"), short=_tr("Connected"))
    since = near(connection.since, now) if connection.since else ""
    if connection.link is Link.OFFLINE and connection.offline is OfflineReason.NO_NETWORK:
        return StatusSegment(
            icon="wifi-off", text=_tr("Offline since {0}").format(since), short=_tr("Offline")
        )
    icons = {
        OfflineReason.NOT_THE_PLATFORM: "globe-lock",
        OfflineReason.UNTRUSTED: "shield-alert",
    }
    icon = icons.get(connection.offline, "triangle-alert") if connection.offline else ""
    return StatusSegment(
        icon=icon or "triangle-alert",
        text=_why(connection),
        short=_why_briefly(connection.link),
        tone=Tone.WARN,
    )


def _why(connection: Connection) -> str:
    if connection.offline is OfflineReason.NOT_THE_PLATFORM:
        return _tr("Offline: this network wants you to sign in")
    if connection.offline is OfflineReason.UNTRUSTED:
        return _tr("Offline: the certificate is not trusted")
    words = {
        Link.BUSY: _tr("The platform asks to wait"),
        Link.SIGNED_OUT: _tr("Signed out"),
        Link.OTHER_KEY: _tr("The platform has another key"),
        Link.NEWER_PLATFORM: _tr("The platform is newer than this Assessor"),
    }
    return words.get(connection.link or Link.NO_ANSWER, _tr("The platform did not answer"))


def _why_briefly(link: Link) -> str:
    words = {
        Link.NO_ANSWER: _tr("No answer"),
        Link.BUSY: _tr("Asked to wait"),
        Link.SIGNED_OUT: _tr("Signed out"),
        Link.OTHER_KEY: _tr("Another key"),
        Link.NEWER_PLATFORM: _tr("Newer platform"),
    }
    return words.get(link, _tr("Offline"))


def _laptop_segment(places: Places) -> StatusSegment:
    total = places.laptop + places.outbox
    if not total and places.is_held:
        words = _tr("Nothing only here · what you seal is held")
        return StatusSegment(icon="hand", text=words, short=_tr("Held by you"))
    if not total:
        return StatusSegment(
            icon="laptop",
            text=_tr("Nothing of yours is only on this laptop"),
            short=_tr("Nothing only here"),
        )
    drafts = _tr("1 draft") if places.laptop == 1 else _tr("{0} drafts").format(places.laptop)
    sealed = (
        _tr("1 sealed review")
        if places.outbox == 1
        else _tr("{0} sealed reviews").format(places.outbox)
    )
    if not places.outbox:
        what = drafts
    elif not places.laptop:
        what = sealed
    else:
        what = _tr("{0} and {1}").format(drafts, sealed)
    text, short = _tr("{0} only on this laptop").format(what), _tr("{0} only here").format(total)
    if places.is_held:
        held = _tr("held by you")
        return StatusSegment(icon="hand", text=f"{text} · {held}", short=f"{short} · {held}")
    return StatusSegment(icon="laptop", text=text, short=short)


def _speed(progress: RoundProgress) -> str:
    if progress.rate_bytes_s <= 0:
        return ""
    left = (progress.total_bytes - progress.done_bytes) / progress.rate_bytes_s
    return f"{rate(progress.rate_bytes_s)} · {about_left(left)}"


def _share(progress: RoundProgress | None) -> float | None:
    if progress is None or progress.stage is not Stage.FETCHING or not progress.total_bytes:
        return None
    return min(progress.done_bytes / progress.total_bytes, 1.0)


def _tr(words: str) -> str:
    return QCoreApplication.translate("connection", words)
