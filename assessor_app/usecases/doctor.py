"""Look at what the app needs of a computer and of a profile. Facts only; words are elsewhere."""

import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assessor_app.render.errors import RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.store import cipher
from assessor_app.store.errors import NoKeyringError, NotEncryptedError
from assessor_app.store.keys import KeyVault, new_key
from assessor_app.usecases.profiles import OpenProfile
from assessor_app.usecases.settings import account_facts

MAX_OFFSET_MS = 5 * 60 * 1000
_PROBE = "doctor"


class Check(StrEnum):
    """What is looked at."""

    KEYRING = "keyring"
    CIPHER = "cipher"
    CONFINEMENT = "confinement"
    STORE = "store"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor. `fact` is a short word or number, never a secret or a name."""

    check: Check
    ok: bool
    fact: str


def look_at_computer(vault: KeyVault) -> tuple[Finding, ...]:
    """Return whether there is a keyring, an encrypted database, and a wall around the decoder."""
    return (_keyring(vault), _cipher(), _confinement())


def look_at_profile(opened: OpenProfile) -> tuple[Finding, ...]:
    """Return whether the store is whole and the clock agrees with the platform's."""
    return (_store(opened), _clock(opened))


def _keyring(vault: KeyVault) -> Finding:
    try:
        vault.get(_PROBE)
    except NoKeyringError:
        return Finding(check=Check.KEYRING, ok=False, fact="none")
    return Finding(check=Check.KEYRING, ok=True, fact="found")


def _cipher() -> Finding:
    """Write a database as the store would, and see that nobody reads it without the key."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "probe.db"
        try:
            connection = cipher.connect(path, new_key())
            connection.execute("CREATE TABLE probe (content TEXT)")
            version = str(connection.execute("PRAGMA cipher_version").fetchone()[0])
            connection.close()
            cipher.verify_encrypted(path)
        except NotEncryptedError:
            return Finding(check=Check.CIPHER, ok=False, fact="not encrypted")
    return Finding(check=Check.CIPHER, ok=True, fact=version)


def _confinement() -> Finding:
    host = RenderHost(ProfileName.VIEWER)
    try:
        found = host.confinement
    except RenderError as error:
        return Finding(check=Check.CONFINEMENT, ok=False, fact=error.code)
    finally:
        host.close()
    return Finding(check=Check.CONFINEMENT, ok=found.holds, fact=found)


def _store(opened: OpenProfile) -> Finding:
    health = opened.health()
    parts = {
        "database": health.database,
        "journal": health.unreadable_journal_files,
        "files": health.damaged_blobs,
    }
    damaged = ", ".join(name for name, found in parts.items() if found)
    return Finding(check=Check.STORE, ok=health.is_sound, fact=damaged or "whole")


def _clock(opened: OpenProfile) -> Finding:
    facts = opened.workbench.prepare(account_facts)()
    offset_ms = facts.clock_offset_ms if facts else 0
    return Finding(
        check=Check.CLOCK, ok=abs(offset_ms) <= MAX_OFFSET_MS, fact=f"{offset_ms / 1000:+.1f} s"
    )
