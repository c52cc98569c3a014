"""Every expected failure a screen or command can meet; most come from the layers below."""

from dataclasses import dataclass

from assessor_app.domain.determination import IncompleteReviewError
from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import AssignmentId
from assessor_app.store.errors import (
    DamagedBlobError,
    DamagedStoreError,
    DiskFullError,
    IllegalTransitionError,
    KeyMissingError,
    NewerStoreError,
    NoActError,
    NoBlobError,
    NoKeyringError,
    NoProfileError,
    NotEncryptedError,
    NothingToUndoError,
    OtherAccountError,
    ProfileExistsError,
    ProfileInUseError,
    ReadOnlyProfileError,
    SealedReviewError,
    UnreadableStoreError,
    WrongContentError,
    WrongKeyError,
    WrongPassphraseError,
)
from assessor_app.sync.errors import (
    AddressFault,
    BadAddressError,
    NewerPlatformError,
    OfflineError,
    OfflineReason,
    OtherKeyError,
    RefusedError,
    RetryLaterError,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.wire.errors import MalformedError

__all__ = [
    "AddressFault",
    "AppError",
    "BadAddressError",
    "DamagedBlobError",
    "DamagedStoreError",
    "DiskFullError",
    "IllegalTransitionError",
    "IncompleteReviewError",
    "KeyMissingError",
    "MalformedError",
    "NewerPlatformError",
    "NewerStoreError",
    "NoActError",
    "NoBlobError",
    "NoDraftError",
    "NoKeyringError",
    "NoProfileError",
    "NotEncryptedError",
    "NotHereError",
    "NotWrittenError",
    "NothingToUndoError",
    "OfflineError",
    "OfflineReason",
    "OldVersionGoneError",
    "OtherAccountError",
    "OtherKeyError",
    "OutdatedDraftError",
    "ProfileExistsError",
    "ProfileInUseError",
    "ReadOnlyProfileError",
    "RefusedError",
    "RetryLaterError",
    "SealedReviewError",
    "UnauthorisedError",
    "UncertainError",
    "UnreadableStoreError",
    "WrongContentError",
    "WrongKeyError",
    "WrongPassphraseError",
]


@dataclass(eq=False)
class NotHereError(AppError):
    """The packet or its rubric has not arrived on this laptop yet."""

    assignment: AssignmentId


@dataclass(eq=False)
class OldVersionGoneError(AppError):
    """The version a review was written on is not on this laptop any more, and may never be."""

    assignment: AssignmentId


@dataclass(eq=False)
class NoDraftError(AppError):
    """Nothing was written about this packet yet."""

    assignment: AssignmentId


@dataclass(eq=False)
class NotWrittenError(AppError):
    """A file could not be written where the assessor wanted it. `code` is the system's."""

    code: int


@dataclass(eq=False)
class OutdatedDraftError(AppError):
    """The draft was made on another version of the packet or rubric than the present one."""

    assignment: AssignmentId
    packet: bool
    rubric: bool
