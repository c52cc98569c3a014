"""The sentences of the queue: its title, its summary, and what stands where no packet is."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.queue.screen import Empty
from assessor_app.ui.when import hour_minute
from assessor_app.usecases.queue_rows import OnLaptop, QueueGroup, QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What the queue has to know of the connection; None where it never came about."""

    offline_since: datetime | None = None
    last_contact: datetime | None = None
    next_try: datetime | None = None
    is_syncing: bool = False


def title_of(group: QueueGroup) -> str:
    """Return the name of a group of packets."""
    names = {
        QueueGroup.TO_REVIEW: _tr("To review"),
        QueueGroup.IN_PROGRESS: _tr("In progress"),
        QueueGroup.SEALED: _tr("Sealed"),
        QueueGroup.RECEIVED: _tr("Received"),
        QueueGroup.ATTENTION: _tr("Needs attention"),
        QueueGroup.PRACTICE: _tr("Practice"),
    }
    return names[group]


def summary_of(group: QueueGroup, rows: tuple[QueueRow, ...]) -> str:
    """Return how many packets there are, how many can be read offline, and what is due next."""
    if not rows:
        return ""
    if group is QueueGroup.RECEIVED:
        return _count(rows, _tr("1 review is received."), _tr("{0} reviews are received."))
    if group is QueueGroup.SEALED:
        return _count(
            rows,
            _tr("1 sealed review waits on this laptop."),
            _tr("{0} sealed reviews wait on this laptop."),
        )
    if group is QueueGroup.ATTENTION:
        return _count(
            rows,
            _tr("1 review needs you. It is kept whole."),
            _tr("{0} reviews need you. All are kept whole."),
        )
    packets = _count(rows, _tr("1 packet."), _tr("{0} packets."))
    return f"{packets} {_ready(rows)} {_next_due(rows)}"


def found_summary(count: int) -> str:
    """Return how much a search found."""
    if count == 0:
        return ""
    if count == 1:
        return _tr("Found in 1 packet.")
    return _tr("Found in {0} packets.").format(count)


def nothing_found(typed: str) -> Empty:
    """Return what to say where a search finds nothing."""
    return Empty(
        icon="search-x",
        title=_tr("Nothing found"),
        text=_tr(
            "No packet on this laptop has “{0}” in its title, prompts, responses, evidence or your "
            "feedback. Packets that are not fetched yet are found by title and submission ID alone."
        ).format(typed),
    )


def empty_of(group: QueueGroup, count_elsewhere: int, contact: Contact) -> Empty:
    """Return what to say where a group has no packet."""
    if group is QueueGroup.TO_REVIEW:
        return _nothing_to_review(count_elsewhere, contact)
    titles = {
        QueueGroup.IN_PROGRESS: _tr("Nothing in progress"),
        QueueGroup.SEALED: _tr("Nothing waits to be sent"),
        QueueGroup.RECEIVED: _tr("Nothing received yet"),
        QueueGroup.ATTENTION: _tr("Nothing needs you"),
        QueueGroup.PRACTICE: _tr("No practice packet"),
    }
    texts = {
        QueueGroup.IN_PROGRESS: _tr("A packet is here from your first mark on it until the seal."),
        QueueGroup.SEALED: _tr(
            "A sealed review is here until the platform has answered with its receipt."
        ),
        QueueGroup.RECEIVED: _tr(
            "A review is here once the platform has answered with its signed receipt."
        ),
        QueueGroup.ATTENTION: _tr(
            "When a review cannot be received as it is, it is kept whole and shown here with the "
            "reason and the next step."
        ),
        QueueGroup.PRACTICE: _tr("Your lead has not lent you a practice packet."),
    }
    icons = {
        QueueGroup.IN_PROGRESS: "pencil",
        QueueGroup.SEALED: "lock",
        QueueGroup.RECEIVED: "mail-check",
        QueueGroup.ATTENTION: "circle-check",
        QueueGroup.PRACTICE: "graduation-cap",
    }
    return Empty(icon=icons[group], title=titles[group], text=texts[group])


def _nothing_to_review(count_elsewhere: int, contact: Contact) -> Empty:
    if contact.is_syncing and contact.last_contact is None:
        return Empty(
            icon="download",
            title=_tr("Your packets are on their way"),
            text=_tr("They appear here as they arrive. You can begin with the first one at once."),
        )
    if contact.offline_since is not None and not count_elsewhere:
        note = _next_try(contact)
        return Empty(
            icon="cloud-off",
            title=_tr("No packet is on this laptop yet"),
            text=_tr(
                "You have been offline since {0}. What is lent to you is safe on the platform. "
                "Connect for a few minutes to fetch it."
            ).format(hour_minute(contact.offline_since)),
            sync_words=_tr("Try to connect"),
            note=note,
        )
    last = contact.last_contact
    return Empty(
        icon="sprout",
        title=_tr("Nothing to review"),
        text=_tr(
            "All your packets are begun, sealed or received. New ones arrive by themselves when "
            "you are connected; nothing is waiting for you now."
        )
        if count_elsewhere
        else _tr(
            "No packet is lent to you now. New ones arrive by themselves when you are connected."
        ),
        sync_words=_tr("Look for new packets"),
        note=_tr("Last looked at {0}").format(hour_minute(last)) if last else "",
    )


def _next_try(contact: Contact) -> str:
    if contact.next_try is None:
        return ""
    return _tr("Next try by itself at {0}").format(hour_minute(contact.next_try))


def _ready(rows: tuple[QueueRow, ...]) -> str:
    ready = sum(row.on_laptop is OnLaptop.READY for row in rows)
    if ready == 0:
        return _tr("None is ready on this laptop yet.")
    if ready == 1:
        return _tr("1 is ready on this laptop.")
    return _tr("{0} are ready on this laptop.").format(ready)


def _next_due(rows: tuple[QueueRow, ...]) -> str:
    late = sum(row.days_left < 0 for row in rows)
    if late:
        return (
            _tr("1 is over its due day.")
            if late == 1
            else _tr("{0} are over their due day.").format(late)
        )
    left = min(row.days_left for row in rows)
    if left == 0:
        return _tr("The next is due today.")
    if left == 1:
        return _tr("The next is due in 1 business day.")
    return _tr("The next is due in {0} business days.").format(left)


def _count(rows: tuple[QueueRow, ...], one: str, several: str) -> str:
    return one if len(rows) == 1 else several.format(len(rows))


def _tr(words: str) -> str:
    return QCoreApplication.translate("queue", words)
