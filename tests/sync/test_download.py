import threading
import time

import pytest

from assessor_app.domain.ids import BlobId, Sha256
from assessor_app.domain.packet import CHUNK_BYTES, Blob
from assessor_app.store import blobs
from assessor_app.store.download import Download
from assessor_app.store.opening import Store
from assessor_app.sync.address import read_address
from assessor_app.sync.clock import Clock
from assessor_app.sync.download import (
    HOLD_S,
    Catch,
    Downloaded,
    DownloadProgress,
    Line,
    download,
)
from assessor_app.sync.errors import (
    CancelledError,
    OfflineError,
    OfflineReason,
    RetryLaterError,
    UnauthorisedError,
)
from assessor_app.sync.http import Access, Connection, Patience
from assessor_app.sync.ranges import Job, Wanted
from tests.reference_platform.factory import blob, noise
from tests.sync.blob_server import BlobServer, Fault
from tests.sync.timing import MORNING, Hands

LARGE = noise(10 * CHUNK_BYTES + 1000, "large")
SMALL = noise(700, "small")
CONTENTS = {"large": LARGE, "small": SMALL}
WANTED = tuple(
    Wanted(blob_id=BlobId(name), blob=blob(content)) for name, content in CONTENTS.items()
)
BOTH = len(LARGE) + len(SMALL)
CLOCK = Clock(now=lambda: MORNING, uniform=lambda low, _high: low)


class Watch:
    """Keeps what is told; may stop the download after so many bytes."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.stop = threading.Event()
        self.told: list[DownloadProgress] = []
        self.arrived: list[Sha256] = []
        self._stop_at = stop_at

    def __call__(self, progress: DownloadProgress) -> None:
        self.told.append(progress)
        if self._stop_at is not None and progress.done_bytes >= self._stop_at:
            self.stop.set()


def fetch(
    store: Store,
    url: str,
    *,
    wanted: tuple[Wanted, ...] = WANTED,
    watch: Watch | None = None,
    patience_s: float = 5.0,
    limit_bytes_s: float = 0.0,
) -> Downloaded:
    watch = watch or Watch()
    patience = Patience(connect_s=0.5, stall_s=0.3, whole_s=10.0)
    access = Access(address=read_address(url), token="token")  # noqa: S106 (nobody's)
    line = Line(
        connect=lambda: Connection(access, patience=patience),
        clock=CLOCK,
        stop=watch.stop,
        progress=watch,
        arrived=watch.arrived.append,
        patience_s=patience_s,
        limit_bytes_s=limit_bytes_s,
    )
    return download(store, wanted, line)


def content(store: Store, wanted: Wanted) -> bytes:
    with (
        store.sessions.begin() as session,
        blobs.open_reader(session, store.blob_folder, wanted.blob.sha256) as reader,
    ):
        return reader.read_all()


def is_whole(store: Store) -> bool:
    return [content(store, wanted) for wanted in WANTED] == [LARGE, SMALL]


def test_every_range_is_asked_of_one_content_alone(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        fetch(store, server.url)

    assert server.validators == {'"large"', '"small"'}


def test_everything_is_fetched_once_in_ranges_of_at_most_256_kb(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        done = fetch(store, server.url)

    assert done == Downloaded(fetched_bytes=BOTH)
    assert is_whole(store)
    assert server.sent_bytes == BOTH
    assert max(stop - start for _, start, stop in server.ranges) <= 256 * 1024


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.STALL])
def test_a_line_that_breaks_or_stalls_goes_on_over_a_fresh_one(store: Store, fault: Fault) -> None:
    with BlobServer(CONTENTS, [fault, fault, Fault.NONE, fault]) as server:
        done = fetch(store, server.url)

    assert (done.ended, done.missing, is_whole(store)) == (None, (), True)
    assert server.sent_bytes == done.fetched_bytes == BOTH


def test_only_the_damaged_chunk_is_fetched_again(store: Store) -> None:
    with BlobServer(CONTENTS, [Fault.FLIP]) as server:
        done = fetch(store, server.url)

    assert (done.ended, is_whole(store)) == (None, True)
    assert BOTH < server.sent_bytes <= BOTH + 4 * CHUNK_BYTES


def test_a_blob_that_is_damaged_again_and_again_is_left_out(store: Store) -> None:
    small = WANTED[1]
    with BlobServer(CONTENTS, [Fault.FLIP] * 3) as server:
        done = fetch(store, server.url, wanted=(small,))

    assert (done.missing, done.ended) == ((small.blob.sha256,), None)
    with store.sessions.begin() as session:
        assert not blobs.has_blob(session, small.blob.sha256)


def test_a_server_without_ranges_is_read_from_its_beginning(store: Store) -> None:
    with BlobServer(CONTENTS, [Fault.WHOLE] * 100) as server:
        done = fetch(store, server.url)

    assert (done.ended, done.missing, is_whole(store)) == (None, (), True)


def test_a_blob_that_is_gone_does_not_stop_the_others(store: Store) -> None:
    with BlobServer(CONTENTS, [Fault.GONE]) as server:
        done = fetch(store, server.url)

    assert done.missing == (WANTED[0].blob.sha256,)
    assert content(store, WANTED[1]) == SMALL


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.SIGNED_OUT, UnauthorisedError),
        (Fault.BUSY, RetryLaterError),
        (Fault.PORTAL, OfflineError),
        (Fault.OTHER_RANGE, OfflineError),
        (Fault.MORE, OfflineError),
    ],
)
def test_what_concerns_everything_ends_it(store: Store, fault: Fault, kind: type) -> None:
    with BlobServer(CONTENTS, [fault] * 20) as server:
        done = fetch(store, server.url)

    assert isinstance(done.ended, kind)


def test_a_dead_network_ends_it_when_patience_is_over(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        url = server.url

    done = fetch(store, url, patience_s=0.2)

    assert isinstance(done.ended, OfflineError)
    assert done.ended.reason is OfflineReason.NO_NETWORK


def test_what_was_stopped_goes_on_without_fetching_twice(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        stopped = fetch(store, server.url, watch=Watch(stop_at=200_000))
        assert isinstance(stopped.ended, CancelledError)
        again = fetch(store, server.url)

    assert (again.ended, is_whole(store)) == (None, True)
    assert stopped.fetched_bytes + again.fetched_bytes == BOTH


def test_ranges_shrink_towards_the_end(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        fetch(store, server.url, wanted=(WANTED[0],))

    lengths = [stop - start for _, start, stop in server.ranges]
    assert sum(lengths) == len(LARGE)
    assert max(lengths[-4:]) <= CHUNK_BYTES


def test_the_beginning_of_a_chunk_is_written_when_the_line_breaks(store: Store) -> None:
    (small,) = WANTED[1:]
    with BlobServer(CONTENTS, [Fault.CUT] * 99) as server:
        done = fetch(store, server.url, wanted=(small,), watch=Watch(stop_at=len(SMALL) // 2))
        again = fetch(store, server.url, wanted=(small,), patience_s=0.3)

    assert done.fetched_bytes >= len(SMALL) // 2
    assert server.ranges[0] == ("small", 0, len(SMALL))
    assert done.fetched_bytes + again.fetched_bytes <= len(SMALL)


def test_what_arrives_slowly_is_written_before_its_chunk_is_whole(store: Store) -> None:
    hands = Hands()
    written: list[int] = []
    with store.sessions.begin() as session:
        ticket = blobs.begin(session, store.blob_folder, WANTED[0].blob)
    with Download(store.blob_folder, ticket) as target:
        job = Job(wanted=WANTED[0], start=0, stop=len(LARGE))
        catch = Catch(job, target, hands.clock(), lambda came: written.append(came.n_bytes))

        catch.add(LARGE[:100])
        hands.seconds += HOLD_S / 2
        catch.add(LARGE[100:200])
        before = list(written)
        hands.seconds += HOLD_S / 2
        catch.add(LARGE[200:300])
        catch.add(LARGE[300:CHUNK_BYTES])

        assert (before, written) == ([], [300, CHUNK_BYTES - 300])
        assert target.missing()[0].offset == CHUNK_BYTES


def test_right_chunks_that_are_not_the_blob_as_a_whole_are_named_as_missing(store: Store) -> None:
    honest = blob(LARGE)
    lying = Blob(sha256=blob(b"other").sha256, size_bytes=len(LARGE), chunks=honest.chunks)
    wanted = (Wanted(blob_id=BlobId("large"), blob=lying), WANTED[1])
    with BlobServer(CONTENTS) as server:
        done = fetch(store, server.url, wanted=wanted)
        asked = len(server.ranges)
        again = fetch(store, server.url, wanted=wanted[:1])

    assert (done.missing, done.ended) == ((lying.sha256,), None)
    assert content(store, WANTED[1]) == SMALL
    assert (again.missing, again.fetched_bytes, len(server.ranges)) == ((lying.sha256,), 0, asked)
    with store.sessions.begin() as session:
        assert not blobs.has_blob(session, lying.sha256)


def test_each_blob_is_told_of_when_it_is_whole(store: Store) -> None:
    watch = Watch()
    with BlobServer(CONTENTS, [Fault.CUT]) as server:
        fetch(store, server.url, watch=watch)

    assert sorted(watch.arrived) == sorted(wanted.blob.sha256 for wanted in WANTED)


def test_what_is_here_is_not_asked_for(store: Store) -> None:
    with BlobServer(CONTENTS) as server:
        fetch(store, server.url)
        asked = len(server.ranges)
        again = fetch(store, server.url)

    assert again.fetched_bytes == 0
    assert len(server.ranges) == asked


def test_progress_counts_up_to_the_whole(store: Store) -> None:
    watch = Watch()
    with BlobServer(CONTENTS) as server:
        fetch(store, server.url, watch=watch)

    done = [progress.done_bytes for progress in watch.told]
    assert done == sorted(done)
    assert done[-1] == BOTH
    assert {progress.total_bytes for progress in watch.told} == {BOTH}


def test_a_limit_holds_over_all_connections(store: Store) -> None:
    limit = BOTH / 1.5
    with BlobServer(CONTENTS) as server:
        began = time.monotonic()
        done = fetch(store, server.url, limit_bytes_s=limit)
        seconds = time.monotonic() - began

    assert (done.ended, is_whole(store)) == (None, True)
    assert seconds >= (BOTH - limit) / limit * 0.9


def test_a_limited_download_stops_at_once(store: Store) -> None:
    watch = Watch(stop_at=1)
    with BlobServer(CONTENTS) as server:
        began = time.monotonic()
        done = fetch(store, server.url, watch=watch, limit_bytes_s=1000.0)

    assert isinstance(done.ended, CancelledError)
    assert time.monotonic() - began < 5.0
