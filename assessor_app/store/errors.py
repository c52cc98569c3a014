"""What the store raises when it cannot do what was asked: facts, no sentences."""

from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ActId, AssignmentId, Sha256
from assessor_app.domain.outbox import OutboxState


@dataclass(eq=False)
class NoProfileError(AppError):
    """The folder holds no profile, or none that this program can read."""

    folder: Path


@dataclass(eq=False)
class ProfileExistsError(AppError):
    """A new profile was asked for where there is one."""

    folder: Path


@dataclass(eq=False)
class ProfileInUseError(AppError):
    """Another process uses the profile."""

    folder: Path


@dataclass(eq=False)
class ReadOnlyProfileError(AppError):
    """The folder cannot be written to."""

    folder: Path


@dataclass(eq=False)
class NoKeyringError(AppError):
    """The system offers no keyring that protects a secret. A passphrase is needed."""


@dataclass(eq=False)
class KeyMissingError(AppError):
    """The keyring no longer holds the key of this profile."""

    folder: Path


@dataclass(eq=False)
class WrongKeyError(AppError):
    """The key is not the one this profile was made with. Nothing was touched."""

    folder: Path


@dataclass(eq=False)
class WrongPassphraseError(AppError):
    """The passphrase does not open the profile. Nothing was touched."""

    folder: Path


@dataclass(eq=False)
class NotEncryptedError(AppError):
    """The database would be, or is, readable without the key. It is not used."""

    path: Path


@dataclass(eq=False)
class DamagedStoreError(AppError):
    """The database cannot be read as a whole. The next start sets it aside and rebuilds it."""

    path: Path


@dataclass(eq=False)
class NewerStoreError(AppError):
    """A newer version of the program wrote the database. It can be read, not changed."""

    path: Path
    revision: str


@dataclass(eq=False)
class UnreadableStoreError(AppError):
    """The database of a newer version keeps work in a way this one does not know."""

    path: Path


@dataclass(eq=False)
class DiskFullError(AppError):
    """No room on the disk. `released`: the ballast was given up, so one more try can succeed."""

    released: bool


@dataclass(eq=False)
class OtherAccountError(AppError):
    """The profile belongs to another account or another platform."""


@dataclass(eq=False)
class WrongContentError(AppError):
    """Bytes do not have the hash under which they were to be kept."""

    expected: Sha256


@dataclass(eq=False)
class WrongHashError(AppError):
    """A chunk that arrived is not the chunk of the manifest; only it is to be fetched again."""

    blob: Sha256
    chunk: int


@dataclass(eq=False)
class NoBlobError(AppError):
    """The blob is not on this laptop, or not completely."""

    blob: Sha256


@dataclass(eq=False)
class DamagedBlobError(AppError):
    """A file of the profile was changed or cut; the blob is to be fetched again."""

    blob: Sha256


@dataclass(eq=False)
class SealedReviewError(AppError):
    """The review is sealed: it has to be reopened before it can change or be sealed again."""

    assignment: AssignmentId


@dataclass(eq=False)
class NothingToUndoError(AppError):
    """There is no earlier, or no later, revision of the draft."""

    assignment: AssignmentId


@dataclass(eq=False)
class NoActError(AppError):
    """The outbox holds no such act."""

    act: ActId


@dataclass(eq=False)
class IllegalTransitionError(AppError):
    """An act cannot go from its state to the wanted one."""

    act: ActId
    state: OutboxState
    wanted: OutboxState


@dataclass(eq=False)
class WrongReceiptError(AppError):
    """A receipt is not about the act it was given for. The act is not received."""

    act: ActId
