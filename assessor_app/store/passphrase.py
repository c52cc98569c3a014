"""A passphrase instead of a keyring: Argon2id, once per start, around the same random key."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor_app.store.errors import WrongPassphraseError
from assessor_app.store.keys import KEY_BYTES, ProfileKey, new_key
from assessor_app.store.profile import (
    KeySource,
    Profile,
    ProfileFacts,
    WrappedKey,
    found_profile,
)

_SALT_BYTES = 16
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs. Source: RFC 9106, the second recommended option."""

    time_cost: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


def create_profile(
    folder: Path, passphrase: str, cost: Cost = Cost()
) -> tuple[Profile, ProfileKey]:
    """Return a new profile whose key is wrapped by a passphrase. Raises ProfileExistsError."""
    key, profile_id = new_key(), str(uuid4())
    facts = ProfileFacts(
        id=profile_id,
        key_source=KeySource.PASSPHRASE,
        check=key.check(),
        wrapped_key=_wrap(key, passphrase, profile_id, cost),
    )
    return found_profile(folder, facts), key


def unlock(profile: Profile, passphrase: str) -> ProfileKey:
    """Return the key of a profile.

    Raises:
        WrongPassphraseError: The passphrase does not open it.
    """
    wrapped = profile.facts.wrapped_key
    if wrapped is None:
        raise WrongPassphraseError(profile.folder)
    cost = Cost(time_cost=wrapped.time_cost, memory_kib=wrapped.memory_kib, lanes=wrapped.lanes)
    wrapping = AESGCM(_stretch(passphrase, wrapped.salt, cost))
    try:
        secret = wrapping.decrypt(wrapped.nonce, wrapped.wrapped, profile.facts.id.encode())
    except InvalidTag:
        raise WrongPassphraseError(profile.folder) from None
    return profile.checked(ProfileKey(secret))


def change(profile: Profile, key: ProfileKey, passphrase: str, cost: Cost = Cost()) -> None:
    """Let another passphrase open the profile, and no longer the one before.

    The key stays, so neither the database nor a file is written again; a kill leaves the old
    passphrase or the new one. Raises WrongKeyError.
    """
    wrapped = _wrap(profile.checked(key), passphrase, profile.facts.id, cost)
    facts = replace(profile.facts, key_source=KeySource.PASSPHRASE, wrapped_key=wrapped)
    profile.keep_facts(facts)


def _wrap(key: ProfileKey, passphrase: str, profile_id: str, cost: Cost) -> WrappedKey:
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapping = AESGCM(_stretch(passphrase, salt, cost))
    return WrappedKey(
        salt=salt,
        time_cost=cost.time_cost,
        memory_kib=cost.memory_kib,
        lanes=cost.lanes,
        nonce=nonce,
        wrapped=wrapping.encrypt(nonce, key.secret, profile_id.encode()),
    )


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.time_cost,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
