"""Read what assessors send, as untrusted bytes first: type, size, digest, form, place."""

import base64
import hashlib
import hmac
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
    if not hmac.compare_digest(request.headers.get("content-digest", ""), _digest(content)):
        raise RefusedError(ProblemKind.DAMAGED)
    return bytes(content)


def read_review(content: bytes, path: Mapping[str, str]) -> ReviewBody:
    """Return the sealed review that some bytes spell. Raises RefusedError with pointers."""
    try:
        body = parse(ReviewBody, content)
    except MalformedError as error:
        raise _malformed(error) from None
    _refuse(_misplaced({"review": body.review, "assignment": body.assignment}, path, body.review))
    return body


def read_act(content: bytes, kind: str, path: Mapping[str, str]) -> ActBody:
    """Return the act that some bytes spell. Raises RefusedError with pointers."""
    try:
        body = parse(ActBody, content)
    except MalformedError as error:
        raise _malformed(error) from None
    told = {"kind": str(body.kind), "assignment": body.assignment, "review": body.review or ""}
    wanted = {"kind": kind, **path}
    _refuse(_misplaced(told, wanted, body.act, own="act"))
    return body


def _misplaced(
    told: Mapping[str, str], wanted: Mapping[str, str], uuid: str, *, own: str = "review"
) -> Iterator[InvalidAt]:
    for name, value in told.items():
        if name in wanted and wanted[name] != value:
            yield InvalidAt(pointer=f"/{name}", problem="not what the address says")
    if not keys.is_random_id(uuid):
        yield InvalidAt(pointer=f"/{own}", problem="not a random UUID in lower case")


def _refuse(broken: Iterator[InvalidAt]) -> None:
    if errors := tuple(broken):
        raise RefusedError(ProblemKind.INVALID, errors=errors)


def _malformed(error: MalformedError) -> RefusedError:
    broken = InvalidAt(pointer=error.pointer, problem=error.problem)
    return RefusedError(ProblemKind.INVALID, errors=(broken,))


def _digest(content: bytes | bytearray) -> str:
    told = base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")
    return f"sha-256=:{told}:"
