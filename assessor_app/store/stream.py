"""The layout of an encrypted file: chunks of 64 KiB, each bound to its place and to the end.

STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM: the number of the chunk and
whether it is the last are the nonce, the content's hash is associated data. The key belongs to
this content alone, and a chunk's plaintext is fixed by the manifest, so a nonce never meets two
plaintexts. Parts of chunks are encrypted under a key of their own with random nonces.
"""

import secrets
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import CHUNK_BYTES

Bytes: TypeAlias = bytes | bytearray | memoryview

TAG_BYTES = 16
STORED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
KEY_BYTES = 32
_NONCE_BYTES = 12


def chunks_of(size_bytes: int) -> int:
    """Return how many chunks a content has; an empty one has one, so that its end is bound too."""
    return max(1, -(-size_bytes // CHUNK_BYTES))


def length_of(size_bytes: int, chunk: int) -> int:
    """Return the length of one chunk."""
    return min(CHUNK_BYTES, size_bytes - chunk * CHUNK_BYTES)


class ChunkCipher:
    """Encrypts and decrypts the chunks of one content. Threads may use it at once.

    Into buffers of the caller: memory that is new for every chunk costs more than its encryption.
    """

    def __init__(self, key: bytes, sha256: Sha256, size_bytes: int) -> None:
        self._cipher = AESGCM(key)
        self._about = bytes.fromhex(sha256)
        self._last = chunks_of(size_bytes) - 1

    def encrypt_into(self, chunk: int, plain: Bytes, stored: memoryview) -> None:
        """Fill `stored`, which has `TAG_BYTES` more, with a chunk as it lies at its place."""
        self._cipher.encrypt_into(self._nonce(chunk), plain, self._about, stored)

    def decrypt_into(self, chunk: int, stored: Bytes, plain: memoryview) -> bool:
        """Fill `plain` with a chunk; False if these are not exactly this chunk of this content."""
        try:
            self._cipher.decrypt_into(self._nonce(chunk), stored, self._about, plain)
        except (InvalidTag, ValueError):
            return False
        return True

    def _nonce(self, chunk: int) -> bytes:
        return (chunk << 8 | (chunk == self._last)).to_bytes(_NONCE_BYTES, "big")


class PartCipher:
    """Encrypts pieces of chunks that have not arrived wholly."""

    def __init__(self, key: bytes) -> None:
        kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"part of a chunk")
        self._cipher = AESGCM(kdf.derive(key))

    def encrypt(self, plain: Bytes, about: bytes) -> bytes:
        """Return a piece with its nonce; `about` is its place."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about)

    def decrypt(self, stored: bytes, about: bytes) -> bytes | None:
        """Return a piece, or None if it is not the piece of this place."""
        try:
            return self._cipher.decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], about)
        except (InvalidTag, ValueError):
            return None
