import pytest

from assessor_app.domain.ids import ActId
from assessor_app.domain.outbox import OutboxState
from assessor_app.sync.errors import OfflineReason
from assessor_app.sync.rounds import Link
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.queue import OnLaptop
from tests.journeys.house import Town
from tests.journeys.laptop import (
    Assessor,
    first_row,
    sync,
    write_and_seal,
)
from tests.journeys.proxy import LOSE_THE_ANSWER, Instead, Pass, Proxy, Verdict, always_pass

PORTAL = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"
WELCOME = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\n\r\n"
    b"<h1>Welcome aboard!</h1>\r\n"
)


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


def test_an_answer_lost_after_the_commit_and_a_restart_leave_one_review_and_its_receipt(
    town: Town, assessor: Assessor
) -> None:
    with Proxy(town.url, Once(b"PUT", LOSE_THE_ANSWER)) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(page_bytes=400_000).token)
        sync(opened)
        row = first_row(opened)
        sealed = write_and_seal(opened, row.assignment)

        lost = sync(opened)
        (line,) = opened.workbench.prepare(list_outbox)()
        assert (lost.uncertain, line.state) == ((ActId(sealed.review),), OutboxState.AMBIGUOUS)
        assert town.live_reviews(row.assignment) == [sealed.review]
        opened = assessor.reopen(opened)
        again = sync(opened)

        (line,) = opened.workbench.prepare(list_outbox)()
        assert again.received == (ActId(sealed.review),)
        assert line.receipt is not None
        assert town.live_reviews(row.assignment) == [sealed.review]
        acts = town.query("SELECT act, sequence FROM act WHERE assignment_id = ?", row.assignment)
        assert acts == [(sealed.review, 1)]
        opened.close()


def test_an_ambiguous_review_waits_its_time_in_a_running_program(
    town: Town, assessor: Assessor
) -> None:
    with Proxy(town.url, Once(b"PUT", LOSE_THE_ANSWER)) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(page_bytes=400_000).token)
        sync(opened)
        row = first_row(opened)
        write_and_seal(opened, row.assignment)

        report = sync(opened)

        assert report.again_in_s is not None
        assert report.again_in_s <= 2.0
        opened.close()


@pytest.mark.parametrize("answer", [PORTAL, WELCOME])
@pytest.mark.parametrize("asked", [b"PUT", b"/v1/meta"])
def test_a_captive_portal_is_offline_and_takes_nothing(
    town: Town, assessor: Assessor, *, answer: bytes, asked: bytes
) -> None:
    with Proxy(town.url, always_pass) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(page_bytes=400_000).token)
        sync(opened)
        row = first_row(opened)
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
    town: Town, assessor: Assessor, cut_at: int
) -> None:
    with Proxy(town.url, Once(b"/v1/blobs/", Pass(cut_at=cut_at))) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(page_bytes=400_000).token)

        report = sync(opened)

        row = first_row(opened)
        assert (row.on_laptop, report.missing) == (OnLaptop.READY, ())
        assert report.fetched_bytes == row.size_bytes
        opened.close()


def test_a_damaged_chunk_is_not_kept_and_fetched_again(town: Town, assessor: Assessor) -> None:
    with Proxy(town.url, Once(b"/v1/blobs/", Pass(flip_at=600))) as proxy:
        opened = assessor.sign_in(proxy.url, town.lend(page_bytes=400_000).token)

        report = sync(opened)

        row = first_row(opened)
        assert (row.on_laptop, report.missing) == (OnLaptop.READY, ())
        opened.close()
