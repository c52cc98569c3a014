"""The one address a profile talks to."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from typing_extensions import override

from assessor_app.sync.errors import AddressFault, BadAddressError

_USUAL_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """Scheme, host and port of a platform, and nothing else. `str` gives `https://host[:port]`.

    The usual port is left out, so that one platform has one address, and one profile.
    """

    url: str

    @override
    def __str__(self) -> str:
        return self.url


def read_address(typed: str) -> Address:
    """Return the address of a platform as an assessor types it; `https://` may be left out.

    Raises:
        BadAddressError: It is no address, holds more than a host, or would not be encrypted.
            Only this computer itself may be reached without encryption.
    """
    typed = typed.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadAddressError(AddressFault.UNREADABLE) from None
    if not host or parts.scheme not in _USUAL_PORTS or any(c.isspace() for c in typed):
        raise BadAddressError(AddressFault.UNREADABLE)
    if parts.username is not None or parts.query or parts.fragment or parts.path not in ("", "/"):
        raise BadAddressError(AddressFault.MORE_THAN_A_HOST)
    if parts.scheme == "http" and not is_this_computer(host):
        raise BadAddressError(AddressFault.NOT_ENCRYPTED)
    shown = f"[{host}]" if ":" in host else host
    is_usual = port in (None, _USUAL_PORTS[parts.scheme])
    return Address(f"{parts.scheme}://{shown}" + ("" if is_usual else f":{port}"))


def is_this_computer(host: str) -> bool:
    """Return whether a host name is a loopback address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
