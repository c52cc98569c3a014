"""The assessor's settings, own words, and what the profile knows of the account."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from assessor_app.domain.ids import Epoch
from assessor_app.store import account
from assessor_app.store import settings as stored
from assessor_app.store.columns import from_json
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import dump

_NAME = "settings"


class Theme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Metered(StrEnum):
    """When a network counts as metered: then reviews are sent, and nothing large is fetched."""

    AS_SYSTEM = "as_system"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the assessor may choose; the one place for defaults.

    `unconfined`: show artifacts although this computer cannot confine the decoder. `proxy` is a
    URL or empty; `sync_every_minutes` 0 means: only when asked. Rounds come by themselves between
    the hours `sync_from` and `sync_until` of the local day; equal hours mean all day.
    `fetch_limit_kbit_s` 0: no limit. Received work leaves the laptop after `keep_received_days`,
    sooner where packets to review would take more than `quota_gb`; 0: no limit.
    """

    theme: Theme = Theme.SYSTEM
    text_scale: float = 1.0
    letter_keys: bool = True
    lock_after_minutes: int = 15
    blur_unfocused: bool = False
    unconfined: bool = False
    proxy: str = ""
    sync_every_minutes: int = 15
    sync_from: int = 0
    sync_until: int = 0
    fetch_limit_kbit_s: int = 0
    metered: Metered = Metered.AS_SYSTEM
    keep_received_days: int = 30
    quota_gb: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """Whose profile this is, opaquely. A positive offset: this laptop's clock is behind."""

    platform_url: str
    account: str
    roles: tuple[str, ...]
    epoch: Epoch | None
    clock_offset_ms: int
    is_signed_in: bool


def load_settings(at: Transaction) -> Settings:
    """Return the settings; the default of each that another version did not save.

    All defaults where none, or none this version can read, were saved.
    """
    kept = stored.get_setting(at.session, _NAME)
    if kept is None:
        return Settings()
    try:
        return from_json(Settings, kept.encode())
    except msgspec.DecodeError:
        return Settings()


def save_settings(at: Transaction, settings: Settings) -> None:
    """Keep the settings."""
    stored.put_setting(at.session, _NAME, dump(settings).decode())


def load_own_words(at: Transaction) -> tuple[str, ...]:
    """Return the words that would tell who the assessor is, for the leak check."""
    bound = account.get_account(at.session)
    return bound.own_words if bound else ()


def save_own_words(at: Transaction, words: tuple[str, ...]) -> None:
    """Keep the assessor's own words; empty ones are left out."""
    account.put_own_words(at.session, tuple(word.strip() for word in words if word.strip()))


def account_facts(at: Transaction) -> AccountFacts | None:
    """Return what the profile knows of its account; None before the sign-in is complete."""
    bound = account.get_account(at.session)
    if bound is None:
        return None
    return AccountFacts(
        platform_url=bound.platform_url,
        account=bound.account,
        roles=bound.roles,
        epoch=bound.epoch,
        clock_offset_ms=bound.clock_offset_ms,
        is_signed_in=bound.token is not None,
    )


def sign_out(at: Transaction) -> None:
    """Forget the token. What was written stays, and waits for a new sign-in."""
    account.put_token(at.session, None)
