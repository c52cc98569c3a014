"""One range of one blob over one connection, as bytes that nobody has checked yet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assessor_app.domain.ids import BlobId
from assessor_app.domain.packet import Blob
from assessor_app.sync.answers import BYTES, judge, judge_status
from assessor_app.sync.errors import CancelledError, OfflineError, OfflineReason, UncertainError
from assessor_app.sync.http import Connection, Stream
from assessor_app.wire import routes

_CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
WHOLE_CONTENT = 200
PARTIAL_CONTENT = 206


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A blob to fetch, and the name under which this person fetches it."""

    blob_id: BlobId
    blob: Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The bytes from `start` to before `stop` of a blob."""

    wanted: Wanted
    start: int
    stop: int


def fetch(connection: Connection, job: Job, is_stopped: Callable[[], bool]) -> Iterator[bytes]:
    """Yield the bytes of a job as they arrive, all of them or an error.

    A server that sends the whole blob instead of the range is read up to the range's end.

    Raises:
        UncertainError: The line broke or stalled before the end.
        CancelledError: `is_stopped` said so.
        OfflineError, RefusedError, RetryLaterError, UnauthorisedError: There is no such answer.
    """
    headers = {
        "Range": f"bytes={job.start}-{job.stop - 1}",
        "If-Range": f'"{job.wanted.blob_id}"',
        "Accept": BYTES,
    }
    path, limit = routes.blob(job.wanted.blob_id), job.wanted.blob.size_bytes
    with connection.stream(path, headers=headers, limit=limit) as stream:
        skip = job.start - _begins_at(stream, job)
        left = job.stop - job.start
        for piece in stream.pieces():
            wanted = piece[skip : skip + left]
            skip = max(0, skip - len(piece))
            left -= len(wanted)
            if wanted:
                yield wanted
            if not left:
                return
            if is_stopped():
                raise CancelledError
    raise UncertainError


def _begins_at(stream: Stream, job: Job) -> int:
    """Return where in the blob the untrusted body begins.

    An answer that does not fit is read to its end first: it may only have broken off.
    """
    judge_status(stream.status, stream.headers)
    if stream.status not in (WHOLE_CONTENT, PARTIAL_CONTENT):
        judge(stream.whole(), wanted=BYTES)
        raise OfflineError(OfflineReason.NOT_THE_PLATFORM)
    media_type = stream.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != BYTES or stream.headers.get("content-encoding", "identity") != "identity":
        stream.whole()
        raise OfflineError(OfflineReason.NOT_THE_PLATFORM)
    if stream.status == WHOLE_CONTENT:
        return 0
    told = _CONTENT_RANGE.fullmatch(stream.headers.get("content-range", ""))
    asked = (job.start, job.stop - 1, job.wanted.blob.size_bytes)
    if told is None or tuple(map(int, told.groups())) != asked:
        stream.whole()
        raise OfflineError(OfflineReason.NOT_THE_PLATFORM)
    return job.start
