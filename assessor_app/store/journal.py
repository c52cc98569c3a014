"""The write-ahead log of sealed work: one encrypted, durable file per entry, beside the database.

An entry is on the disk before the database commits what it says, so that sealed work survives an
older or a destroyed database. What an entry does to the database is in `replay`.
"""

import contextlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor_app.domain.ids import ActId, AssignmentId, Epoch, ReviewId, Sha256
from assessor_app.domain.outbox import ActKind, AttentionReason
from assessor_app.domain.review import Review
from assessor_app.store.ballast import release
from assessor_app.store.columns import from_json, to_json
from assessor_app.store.errors import DiskFullError
from assessor_app.store.files import make_private, sync_folder, write_durably
from assessor_app.store.keys import ProfileKey

_MAGIC = b"AAJ1"
_NONCE_BYTES = 12
_NAME = re.compile(r"(?P<number>\d{10})\.entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReceipt:
    """A receipt whose signature the caller has verified. `content` are its exact bytes."""

    sequence: int
    act: ActId
    kind: ActKind
    assignment: AssignmentId
    body_sha256: Sha256
    epoch: Epoch
    received_at: datetime
    content: bytes = field(repr=False)


class VoidCause(StrEnum):
    """Why a review is voided, which says what becomes of its text."""

    REOPENED = "reopened"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingEntry:
    """Whose profile this is: nothing in it may be sent under another account."""

    platform_url: str
    account: str
    receipt_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealEntry:
    """A sealed review: the frozen bytes, and the text it came from."""

    act: ReviewId
    review: Review
    body: bytes = field(repr=False)
    sealed_at: datetime
    grace_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidEntry:
    """The end of one review. With the cause `reopened` it is a reopening: the text is a draft."""

    act: ActId
    review: ReviewId
    assignment: AssignmentId
    body: bytes = field(repr=False)
    sealed_at: datetime
    cause: VoidCause
    reason: AttentionReason | None = None
    problem: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationEntry:
    """A late review given to the lead as an independent second read."""

    act: ActId
    review: ReviewId
    assignment: AssignmentId
    body: bytes = field(repr=False)
    sealed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedEntry:
    """A void that came too late: the platform counts the review, as this receipt says."""

    act: ActId
    receipt: KeptReceipt


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEntry:
    """The assessor holds the outbox, or let it go again; the last one counts."""

    holds: bool


Entry = BindingEntry | SealEntry | VoidEntry | DonationEntry | ClosedEntry | HoldEntry
_KINDS: dict[str, type[Entry]] = {
    "binding": BindingEntry,
    "seal": SealEntry,
    "void": VoidEntry,
    "donation": DonationEntry,
    "closed": ClosedEntry,
    "hold": HoldEntry,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Handle:
    """One entry, by which it can be dropped."""

    name: str


class Journal(Protocol):
    """What sealed work is written to first."""

    def append(self, entry: Entry) -> Handle:
        """Make an entry durable. Raises DiskFullError."""
        ...

    def entries(self) -> tuple[tuple[Handle, Entry], ...]:
        """Return every readable entry, in the order of writing."""
        ...

    def drop(self, handle: Handle) -> None:
        """Forget an entry that may or may not be there."""
        ...


class JournalFolder:
    """The journal of a profile. Threads may append at once. A full disk gives up the ballast."""

    def __init__(self, folder: Path, key: ProfileKey, *, ballast: Path) -> None:
        self._folder = folder
        self._ballast = ballast
        self._cipher = AESGCM(key.derived("journal"))
        self._lock = Lock()
        make_private(folder)
        for leftover in folder.glob("*.new"):
            leftover.unlink()
        self._last = max((number for number, _ in self._names()), default=0)

    def append(self, entry: Entry) -> Handle:
        """Make an entry durable. Raises DiskFullError."""
        with self._lock:
            self._last += 1
            name = f"{self._last:010}.entry"
            nonce = secrets.token_bytes(_NONCE_BYTES)
            plain = _NAMES[type(entry)].encode() + b"\n" + to_json(entry)
            sealed = self._cipher.encrypt(nonce, plain, name.encode())
            try:
                self._write(self._folder / name, _MAGIC + nonce + sealed)
            except BaseException:
                self._forget(name)
                raise
        return Handle(name)

    def entries(self) -> tuple[tuple[Handle, Entry], ...]:
        """Return every readable entry, in the order of writing."""
        found = ((Handle(name), self._read(name)) for _, name in sorted(self._names()))
        return tuple((handle, entry) for handle, entry in found if entry is not None)

    def unreadable(self) -> tuple[str, ...]:
        """Return the files that are no entry of this journal. They are kept as they are."""
        return tuple(name for _, name in sorted(self._names()) if self._read(name) is None)

    def drop(self, handle: Handle) -> None:
        """Forget an entry that may or may not be there."""
        with contextlib.suppress(FileNotFoundError):
            (self._folder / handle.name).unlink()
            sync_folder(self._folder)

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_durably(path, content)
        except DiskFullError:
            if not release(self._ballast):
                raise
            write_durably(path, content)

    def _forget(self, name: str) -> None:
        """Take back what may have got its name before the disk failed: nobody was told of it."""
        with contextlib.suppress(OSError):
            (self._folder / name).unlink(missing_ok=True)

    def _names(self) -> list[tuple[int, str]]:
        found = (_NAME.fullmatch(path.name) for path in self._folder.iterdir())
        return [(int(match["number"]), match.string) for match in found if match]

    def _read(self, name: str) -> Entry | None:
        content = (self._folder / name).read_bytes()
        start = len(_MAGIC) + _NONCE_BYTES
        if content[: len(_MAGIC)] != _MAGIC:
            return None
        try:
            plain = self._cipher.decrypt(
                content[len(_MAGIC) : start], content[start:], name.encode()
            )
            kind, _, text = plain.partition(b"\n")
            return from_json(_KINDS[kind.decode()], text)
        except (InvalidTag, ValueError, KeyError, msgspec.DecodeError):
            return None
