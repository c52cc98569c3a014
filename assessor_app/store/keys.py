"""The profile's key: one random secret in the system's keyring, and what is derived from it."""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Protocol, cast

import keyring
import keyring.errors
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from keyring.backend import KeyringBackend
from keyring.backends import chainer

from assessor_app.store.errors import NoKeyringError

KEY_BYTES = 32
SERVICE = "assessor-app"
_CHECK_BYTES = 8
_PROTECTING = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
"""Backends that give a secret to the system's own vault. All others are refused by absence."""


class KeyVault(Protocol):
    """Where short secrets are kept between two starts."""

    def get(self, name: str) -> bytes | None:
        """Return a secret, or None. Raises NoKeyringError."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises NoKeyringError."""
        ...

    def drop(self, name: str) -> None:
        """Forget a secret that may or may not be there. Raises NoKeyringError."""
        ...


@dataclass(frozen=True, slots=True)
class ProfileKey:
    """The 32 random bytes that open a profile. The database takes them raw."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a profile key of {len(self.secret)} bytes")

    def derived(self, purpose: str) -> bytes:
        """Return a key of its own for one purpose; it tells nothing about this one."""
        kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
        return kdf.derive(self.secret)

    def check(self) -> bytes:
        """Return a short value by which the right key is known. It is not secret."""
        return self.derived("check")[:_CHECK_BYTES]

    def fits(self, check: bytes) -> bool:
        """Return whether this is the key a check value was made with."""
        return hmac.compare_digest(self.check(), check)


class _Passwords(Protocol):
    """A keyring backend as far as we use it; its own annotations are incomplete."""

    def get_password(self, service: str, username: str, /) -> str | None: ...
    def set_password(self, service: str, username: str, password: str, /) -> None: ...
    def delete_password(self, service: str, username: str, /) -> None: ...


def new_key() -> ProfileKey:
    """Return a fresh random key."""
    return ProfileKey(secrets.token_bytes(KEY_BYTES))


def protects(backend: KeyringBackend) -> bool:
    """Return whether a keyring backend hands secrets to the system's vault, and to nothing else."""
    if isinstance(backend, chainer.ChainerBackend):
        return bool(backend.backends) and all(protects(inner) for inner in backend.backends)
    return type(backend).__module__ in _PROTECTING


class KeyringVault:
    """The vault of the operating system."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend

    def get(self, name: str) -> bytes | None:
        """Return a secret, or None. Raises NoKeyringError."""
        try:
            text = self._protecting().get_password(SERVICE, name)
            return None if text is None else base64.b64decode(text, validate=True)
        except keyring.errors.KeyringError:
            raise NoKeyringError from None
        except binascii.Error:
            return None

    def put(self, name: str, secret: bytes) -> None:
        """Keep a secret. Raises NoKeyringError."""
        try:
            self._protecting().set_password(SERVICE, name, base64.b64encode(secret).decode())
        except keyring.errors.KeyringError:
            raise NoKeyringError from None

    def drop(self, name: str) -> None:
        """Forget a secret that may or may not be there. Raises NoKeyringError."""
        try:
            self._protecting().delete_password(SERVICE, name)
        except keyring.errors.PasswordDeleteError:
            return
        except keyring.errors.KeyringError:
            raise NoKeyringError from None

    def _protecting(self) -> _Passwords:
        backend = self._backend or keyring.get_keyring()
        if not protects(backend):
            raise NoKeyringError
        return cast("_Passwords", backend)
