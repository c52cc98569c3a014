import io
from pathlib import Path

from assessor_app.usecases.headless import SyncCommand, sync_command
from assessor_app.usecases.outbox import hold_all
from assessor_app.usecases.profiles import list_known
from tests.fakes import Vault
from tests.journeys.house import Town
from tests.journeys.laptop import (
    Assessor,
    first_row,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.sync.odd_server import OddServer

PASSPHRASE = "a long walk home"  # noqa: S105 (of this test)


def run(command: SyncCommand, vault: Vault) -> tuple[int, str]:
    out = io.StringIO()
    code = sync_command(command, vault, wall_clock(), out)
    return code, out.getvalue()


def test_a_first_sync_signs_in_and_later_ones_find_the_profile(town: Town, tmp_path: Path) -> None:
    vault, loan = Vault(), town.lend(packets=2)
    first = run(SyncCommand(profile=tmp_path, address=town.url, token=loan.token), vault)
    second = run(SyncCommand(profile=tmp_path), vault)
    (known,) = list_known(tmp_path)
    third = run(SyncCommand(profile=known.folder), vault)

    assert first[0] == second[0] == third[0] == 0
    assert "fetched: packets=2" in first[1]
    assert "fetched: packets=0" in second[1]
    assert loan.token not in first[1]


def test_a_passphrase_opens_where_there_is_no_keyring(town: Town, tmp_path: Path) -> None:
    token = town.lend().token
    run(
        SyncCommand(profile=tmp_path, address=town.url, token=token, passphrase=PASSPHRASE),
        Vault(),
    )

    right = run(SyncCommand(profile=tmp_path, passphrase=PASSPHRASE), Vault())
    wrong = run(SyncCommand(profile=tmp_path, passphrase="guess"), Vault())  # noqa: S106 (a guess)

    assert (right[0], wrong[0]) == (0, 2)
    assert "WrongPassphraseError" in wrong[1]


def test_nothing_to_open_and_nobody_there_are_told_apart(town: Town, tmp_path: Path) -> None:
    vault = Vault()
    nothing = run(SyncCommand(profile=tmp_path / "empty"), vault)
    with OddServer([]) as server:
        url = server.url
    nobody = run(SyncCommand(profile=tmp_path, address=url, token="t"), vault)  # noqa: S106 (no secret)

    assert (nothing[0], "NoProfileError" in nothing[1]) == (2, True)
    assert (nobody[0], "OfflineError (no_network)" in nobody[1]) == (2, True)


def test_what_the_assessor_holds_is_said_and_does_not_leave(town: Town, tmp_path: Path) -> None:
    assessor = Assessor(tmp_path)
    opened = assessor.sign_in(town.url, town.lend().token)
    sync(opened)
    row = first_row(opened)
    write_and_seal(opened, row.assignment)
    opened.workbench.prepare(hold_all)()
    opened.close()

    code, told = run(SyncCommand(profile=tmp_path), assessor.vault)

    assert code == 0
    assert "outbox=1 (held by the assessor) received=0" in told
    assert town.live_reviews(row.assignment) == []
