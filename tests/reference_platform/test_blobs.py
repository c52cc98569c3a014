"""Blobs: kept whole whoever writes at once, and never held in memory whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typing_extensions import override

from assessor_app.domain.ids import Sha256
from assessor_app.reference_platform import answers
from assessor_app.reference_platform.blobs import BlobFiles
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from tests.reference_platform.factory import FIRST, built, hash_of, noise
from tests.reference_platform.serving import Hand

LARGE = 5 * answers.PIECE_BYTES + 7
AT_ONCE, ROUNDS = 4, 6


class Watched(BlobFiles):
    """Knows how much was read at once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sizes: list[int] = []

    @override
    def read(self, sha256: Sha256, start: int, stop: int) -> bytes:
        self.sizes.append(stop - start)
        return super().read(sha256, start, stop)


@pytest.mark.parametrize(
    ("told", "status", "span"),
    [
        ({}, 200, (0, LARGE)),
        ({"Range": "bytes=0-"}, 206, (0, LARGE)),
        ({"Range": "bytes=3-"}, 206, (3, LARGE)),
        ({"Range": f"bytes=7-{LARGE - 9}"}, 206, (7, LARGE - 8)),
        ({"Range": f"bytes=0-{answers.PIECE_BYTES - 1}"}, 206, (0, answers.PIECE_BYTES)),
        ({"Range": "bytes=0-9", "If-Range": '"another"'}, 200, (0, LARGE)),
    ],
)
def test_a_large_blob_leaves_piece_by_piece(
    platform: Platform,
    first: Hand,
    tmp_path: Path,
    told: dict[str, str],
    status: int,
    span: tuple[int, int],
) -> None:
    submission = built(page_bytes=LARGE)
    platform.assign(platform.take_in(submission), FIRST)
    name = first.manifest(first.only()).blobs[0]
    platform.blobs = watched = Watched(tmp_path / "platform" / "blobs")

    answer = first.get(routes.blob(name.blob_id), told)

    content = submission.blobs[name.sha256]
    assert (answer.status_code, answer.content) == (status, content[slice(*span)])
    assert answer.headers["Content-Length"] == str(span[1] - span[0])
    assert answer.headers["ETag"] == f'"{name.blob_id}"'
    assert sum(watched.sizes) == span[1] - span[0]
    assert max(watched.sizes) == answers.PIECE_BYTES


def test_a_piece_is_read_when_the_one_before_has_left() -> None:
    asked: list[tuple[int, int]] = []

    def read(start: int, stop: int) -> bytes:
        asked.append((start, stop))
        return b""

    pieces = answers.pieces(read, 5, 5 + 2 * answers.PIECE_BYTES + 1)
    next(pieces)

    middle, end = 5 + answers.PIECE_BYTES, 5 + 2 * answers.PIECE_BYTES
    assert asked == [(5, middle)]
    assert [*pieces] == [b"", b""]
    assert asked == [(5, middle), (middle, end), (end, end + 1)]


def test_several_may_keep_the_same_blob_at_once(tmp_path: Path) -> None:
    content = noise(3_000_000, "page")
    name = hash_of(content)

    def keep(folder: Path) -> bytes:
        files = BlobFiles(folder)
        files.put(name, content)
        return files.read(name, 0, len(content))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            folder = tmp_path / str(number)
            assert list(pool.map(keep, [folder] * AT_ONCE)) == [content] * AT_ONCE
            assert [path.name for path in folder.rglob("*") if path.is_file()] == [name[2:]]


def test_what_went_wrong_inside_is_logged_too(
    platform: Platform, first: Hand, lent: str, tmp_path: Path
) -> None:
    name = first.manifest(first.only()).blobs[0]
    (tmp_path / "platform" / "blobs" / name.sha256[:2] / name.sha256[2:]).unlink()

    answer = first.get(routes.blob(name.blob_id))

    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    last = platform.log.requests()[-1]
    assert (last.method, last.route, last.status) == ("GET", routes.BLOB, 500)
