import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backends import chainer, fail, null

from assessor_app.store import passphrase
from assessor_app.store.account import SignIn, bind, get_account
from assessor_app.store.errors import (
    KeyMissingError,
    NoKeyringError,
    NoProfileError,
    OtherAccountError,
    ProfileExistsError,
    ProfileInUseError,
    WrongKeyError,
    WrongPassphraseError,
)
from assessor_app.store.keys import KeyringVault, ProfileKey, new_key, protects
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import (
    FACTS,
    Profile,
    create_profile,
    folder_for,
    list_profiles,
    lock_profile,
)
from tests.fakes import Vault
from tests.store.making import NOW

CHEAP = passphrase.Cost(time_cost=1, memory_kib=64, lanes=1)
IMPORTS = (
    "import sys, assessor_app.store.quick, assessor_app.store.profile;"
    "print([m for m in ('sqlalchemy', 'alembic', 'argon2', 'requests') if m in sys.modules])"
)


def test_a_profile_is_private_and_its_key_is_in_the_keyring_alone(
    opened: tuple[Profile, ProfileKey], vault: Vault
) -> None:
    profile, key = opened

    assert stat.S_IMODE(profile.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((profile.folder / FACTS).stat().st_mode) == 0o600
    assert vault.secrets == {profile.facts.id: key.secret}
    assert key.secret.hex() not in (profile.folder / FACTS).read_text()
    assert key.secret.hex() not in repr(key)
    assert profile.key_from(vault) == key


def test_a_folder_that_others_may_enter_is_mended(opened: tuple[Profile, ProfileKey]) -> None:
    profile, _ = opened
    profile.close()
    profile.folder.chmod(0o755)

    lock_profile(profile.folder).close()

    assert stat.S_IMODE(profile.folder.stat().st_mode) == 0o700


def test_a_second_process_cannot_have_the_profile(opened: tuple[Profile, ProfileKey]) -> None:
    profile, _ = opened
    with pytest.raises(ProfileInUseError):
        lock_profile(profile.folder)
    attempt = (
        "import sys, pathlib; from assessor_app.store.profile import lock_profile;"
        "lock_profile(pathlib.Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", attempt, str(profile.folder)]
    assert b"ProfileInUseError" in subprocess.run(command, capture_output=True).stderr  # noqa: PLW1510 (ours; expected to fail)

    profile.close()
    lock_profile(profile.folder).close()


def test_there_is_no_profile_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoProfileError):
        lock_profile(tmp_path / "nowhere")
    with pytest.raises(NoProfileError):
        lock_profile(tmp_path)


def test_a_profile_is_never_made_over_another(
    opened: tuple[Profile, ProfileKey], vault: Vault
) -> None:
    profile, _ = opened
    profile.close()

    with pytest.raises(ProfileExistsError):
        create_profile(profile.folder, vault)


def test_a_profile_of_a_later_shape_is_left_alone(opened: tuple[Profile, ProfileKey]) -> None:
    profile, _ = opened
    profile.close()
    path = profile.folder / FACTS
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 2}))

    with pytest.raises(NoProfileError):
        lock_profile(profile.folder)


def test_a_key_that_is_gone_or_another_is_told_apart(
    opened: tuple[Profile, ProfileKey], vault: Vault
) -> None:
    profile, _ = opened
    vault.secrets[profile.facts.id] = new_key().secret
    with pytest.raises(WrongKeyError):
        profile.key_from(vault)
    vault.secrets[profile.facts.id] = b"short"
    with pytest.raises(KeyMissingError):
        profile.key_from(vault)
    vault.secrets.clear()
    with pytest.raises(KeyMissingError):
        profile.key_from(vault)


def test_a_wrong_key_never_makes_a_good_database_a_damaged_one(store: Store) -> None:
    folder = store.profile.folder
    store.close()
    profile = lock_profile(folder)

    with pytest.raises(WrongKeyError):
        open_store(profile, new_key(), now=NOW)

    assert profile.database.exists()
    assert not profile.quarantine.exists()
    profile.close()


def test_a_passphrase_opens_its_profile_and_no_other_does(tmp_path: Path) -> None:
    profile, key = passphrase.create_profile(tmp_path / "p", "correct horse", CHEAP)

    assert passphrase.unlock(profile, "correct horse") == key
    for wrong in ("Correct horse", "", "correct horse "):
        with pytest.raises(WrongPassphraseError):
            passphrase.unlock(profile, wrong)
    assert b"correct horse" not in (profile.folder / FACTS).read_bytes()
    profile.close()


def test_a_changed_passphrase_replaces_the_old_one_and_keeps_the_key(tmp_path: Path) -> None:
    profile, key = passphrase.create_profile(tmp_path / "p", "old", CHEAP)

    passphrase.change(profile, key, "new", CHEAP)
    profile.close()

    again = lock_profile(profile.folder)
    assert passphrase.unlock(again, "new") == key
    with pytest.raises(WrongPassphraseError):
        passphrase.unlock(again, "old")
    with pytest.raises(WrongKeyError):
        passphrase.change(again, new_key(), "mine", CHEAP)
    again.close()


def test_a_keyring_that_protects_nothing_is_refused() -> None:
    for backend in (fail.Keyring(), null.Keyring(), chainer.ChainerBackend()):
        assert not protects(backend)
        vault = KeyringVault(backend)
        with pytest.raises(NoKeyringError):
            vault.get("name")
        with pytest.raises(NoKeyringError):
            vault.put("name", b"secret")
        with pytest.raises(NoKeyringError):
            vault.drop("name")


def test_a_plaintext_keyring_is_refused() -> None:
    plaintext = type("PlaintextKeyring", (null.Keyring,), {"__module__": "keyrings.alt.file"})

    assert not protects(plaintext())


def test_nothing_slow_is_imported_before_the_first_paint() -> None:
    command = [sys.executable, "-c", IMPORTS]
    done = subprocess.run(command, capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"


def test_every_account_has_a_folder_of_its_own(tmp_path: Path) -> None:
    names = {
        folder_for(tmp_path, "https://a.example", "one"),
        folder_for(tmp_path, "https://a.example", "two"),
        folder_for(tmp_path, "https://b.example", "one"),
    }

    assert len(names) == 3
    assert folder_for(tmp_path, "https://a.example/", "one") in names


def test_profiles_are_found(opened: tuple[Profile, ProfileKey], tmp_path: Path) -> None:
    (tmp_path / "something else").mkdir()

    assert list_profiles(tmp_path) == (opened[0].folder,)
    assert list_profiles(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("url", "account"),
    [("https://platform.example", "account-2"), ("https://other.example", "account-1")],
)
def test_a_profile_never_becomes_another_accounts(store: Store, url: str, account: str) -> None:
    stranger = SignIn(platform_url=url, account=account, receipt_key="k", token="t")  # noqa: S106 (made up)

    with pytest.raises(OtherAccountError), store.sessions.begin() as session:
        bind(session, store.journal, stranger)

    with store.sessions.begin() as session:
        kept = get_account(session)
    assert kept is not None
    assert kept.account == "account-1"
