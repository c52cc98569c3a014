"""What is known of the connection, and what the status bar and the screens say of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.amounts import about_left, part_of, rate, size
from assessor_app.ui.outbox.fetching import FetchingState
from assessor_app.ui.outbox.screen import Notice
from assessor_app.ui.parts.status_bar import StatusSegment, StatusState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.when import hour_minute
from assessor_app.ui.words import offline_sentence
from assessor_app.usecases.outbox import Places
from assessor_app.usecases.syncing import Link, OfflineReason, RoundProgress, RoundReport, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """What the last rounds taught. `link` None: none has ended yet."""

    link: Link | None = None
    offline: OfflineReason | None = None
    since: datetime | None = None
    last_contact: datetime | None = None
    next_try: datetime | None = None
    progress: RoundProgress | None = None
    is_paused: bool = False
    held_bytes: int = 0
    no_room_bytes: int = 0

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
        )
        if report.link in (Link.ONLINE, Link.STOPPED):
            return replace(ended, since=None, last_contact=report.ended_at)
        return replace(ended, since=self.since or report.began_at)

    def waiting(self, now: datetime, seconds: float | None) -> "Connection":
        """Return it with the time of the next try."""
        next_try = None if seconds is None else now + timedelta(seconds=seconds)
        return replace(self, next_try=next_try)


def status_of(connection: Connection, places: Places) -> StatusState:
    """Return the three answers of the status bar."""
    return StatusState(
        connection=_link_segment(connection),
        laptop=_laptop_segment(places),
        fetching=_fetching_segment(connection),
        share=_share(connection.progress),
        is_paused=connection.is_paused,
    )


def contact_words(connection: Connection) -> str:
    """Return when the platform answered last."""
    if connection.last_contact is None:
        return ""
    return _tr("Last contact {0}").format(hour_minute(connection.last_contact))


def notice_of(connection: Connection) -> Notice:
    """Return what stands between this laptop and the platform; nothing while it is online."""
    if not connection.is_offline or connection.link is None:
        return Notice()
    if connection.link is Link.OFFLINE and connection.offline is not None:
        text = offline_sentence(connection.offline)
        if connection.next_try is not None:
            again = _tr("Next try by itself at {0}.").format(hour_minute(connection.next_try))
            text = f"{text} {again}"
        is_portal = connection.offline is OfflineReason.NOT_THE_PLATFORM
        return Notice(_offline_title(connection.offline), text, opens_browser=is_portal)
    titles = {
        Link.NO_ANSWER: _tr("The platform did not answer as it should"),
        Link.BUSY: _tr("The platform asks to wait"),
        Link.SIGNED_OUT: _tr("You are signed out"),
        Link.OTHER_KEY: _tr("The platform has another key"),
        Link.NEWER_PLATFORM: _tr("The platform is newer than this Assessor"),
    }
    texts = {
        Link.NO_ANSWER: _tr(
            "Your work is safe on this laptop. What may have arrived is asked for with the next "
            "sync, which comes by itself."
        ),
        Link.BUSY: _tr("Your work is safe on this laptop and is sent again by itself."),
        Link.SIGNED_OUT: _tr(
            "The token is not, or no longer, good. Your work is safe on this laptop. "
            "Sign in again in the settings, and it is sent."
        ),
        Link.OTHER_KEY: _tr(
            "It is another one than when you signed in, so nothing was sent. "
            "Ask whoever runs the platform, then sign in again in the settings."
        ),
        Link.NEWER_PLATFORM: _tr(
            "Your work is safe on this laptop. Install the newer version, and it is sent."
        ),
    }
    return Notice(titles[connection.link], texts[connection.link])


def fetching_of(connection: Connection, ready: int) -> FetchingState:
    """Return what the sync centre says of fetching."""
    progress = connection.progress
    words = _fetching_segment(connection).text + "."
    amount = ""
    if _lacks_room(connection):
        words = _tr(
            "{0} are not fetched: packets may take no more room on this laptop. What is here stays "
            "and can be reviewed. Seal reviews, or allow more room in the settings."
        ).format(size(connection.no_room_bytes))
    if progress is not None and progress.stage is Stage.FETCHING and progress.total_bytes:
        words = _speed(progress) or _tr("Beginning…")
        amount = part_of(progress.done_bytes, progress.total_bytes)
    return FetchingState(
        words=words,
        share=_share(progress),
        amount=amount,
        is_paused=connection.is_paused,
        held=_held_words(connection),
        ready=_ready_words(ready),
    )


def _lacks_room(connection: Connection) -> bool:
    is_idle = connection.progress is None and not connection.is_paused
    return is_idle and bool(connection.no_room_bytes)


def _held_words(connection: Connection) -> str:
    if not connection.held_bytes or connection.progress is not None:
        return ""
    return _tr("{0} wait: this network is metered.").format(size(connection.held_bytes))


def _ready_words(ready: int) -> str:
    if ready == 0:
        return _tr("No packet can be reviewed without a network yet.")
    if ready == 1:
        return _tr("1 packet can be reviewed without a network.")
    return _tr("{0} packets can be reviewed without a network.").format(ready)


def _offline_title(reason: OfflineReason) -> str:
    titles = {
        OfflineReason.NO_NETWORK: _tr("You are offline"),
        OfflineReason.NOT_THE_PLATFORM: _tr("This network wants you to sign in first"),
        OfflineReason.UNTRUSTED: _tr("The platform cannot be trusted now"),
    }
    return titles[reason]


def _link_segment(connection: Connection) -> StatusSegment:
    if connection.link is None:
        text = _tr("Connecting") if connection.progress else _tr("Not connected yet")
        return StatusSegment(icon="wifi", text=text, short=text)
    if connection.is_online:
        return StatusSegment(icon="wifi", text=_tr("Connected"), short=_tr("Connected"))
    since = hour_minute(connection.since) if connection.since else ""
    if connection.link is Link.OFFLINE and connection.offline is OfflineReason.NO_NETWORK:
        return StatusSegment(
            icon="wifi-off", text=_tr("Offline since {0}").format(since), short=_tr("Offline")
        )
    return StatusSegment(
        icon="triangle-alert", text=_why(connection), short=_tr("Offline"), tone=Tone.WARN
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


def _laptop_segment(places: Places) -> StatusSegment:
    total = places.laptop + places.outbox
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
    return StatusSegment(
        icon="laptop",
        text=_tr("{0} only on this laptop").format(what),
        short=_tr("{0} only here").format(total),
    )


def _fetching_segment(connection: Connection) -> StatusSegment:
    progress = connection.progress
    if connection.is_paused:
        return StatusSegment(icon="download", text=_tr("Fetching is paused"), short=_tr("Paused"))
    if _lacks_room(connection):
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
