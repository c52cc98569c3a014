"""A laptop that may hold little: what fits is fetched, the rest is said and comes later."""

import threading

from assessor_app.store.blobs import taken_bytes
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.rounds import Link, Means, RoundReport, run_round
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.queue_rows import OnLaptop
from tests.journeys.house import Town
from tests.journeys.laptop import Assessor, queue_of, wall_clock

QUOTA = 300_000


def round_within(opened: OpenProfile, quota_bytes: int) -> RoundReport:
    clock = wall_clock()
    means = Means(
        backoff=Backoff(clock),
        clock=clock,
        stop=threading.Event(),
        progress=lambda _: None,
        quota_bytes=quota_bytes,
    )
    return run_round(opened._store, means)  # noqa: SLF001 (the setting knows whole gigabytes)


def taken(opened: OpenProfile) -> int:
    return opened.workbench.prepare(lambda at: taken_bytes(at.session).together)()


def test_fetching_stops_before_the_quota_and_goes_on_once_there_is_more_room(
    town: Town, assessor: Assessor
) -> None:
    opened = assessor.sign_in(town.url, town.lend(packets=2, page_bytes=200_000).token)

    report = round_within(opened, QUOTA)

    assert report.link is Link.ONLINE
    assert report.no_room_bytes >= 200_000
    assert 0 < taken(opened) <= QUOTA
    assert {row.on_laptop for row in queue_of(opened).rows} == {OnLaptop.READY, OnLaptop.PARTLY}

    report = round_within(opened, 0)

    assert report.no_room_bytes == 0
    assert {row.on_laptop for row in queue_of(opened).rows} == {OnLaptop.READY}
    opened.close()
