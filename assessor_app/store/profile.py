"""One profile: its folder, its lock, and where its key is. Imports nothing slow."""

import hashlib
import os
import sys
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self
from uuid import uuid4

import msgspec

from assessor_app.store.errors import (
    KeyMissingError,
    NoProfileError,
    ProfileExistsError,
    ProfileInUseError,
    ReadOnlyProfileError,
    WrongKeyError,
)
from assessor_app.store.files import PRIVATE_FILE, make_private, write_durably
from assessor_app.store.keys import KeyVault, ProfileKey, new_key

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


VERSION = 1
LOCK = "lock"
DATABASE = "store.db"
FACTS = "profile.json"
_NAME_DIGITS = 24


class KeySource(StrEnum):
    """What has to be asked for the key."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 (the name of a source)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """The key, encrypted under what Argon2id makes of a passphrase with these parameters."""

    salt: bytes
    time_cost: int
    memory_kib: int
    lanes: int
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """What is known before the key is there. Nothing in it is secret or says whose it is."""

    version: int = VERSION
    id: str
    key_source: KeySource
    check: bytes
    wrapped_key: WrappedKey | None = None


@dataclass(slots=True)
class Profile:
    """A locked profile folder. `close` gives the lock back; the end of the process does too."""

    folder: Path
    facts: ProfileFacts
    _lock: int = field(repr=False)

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE

    @property
    def blob_folder(self) -> Path:
        """The encrypted files."""
        return self.folder / "blobs"

    @property
    def journal_folder(self) -> Path:
        """The write-ahead log of sealed work."""
        return self.folder / "journal"

    @property
    def quarantine(self) -> Path:
        """Damaged databases, kept as they were found."""
        return self.folder / "quarantine"

    @property
    def ballast(self) -> Path:
        """The file that is given up when the disk is full."""
        return self.folder / "ballast"

    def key_from(self, vault: KeyVault) -> ProfileKey:
        """Return the key that the keyring holds for this profile.

        Raises:
            KeyMissingError: The keyring has none, or not a key.
            WrongKeyError: The keyring has the key of something else.
            NoKeyringError: There is no keyring.
        """
        secret = vault.get(self.facts.id)
        if secret is None:
            raise KeyMissingError(self.folder)
        try:
            return self.checked(ProfileKey(secret))
        except ValueError:
            raise KeyMissingError(self.folder) from None

    def checked(self, key: ProfileKey) -> ProfileKey:
        """Return the key if it is this profile's. Raises WrongKeyError."""
        if not key.fits(self.facts.check):
            raise WrongKeyError(self.folder)
        return key

    def keep_facts(self, facts: ProfileFacts) -> None:
        """Replace what is known before the key is there, wholly or not at all."""
        write_durably(self.folder / FACTS, msgspec.json.encode(facts))
        self.facts = facts

    def close(self) -> None:
        """Give the lock back."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def folder_for(root: Path, platform_url: str, account: str) -> Path:
    """Return where the profile of one account at one platform belongs."""
    digest = hashlib.sha256(f"{platform_url.rstrip('/')}\n{account}".encode()).hexdigest()
    return root / digest[:_NAME_DIGITS]


def list_profiles(root: Path) -> tuple[Path, ...]:
    """Return the profile folders below `root`, the one used last first."""
    if not root.is_dir():
        return ()
    found = [folder for folder in root.iterdir() if (folder / FACTS).is_file()]
    return tuple(sorted(found, key=last_used, reverse=True))


def read_facts(folder: Path) -> ProfileFacts | None:
    """Return what is known of a profile before its key is there; None where it cannot be read."""
    try:
        return msgspec.json.decode((folder / FACTS).read_bytes(), type=ProfileFacts)
    except (OSError, msgspec.DecodeError):
        return None


def lock_profile(folder: Path) -> Profile:
    """Return the profile of a folder, locked for this process.

    Raises:
        NoProfileError: There is none, or a newer program made it.
        ProfileInUseError: Another process has it.
        ReadOnlyProfileError: The folder cannot be written to.
    """
    if not folder.is_dir():
        raise NoProfileError(folder)
    lock = _lock(folder)
    try:
        facts = msgspec.json.decode((folder / FACTS).read_bytes(), type=ProfileFacts)
        make_private(folder)
    except (OSError, msgspec.DecodeError):
        os.close(lock)
        raise NoProfileError(folder) from None
    if facts.version != VERSION:
        os.close(lock)
        raise NoProfileError(folder)
    return Profile(folder, facts, lock)


def create_profile(folder: Path, vault: KeyVault) -> tuple[Profile, ProfileKey]:
    """Return a new profile whose key is in the keyring.

    Raises:
        ProfileExistsError: The folder holds a profile already.
        NoKeyringError: There is no keyring; nothing was made.
    """
    key, profile_id = new_key(), str(uuid4())
    vault.put(profile_id, key.secret)
    facts = ProfileFacts(id=profile_id, key_source=KeySource.KEYRING, check=key.check())
    return found_profile(folder, facts), key


def found_profile(folder: Path, facts: ProfileFacts) -> Profile:
    """Return a new, locked profile with these facts. Raises ProfileExistsError."""
    make_private(folder)
    profile = Profile(folder, facts, _lock(folder))
    if (folder / FACTS).exists():
        profile.close()
        raise ProfileExistsError(folder)
    profile.keep_facts(facts)
    return profile


def last_used(folder: Path) -> float:
    """Return when a profile was locked by a process last, in seconds of the epoch."""
    lock = folder / LOCK
    return lock.stat().st_mtime if lock.exists() else 0.0


def _lock(folder: Path) -> int:
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError:
        raise ReadOnlyProfileError(folder) from None
    try:
        _try_lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise ProfileInUseError(folder) from None
    os.utime(folder / LOCK)
    return descriptor
