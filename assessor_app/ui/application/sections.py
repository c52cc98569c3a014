"""The sections of the side navigation and how much is in each."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.parts.side_nav import NavSection
from assessor_app.ui.queue.said import title_of
from assessor_app.usecases.queue_rows import QueueGroup

SYNC, SETTINGS = "sync", "settings"
GROUPS = (
    QueueGroup.TO_REVIEW,
    QueueGroup.IN_PROGRESS,
    QueueGroup.SEALED,
    QueueGroup.RECEIVED,
    QueueGroup.ATTENTION,
)
_ICONS = MappingProxyType(
    {
        QueueGroup.TO_REVIEW: "inbox",
        QueueGroup.IN_PROGRESS: "pencil",
        QueueGroup.SEALED: "lock",
        QueueGroup.RECEIVED: "mail-check",
        QueueGroup.ATTENTION: "triangle-alert",
        QueueGroup.PRACTICE: "graduation-cap",
    }
)


def sections_of(counts: Mapping[QueueGroup, int]) -> tuple[NavSection, ...]:
    """Return the sections; practice only for those who have practice packets."""
    practice = counts.get(QueueGroup.PRACTICE, 0)
    mine = (_section(QueueGroup.PRACTICE, practice, group=_tr("Mine")),) if practice else ()
    return (
        *(_section(group, counts.get(group, 0)) for group in GROUPS),
        *mine,
        NavSection(key=SYNC, label=_tr("Sync centre"), icon="refresh-cw", at_foot=True),
        NavSection(key=SETTINGS, label=_tr("Settings"), icon="settings", at_foot=True),
    )


def _section(which: QueueGroup, count: int, *, group: str = "") -> NavSection:
    return NavSection(
        key=which.value,
        label=title_of(which),
        icon=_ICONS[which],
        count=count,
        needs_you=which is QueueGroup.ATTENTION,
        group=group,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("sections", words)
