from pathlib import Path

import pytest

from assessor_app.domain.ids import ActId
from assessor_app.sync.rounds import Link
from assessor_app.usecases.errors import (
    AppError,
    BadAddressError,
    KeyMissingError,
    NoKeyringError,
    OfflineError,
    OfflineReason,
    ProfileInUseError,
    UnauthorisedError,
    WrongPassphraseError,
)
from assessor_app.usecases.outbox import list_outbox
from assessor_app.usecases.profiles import (
    Access,
    list_known,
    open_with_keyring,
    open_with_passphrase,
    sign_in,
)
from assessor_app.usecases.settings import account_facts, sign_out
from tests.fakes import NoVault, Vault
from tests.journeys.house import Town
from tests.journeys.laptop import (
    Assessor,
    first_row,
    sync,
    wall_clock,
    write_and_seal,
)
from tests.sync.odd_server import OddServer, Say, http

NO_TOKEN = "not-a-token"  # noqa: S105 (nobody's)
PASSPHRASE = "a long walk home"  # noqa: S105 (of this test)
HTML = http("200 OK", b"<html>It works!</html>", "Content-Type: text/html")


def refused(assessor: Assessor, url: str, token: str = NO_TOKEN) -> AppError:
    with pytest.raises(AppError) as raised:
        assessor.sign_in(url, token)
    assert list_known(assessor.root) == ()
    return raised.value


def test_nobody_at_the_address(assessor: Assessor) -> None:
    with OddServer([]) as server:
        url = server.url

    error = refused(assessor, url)

    assert isinstance(error, OfflineError)
    assert error.reason is OfflineReason.NO_NETWORK


def test_no_address(assessor: Assessor) -> None:
    assert isinstance(refused(assessor, "not an address"), BadAddressError)


@pytest.mark.parametrize("answer", [HTML, http("302 Found", b"", "Location: https://x.invalid/")])
def test_another_server_at_the_address(assessor: Assessor, answer: bytes) -> None:
    with OddServer([Say(answer)]) as server:
        error = refused(assessor, server.url)

    assert isinstance(error, OfflineError)
    assert error.reason is OfflineReason.NOT_THE_PLATFORM


def test_a_wrong_token(town: Town, assessor: Assessor) -> None:
    assert isinstance(refused(assessor, town.url), UnauthorisedError)


def test_without_a_keyring_a_passphrase_is_needed(town: Town, tmp_path: Path) -> None:
    token = town.lend().token
    access = Access(typed_address=town.url, token=token)
    with pytest.raises(NoKeyringError):
        sign_in(tmp_path, access, NoVault(), wall_clock())

    access = Access(typed_address=town.url, token=token, passphrase=PASSPHRASE)
    sign_in(tmp_path, access, NoVault(), wall_clock()).close()

    (known,) = list_known(tmp_path)
    assert known.needs_passphrase
    with pytest.raises(WrongPassphraseError):
        open_with_passphrase(known.folder, "a short one", wall_clock())
    open_with_passphrase(known.folder, PASSPHRASE, wall_clock()).close()


def test_a_second_sign_in_opens_the_same_profile_with_its_work(
    town: Town, assessor: Assessor
) -> None:
    token = town.lend().token
    opened = assessor.sign_in(town.url, token)
    sync(opened)
    sealed = write_and_seal(opened, first_row(opened).assignment)
    opened.workbench.prepare(sign_out)()
    assert sync(opened).link is Link.SIGNED_OUT
    opened.close()

    opened = assessor.sign_in(town.url, token)
    report = sync(opened)

    assert report.received == (ActId(sealed.review),)
    assert len(list_known(assessor.root)) == 1
    opened.close()


def test_another_account_gets_another_profile_and_sees_nothing(
    town: Town, assessor: Assessor
) -> None:
    one = assessor.sign_in(town.url, town.lend().token)
    sync(one)
    write_and_seal(one, first_row(one).assignment)
    one.close()

    other = assessor.sign_in(town.url, town.lend().token)
    sync(other)

    assert other.workbench.prepare(list_outbox)() == ()
    assert one.folder != other.folder
    other.close()


def test_a_profile_is_open_once(town: Town, assessor: Assessor) -> None:
    opened = assessor.sign_in(town.url, town.lend().token)

    with pytest.raises(ProfileInUseError):
        open_with_keyring(opened.folder, assessor.vault, wall_clock())

    opened.close()


def test_a_lost_keyring_entry_is_told(town: Town, assessor: Assessor) -> None:
    opened = assessor.sign_in(town.url, town.lend().token)
    opened.close()

    with pytest.raises(KeyMissingError):
        open_with_keyring(opened.folder, Vault(), wall_clock())


def test_the_account_is_known_opaquely(town: Town, assessor: Assessor) -> None:
    opened = assessor.sign_in(town.url, town.lend().token)

    facts = opened.workbench.prepare(account_facts)()

    assert facts is not None
    assert (facts.platform_url, facts.roles, facts.is_signed_in) == (town.url, ("assessor",), True)
    opened.close()
