"""Sign in, and open the profile of one account at one platform."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ActId
from assessor_app.store import account, passphrase, profile
from assessor_app.store.account import Account, SignIn
from assessor_app.store.care import Health, check
from assessor_app.store.export import export_work
from assessor_app.store.keys import KeyringVault, KeyVault, ProfileKey
from assessor_app.store.opening import OpenReport, Store, open_store
from assessor_app.store.profile import KeySource, Profile
from assessor_app.store.quick import Unsent, keep_unsent
from assessor_app.sync.address import Address, read_address
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock, Stop
from assessor_app.sync.http import Access as NetworkAccess
from assessor_app.sync.http import Connection
from assessor_app.sync.platform import Platform
from assessor_app.sync.rounds import Link, Means, RoundProgress, RoundReport, run_round
from assessor_app.usecases.first_page import KnownProfile, list_known
from assessor_app.usecases.outbox import count_places
from assessor_app.usecases.retention import clear_settled
from assessor_app.usecases.settings import load_settings
from assessor_app.usecases.space import BYTES_A_GB
from assessor_app.usecases.workbench import Transaction, Workbench
from assessor_app.wire.messages import Me, Meta

__all__ = [
    "Access",
    "Clock",
    "KeyVault",
    "KeyringVault",
    "KnownProfile",
    "OpenProfile",
    "OpenReport",
    "Stop",
    "export_unopened",
    "list_known",
    "open_locked",
    "open_with_keyring",
    "open_with_passphrase",
    "sign_in",
]


BYTES_A_KBIT = 1000 / 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What an assessor types to sign in. `passphrase` None: the keyring keeps the key."""

    typed_address: str
    token: str = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Greeting:
    """What the platform said of itself and of the token."""

    address: Address
    meta: Meta
    me: Me


class OpenProfile:
    """A profile whose key is known: its workbench, and its rounds with the platform.

    Threads: `workbench` on the STORE lane; `sync_round` on the NETWORK lane, one at a time.
    """

    def __init__(self, store: Store, key: ProfileKey, clock: Clock) -> None:
        self.workbench = Workbench(store)
        self._store = store
        self._key = key
        self._clock = clock
        self._backoff = Backoff(clock)

    @property
    def folder(self) -> Path:
        """Where the profile is."""
        return self._store.profile.folder

    @property
    def opening(self) -> OpenReport:
        """What happened when the store was opened; to be told once."""
        return self._store.report

    def sync_round(
        self, progress: Callable[[RoundProgress], None], stop: Stop, *, fetches: bool = True
    ) -> RoundReport:
        """Do one round. What the network does is in the report; only the store can raise.

        Without `fetches` nothing beyond manifests and rubrics comes down. A round that met the
        platform clears away what every backup of it holds and what was kept for long enough.
        """
        settings = self.workbench.prepare(load_settings)()
        means = Means(
            backoff=self._backoff,
            clock=self._clock,
            stop=stop,
            progress=progress,
            proxy=settings.proxy or None,
            fetches=fetches,
            limit_bytes_s=settings.fetch_limit_kbit_s * BYTES_A_KBIT,
            quota_bytes=settings.quota_gb * BYTES_A_GB,
        )
        report = run_round(self._store, means)
        self._keep_unsent()
        if report.link is not Link.ONLINE:
            return report
        kept = timedelta(days=settings.keep_received_days)
        cleared = self.workbench.prepare(clear_settled, before=self._clock.now() - kept)()
        return replace(report, changed=report.changed | cleared)

    def ask_now(self, act: ActId) -> None:
        """Let an act leave with the next round, however long it was to wait. NETWORK lane."""
        self._backoff.answered(act)

    def change_passphrase(self, known: str, new: str) -> None:
        """Let another passphrase open the profile from now on, and no longer the one before.

        Raises:
            WrongPassphraseError: `known` is not the one that holds now; nothing was changed.
        """
        if self.needs_passphrase:
            passphrase.unlock(self._store.profile, known)
        passphrase.change(self._store.profile, self._key, new)

    @property
    def needs_passphrase(self) -> bool:
        """Whether a passphrase opens it; else the keyring keeps the key."""
        return self._store.profile.facts.key_source is KeySource.PASSPHRASE

    def health(self) -> Health:
        """Read everything the profile holds, and return what is wrong. Takes a while."""
        return check(self._store, self._key)

    def close(self) -> None:
        """Note how much is only on this laptop, close the store and give the lock back."""
        try:
            self._keep_unsent()
        finally:
            self._store.close()

    def _keep_unsent(self) -> None:
        """Let the other accounts' screens say it; work is never held up because that failed."""
        try:
            places = self.workbench.prepare(count_places)()
            keep_unsent(self.folder, Unsent(places.laptop, places.outbox))
        except (AppError, OSError):
            return


def sign_in(
    root: Path, access: Access, vault: KeyVault, clock: Clock, *, proxy: str | None = None
) -> OpenProfile:
    """Greet a platform and open the profile of this account there; a new one if there is none.

    The platform's receipt key is pinned now; another one later needs a new sign-in.

    Raises:
        BadAddressError, OfflineError, UncertainError, RetryLaterError, UnauthorisedError,
        RefusedError, NewerPlatformError: Nothing was made.
        NoKeyringError: A passphrase is needed.
    """
    greeting = _greet(access, clock, proxy)
    folder = profile.folder_for(root, str(greeting.address), greeting.me.account)
    if (folder / profile.FACTS).is_file():
        opened = _open_known(folder, access.passphrase, vault, clock)
    elif access.passphrase is None:
        opened = open_locked(*profile.create_profile(folder, vault), clock)
    else:
        opened = open_locked(*passphrase.create_profile(folder, access.passphrase), clock)
    try:
        opened.workbench.prepare(_bind, greeting, access.token)()
    except AppError:
        opened.close()
        raise
    return opened


def open_with_keyring(folder: Path, vault: KeyVault, clock: Clock) -> OpenProfile:
    """Open a profile whose key the keyring holds. Raises KeyMissingError, NoKeyringError."""
    return _open(folder, lambda locked: locked.key_from(vault), clock)


def open_with_passphrase(folder: Path, typed: str, clock: Clock) -> OpenProfile:
    """Open a profile by its passphrase. Raises WrongPassphraseError."""
    return _open(folder, lambda locked: passphrase.unlock(locked, typed), clock)


def export_unopened(folder: Path, vault: KeyVault, typed: str = "") -> str:
    """Return, in clear, what was written in a profile that a newer version made.

    Without a passphrase the keyring is asked for the key. Nothing is changed.

    Raises:
        DamagedStoreError: It cannot be read at all. Beside it all that opening raises.
    """
    with profile.lock_profile(folder) as locked:
        key = passphrase.unlock(locked, typed) if typed else locked.key_from(vault)
        return export_work(locked.database, key).decode()


def open_locked(locked: Profile, key: ProfileKey, clock: Clock) -> OpenProfile:
    """Open a profile that is locked for this process already; on failure the lock is given back."""
    try:
        return OpenProfile(open_store(locked, key, now=clock.now()), key, clock)
    except AppError:
        locked.close()
        raise


def _open(folder: Path, key_of: Callable[[Profile], ProfileKey], clock: Clock) -> OpenProfile:
    locked = profile.lock_profile(folder)
    try:
        key = key_of(locked)
    except AppError:
        locked.close()
        raise
    return open_locked(locked, key, clock)


def _open_known(folder: Path, typed: str | None, vault: KeyVault, clock: Clock) -> OpenProfile:
    if typed is None:
        return open_with_keyring(folder, vault, clock)
    return open_with_passphrase(folder, typed, clock)


def _greet(access: Access, clock: Clock, proxy: str | None) -> _Greeting:
    address = read_address(access.typed_address)
    network = NetworkAccess(address=address, token=access.token, proxy=proxy)
    connection = Connection(network, monotonic=clock.monotonic)
    try:
        platform = Platform(connection, None)
        return _Greeting(address, platform.meta(), platform.me())
    finally:
        connection.close()


def _bind(at: Transaction, greeting: _Greeting, token: str) -> Account:
    signed_in = SignIn(
        platform_url=str(greeting.address),
        account=greeting.me.account,
        receipt_key=greeting.meta.receipt_key,
        token=token,
        roles=greeting.me.roles,
    )
    return account.bind(at.session, at.journal, signed_in)
