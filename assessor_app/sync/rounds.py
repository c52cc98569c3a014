"""One round with the platform: what it is, what goes up, what comes down, in this order.

A round never waits for its next chance; it says when that is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ActId, AssignmentId, Epoch, Sha256
from assessor_app.store import account, epochs, outbox, packets
from assessor_app.store.account import Account
from assessor_app.store.acts import Act
from assessor_app.store.blobs import list_missing_blobs
from assessor_app.store.opening import Store
from assessor_app.sync.address import read_address
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock, Stop
from assessor_app.sync.download import Downloaded, DownloadProgress, Line, download
from assessor_app.sync.errors import (
    CancelledError,
    NewerPlatformError,
    OfflineError,
    OfflineReason,
    OtherEpochError,
    OtherKeyError,
    RefusedError,
    RetryLaterError,
    Seen,
    UnauthorisedError,
    UncertainError,
)
from assessor_app.sync.http import Access, Connection, Patience
from assessor_app.sync.indexing import Arrivals, index_evidence
from assessor_app.sync.meanwhile import Meanwhile
from assessor_app.sync.pace import STALL_S
from assessor_app.sync.plan import Shipment, in_order
from assessor_app.sync.platform import Platform
from assessor_app.sync.plug import HangUp
from assessor_app.sync.pull import Contents, pull_contents, pull_views
from assessor_app.sync.push import NOTHING, Pushed, Pusher
from assessor_app.sync.room import fit

DOWNLOAD_PATIENCE = Patience(connect_s=STALL_S, stall_s=STALL_S)
MAX_PASSES = 4
"""Pushes with a pull between them, as long as the last pull let something go."""


class Link(StrEnum):
    """How the platform could be reached, in the end."""

    ONLINE = "online"
    OFFLINE = "offline"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SIGNED_OUT = "signed_out"
    OTHER_KEY = "other_key"
    NEWER_PLATFORM = "newer_platform"
    STOPPED = "stopped"


class Stage(StrEnum):
    """What a round is doing."""

    GREETING = "greeting"
    SENDING = "sending"
    PULLING = "pulling"
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundProgress:
    """How far a round is. Bytes count packets' blobs, what was here before included.

    `act` is the one that is leaving now: `sent_bytes` of its `body_bytes` are on their way.
    """

    stage: Stage
    received: int = 0
    act: ActId | None = None
    sent_bytes: int = 0
    body_bytes: int = 0
    done_bytes: int = 0
    total_bytes: int = 0
    rate_bytes_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """What one round did and why it ended. `again_in_s` None: nothing waits for a time.

    `changed` are the assignments whose view, contents or outbox changed. `missing` are hashes of
    manifests, rubrics and blobs the platform did not give or gave damaged. `held_bytes` were left
    for a network that is not metered, `no_room_bytes` because packets may take no more room.
    `seen` is what was in the platform's place; `waits`: the seconds each act is in back-off yet.
    """

    link: Link
    offline: OfflineReason | None = None
    seen: Seen = Seen.NOTHING
    began_at: datetime
    ended_at: datetime
    received: tuple[ActId, ...] = ()
    refused: tuple[ActId, ...] = ()
    uncertain: tuple[ActId, ...] = ()
    changed: frozenset[AssignmentId] = frozenset()
    packets: int = 0
    fetched_bytes: int = 0
    missing: tuple[Sha256, ...] = ()
    held_bytes: int = 0
    no_room_bytes: int = 0
    again_in_s: float | None = None
    waits: Mapping[ActId, float] = field(default_factory=dict[ActId, float])


class Connect(Protocol):
    """Makes connections, as `Connection` itself does."""

    def __call__(
        self, access: Access, /, *, patience: Patience = ..., monotonic: Callable[[], float]
    ) -> Connection:
        """Return a connection that is not open yet."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What rounds share. `backoff` lives as long as the program.

    `fetches` False: nothing beyond manifests and rubrics comes down, as on a metered network.
    `quota_bytes` 0: packets may take as much room as there is.
    """

    backoff: Backoff
    clock: Clock
    stop: Stop
    progress: Callable[[RoundProgress], None]
    proxy: str | None = None
    fetches: bool = True
    limit_bytes_s: float = 0.0
    quota_bytes: int = 0
    connect: Connect = Connection
    meanwhile: Callable[[], Meanwhile] = Meanwhile


_LINKS: Mapping[type[AppError], Link] = MappingProxyType(
    {
        OfflineError: Link.OFFLINE,
        UncertainError: Link.NO_ANSWER,
        RefusedError: Link.NO_ANSWER,
        OtherEpochError: Link.NO_ANSWER,
        RetryLaterError: Link.BUSY,
        UnauthorisedError: Link.SIGNED_OUT,
        OtherKeyError: Link.OTHER_KEY,
        NewerPlatformError: Link.NEWER_PLATFORM,
        CancelledError: Link.STOPPED,
    }
)


def run_round(store: Store, means: Means) -> RoundReport:
    """Do one round. What the network does is told in the report, never raised.

    One round at a time; the account has to be bound.
    """
    return _Round(store, means).run()


class _Round:
    def __init__(self, store: Store, means: Means) -> None:
        self._store = store
        self._means = means
        self._pushed = NOTHING
        self._changed: frozenset[AssignmentId] = frozenset()
        self._contents = Contents()
        self._downloaded = Downloaded(fetched_bytes=0)
        self._held_bytes = self._no_room_bytes = 0
        self._shown = RoundProgress(stage=Stage.GREETING)
        self._hang_up = HangUp(means.stop)

    def run(self) -> RoundReport:
        began_at = self._means.clock.now()
        if self._means.backoff.paused_s():
            return self._report(began_at, RetryLaterError(0, None))
        ended: AppError | None = None
        try:
            with self._hang_up:
                self._talk(_bound(self._store))
        except tuple(_LINKS) as error:
            ended = error
        ended = ended or self._downloaded.ended
        if self._means.stop.is_set() and isinstance(ended, OfflineError | UncertainError):
            ended = CancelledError()
        if ended is None:
            self._means.backoff.resume()
        elif isinstance(ended, RetryLaterError):
            self._means.backoff.pause(ended.retry_after_s)
        return self._report(began_at, ended)

    def _talk(self, bound: Account) -> None:
        access = Access(
            address=read_address(bound.platform_url),
            token=bound.token,
            proxy=self._means.proxy,
            sent=self._show_sent,
        )
        connection = self._means.connect(access, monotonic=self._means.clock.monotonic)
        self._hang_up.add(connection)
        try:
            platform = Platform(connection, bound.receipt_key)
            try:
                self._up_and_down(platform)
            except OtherEpochError:
                self._up_and_down(platform)
            self._show(stage=Stage.PULLING)
            self._contents = pull_contents(
                self._store, platform, self._means.stop, self._means.meanwhile()
            )
            self._fetch(access, connection)
        finally:
            connection.close()
        index_evidence(self._store, self._means.stop)

    def _up_and_down(self, platform: Platform) -> None:
        """Greet, send, pull; and send again what the pull let go."""
        epoch = self._greet(platform)
        pusher = Pusher(
            self._store,
            platform,
            epoch,
            backoff=self._means.backoff,
            clock=self._means.clock,
            leaves=self._show_leaving,
        )
        for step in range(MAX_PASSES):
            self._show(stage=Stage.SENDING)
            before = self._pushed
            pusher.run(self._means.stop, self._add)
            if step and self._pushed == before:
                return
            self._show(stage=Stage.PULLING)
            self._changed |= pull_views(self._store, platform, epoch, self._means.stop)

    def _greet(self, platform: Platform) -> Epoch:
        self._show(stage=Stage.GREETING)
        asked_at = self._means.clock.now()
        meta = platform.meta()
        now = self._means.clock.now()
        offset = meta.now - (asked_at + (now - asked_at) / 2)
        with self._store.sessions.begin() as session:
            account.put_clock_offset(session, round(offset.total_seconds() * 1000))
            outbox.release(session, now=now)
            outbox.find_interrupted(session)
            epochs.enter_epoch(session, meta.epoch)
        return meta.epoch

    def _add(self, pushed: Pushed) -> None:
        self._pushed += pushed
        self._show(stage=Stage.SENDING)

    def _fetch(self, access: Access, warm: Connection) -> None:
        """Download what open assignments lack; a connection that is open already begins."""
        lacking = shipments(self._store)
        open_already = [warm]

        def connect() -> Connection:
            if open_already:
                made = open_already.pop()
                made.wait_no_longer_than(DOWNLOAD_PATIENCE)
                return made
            monotonic = self._means.clock.monotonic
            made = self._means.connect(access, patience=DOWNLOAD_PATIENCE, monotonic=monotonic)
            self._hang_up.add(made)
            return made

        line = Line(
            connect=connect,
            clock=self._means.clock,
            stop=self._means.stop,
            progress=self._show_download,
            arrived=Arrivals(self._store, self._means.stop, lacking).arrived,
            limit_bytes_s=self._means.limit_bytes_s,
        )
        wanted = in_order(lacking)
        if not self._means.fetches:
            self._held_bytes = sum(item.blob.size_bytes for item in wanted)
            return
        fitting = fit(self._store, wanted, self._means.quota_bytes)
        self._no_room_bytes = fitting.no_room_bytes
        self._changed |= fitting.cleared
        if fitting.wanted:
            self._show(stage=Stage.FETCHING)
            self._downloaded = download(self._store, fitting.wanted, line)
            if self._downloaded.ended and not isinstance(self._downloaded.ended, tuple(_LINKS)):
                raise self._downloaded.ended

    def _show(self, *, stage: Stage) -> None:
        received = len(self._pushed.received)
        self._shown = replace(self._shown, stage=stage, received=received, act=None)
        self._means.progress(self._shown)

    def _show_leaving(self, act: Act) -> None:
        self._shown = replace(self._shown, act=act.act_id, sent_bytes=0, body_bytes=len(act.body))
        self._means.progress(self._shown)

    def _show_sent(self, sent_bytes: int) -> None:
        self._shown = replace(self._shown, sent_bytes=sent_bytes)
        self._means.progress(self._shown)

    def _show_download(self, now: DownloadProgress) -> None:
        self._shown = replace(
            self._shown,
            done_bytes=now.done_bytes,
            total_bytes=now.total_bytes,
            rate_bytes_s=now.rate_bytes_s,
        )
        self._means.progress(self._shown)

    def _report(self, began_at: datetime, ended: AppError | None) -> RoundReport:
        backoff = self._means.backoff
        return RoundReport(
            link=_LINKS.get(type(ended), Link.NO_ANSWER) if ended else Link.ONLINE,
            offline=ended.reason if isinstance(ended, OfflineError) else None,
            seen=ended.seen if isinstance(ended, OfflineError) else Seen.NOTHING,
            began_at=began_at,
            ended_at=self._means.clock.now(),
            received=self._pushed.received,
            refused=self._pushed.refused,
            uncertain=self._pushed.uncertain,
            changed=self._changed | self._pushed.touched,
            packets=len(self._contents.packets),
            fetched_bytes=self._downloaded.fetched_bytes,
            missing=(*self._contents.missing, *self._downloaded.missing),
            held_bytes=self._held_bytes,
            no_room_bytes=self._no_room_bytes,
            again_in_s=backoff.paused_s() or backoff.next_s(),
            waits=backoff.waits(),
        )


def shipments(store: Store) -> tuple[Shipment, ...]:
    """Return what open assignments still lack."""
    found: list[Shipment] = []
    with store.sessions.begin() as session:
        for assignment in packets.list_incomplete(session):
            manifest = assignment.packet.manifest_sha256
            packet = packets.get_packet(session, manifest)
            if packet is None:
                continue
            names = {
                blob.sha256: name
                for blob in list_missing_blobs(session, manifest)
                if (name := packets.get_blob_id(session, blob.sha256)) is not None
            }
            if names:
                found.append(
                    Shipment(
                        assignment=assignment.id,
                        due_on=assignment.due_on,
                        manifest_sha256=manifest,
                        packet=packet,
                        names=names,
                    )
                )
    return tuple(found)


def _bound(store: Store) -> Account:
    with store.sessions.begin() as session:
        bound = account.get_account(session)
    if bound is None or bound.token is None:
        raise UnauthorisedError
    return bound
