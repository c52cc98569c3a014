"""Open the work of an account, with everything the window needs of it. Blocks; knows no widget."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assessor_app.render.errors import RenderError
from assessor_app.render.host import RenderHost
from assessor_app.ui.signin.form import TypedAccess
from assessor_app.ui.signin.unopened_words import ShownWork, shown_work
from assessor_app.usecases import profiles
from assessor_app.usecases.first_page import FirstPage
from assessor_app.usecases.profiles import Access, Clock, KeyVault, OpenProfile
from assessor_app.usecases.settings import (
    Settings,
    account_facts,
    load_own_words,
    load_settings,
)
from assessor_app.usecases.unopened import read_unopened as read_work

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An open profile, and what was read of it at once."""

    opened: OpenProfile
    settings: Settings
    own_words: tuple[str, ...] = field(repr=False)
    platform_url: str
    is_confined: bool


def open_first(page: FirstPage, render: RenderHost, now: Now) -> Opening:
    """Open the profile whose first page is shown."""
    return _with_facts(profiles.open_locked(page.locked, page.key, Clock(now=now)), render)


def sign_in(
    root: Path, typed: TypedAccess, vault: KeyVault, render: RenderHost, now: Now
) -> Opening:
    """Sign in and open the profile of the account. Raises as `usecases.profiles.sign_in`."""
    access = Access(typed_address=typed.address, token=typed.token, passphrase=typed.passphrase)
    return _with_facts(profiles.sign_in(root, access, vault, Clock(now=now)), render)


def unlock(folder: Path, passphrase: str, vault: KeyVault, render: RenderHost, now: Now) -> Opening:
    """Open a profile by its passphrase; without one, by the key in the keyring.

    Raises:
        WrongPassphraseError, KeyMissingError, NoKeyringError: Nothing was touched.
    """
    clock = Clock(now=now)
    if passphrase:
        return _with_facts(profiles.open_with_passphrase(folder, passphrase, clock), render)
    return _with_facts(profiles.open_with_keyring(folder, vault, clock), render)


def read_unopened(folder: Path, passphrase: str, vault: KeyVault) -> str:
    """Return what was written in work that a newer version made."""
    return profiles.export_unopened(folder, vault, passphrase)


def look_unopened(folder: Path, passphrase: str, vault: KeyVault) -> ShownWork:
    """Return what was written in such work, to be looked at. Nothing of it is changed."""
    return shown_work(read_work(folder, vault, passphrase))


def _with_facts(opened: OpenProfile, render: RenderHost) -> Opening:
    prepare = opened.workbench.prepare
    settings = prepare(load_settings)()
    facts = prepare(account_facts)()
    return Opening(
        opened=opened,
        settings=settings,
        own_words=prepare(load_own_words)(),
        platform_url=facts.platform_url if facts else "",
        is_confined=_is_confined(render),
    )


def _is_confined(render: RenderHost) -> bool:
    """Start the worker and return whether something holds it."""
    try:
        return render.confinement.holds
    except RenderError:
        return False
