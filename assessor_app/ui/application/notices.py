"""What stands between this laptop and the platform, in sentences."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from assessor_app.ui.application.connection import Connection
from assessor_app.ui.outbox.notice import Notice
from assessor_app.ui.when import near
from assessor_app.ui.words import offline_sentence
from assessor_app.usecases.syncing import Link, OfflineReason, Seen

_PORTALS = (Seen.OTHER_NAME, Seen.UNKNOWN_ISSUER)
"""Certificates that networks show which want a sign-in of their own."""


def notice_of(connection: Connection, now: datetime) -> Notice:
    """Return what stands between this laptop and the platform; nothing while it is online."""
    if not connection.is_offline or connection.link is None:
        return Notice()
    if connection.link is Link.OFFLINE and connection.offline is not None:
        return _offline(connection, connection.offline, now)
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
            "Sign in again, and it is sent."
        ),
        Link.OTHER_KEY: _tr(
            "It is another one than when you signed in, so nothing was sent. "
            "Ask whoever runs the platform, then sign in again in the settings."
        ),
        Link.NEWER_PLATFORM: _tr(
            "Your work is safe on this laptop. Install the newer version, and it is sent."
        ),
    }
    return Notice(
        title=titles[connection.link],
        text=texts[connection.link],
        signs_in=connection.link is Link.SIGNED_OUT,
    )


def _offline(connection: Connection, reason: OfflineReason, now: datetime) -> Notice:
    again = ""
    if connection.next_try is not None:
        again = _tr("Next try by itself at {0}.").format(near(connection.next_try, now))
    icon = _ICONS[reason]
    if reason is OfflineReason.NOT_THE_PLATFORM:
        text = _tr(
            "Something between this laptop and the platform answers in its place, as on trains and "
            "in hotels. Its answers carry no receipt, so they are not believed: nothing is marked "
            "as received."
        )
        come_back = _tr("Sign in to the network there, then come back.")
        return Notice(
            title=_tr("This network wants you to sign in first"),
            text=text,
            icon=icon,
            opens_browser=True,
            beside=f"{come_back} {again}".strip(),
        )
    title = _tr("You are offline")
    may_be_portal = False
    text = offline_sentence(reason)
    if reason is OfflineReason.UNTRUSTED:
        title = _tr("The platform cannot be trusted now")
        may_be_portal = bool(connection.observed) and connection.observed[-1].seen in _PORTALS
    if may_be_portal:
        text = _tr(
            "The certificate is not that of the platform, so nothing was sent. Networks on trains "
            "and in hotels do so until you sign in to them; else ask whoever runs the platform."
        )
        return Notice(title=title, text=text, icon=icon, opens_browser=True, beside=again)
    return Notice(title=title, text=f"{text} {again}".strip(), icon=icon)


_ICONS = {
    OfflineReason.NO_NETWORK: "wifi-off",
    OfflineReason.NOT_THE_PLATFORM: "globe-lock",
    OfflineReason.UNTRUSTED: "shield-alert",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("connection", words)
