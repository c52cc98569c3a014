"""What the sync centre says of fetching."""

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.amounts import about_left, part_of, rate, size
from assessor_app.ui.application.connection import Connection, fetching_segment, lacks_room
from assessor_app.ui.outbox.fetching import FetchingState
from assessor_app.usecases.space import Space
from assessor_app.usecases.syncing import RoundProgress, Stage


def fetching_of(
    connection: Connection, ready: int, space: Space | None, *, is_whole: bool = False
) -> FetchingState:
    """Return how far fetching is, what holds it, and what is here; `is_whole`: nothing lacks."""
    progress = connection.progress
    is_offline = connection.is_offline
    words, strong = fetching_segment(connection).text + ".", 0
    is_going = progress is not None and _is_fetching(progress)
    if progress is not None and is_going:
        words, strong = _going(progress)
    elif lacks_room(connection):
        words = _tr(
            "{0} are not fetched: packets may take no more room on this laptop. What is here stays "
            "and can be reviewed. Seal reviews, or allow more room in the settings."
        ).format(size(connection.no_room_bytes))
    elif is_offline:
        words = _tr("Every packet is here.") if is_whole else ""
    return FetchingState(
        words=words,
        strong=strong,
        is_going=is_going,
        is_paused=connection.is_paused,
        is_offline=is_offline and not is_going,
        is_held=is_offline and not is_going and not is_whole,
        stays=_tr("What is here stays; fetching goes on from there.") if not words else "",
        held=_held_words(connection),
        foot=_ready_words(ready) if is_offline or space is None else _space_words(space),
    )


def _is_fetching(progress: RoundProgress) -> bool:
    return progress.stage is Stage.FETCHING and bool(progress.total_bytes)


def _going(progress: RoundProgress) -> tuple[str, int]:
    """Return the rate, what is to go and how long it takes; and how much of that stands out."""
    left = max(progress.total_bytes - progress.done_bytes, 0)
    to_go = _tr("{0} to go").format(size(left))
    if progress.rate_bytes_s <= 0:
        return _tr("Beginning…") + f" · {to_go}", 0
    speed = rate(progress.rate_bytes_s)
    return f"{speed} · {to_go} · {about_left(left / progress.rate_bytes_s)}", len(speed)


def _held_words(connection: Connection) -> str:
    if not connection.held_bytes or connection.progress is not None:
        return ""
    return _tr("{0} wait: this network is metered.").format(size(connection.held_bytes))


def _space_words(space: Space) -> str:
    used, most = size(space.used_bytes), size(space.quota_bytes)
    if not space.used_bytes:
        return _tr("No packet takes room on this laptop yet")
    if not space.quota_bytes:
        return _tr("{0} used on this laptop").format(used)
    if used.split()[-1] == most.split()[-1]:
        used_of = part_of(space.used_bytes, space.quota_bytes)
        return _tr("{0} used on this laptop").format(used_of)
    return _tr("{0} of {1} used on this laptop").format(used, most)


def _ready_words(ready: int) -> str:
    if ready == 0:
        return _tr("No packet can be reviewed without a network yet.")
    if ready == 1:
        return _tr("1 packet can be reviewed without a network.")
    return _tr("{0} packets can be reviewed without a network.").format(ready)


def _tr(words: str) -> str:
    return QCoreApplication.translate("connection", words)
