import os
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import CHUNK_BYTES, Blob
from assessor_app.store.blobs import Reader, Ticket
from assessor_app.store.download import Download, Span
from assessor_app.store.errors import DamagedBlobError, NoBlobError, WrongHashError
from assessor_app.store.stream import STORED_CHUNK_BYTES
from tests.store.making import blob_of, sha256

SIZE = 5 * CHUNK_BYTES + 1234
CONTENT = random.Random(7).randbytes(SIZE)  # noqa: S311 (content, not a secret)


def ticket_of(content: bytes) -> Ticket:
    return Ticket(blob=blob_of(content), file="0f" * 16, key=bytes(range(32)))


def fetch(folder: Path, content: bytes = CONTENT) -> Ticket:
    ticket = ticket_of(content)
    with Download(folder, ticket) as download:
        for span in download.missing():
            download.write(span.offset, content[span.offset : span.offset + span.length])
        download.finish()
    return ticket


def reader_of(folder: Path, ticket: Ticket) -> Reader:
    blob = ticket.blob
    file = (folder / ticket.file).open("rb")
    return Reader(file, sha256=blob.sha256, size_bytes=blob.size_bytes, key=ticket.key)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, SIZE]
)
def test_what_is_fetched_is_read_back_at_any_place(tmp_path: Path, size: int) -> None:
    content = CONTENT[:size]
    ticket = fetch(tmp_path, content)

    with reader_of(tmp_path, ticket) as reader:
        assert reader.read_all() == content
        for offset in (0, 1, size // 2, max(0, size - 3), size, size + 9):
            for length in (0, 1, 3, CHUNK_BYTES, 2 * size):
                into = bytearray(length)
                n_bytes = reader.read_into(offset, memoryview(into))
                assert into[:n_bytes] == content[offset : offset + length]
    assert CONTENT[:32] not in (tmp_path / ticket.file).read_bytes() or size < 32


def test_ranges_may_arrive_in_any_order_on_several_threads(tmp_path: Path) -> None:
    ticket = ticket_of(CONTENT)
    starts = list(range(0, SIZE, CHUNK_BYTES))
    random.Random(3).shuffle(starts)  # noqa: S311 (an order, not a secret)

    with Download(tmp_path, ticket) as download:

        def bring(start: int) -> None:
            for at in range(start, min(start + CHUNK_BYTES, SIZE), 7000):
                end = min(at + 7000, start + CHUNK_BYTES)
                download.write(at, CONTENT[at:end])

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(bring, starts))
        assert download.missing() == ()
        download.finish()

    with reader_of(tmp_path, ticket) as reader:
        assert reader.read_all() == CONTENT


def test_a_cut_loses_not_a_byte_that_arrived(tmp_path: Path) -> None:
    ticket = ticket_of(CONTENT)
    fetched, at = 0, 0
    cuts = random.Random(5)  # noqa: S311 (an order, not a secret)
    while at < SIZE:
        with Download(tmp_path, ticket) as download:
            (span,) = download.missing()
            assert span == Span(at, SIZE - at)
            length = min(cuts.randrange(1, 30_000), SIZE - at)
            download.write(at, CONTENT[at : at + length])
        at += length
        fetched += length

    with Download(tmp_path, ticket) as download:
        download.finish()
    assert fetched == SIZE
    with reader_of(tmp_path, ticket) as reader:
        assert reader.read_all() == CONTENT


def test_only_the_chunk_with_a_wrong_hash_is_fetched_again(tmp_path: Path) -> None:
    bent = bytearray(CONTENT)
    bent[2 * CHUNK_BYTES + 5] ^= 1

    with Download(tmp_path, ticket_of(CONTENT)) as download:
        with pytest.raises(WrongHashError) as wrong:
            download.write(0, bytes(bent[: 3 * CHUNK_BYTES]))
        download.write(3 * CHUNK_BYTES, CONTENT[3 * CHUNK_BYTES :])

        assert wrong.value.chunk == 2
        assert download.missing() == (Span(2 * CHUNK_BYTES, CHUNK_BYTES),)


def test_a_wrong_small_blob_is_never_kept(tmp_path: Path) -> None:
    with Download(tmp_path, ticket_of(b"right")) as download:
        with pytest.raises(WrongHashError):
            download.write(0, b"wrong")
        with pytest.raises(NoBlobError):
            download.finish()

    assert not (tmp_path / ("0f" * 16)).exists()


def test_chunks_that_do_not_make_the_blob_are_refused_as_a_whole(tmp_path: Path) -> None:
    honest = blob_of(CONTENT)
    lying = Blob(sha256=sha256(b"other"), size_bytes=SIZE, chunks=honest.chunks)
    with Download(tmp_path, Ticket(blob=lying, file="aa", key=bytes(32))) as download:
        download.write(0, CONTENT)
        with pytest.raises(WrongHashError):
            download.finish()

    assert not (tmp_path / "aa").exists()


def test_bytes_out_of_place_are_passed_over(tmp_path: Path) -> None:
    with Download(tmp_path, ticket_of(CONTENT)) as download:
        download.write(100, b"a gap before it")
        download.write(0, CONTENT[:50])
        download.write(0, CONTENT[:80])
        download.write(SIZE, b"beyond the end")

        assert download.missing() == (Span(80, SIZE - 80),)


def test_a_download_can_be_finished_only_when_nothing_is_missing(tmp_path: Path) -> None:
    with Download(tmp_path, ticket_of(CONTENT)) as download:
        download.write(0, CONTENT[:-1])
        with pytest.raises(NoBlobError):
            download.finish()


def test_a_torn_part_is_fetched_again_from_where_it_is_whole(tmp_path: Path) -> None:
    ticket = ticket_of(CONTENT)
    with Download(tmp_path, ticket) as download:
        download.write(0, CONTENT[:1000])
        download.write(1000, CONTENT[1000:2000])
    (part,) = tmp_path.glob("*.part")
    os.truncate(part, part.stat().st_size - 1)

    with Download(tmp_path, ticket) as download:
        assert download.missing()[0].offset == 1000
        download.write(1000, CONTENT[1000:1500])
    with Download(tmp_path, ticket) as download:
        assert download.missing()[0].offset == 1500


def test_no_part_is_left_and_none_was_in_clear(tmp_path: Path) -> None:
    ticket = ticket_of(CONTENT)
    with Download(tmp_path, ticket) as download:
        download.write(0, CONTENT[:5000])
        assert all(CONTENT[:64] not in path.read_bytes() for path in tmp_path.iterdir())
        download.write(5000, CONTENT[5000:])
        download.finish()

    assert [path.name for path in tmp_path.iterdir()] == [ticket.file]


def swap(stored: bytearray) -> None:
    first = stored[:STORED_CHUNK_BYTES]
    stored[:STORED_CHUNK_BYTES] = stored[STORED_CHUNK_BYTES : 2 * STORED_CHUNK_BYTES]
    stored[STORED_CHUNK_BYTES : 2 * STORED_CHUNK_BYTES] = first


def flip(stored: bytearray) -> None:
    stored[10] ^= 1


def cut_at_a_chunk(stored: bytearray) -> None:
    del stored[5 * STORED_CHUNK_BYTES :]


def cut_within(stored: bytearray) -> None:
    del stored[-1:]


def repeat_the_last(stored: bytearray) -> None:
    stored[5 * STORED_CHUNK_BYTES :] = stored[4 * STORED_CHUNK_BYTES : 5 * STORED_CHUNK_BYTES]


def lengthen(stored: bytearray) -> None:
    stored += b"more"


@pytest.mark.parametrize(
    "bend", [swap, flip, cut_at_a_chunk, cut_within, repeat_the_last, lengthen]
)
def test_a_file_that_was_changed_is_refused(tmp_path: Path, bend: object) -> None:
    assert callable(bend)
    ticket = fetch(tmp_path)
    path = tmp_path / ticket.file
    stored = bytearray(path.read_bytes())
    bend(stored)
    path.write_bytes(stored)

    with reader_of(tmp_path, ticket) as reader, pytest.raises(DamagedBlobError):
        reader.read_all()


def test_a_shorter_content_cannot_stand_for_a_longer_one(tmp_path: Path) -> None:
    """The last chunk says that it is: cutting at a chunk's end, size and all, is seen."""
    ticket = fetch(tmp_path, CONTENT[: 3 * CHUNK_BYTES])
    file = (tmp_path / ticket.file).open("rb")
    with (
        Reader(
            file, sha256=ticket.blob.sha256, size_bytes=2 * CHUNK_BYTES, key=ticket.key
        ) as reader,
        pytest.raises(DamagedBlobError),
    ):
        reader.read_all()


def test_a_file_under_another_name_is_refused(tmp_path: Path) -> None:
    ticket = fetch(tmp_path)
    file = (tmp_path / ticket.file).open("rb")
    with (
        Reader(file, sha256=Sha256("0" * 64), size_bytes=SIZE, key=ticket.key) as reader,
        pytest.raises(DamagedBlobError),
    ):
        reader.read_into(0, memoryview(bytearray(1)))
