"""Sentences about expected errors: what happened, what is safe, what to do next."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication

from assessor_app.domain.errors import UnexpectedError
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.usecases import errors
from assessor_app.usecases.errors import AddressFault, AppError, OfflineReason
from assessor_app.usecases.samples import PlatformCommandError

_CONTEXT = "errors"


def sentence(error: AppError) -> str:
    """Return what an error means to the assessor, in the language of the window.

    An error that no screen should ever meet has a general sentence that says what is safe.
    """
    for kind in type(error).__mro__:
        if kind in _BY_FACTS:
            return _translated(_BY_FACTS[kind](error))
        if kind in _SENTENCES:
            return _translated(_SENTENCES[kind])
    return _translated(_ANY)


def offline_sentence(reason: OfflineReason) -> str:
    """Return why the platform cannot be talked to now, and what to do."""
    return _translated(_OFFLINE[reason])


def render_sentence(code: RenderCode) -> str:
    """Return why an artifact cannot be shown, and that it can be rated all the same."""
    return _translated(_RENDER[code])


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def _noop(text: str) -> str:
    """Mark a text for translation."""
    return text


_ANY = _noop(
    "Something did not work as it should. What you wrote is kept on this laptop. Try once more."
)

_OFFLINE = MappingProxyType(
    {
        OfflineReason.NO_NETWORK: _noop(
            "The platform cannot be reached. Your work is safe on this laptop and leaves by itself "
            "once there is a network again."
        ),
        OfflineReason.NOT_THE_PLATFORM: _noop(
            "Something else answers in place of the platform. Your network may want you to sign in "
            "first: open a web page, sign in there, then sync again. Nothing was sent."
        ),
        OfflineReason.UNTRUSTED: _noop(
            "This computer does not trust the certificate of the platform, so nothing was sent. "
            "Check the date and time, or ask whoever runs the platform."
        ),
    }
)

_ADDRESS = MappingProxyType(
    {
        AddressFault.UNREADABLE: _noop(
            "This is not the address of a platform. It looks like https://platform.example."
        ),
        AddressFault.NOT_ENCRYPTED: _noop(
            "This address begins with http, which anybody on the way could read. "
            "Use the one that begins with https."
        ),
        AddressFault.MORE_THAN_A_HOST: _noop(
            "Only the first part of the address is needed, up to the name of the platform. "
            "Take away what follows it."
        ),
    }
)

_RENDER = MappingProxyType(
    {
        RenderCode.EMPTY: _noop(
            "This artifact is empty. You can still rate; say so with a reason if it matters."
        ),
        RenderCode.BROKEN: _noop(
            "This artifact is damaged and cannot be shown. You can still rate, and report it."
        ),
        RenderCode.ENCRYPTED: _noop(
            "This artifact is locked with a password and cannot be shown. "
            "You can still rate, and report it."
        ),
        RenderCode.TOO_LARGE: _noop(
            "This artifact is too large to be shown safely. You can still rate, and report it."
        ),
        RenderCode.TOO_MANY_PAGES: _noop(
            "This artifact has too many pages to be shown. You can still rate, and report it."
        ),
        RenderCode.UNSUPPORTED: _noop(
            "This kind of artifact cannot be shown here. You can still rate, and report it."
        ),
        RenderCode.HUNG: _noop(
            "This artifact took too long and was stopped. Try once more; you can still rate."
        ),
        RenderCode.CRASHED: _noop(
            "This artifact could not be shown: its reader stopped. Nothing else was touched. "
            "You can still rate, and report it."
        ),
        RenderCode.IMPLAUSIBLE: _noop(
            "This artifact could not be shown: what came out of it did not pass the checks. "
            "You can still rate, and report it."
        ),
        RenderCode.UNAVAILABLE: _noop(
            "This computer cannot open artifacts behind a wall, so only their text is shown. "
            "The settings say more."
        ),
    }
)

_SENTENCES: MappingProxyType[type[Any], str] = MappingProxyType(
    {
        errors.NoProfileError: _noop(
            "There is no work of yours in this place. Sign in, and it is fetched again."
        ),
        errors.ProfileExistsError: _noop(
            "There is work of yours in this place already. Open that, or choose another folder."
        ),
        errors.ProfileInUseError: _noop(
            "Assessor is open already with this work. Go on in that window, or close it first."
        ),
        errors.ReadOnlyProfileError: _noop(
            "The folder of your work cannot be written to. Nothing was changed. "
            "Make it writable, then open Assessor again."
        ),
        errors.NoKeyringError: _noop(
            "This computer has no keyring that could keep the key of your work. "
            "Choose a passphrase instead; it is asked for each time."
        ),
        errors.KeyMissingError: _noop(
            "The keyring no longer holds the key of this work, so it cannot be opened here. "
            "Nothing was deleted. Unlock the keyring of your system and try again."
        ),
        errors.WrongKeyError: _noop(
            "The key in the keyring does not fit this work. Nothing was touched. "
            "Unlock the keyring of your system and try again."
        ),
        errors.WrongPassphraseError: _noop(
            "This passphrase does not fit. Nothing was touched. Try again."
        ),
        errors.NotEncryptedError: _noop(
            "Your work could not be encrypted on this computer, so nothing was written. "
            "Install Assessor again, or ask whoever looks after this computer."
        ),
        errors.DamagedStoreError: _noop(
            "The database of your work is damaged. Open Assessor again: it sets it aside, rebuilds "
            "it and brings back what you sealed."
        ),
        errors.NewerStoreError: _noop(
            "A newer Assessor wrote this work, so this one only reads it. Nothing was changed. "
            "Look at what you wrote, or install the newer version to go on."
        ),
        errors.UnreadableStoreError: _noop(
            "A newer Assessor keeps this work in a way that this one cannot show. Nothing was "
            "changed. Install the newer version; what you wrote is there."
        ),
        errors.OtherAccountError: _noop(
            "This work belongs to another account or another platform. Nothing was changed. "
            "Sign in with the account it was made with."
        ),
        errors.WrongContentError: _noop(
            "Something arrived damaged and was not kept. It is fetched again with the next sync."
        ),
        errors.NoBlobError: _noop(
            "This has not arrived on this laptop yet. The next sync brings it."
        ),
        errors.DamagedBlobError: _noop(
            "A file of this packet is damaged on this laptop. Your review is safe; "
            "the next sync fetches the file again."
        ),
        errors.SealedReviewError: _noop(
            "This review is sealed. Reopen it first, then change it and seal it again."
        ),
        errors.NothingToUndoError: _noop("There is nothing more to undo or redo here."),
        errors.NoActError: _noop("This is no longer in the outbox. The list shows what is."),
        errors.IllegalTransitionError: _noop(
            "This is not possible any more: it has gone further meanwhile. "
            "Nothing was lost; the list shows where it is."
        ),
        errors.UnauthorisedError: _noop(
            "The platform does not accept the token. Your work is safe on this laptop. "
            "Ask for a new token and sign in with it."
        ),
        errors.OtherKeyError: _noop(
            "The platform signs with another key than when you signed in. Nothing was sent. "
            "Ask whoever runs the platform, then sign in again."
        ),
        errors.NewerPlatformError: _noop(
            "The platform speaks a newer language than this Assessor. Your work is safe. "
            "Install the newer version."
        ),
        errors.MalformedError: _noop(
            "Something arrived that is not what it should be, and was not used. "
            "What you wrote is safe. Try again with the next sync."
        ),
        errors.NotHereError: _noop(
            "This packet has not arrived on this laptop yet. The next sync brings it."
        ),
        errors.OldVersionGoneError: _noop(
            "The version your review was written on is not on this laptop any more, so it cannot "
            "be shown. Your review is kept whole. Open the packet to go on with what you wrote."
        ),
        errors.NoDraftError: _noop("Nothing is written about this packet yet."),
        UnexpectedError: _noop(
            "A fault of the program kept this from being done. What was saved before is safe. "
            "Try once more."
        ),
        errors.NotWrittenError: _noop(
            "The file could not be written there. Your review is safe in Assessor as before. "
            "Choose another folder."
        ),
        PlatformCommandError: _noop(
            "The small platform for the samples did not start on this computer. Nothing of yours "
            "was touched. Close other copies of Assessor and try once more."
        ),
    }
)


def _offline(error: errors.OfflineError) -> str:
    return _OFFLINE[error.reason]


def _address(error: errors.BadAddressError) -> str:
    return _ADDRESS[error.fault]


def _render(error: RenderError) -> str:
    return _RENDER[error.code]


def _disk_full(error: errors.DiskFullError) -> str:
    if error.released:
        return _noop(
            "The disk is full. What you wrote last is kept in this window. A reserve was given up, "
            "so try once more, then make room."
        )
    return _noop(
        "The disk is full, so this was not saved. What was saved before is safe. "
        "Make room on the disk, then try once more."
    )


def _outdated(error: errors.OutdatedDraftError) -> str:
    if error.packet:
        return _noop(
            "The packet has a new version. Your draft is kept: carry it over, look at what "
            "changed, then seal."
        )
    return _noop(
        "The rubric has a new version. Your draft is kept: carry it over, look at what "
        "changed, then seal."
    )


def _incomplete(_error: errors.IncompleteReviewError) -> str:
    return _noop(
        "Something is still missing, so nothing was sealed. "
        "The list at the right names it; each line leads to its place."
    )


def _retry_later(error: errors.RetryLaterError) -> str:
    if error.retry_after_s is None:
        return _noop("The platform is busy. Your work is safe and is sent again in a while.")
    return _noop("The platform asks to wait. Your work is safe and is sent again by itself.")


def _uncertain(error: errors.UncertainError) -> str:
    if error.status == 0:
        return _noop(
            "The platform did not answer in time. Your work is safe; whether something arrived is "
            "asked with the next sync."
        )
    return _noop(
        "The platform has a fault of its own just now. Your work is safe; try again in a while."
    )


def _refused(error: errors.RefusedError) -> str:
    if error.problem.status in (403, 404):
        return _noop(
            "The platform does not know this under your account. Your work is kept whole here. "
            "Ask whoever runs the platform."
        )
    return _noop(
        "The platform refused this. Your work is kept whole here, with the reason beside it."
    )


_BY_FACTS: MappingProxyType[type[Any], Callable[[Any], str]] = MappingProxyType(
    {
        errors.OfflineError: _offline,
        errors.BadAddressError: _address,
        RenderError: _render,
        errors.DiskFullError: _disk_full,
        errors.OutdatedDraftError: _outdated,
        errors.IncompleteReviewError: _incomplete,
        errors.RetryLaterError: _retry_later,
        errors.UncertainError: _uncertain,
        errors.RefusedError: _refused,
    }
)
