"""Read what assessors send, as untrusted bytes first: type, size, digest, form, place."""

import base64
import hashlib
from collections.abc import Iterator, Mapping

from fastapi import Request
from starlette.requests import ClientDisconnect

from assessor_app.reference_platform import keys
from assessor_app.reference_platform.answers import JSON
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.wire.codec import parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import ActBody, InvalidAt, ProblemKind, ReviewBody


async def read_body(request: Request, limit: int) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: It is no JSON, is larger than the limit, or arrived damaged.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON or request.headers.get("content-encoding", "identity") != "identity":
        raise RefusedError(ProblemKind.UNSUPPORTED)
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > limit:
        raise RefusedError(ProblemKind.TOO_LARGE)
    content = bytearray()
    try:
        async for piece in request.stream():
            content += piece
            if len(content) > limit:
                raise RefusedError(ProblemKind.TOO_LARGE)
    except ClientDisconnect:  # nobody hears the answer, and nothing was done
        raise RefusedError(ProblemKind.DAMAGED) from None
    if request.headers.get("content-digest") != _digest(content):
        raise RefusedError(ProblemKind.DAMAGED)
    return bytes(content)


def read_review(content: bytes, path: Mapping[str, str]) -> ReviewBody:
    """Return the sealed review that some bytes spell. Raises RefusedError with pointers."""
    try:
        body = parse(ReviewBody, content)
    except MalformedError as error:
        raise _malformed(error) from None
    told = {"review": body.review, "assignment": body.assignment}
    _refuse((*_misplaced(told, path), *_not_random({"review": body.review})))
    return body


def read_act(content: bytes, kind: str, path: Mapping[str, str]) -> ActBody:
    """Return the act that some bytes spell. Raises RefusedError with pointers."""
    try:
        body = parse(ActBody, content)
    except MalformedError as error:
        raise _malformed(error) from None
    told = {"kind": str(body.kind), "assignment": body.assignment, "review": body.review or ""}
    wanted = {"kind": kind, **path}
    ids = {"act": body.act} if body.review is None else {"act": body.act, "review": body.review}
    _refuse((*_misplaced(told, wanted), *_not_random(ids)))
    return body


def _misplaced(told: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[InvalidAt]:
    for name, value in told.items():
        if name in wanted and wanted[name] != value:
            yield InvalidAt(pointer=f"/{name}", problem="not what the address says")


def _not_random(ids: Mapping[str, str]) -> Iterator[InvalidAt]:
    for name, told in ids.items():
        if not keys.is_random_id(told):
            yield InvalidAt(pointer=f"/{name}", problem="not a random UUID in lower case")


def _refuse(broken: tuple[InvalidAt, ...]) -> None:
    if broken:
        raise RefusedError(ProblemKind.INVALID, errors=broken)


def _malformed(error: MalformedError) -> RefusedError:
    broken = InvalidAt(pointer=error.pointer, problem=error.problem)
    return RefusedError(ProblemKind.INVALID, errors=(broken,))


def _digest(content: bytes | bytearray) -> str:
    told = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
    return f"sha-256=:{told}:"
