"""Bring this person's view of the platform up to date: assignments, packets, rubrics.

What an answer does not mention stays as it is; only an explicit withdrawal ends something.
"""

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from assessor_app.domain.assignment import Assignment, PacketRef
from assessor_app.domain.ids import AssignmentId, Epoch, Sha256
from assessor_app.domain.packet import Packet, RubricRef
from assessor_app.domain.rubric import Rubric
from assessor_app.store import account, assignments, notices, outbox, packets, search
from assessor_app.store.opening import Store
from assessor_app.sync.clock import Stop
from assessor_app.sync.errors import (
    CancelledError,
    OtherEpochError,
    RefusedError,
    UncertainError,
)
from assessor_app.sync.meanwhile import Meanwhile
from assessor_app.sync.platform import Platform, check_content
from assessor_app.wire.codec import parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import (
    Durable,
    Feed,
    FeedEntry,
    FeedOp,
    ManifestAnswer,
    ManifestBatch,
    ProblemKind,
    Snapshot,
)

ASSIGNMENT = "assignment"
SINGLE_ASSIGNMENTS = 8
"""From more changes than this on, one snapshot costs less than single questions."""

KEPT_AT_ONCE = 10
"""So many manifests share a transaction: few, so that a draft never waits long to be saved."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Packets and rubrics that arrived whole, and hashes that could not be had or did not fit."""

    packets: tuple[Sha256, ...] = ()
    rubrics: tuple[Sha256, ...] = ()
    missing: tuple[Sha256, ...] = ()


def pull_views(
    store: Store, platform: Platform, epoch: Epoch, stop: Stop
) -> frozenset[AssignmentId]:
    """Read the feed to its end, or a snapshot where it cannot go on. Return what changed.

    Raises:
        OtherEpochError: The platform was restored in between.
        UncertainError: The feed goes on without moving, or an answer is older than it.
        CancelledError: `stop` was set between two pages.
    """
    with store.sessions.begin() as session:
        bound = account.get_account(session)
        cursor = bound.cursor if bound else None
        wants_snapshot = assignments.wants_snapshot(session)
    changed: frozenset[AssignmentId] = frozenset()
    while cursor is not None:
        try:
            feed = platform.feed(cursor)
        except RefusedError as refusal:
            if refusal.problem.kind is not ProblemKind.CURSOR_EXPIRED:
                raise
            break
        told = _told_versions(feed)
        if wants_snapshot or len(told) > SINGLE_ASSIGNMENTS:
            _keep_notices_to_the_end(store, platform, feed)
            break
        views = tuple(view for name in sorted(told) for view in _view(platform, name, told[name]))
        changed |= _keep_page(store, feed, views, epoch)
        if not feed.more:
            return changed
        if feed.cursor == cursor:
            raise UncertainError
        cursor = feed.cursor
        _check(stop)
    return changed | keep_snapshot(store, platform.snapshot(), epoch)


def _keep_notices_to_the_end(store: Store, platform: Platform, feed: Feed) -> None:
    """Keep what the rest of the feed tells beside assignments: no snapshot has it."""
    while True:
        with store.sessions.begin() as session:
            _keep_notices(session, feed)
        if not feed.more:
            return
        before = feed.cursor
        feed = platform.feed(before)
        if feed.more and feed.cursor == before:
            raise UncertainError


def keep_snapshot(store: Store, snapshot: Snapshot, epoch: Epoch) -> frozenset[AssignmentId]:
    """Keep every view of a snapshot and its cursor. What it does not list is left alone."""
    with store.sessions.begin() as session:
        changed = _keep_views(session, snapshot.assignments, epoch)
        account.put_cursor(session, snapshot.cursor)
        assignments.snapshot_came(session)
        _settle(session, snapshot.durable_upto, epoch)
    return changed


def keep_views(store: Store, snapshot: Snapshot, epoch: Epoch) -> None:
    """Keep every view of a snapshot; the feed goes on where it was, with the notices in it."""
    with store.sessions.begin() as session:
        _keep_views(session, snapshot.assignments, epoch)
        _settle(session, snapshot.durable_upto, epoch)


def pull_contents(
    store: Store, platform: Platform, stop: Stop, meanwhile: Meanwhile | None = None
) -> Contents:
    """Fetch the manifests and rubrics that open assignments lack; keep those that verify.

    While an answer is kept, the next question travels already.
    """
    with meanwhile or Meanwhile() as ahead:
        return _Contents(store, platform, stop, ahead).pull()


class _Contents:
    def __init__(self, store: Store, platform: Platform, stop: Stop, meanwhile: Meanwhile) -> None:
        self._store = store
        self._platform = platform
        self._stop = stop
        self._meanwhile = meanwhile
        self._answered: set[Sha256] = set()
        self._fetched: list[Sha256] = []
        self._missing: list[Sha256] = []

    def pull(self) -> Contents:
        asked, rubrics = self._ask(), None
        while asked:
            wanted, answer = asked
            try:
                answers = answer.result().manifests
            except RefusedError:
                answers = ()
            came = _named(wanted, answers)
            if not came:
                came = {wanted[0].manifest_sha256}
                self._missing += came
            self._answered |= came
            asked = self._ask()
            rubrics = rubrics if asked else self._ask_rubrics()
            kept, damaged = _keep_manifests(self._store, wanted, answers)
            self._fetched += kept
            self._missing += damaged
        _check(self._stop)
        pulled = self._keep_rubrics(rubrics or self._ask_rubrics())
        return Contents(tuple(self._fetched), pulled, tuple(self._missing))

    def _ask(self) -> tuple[tuple[PacketRef, ...], Future[ManifestBatch]] | None:
        """Ask for the next manifests; None: there are no more, or it was stopped."""
        with self._store.sessions.begin() as session:
            refs = packets.list_missing_packets(session)
        wanted = tuple(ref for ref in refs if ref.manifest_sha256 not in self._answered)
        if not wanted or self._stop.is_set():
            return None
        return wanted, self._meanwhile.begin(lambda: self._platform.manifests(wanted))

    def _ask_rubrics(self) -> tuple[tuple[RubricRef, Future[bytes]], ...]:
        with self._store.sessions.begin() as session:
            wanted = packets.list_missing_rubrics(session)
        return tuple(
            (ref, self._meanwhile.begin(partial(self._platform.rubric, ref))) for ref in wanted
        )

    def _keep_rubrics(
        self, asked: tuple[tuple[RubricRef, Future[bytes]], ...]
    ) -> tuple[Sha256, ...]:
        kept: list[Sha256] = []
        for ref, answer in asked:
            try:
                content = check_content(answer.result(), ref.sha256)
                parse(Rubric, content)
            except (RefusedError, MalformedError):
                self._missing.append(ref.sha256)
                continue
            with self._store.sessions.begin() as session:
                packets.put_rubric(session, ref, content)
            kept.append(ref.sha256)
            _check(self._stop)
        return tuple(kept)


def _named(wanted: tuple[PacketRef, ...], answers: tuple[ManifestAnswer, ...]) -> set[Sha256]:
    """Return the hashes of wanted manifests that an answer is about."""
    came = {(answer.packet, answer.version) for answer in answers}
    return {ref.manifest_sha256 for ref in wanted if (ref.id, ref.version) in came}


def _keep_manifests(
    store: Store, wanted: tuple[PacketRef, ...], answers: tuple[ManifestAnswer, ...]
) -> tuple[list[Sha256], list[Sha256]]:
    """Return the hashes of manifests that were kept, and of those that do not verify."""
    by_version = {(ref.id, ref.version): ref for ref in wanted}
    sound: list[tuple[PacketRef, ManifestAnswer]] = []
    damaged: list[Sha256] = []
    for answer in answers:
        ref = by_version.get((answer.packet, answer.version))
        if ref is None:
            continue
        try:
            parse(Packet, check_content(answer.manifest.encode(), ref.manifest_sha256))
        except MalformedError:
            damaged.append(ref.manifest_sha256)
            continue
        sound.append((ref, answer))
    for start in range(0, len(sound), KEPT_AT_ONCE):
        _keep(store, sound[start : start + KEPT_AT_ONCE])
    return [ref.manifest_sha256 for ref, _ in sound], damaged


def _keep(store: Store, sound: list[tuple[PacketRef, ManifestAnswer]]) -> None:
    """Keep some manifests and make their text findable, in one transaction."""
    with store.sessions.begin() as session:
        for ref, answer in sound:
            packets.put_packet(
                session,
                ref,
                answer.manifest.encode(),
                blob_ids={name.sha256: name.blob_id for name in answer.blobs},
                related={name.manifest_sha256: name.submission for name in answer.related},
            )
        kept = {ref.manifest_sha256 for ref, _ in sound}
        for assignment in assignments.list_assignments(session):
            if assignment.packet.manifest_sha256 in kept:
                search.index_packet(session, assignment.id)


def _told_versions(feed: Feed) -> dict[str, int]:
    """Return which assignments changed, and the newest view of each that the feed speaks of."""
    versions: dict[str, int] = {}
    for entry in feed.entries:
        if _is_of(entry, FeedOp.UPSERT):
            versions[entry.id] = max(entry.view_version, versions.get(entry.id, 0))
    return versions


def _view(platform: Platform, name: str, told: int) -> tuple[Assignment, ...]:
    """Return an assignment as it is now; one that is not there any more is left alone.

    Raises:
        UncertainError: The answer is older than the feed. Kept, it would hide what the feed told.
    """
    try:
        view = platform.assignment(AssignmentId(name))
    except RefusedError as refusal:
        if refusal.problem.kind is not ProblemKind.NOT_FOUND:
            raise
        return ()
    if view.view_version < told:
        raise UncertainError
    return (view,)


def _keep_page(
    store: Store, feed: Feed, views: tuple[Assignment, ...], epoch: Epoch
) -> frozenset[AssignmentId]:
    """Keep one page of the feed, whole or not at all."""
    changed: set[AssignmentId] = set()
    with store.sessions.begin() as session:
        for entry in feed.entries:
            if _is_of(entry, FeedOp.WITHDRAW):
                name = AssignmentId(entry.id)
                version = entry.view_version
                if assignments.withdraw(session, name, view_version=version, epoch=epoch):
                    changed.add(name)
        changed |= _keep_views(session, views, epoch)
        _keep_notices(session, feed)
        account.put_cursor(session, feed.cursor)
        _settle(session, feed.durable_upto, epoch)
    return frozenset(changed)


def _keep_notices(session: Session, feed: Feed) -> None:
    for entry in feed.entries:
        if entry.op is FeedOp.NOTICE:
            notices.put_notice(session, entry.kind)


def _keep_views(
    session: Session, views: tuple[Assignment, ...], epoch: Epoch
) -> frozenset[AssignmentId]:
    """Keep views that are not older than what is known; return those that are news."""
    news: set[AssignmentId] = set()
    for view in views:
        known = assignments.get_assignment(session, view.id)
        if assignments.put_assignment(session, view, epoch=epoch) and known != view:
            news.add(view.id)
    return frozenset(news)


def _settle(session: Session, durable: Durable, epoch: Epoch) -> None:
    if durable.epoch != epoch:
        raise OtherEpochError
    outbox.settle(session, durable_upto=durable.sequence, epoch=epoch)


def _is_of(entry: FeedEntry, op: FeedOp) -> bool:
    return entry.kind == ASSIGNMENT and entry.op is op


def _check(stop: Stop) -> None:
    if stop.is_set():
        raise CancelledError
