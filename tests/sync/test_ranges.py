import pytest

from assessor_app.domain.ids import BlobId
from assessor_app.sync.address import read_address
from assessor_app.sync.errors import OfflineError, RefusedError
from assessor_app.sync.http import Access, Connection
from assessor_app.sync.ranges import Job, Wanted, fetch
from assessor_app.wire.messages import ProblemKind
from tests.reference_platform.factory import blob
from tests.sync.odd_server import OddServer, Say, http
from tests.sync.test_http import problem

SMALL = Wanted(blob_id=BlobId("name"), blob=blob(b"small"))


def fetched(answer: bytes) -> bytes:
    with OddServer([Say(answer)]) as server:
        connection = Connection(Access(address=read_address(server.url)))
        return b"".join(fetch(connection, Job(wanted=SMALL, start=0, stop=5), lambda: False))


def test_a_refusal_may_be_longer_than_the_blob() -> None:
    with pytest.raises(RefusedError):
        fetched(problem("404 Not Found", ProblemKind.NOT_FOUND))


def test_a_range_beyond_all_numbers_is_another_range() -> None:
    told = f"Content-Range: bytes 0-{'9' * 5000}/5"

    with pytest.raises(OfflineError):
        fetched(
            http("206 Partial Content", b"small", "Content-Type: application/octet-stream", told)
        )
