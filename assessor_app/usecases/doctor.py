"""Look at what the app needs of a computer and of a profile. Facts only; words are elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.render.errors import RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.store import care, cipher
from assessor_app.store.errors import NoKeyringError
from assessor_app.store.keys import KeyVault
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
    version = cipher.version()
    return Finding(check=Check.CIPHER, ok=bool(version), fact=version)


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
    health = care.check(opened.store_for_doctor())
    return Finding(check=Check.STORE, ok=health.ok, fact="whole" if health.ok else "damaged")


def _clock(opened: OpenProfile) -> Finding:
    facts = opened.workbench.prepare(account_facts)()
    offset_ms = facts.clock_offset_ms if facts else 0
    return Finding(
        check=Check.CLOCK, ok=abs(offset_ms) <= MAX_OFFSET_MS, fact=f"{offset_ms / 1000:+.1f} s"
    )
