"""The platform over HTTP: reads requests, asks the service, writes answers. No rule lives here."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from sqlalchemy.exc import OperationalError

from assessor_app.domain.ids import AssignmentId, BlobId, PacketId, ReviewId, RubricId
from assessor_app.reference_platform import answers
from assessor_app.reference_platform.bodies import read_act, read_body, read_review
from assessor_app.reference_platform.demands import FULL_WAIT_S
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.packets import PacketVersion, compressed
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.receiving import Envelope, Received
from assessor_app.reference_platform.request_log import Request as LoggedRequest
from assessor_app.reference_platform.service import LIMITS, Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import EPOCH_HEADER, PROTOCOL_HEADER, ProblemKind

if TYPE_CHECKING:
    from fastapi.telemetry import TelemetryConfig  # an older FastAPI has none, and no traces

_VIEW = re.compile(r'"([0-9]{1,18})"')
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_BEARER = "bearer "
_UNSEEN: "TelemetryConfig" = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""Traces would carry addresses, paths with ids, and times: nobody's, whatever runs beside."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
"""What ASGI passes on; its values are as varied as HTTP."""


def build(platform: Platform) -> FastAPI:
    """Return the application that serves a platform: the routes of the contract and no other."""
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, telemetry=_UNSEEN
    )
    door = Door(platform)
    for method, route, endpoint in door.routes():
        app.add_api_route(route, endpoint, methods=[method], response_model=None)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(404, _nothing_here)
    app.add_exception_handler(405, _nothing_here)
    app.add_exception_handler(OperationalError, _busy)
    app.add_middleware(Logged, platform=platform)
    return app


class Door:
    """One method per route of the contract."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def routes(self) -> tuple[tuple[str, str, Callable[..., Response | Awaitable[Response]]], ...]:
        """Return method, route template and endpoint of everything that is served."""
        acts = tuple(
            ("POST", routes.ACT.format(assignment="{assignment}", kind=kind), self.act)
            for kind in routes.PLAIN_ACTS
        )
        return (
            ("GET", routes.META, self.meta),
            ("GET", routes.ME, self.me),
            ("GET", routes.FEED, self.feed),
            ("GET", routes.ASSIGNMENTS, self.snapshot),
            ("GET", routes.ASSIGNMENT, self.assignment),
            ("GET", routes.MANIFEST, self.manifest),
            ("GET", routes.MANIFESTS, self.manifests),
            ("GET", routes.RUBRIC, self.rubric),
            ("GET", routes.BLOB, self.blob),
            ("PUT", routes.REVIEW, self.put_review),
            ("GET", routes.REVIEW, self.review),
            ("POST", routes.VOID, self.void),
            *acts,
        )

    def meta(self) -> Response:
        """Anyone may ask: a client pins the receipt key before it signs in."""
        return answers.json(self._platform.meta())

    def me(self, request: Request) -> Response:
        """Whose token this is."""
        return answers.json(self._platform.me(self._signed_in(request)))

    def feed(self, request: Request) -> Response:
        """Changes after a cursor."""
        person = self._signed_in(request)
        return answers.json(self._platform.feed(person, request.query_params.get("cursor")))

    def snapshot(self, request: Request) -> Response:
        """Everything this person may see, compressed for who can read that."""
        plain = dump(self._platform.snapshot(self._signed_in(request)))
        return _shortest(request, plain, compressed(plain))

    def assignment(self, request: Request) -> Response:
        """One assignment, with its view version as validator."""
        person = self._signed_in(request)
        found = self._platform.assignment(person, _assignment(request))
        return answers.json(found, headers={"ETag": f'"{found.view_version}"'})

    def manifest(self, request: Request) -> Response:
        """One manifest."""
        person = self._signed_in(request)
        asked = _packet_version(request.path_params["packet"], request.path_params["version"])
        return answers.json(self._platform.manifest(person, asked))

    def manifests(self, request: Request) -> Response:
        """A batch of manifests, compressed for who can read that."""
        person = self._signed_in(request)
        told = request.query_params.getlist("packet")
        asked = [_packet_version(*pair.partition(":")[::2]) for pair in told]
        if not asked:
            raise RefusedError(ProblemKind.NOT_FOUND)
        return _shortest(request, *self._platform.manifests(person, tuple(asked)))

    def rubric(self, request: Request) -> Response:
        """The exact bytes of a rubric version."""
        self._signed_in(request)
        params = request.path_params
        content = self._platform.rubric(RubricId(params["rubric"]), _number(params["version"]))
        return answers.plain(content)

    def blob(self, request: Request) -> Response:
        """A blob or one range of it."""
        person = self._signed_in(request)
        blob = BlobId(request.path_params["blob"])
        sha256 = self._platform.blob(person, blob)
        size = self._platform.blobs.size_bytes(sha256)
        headers = answers.blob_headers(blob, sha256)
        asked = request.headers.get("range"), request.headers.get("if-range")
        try:
            wanted = answers.wanted_range(*asked, headers["ETag"], size)
        except ValueError:
            return answers.no_such_range(size)
        start, stop = wanted or (0, size)
        if wanted is not None:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        status = 200 if wanted is None else 206
        read = partial(self._platform.blobs.read, sha256)
        if stop - start <= answers.PIECE_BYTES:
            return Response(read(start, stop), status, headers, answers.BYTES)
        headers["Content-Length"] = str(stop - start)
        pieces = answers.pieces(read, start, stop)
        return StreamingResponse(pieces, status, headers, answers.BYTES)

    async def put_review(self, request: Request) -> Response:
        """Keep a sealed review, once."""
        person = await run_in_threadpool(self._signed_in, request)
        self._platform.demands.check_protocol(_protocol(request))
        content = await read_body(request, LIMITS.review_bytes)
        body = read_review(content, request.path_params)
        received = await run_in_threadpool(
            self._platform.receive_review, person, content, body, _envelope(request)
        )
        return _receipt(received)

    def review(self, request: Request) -> Response:
        """The receipt of a review."""
        person = self._signed_in(request)
        review = ReviewId(request.path_params["review"])
        return answers.json(
            self._platform.review_receipt(person, _assignment(request), review, _envelope(request))
        )

    async def void(self, request: Request) -> Response:
        """End a review for good, whether or not it ever arrived."""
        return await self.act(request)

    async def act(self, request: Request) -> Response:
        """Keep any other act, and do what it says."""
        person = await run_in_threadpool(self._signed_in, request)
        content = await read_body(request, LIMITS.act_bytes)
        kind = request.url.path.rpartition("/")[2]
        body = read_act(content, kind, request.path_params)
        received = await run_in_threadpool(
            self._platform.receive_act, person, content, body, _envelope(request)
        )
        return _receipt(received)

    def _signed_in(self, request: Request) -> Person:
        told = request.headers.get("authorization", "")
        known = told.lower().startswith(_BEARER)
        token = told[len(_BEARER) :].strip()
        person = self._platform.person_of(token) if known else None
        if person is None:
            raise RefusedError(ProblemKind.UNAUTHORISED)
        self._platform.rates.take(token)
        return person


def _shortest(request: Request, plain: bytes, squeezed: bytes) -> Response:
    """Return what the other end can read."""
    if not answers.reads_gzip(request.headers.get("accept-encoding", "")):
        return answers.plain(plain, headers={"Vary": "Accept-Encoding"})
    headers = {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    return answers.plain(squeezed, headers=headers)


class Logged:
    """Writes down method, route template and status of every request, before its answer leaves."""

    def __init__(self, app: App, *, platform: Platform) -> None:
        self._app = app
        self._platform = platform

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_logged(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._log(scope, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, send_logged)
        except Exception:
            if not begun:  # whoever is outside answers it
                self._log(scope, 500)
            raise

    def _log(self, scope: Message, status: int) -> None:
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._platform.log_request(
            lambda at: LoggedRequest(at=at, method=method, route=route, status=status)
        )


_METHODS = ("GET", "PUT", "POST")


def _receipt(received: Received) -> Response:
    return answers.json(received.receipt, status=201 if received.created else 200)


def _assignment(request: Request) -> AssignmentId:
    return AssignmentId(request.path_params["assignment"])


def _envelope(request: Request) -> Envelope:
    view = _VIEW.fullmatch(request.headers.get("if-match", ""))
    return Envelope(
        epoch=request.headers.get(EPOCH_HEADER), view_version=int(view[1]) if view else None
    )


def _protocol(request: Request) -> int:
    """Return what the client speaks; the first protocol did not say."""
    told = request.headers.get(PROTOCOL_HEADER, "1")
    return int(told) if _NUMBER.fullmatch(told) else 0


def _packet_version(packet: str, version: str) -> PacketVersion:
    return PacketVersion(PacketId(packet), _number(version))


def _number(told: str) -> int:
    if not _NUMBER.fullmatch(told):
        raise RefusedError(ProblemKind.NOT_FOUND)
    return int(told)


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, RefusedError):
        raise error
    return answers.problem(error)


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    return answers.problem(RefusedError(ProblemKind.NOT_FOUND))


async def _busy(_request: Request, error: Exception) -> Response:
    cause = error.orig if isinstance(error, OperationalError) else None
    if getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
        return answers.problem(RefusedError(ProblemKind.FULL, retry_after_s=FULL_WAIT_S))
    return answers.problem(RefusedError(ProblemKind.BUSY, retry_after_s=answers.BUSY_WAIT_S))
