"""How answers look on the wire: JSON, problem documents, ranges."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from fastapi import Response

from assessor_app.domain.ids import BlobId, Sha256
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import PROBLEM_TYPE, Problem, ProblemKind

JSON = "application/json"
PROBLEM = "application/problem+json"
BYTES = "application/octet-stream"
PRIVATE = MappingProxyType({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
BUSY_WAIT_S = 2

PIECE_BYTES = 256 * 1024
"""What is held in memory of a blob at once: the largest range that clients ask for."""

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_NO_GZIP = re.compile(r"gzip\s*;\s*q\s*=\s*0(\.0*)?")
_SAID = MappingProxyType(
    {
        ProblemKind.UNAUTHORISED: (401, "Sign in"),
        ProblemKind.NOT_FOUND: (404, "There is nothing here for you"),
        ProblemKind.CURSOR_EXPIRED: (410, "Take a snapshot"),
        ProblemKind.VOIDED: (409, "This review is void"),
        ProblemKind.ALREADY_DECIDED: (409, "You have sealed another review of this"),
        ProblemKind.CLOSED: (410, "This assignment is closed"),
        ProblemKind.STALE_VIEW: (412, "The assignment has changed"),
        ProblemKind.STALE_PACKET: (412, "The packet has a new version"),
        ProblemKind.STALE_RUBRIC: (412, "The rubric has a new version"),
        ProblemKind.DIFFERENT_BODY: (422, "Another body has this id"),
        ProblemKind.INVALID: (422, "The body breaks a rule"),
        ProblemKind.EPOCH_MISMATCH: (428, "The platform is in another epoch"),
        ProblemKind.TOO_LARGE: (413, "The body is too large"),
        ProblemKind.UNSUPPORTED: (415, "The body has to be JSON"),
        ProblemKind.TOO_OLD: (426, "Reviews have to come from a newer version"),
        ProblemKind.TOO_MANY: (429, "Ask more slowly"),
        ProblemKind.FULL: (507, "There is no room for more"),
        ProblemKind.BUSY: (503, "Come back in a moment"),
        ProblemKind.DAMAGED: (400, "The body arrived damaged"),
    }
)


def json(value: object, *, status: int = 200, headers: Mapping[str, str] = PRIVATE) -> Response:
    """Return a value of the contract."""
    return plain(dump(value), status=status, headers=headers)


def plain(content: bytes, *, status: int = 200, headers: Mapping[str, str] = PRIVATE) -> Response:
    """Return JSON that is bytes already."""
    return Response(content, status, {**PRIVATE, **headers}, media_type=JSON)


def problem(refusal: RefusedError) -> Response:
    """Return a problem document."""
    status, title = _SAID[refusal.kind]
    document = Problem(
        type=f"{PROBLEM_TYPE}{refusal.kind}",
        title=title,
        status=status,
        errors=refusal.errors,
        review=refusal.review,
        receipt=refusal.receipt,
    )
    headers = dict(PRIVATE)
    if refusal.kind is ProblemKind.UNAUTHORISED:
        headers["WWW-Authenticate"] = "Bearer"
    if refusal.upgrade is not None:
        headers["Upgrade"] = f"assessor/{refusal.upgrade}"
    if refusal.retry_after_s is not None:
        headers["Retry-After"] = str(refusal.retry_after_s)
    return Response(dump(document), status, headers, media_type=PROBLEM)


def no_such_range(size: int) -> Response:
    """Return the answer to a range that lies outside."""
    document = Problem(
        type=f"{PROBLEM_TYPE}{ProblemKind.INVALID}", title="No such range", status=416
    )
    headers = {**PRIVATE, "Content-Range": f"bytes */{size}"}
    return Response(dump(document), 416, headers, media_type=PROBLEM)


def wanted_range(
    told: str | None, if_range: str | None, etag: str, size: int
) -> tuple[int, int] | None:
    """Return the one range that is asked for, its end exclusive; None for the whole.

    Raises:
        ValueError: Nothing of it exists.
    """
    if told is None or (if_range is not None and if_range != etag):
        return None
    found = _RANGE.fullmatch(told)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, stop = max(size - int(found[2]), 0), size
    else:
        start, stop = int(found[1]), min(int(found[2]) + 1, size) if found[2] else size
    if start >= stop:
        raise ValueError("an empty range")
    return start, stop


def pieces(read: Callable[[int, int], bytes], start: int, stop: int) -> Iterator[bytes]:
    """Yield a long stretch of a blob piece by piece, each read when the last one has left."""
    for at in range(start, stop, PIECE_BYTES):
        yield read(at, min(at + PIECE_BYTES, stop))


def reads_gzip(accepted: str) -> bool:
    """Return whether whoever sent this `Accept-Encoding` reads gzip."""
    codings = [coding.strip().lower() for coding in accepted.split(",")]
    return any(
        coding.partition(";")[0].strip() == "gzip" and not _NO_GZIP.fullmatch(coding)
        for coding in codings
    )


def blob_headers(blob: BlobId, sha256: Sha256) -> dict[str, str]:
    """Return what every answer about a blob says. The validator is this person's own."""
    digest = base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
    return {
        **PRIVATE,
        "Accept-Ranges": "bytes",
        "ETag": f'"{blob}"',
        "Repr-Digest": f"sha-256=:{digest}:",
    }
