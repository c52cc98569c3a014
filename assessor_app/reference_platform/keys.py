"""Secrets and opaque names: the receipt key, tokens, handles, blob names and cursors."""

import base64
import binascii
import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.ids import BlobId, Epoch, Sha256, SubmissionId
from assessor_app.reference_platform.durable import sync

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that can be taken for something else: no 0 O, 1 I L, U V beside each other."""
_SECRET_BYTES = 32
_MAC_BYTES = 16
_POSITION_BYTES = 8


def random_id() -> str:
    """Return a random version 4 UUID."""
    return str(uuid4())


def is_random_id(told: str) -> bool:
    """Return whether this is a UUID of version 4 in its one canonical spelling."""
    try:
        found = UUID(told)
    except ValueError:
        return False
    return str(found) == told and found.version == 4  # noqa: PLR2004 (the random version)


def new_handle() -> SubmissionId:
    """Return a submission id as people use it, for example MC-4F2K-9."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(5))
    return SubmissionId(f"MC-{drawn[:4]}-{drawn[4:]}")


def new_secret() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(_SECRET_BYTES)


def new_token() -> str:
    """Return a bearer token."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def token_hash(token: str) -> Sha256:
    """Return what is kept of a token."""
    return Sha256(hashlib.sha256(token.encode()).hexdigest())


def keyed_hash(secret: bytes, text: str) -> str:
    """Return a stable name for a text that tells nothing of it without the secret."""
    return hmac.digest(secret, text.encode(), "sha256").hex()


def blob_name(secret: bytes, sha256: Sha256) -> BlobId:
    """Return a person's name for a blob; names of two persons never match."""
    return BlobId(keyed_hash(secret, f"blob {sha256}"))


def seal_cursor(secret: bytes, epoch: Epoch, position: int) -> str:
    """Return a cursor that only this person can use, and only in this epoch."""
    place = position.to_bytes(_POSITION_BYTES)
    sealed = place + _mac(secret, epoch, place)
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def open_cursor(secret: bytes, epoch: Epoch, untrusted_cursor: str) -> int | None:
    """Return the position of a cursor; None for anything but this person's in this epoch."""
    try:
        sealed = base64.urlsafe_b64decode(untrusted_cursor + "=" * (-len(untrusted_cursor) % 4))
    except (ValueError, binascii.Error):
        return None
    place, told = sealed[:_POSITION_BYTES], sealed[_POSITION_BYTES:]
    if not hmac.compare_digest(told, _mac(secret, epoch, place)):
        return None
    return int.from_bytes(place)


def kept_key(path: Path) -> bytes:
    """Return the 32 secret bytes of a file, drawn and written with mode 0600 if there is none.

    The file is there whole or not at all: of two processes that begin at once, both get the same.
    """
    if not path.exists():
        _write_first(path, new_secret())
    return path.read_bytes()


def _write_first(path: Path, secret: bytes) -> None:
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # somebody else was first
        path.hardlink_to(beside)
    beside.unlink()
    sync(path.parent)


def receipt_key(path: Path) -> Ed25519PrivateKey:
    """Return the key that signs receipts."""
    return Ed25519PrivateKey.from_private_bytes(kept_key(path))


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the raw public key in base64, as clients pin it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")


def _mac(secret: bytes, epoch: Epoch, place: bytes) -> bytes:
    return hmac.digest(secret, b"cursor " + epoch.encode() + place, "sha256")[:_MAC_BYTES]
