import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import OutboxState
from assessor_app.sync.errors import OfflineReason
from assessor_app.sync.rounds import Link
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.profiles import open_with_keyring
from assessor_app.usecases.queue import OnLaptop, list_queue
from tests.journeys.house import (
    Assessor,
    Town,
    found,
    platform_process,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.journeys.proxy import LOSE_THE_ANSWER, Instead, Pass, Proxy, Verdict

PORTAL = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"
WELCOME = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\n\r\n"
    b"<h1>Welcome aboard!</h1>\r\n"
)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return found(tmp_path / "platform", page_bytes=400_000)


@pytest.fixture
def url(town: Town) -> Iterator[str]:
    with platform_process(town.folder) as url:
        yield url


@pytest.fixture
def assessor(tmp_path: Path) -> Assessor:
    return Assessor(tmp_path / "laptop")


class Once:
    """Does something to the first request whose first line has a word in it."""

    def __init__(self, word: bytes, verdict: Verdict) -> None:
        self._word = word
        self._verdict: Verdict | None = verdict

    def __call__(self, first_line: bytes) -> Verdict:
        if self._verdict and self._word in first_line:
            verdict, self._verdict = self._verdict, None
            return verdict
        return Pass()


def rows(town: Town, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(town.folder / "platform.db") as database:
        found = database.execute(query).fetchall()
    database.close()
    return found


def test_an_answer_lost_after_the_commit_and_a_restart_leave_one_review_and_its_receipt(
    town: Town, url: str, assessor: Assessor
) -> None:
    with Proxy(url, Once(b"PUT", LOSE_THE_ANSWER)) as proxy:
        opened = assessor.sign_in(proxy.url, town.token)
        sync(opened)
        row = opened.workbench.prepare(list_queue, now=now())().rows[0]
        sealed = write_and_seal(opened, row.assignment)

        lost = sync(opened)
        (line,) = opened.workbench.prepare(list_outbox)()
        assert (lost.uncertain, line.state) == ((ActId(sealed.review),), OutboxState.AMBIGUOUS)
        assert rows(town, "SELECT count(*) FROM review") == [(1,)]
        folder = opened.folder
        opened.close()
        opened = open_with_keyring(folder, assessor.vault, wall_clock())
        again = sync(opened)

        (line,) = opened.workbench.prepare(list_outbox)()
        assert again.received == (ActId(sealed.review),)
        assert line.receipt is not None
        assert rows(town, "SELECT act, sequence FROM act") == [(sealed.review, 1)]
        assert rows(town, "SELECT count(*) FROM review") == [(1,)]
        opened.close()


def test_an_ambiguous_review_waits_its_time_in_a_running_program(
    town: Town, url: str, assessor: Assessor
) -> None:
    with Proxy(url, Once(b"PUT", LOSE_THE_ANSWER)) as proxy:
        opened = assessor.sign_in(proxy.url, town.token)
        sync(opened)
        row = opened.workbench.prepare(list_queue, now=now())().rows[0]
        write_and_seal(opened, row.assignment)

        report = sync(opened)

        assert report.again_in_s is not None
        assert report.again_in_s <= 2.0
        opened.close()


@pytest.mark.parametrize("answer", [PORTAL, WELCOME])
@pytest.mark.parametrize("asked", [b"PUT", b"/v1/meta"])
def test_a_captive_portal_is_offline_and_takes_nothing(
    town: Town, url: str, assessor: Assessor, *, answer: bytes, asked: bytes
) -> None:
    with Proxy(url, Once(b"never", Pass())) as proxy:
        opened = assessor.sign_in(proxy.url, town.token)
        sync(opened)
        row = opened.workbench.prepare(list_queue, now=now())().rows[0]
        sealed = write_and_seal(opened, row.assignment)
        proxy.rule = Once(asked, Instead(answer))

        held = sync(opened)
        (line,) = opened.workbench.prepare(list_outbox)()
        assert (held.link, held.offline) == (Link.OFFLINE, OfflineReason.NOT_THE_PLATFORM)
        assert line.receipt is None
        free = sync(opened)

        assert free.received == (ActId(sealed.review),)
        opened.close()


@pytest.mark.parametrize("cut_at", [0, 100, 400, 70_000, 150_000])
def test_a_download_that_is_cut_goes_on_where_it_was(
    town: Town, url: str, assessor: Assessor, cut_at: int
) -> None:
    with Proxy(url, Once(b"/v1/blobs/", Pass(cut_at=cut_at))) as proxy:
        opened = assessor.sign_in(proxy.url, town.token)

        report = sync(opened)

        (row,) = opened.workbench.prepare(list_queue, now=now())().rows
        assert (row.on_laptop, report.missing) == (OnLaptop.READY, ())
        assert report.fetched_bytes == row.size_bytes
        opened.close()


def test_a_damaged_chunk_is_not_kept_and_fetched_again(
    town: Town, url: str, assessor: Assessor
) -> None:
    with Proxy(url, Once(b"/v1/blobs/", Pass(flip_at=600))) as proxy:
        opened = assessor.sign_in(proxy.url, town.token)

        report = sync(opened)

        (row,) = opened.workbench.prepare(list_queue, now=now())().rows
        assert (row.on_laptop, report.missing) == (OnLaptop.READY, ())
        opened.close()
