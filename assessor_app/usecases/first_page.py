"""Which work is on this computer, and the first page of its queue. Imports nothing slow."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.domain.errors import AppError
from assessor_app.store import profile
from assessor_app.store.keys import KeyringVault, KeyVault, ProfileKey
from assessor_app.store.profile import KeySource, Profile
from assessor_app.store.quick import first_page
from assessor_app.usecases.queue_rows import UNKNOWN, QueueRow, is_shown, row_of

__all__ = [
    "FirstPage",
    "KeyVault",
    "KeyringVault",
    "KnownProfile",
    "list_known",
    "look_first",
]


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile folder on this computer, and what has to be asked to open it."""

    folder: Path
    needs_passphrase: bool


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A profile locked for this process, its key, and the rows that can be painted at once.

    Days are counted without the issuer's calendar, which is known once the packets are.
    """

    locked: Profile
    key: ProfileKey
    rows: tuple[QueueRow, ...]


def list_known(root: Path) -> tuple[KnownProfile, ...]:
    """Return the profiles below a folder, the one used last first."""
    return tuple(
        KnownProfile(folder, _needs_passphrase(folder)) for folder in profile.list_profiles(root)
    )


def look_first(folder: Path, vault: KeyVault, *, now: datetime) -> FirstPage:
    """Return the first page of a profile whose key the keyring holds.

    Raises:
        NoProfileError, ProfileInUseError, ReadOnlyProfileError: The folder cannot be used.
        KeyMissingError, WrongKeyError, NoKeyringError: There is no key; nothing was touched.
    """
    locked = profile.lock_profile(folder)
    try:
        key = locked.key_from(vault)
        lines = first_page(locked.database, key)
    except AppError:
        locked.close()
        raise
    shown = (line for line in lines if is_shown(line))
    return FirstPage(locked, key, tuple(row_of(line, UNKNOWN, now) for line in shown))


def _needs_passphrase(folder: Path) -> bool:
    facts = profile.read_facts(folder)
    return facts is not None and facts.key_source is KeySource.PASSPHRASE
