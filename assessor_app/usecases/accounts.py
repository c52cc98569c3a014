"""The accounts whose work is on this computer, and how much of it is nowhere else.

Whose a profile is stands in its encrypted database alone. Where only a passphrase opens that, its
tag and the numbers of its last use have to do. Imports nothing slow.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.errors import AppError
from assessor_app.store import profile
from assessor_app.store.errors import NoKeyringError
from assessor_app.store.keys import KeyVault, ProfileKey
from assessor_app.store.quick import Owner, Unsent, owner, read_unsent
from assessor_app.usecases.first_page import list_known

__all__ = ["KnownAccount", "Unsent", "has_keyring", "list_accounts", "tag_of"]

_PROBE = "keyring-probe"
_TAG_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccount:
    """One account at one platform. `platform_url` is empty where only its passphrase tells it.

    `unsent` None: it is not known how much is only here.
    """

    folder: Path
    needs_passphrase: bool
    last_used: datetime
    platform_url: str = ""
    unsent: Unsent | None = None

    @property
    def tag(self) -> str:
        """What tells it from another account at the same platform."""
        return tag_of(self.folder)


def has_keyring(vault: KeyVault) -> bool:
    """Return whether this computer has a keyring that can be asked."""
    try:
        vault.get(_PROBE)
    except NoKeyringError:
        return False
    return True


def tag_of(folder: Path) -> str:
    """Return the short name of a profile; it tells neither platform nor account."""
    return folder.name[:_TAG_DIGITS]


def list_accounts(
    root: Path, vault: KeyVault, *, but: Path | None = None
) -> tuple[KnownAccount, ...]:
    """Return the accounts below a folder, the one used last first; `but` is open and left out."""
    return tuple(
        _account(known.folder, vault, needs_passphrase=known.needs_passphrase)
        for known in list_known(root)
        if known.folder != but
    )


def _account(folder: Path, vault: KeyVault, *, needs_passphrase: bool) -> KnownAccount:
    found = None if needs_passphrase else _owner(folder, vault)
    return KnownAccount(
        folder=folder,
        needs_passphrase=needs_passphrase,
        last_used=datetime.fromtimestamp(profile.last_used(folder), UTC),
        platform_url=found.platform_url if found else "",
        unsent=found.unsent if found else read_unsent(folder),
    )


def _owner(folder: Path, vault: KeyVault) -> Owner | None:
    facts = profile.read_facts(folder)
    try:
        secret = vault.get(facts.id) if facts else None
        key = ProfileKey(secret) if secret else None
    except (AppError, ValueError):
        return None
    if facts is None or key is None or not key.fits(facts.check):
        return None
    return owner(folder / profile.DATABASE, key)
