"""One keep-alive connection to one platform: no redirects, no cookies, no surprises.

What an answer means is told in `answers`; nothing here tries anything twice.
"""

import base64
import hashlib
import io
import logging
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import urlencode

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from typing_extensions import override

from assessor_app.sync.address import Address
from assessor_app.sync.answers import JSON, Answer, judge_status
from assessor_app.sync.errors import (
    OfflineError,
    OfflineReason,
    Seen,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.sync.plug import Plug, pools

USER_AGENT = "assessor-app"
logging.getLogger("urllib3").propagate = False
"""It would log addresses and pieces of answers; what may be logged is decided by us."""

_TOKEN = re.compile("[!-~]+")
"""What a header can carry; anything else was typed wrongly."""

PIECE_BYTES = 16 * 1024
MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""A snapshot names every assignment a person ever had, in some 500 bytes each."""

NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_CERTIFICATES: Mapping[int, Seen] = MappingProxyType(
    {9: Seen.NOT_YET_VALID, 10: Seen.EXPIRED, 62: Seen.OTHER_NAME, 64: Seen.OTHER_NAME}
)
"""By the numbers of X509_V_ERR_…: not yet valid, expired, another host, another IP address."""

_SILENCES: tuple[tuple[type[BaseException], Seen], ...] = (
    (urllib3.exceptions.ProxyError, Seen.PROXY),
    (urllib3.exceptions.NameResolutionError, Seen.NO_NAME),
    (urllib3.exceptions.LocationParseError, Seen.NO_NAME),
    (ConnectionRefusedError, Seen.REFUSED),
    (urllib3.exceptions.ConnectTimeoutError, Seen.SILENCE),
)


def _unheard(_sent_bytes: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds: for a connection, for the next byte, for a whole answer."""

    connect_s: float = 10.0
    stall_s: float = 20.0
    whole_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a connection needs to know. `token` None is for before the sign-in.

    `sent` hears how many bytes of a body the system has taken so far.
    """

    address: Address
    token: str | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)
    sent: Callable[[int], None] = field(default=_unheard, repr=False)


class Connection:
    """Talks to one platform over one keep-alive connection.

    Threads: one thread at a time; any may break it off.
    """

    def __init__(
        self,
        access: Access,
        *,
        patience: Patience = Patience(),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._access = access
        self._patience = patience
        self._monotonic = monotonic
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._plug = Plug()
        self._session.mount("https://", _SystemTrust(self._plug))
        self._session.mount("http://", _OneLine(self._plug))

    def close(self) -> None:
        """Give the connection up; the next request opens a fresh one."""
        self._session.close()

    def break_off(self) -> None:
        """End whatever waits, and let nothing be asked any more."""
        self._plug.pull()

    def wait_no_longer_than(self, patience: Patience) -> None:
        """Be as patient as this from the next request on."""
        self._patience = patience

    def get(
        self,
        path: str,
        *,
        params: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] = NO_HEADERS,
        limit: int = MAX_ANSWER_BYTES,
    ) -> Answer:
        """Ask for something small enough to hold; `limit` counts bytes after decompression.

        Raises:
            OfflineError: No connection, or it is not the platform that answers.
            UncertainError: The answer never came, or not whole.
        """
        query = f"?{urlencode(params)}" if params else ""
        asked = {"Accept-Encoding": "gzip", "Accept": JSON, **headers}
        with self._open("GET", path + query, asked, None) as response:
            return self._whole(response, limit)

    def send(
        self, method: str, path: str, body: bytes, *, headers: Mapping[str, str] = NO_HEADERS
    ) -> Answer:
        """Deliver exactly these bytes, in blocks: on a slow link each has time of its own.

        Raises as `get`.
        """
        told = {
            "Accept-Encoding": "gzip",
            "Accept": JSON,
            "Content-Type": JSON,
            "Content-Digest": content_digest(body),
            **headers,
        }
        with self._open(method, path, told, body) as response:
            return self._whole(response, MAX_ANSWER_BYTES)

    def stream(self, path: str, *, headers: Mapping[str, str], limit: int) -> "Stream":
        """Ask for bytes that are used as they arrive. Close what is returned. Raises as `get`."""
        told = {"Accept-Encoding": "identity", **headers}
        return Stream(self._open("GET", path, told, None), self._pieces, limit)

    def _open(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | None
    ) -> requests.Response:
        proxy = self._access.proxy
        told = {"User-Agent": USER_AGENT, **headers}
        if self._access.token:
            if not _TOKEN.fullmatch(self._access.token):
                raise UnauthorisedError
            told["Authorization"] = f"Bearer {self._access.token}"
        try:
            return self._session.request(
                method,
                f"{self._access.address}{target}",
                data=None if body is None else _Counted(body, self._access.sent),
                headers=told,
                timeout=(self._patience.connect_s, self._patience.stall_s),
                allow_redirects=False,
                stream=True,
                proxies={"https": proxy, "http": proxy} if proxy else None,
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            self.close()
            raise _failure(error) from None
        except UnicodeError:  # a name from the platform that no header can carry
            self.close()
            raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS) from None

    def _whole(self, response: requests.Response, limit: int) -> Answer:
        headers = _lower(response)
        judge_status(response.status_code, headers)
        body = b"".join(self._decoded(response, headers.get("content-encoding", ""), limit))
        return Answer(status=response.status_code, headers=headers, untrusted_body=body)

    def _decoded(self, response: requests.Response, coding: str, limit: int) -> Iterator[bytes]:
        if coding != "gzip":
            yield from self._pieces(response, limit)
            if coding not in ("", "identity"):
                raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS)
            return
        decoder = zlib.decompressobj(wbits=31)
        left = limit
        try:
            for piece in self._pieces(response, limit):
                plain = decoder.decompress(piece, left + 1)
                left -= len(plain)
                if left < 0:
                    raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS)
                yield plain
        except zlib.error:
            raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS) from None
        if not decoder.eof:
            raise UncertainError

    def _pieces(self, response: requests.Response, limit: int) -> Iterator[bytes]:
        """Yield what arrives, undecoded, at most `limit` bytes and within the whole time.

        Headers that broke off look like an answer of unknown length with nothing in it.
        """
        end = self._monotonic() + self._patience.whole_s
        left = limit
        try:
            while piece := response.raw.read1(PIECE_BYTES, decode_content=False):
                left -= len(piece)
                if left < 0:
                    raise OfflineError(OfflineReason.NOT_THE_PLATFORM, Seen.OTHER_WORDS)
                yield piece
                if self._monotonic() > end:
                    raise UncertainError
            if left == limit and not _tells_its_length(_lower(response)):
                raise UncertainError
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self.close()
            raise _failure(error) from None


class Stream:
    """An answer whose body is still arriving. Use it in a `with`."""

    def __init__(
        self,
        response: requests.Response,
        pieces: Callable[[requests.Response, int], Iterator[bytes]],
        limit: int,
    ) -> None:
        self._response = response
        self._pieces = pieces
        self._limit = limit
        self.status = response.status_code
        self.headers = _lower(response)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._response.close()

    def pieces(self) -> Iterator[bytes]:
        """Yield the untrusted body as it arrives.

        Raises:
            UncertainError: It broke off, stalled, or took too long.
            OfflineError: There was more than asked for.
        """
        return self._pieces(self._response, self._limit)

    def whole(self) -> Answer:
        """Return an answer that is not what was asked for. Raises as `pieces`."""
        body = b"".join(self._pieces(self._response, MAX_ANSWER_BYTES))
        return Answer(status=self.status, headers=self.headers, untrusted_body=body)


class _Counted(io.BytesIO):
    """A body that says, block by block, how much of it was taken."""

    def __init__(self, body: bytes, sent: Callable[[int], None]) -> None:
        super().__init__(body)
        self._sent = sent

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        self._sent(self.tell())
        return super().read(size)


class _OneLine(HTTPAdapter):
    """Keeps one connection, and closes it when told: not when nobody remembers it any more."""

    def __init__(self, plug: Plug) -> None:
        self._plug = plug
        super().__init__(pool_connections=1, pool_maxsize=1)

    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools(self._plug)

    @override
    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = pools(self._plug)
        return manager

    @override
    def close(self) -> None:
        for manager in (self.poolmanager, *self.proxy_manager.values()):
            for key in manager.pools.keys():  # noqa: SIM118 (iterating itself is forbidden there)
                if pool := manager.pools.get(key):
                    pool.close()
        super().close()


class _SystemTrust(_OneLine):
    """Trusts what the operating system trusts, and no bundle of its own."""

    def __init__(self, plug: Plug) -> None:
        self._context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__(plug)

    @override
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    @override
    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, ssl_context=self._context, **kwargs)

    @override
    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


def content_digest(body: bytes) -> str:
    """Return the value of `Content-Digest` (RFC 9530) for a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode('ascii')}:"


def _tells_its_length(headers: Mapping[str, str]) -> bool:
    is_chunked = headers.get("transfer-encoding", "").lower() == "chunked"
    return is_chunked or headers.get("content-length", "").isdecimal()


def _lower(response: requests.Response) -> Mapping[str, str]:
    return MappingProxyType({name.lower(): value for name, value in response.headers.items()})


def _failure(error: BaseException) -> OfflineError | UncertainError:
    """Return what a failure of the transport means: was anything sent?"""
    causes = tuple(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return OfflineError(OfflineReason.UNTRUSTED, _certificate(cause))
    never_connected = (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.ProxyError,
        urllib3.exceptions.LocationParseError,
    )
    if any(isinstance(cause, never_connected) for cause in causes):
        return OfflineError(OfflineReason.NO_NETWORK, _silence(causes))
    return UncertainError()


def _certificate(error: ssl.SSLCertVerificationError) -> Seen:
    """Return what is wrong with a certificate, as far as the library of this system tells."""
    return _CERTIFICATES.get(getattr(error, "verify_code", 0), Seen.UNKNOWN_ISSUER)


def _silence(causes: tuple[BaseException, ...]) -> Seen:
    """Return why no connection came about."""
    for kind, seen in _SILENCES:
        if any(isinstance(cause, kind) for cause in causes):
            return seen
    return Seen.NOTHING


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args]
