"""Several operators and processes at the same time, and folders of all kinds."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assessor_app.reference_platform import keys
from assessor_app.reference_platform.demands import Rates
from assessor_app.reference_platform.errors import NoBackupError, RefusedError
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from tests.reference_platform.factory import MORNING, Clock, built, open_platform, review
from tests.reference_platform.serving import Hand, receipt, served
from tests.reference_platform.test_demands import Clock as SetClock

AT_ONCE, ROUNDS = 8, 20


def test_backups_made_at_once_are_different_backups(
    platform: Platform, first: Hand, lent: str
) -> None:
    mine = first.only()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(lambda _: platform.back_up().name, range(AT_ONCE)))

    assert sorted(made) == [f"{number:06d}" for number in range(1, AT_ONCE + 1)]
    for name in sorted(made, reverse=True):
        platform.restore(name)
        assert first.only() == mine


def test_more_is_durable_only_once_the_older_backup_is_gone(
    platform: Platform, first: Hand, lent: str, tmp_path: Path
) -> None:
    old = platform.back_up()
    mine = first.only()
    receipt(first.put(review(mine), mine.view_version))
    platform.back_up()
    copy = tmp_path / "platform" / "backups" / f"{old.name}.db"

    copy.unlink()
    copy.mkdir()

    with pytest.raises(OSError, match=old.name):
        platform.retire_backup(old.name)
    before = first.feed().durable_upto.sequence
    copy.rmdir()
    with pytest.raises(NoBackupError):
        platform.restore(old.name)
    platform.retire_backup(old.name)

    assert (before, first.feed().durable_upto.sequence) == (0, 1)


def test_a_backup_that_goes_while_it_is_looked_for_is_gone(
    platform: Platform, first: Hand, lent: str, tmp_path: Path
) -> None:
    platform.back_up()
    (tmp_path / "platform" / "backups" / "000002.json").symlink_to("gone.json")

    assert first.get(routes.FEED).status_code == 200
    assert platform.back_up().name == "000002"


def test_all_who_begin_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            path = tmp_path / f"{number}.key"
            found = set(pool.map(keys.kept_key, [path] * AT_ONCE))
            assert [len(one) for one in found] == [32]
            assert path.stat().st_mode & 0o777 == 0o600

    assert len(list(tmp_path.iterdir())) == ROUNDS


@pytest.mark.parametrize("name", ["year 1?", "a%20b", "a#b", "ü & 50%"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    platform = open_platform(tmp_path / name)
    submission = platform.take_in(built())
    platform.restore(platform.back_up().name)
    kept = [one.submission for one in platform.status().submissions]
    platform.close()

    assert kept == [submission]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "platform.db").is_file()


def test_only_its_owner_reads_the_database_in_a_folder_that_all_may_read(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    platform = open_platform(tmp_path)
    platform.take_in(built())
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    platform.close()

    assert "platform.db-wal" in modes
    assert set(modes.values()) == {0}


def test_a_database_in_memory_is_no_file(tmp_path: Path) -> None:
    platform = Platform(tmp_path, clock=Clock(MORNING), url="sqlite://")
    with pytest.raises(NoBackupError):
        platform.back_up()
    platform.close()


def test_no_answer_depends_on_the_log(tmp_path: Path) -> None:
    (tmp_path / "requests.log").symlink_to("/dev/full")
    platform = open_platform(tmp_path)
    with served(platform) as url:
        answer = Hand(url, "nobody").get(routes.META)
    platform.close()

    assert answer.status_code == 200


def test_a_torn_line_does_not_hide_the_others(
    platform: Platform, first: Hand, tmp_path: Path
) -> None:
    first.get(routes.META)
    with (tmp_path / "platform" / "requests.log").open("ab") as file:
        file.write(b'{"at":"2026-03-02T08:30:00Z","met')
    first.get(routes.META)
    first.get(routes.ME)

    assert platform.status().requests == {"GET /v1/me": 1, "GET /v1/meta": 1}


def test_a_clock_that_is_set_back_makes_nobody_wait_for_it() -> None:
    clock = SetClock()
    rates = Rates(60, clock)
    rates.take("token")
    clock.now = MORNING.replace(hour=1)

    rates.take("token")
    for _ in range(58):
        rates.take("token")
    with pytest.raises(RefusedError) as refused:
        rates.take("token")
    assert refused.value.retry_after_s == 1
