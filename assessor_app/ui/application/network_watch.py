"""Whether this computer has an address in some network, and since when that is known."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtNetwork import QHostAddress, QNetworkInterface

from assessor_app.ui.outbox.sights import NetworkSight

_Flag = QNetworkInterface.InterfaceFlag


def has_address() -> bool:
    """Return whether an interface that is up has an address others could answer to."""
    return any(_is_connected(one) for one in QNetworkInterface.allInterfaces())


class NetworkWatch:
    """Remembers when an address was first seen, or missed; it looks only when it is asked."""

    def __init__(self, has_address: Callable[[], bool] = has_address) -> None:
        self._has_address = has_address
        self._seen: NetworkSight | None = None

    def look(self, now: datetime) -> NetworkSight:
        """Return whether there is an address now, and since when that has been so."""
        has_address = self._has_address()
        if self._seen is None or self._seen.has_address != has_address:
            self._seen = NetworkSight(has_address, now)
        return self._seen


def _is_connected(interface: QNetworkInterface) -> bool:
    flags = interface.flags()
    if flags & _Flag.IsLoopBack or not (flags & _Flag.IsUp and flags & _Flag.IsRunning):
        return False
    return any(_is_routable(entry.ip()) for entry in interface.addressEntries())


def _is_routable(address: QHostAddress) -> bool:
    return not (address.isNull() or address.isLoopback() or address.isLinkLocal())
