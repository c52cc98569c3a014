"""One laptop of one assessor: the product's use cases, rounds and start, on simulated hardware."""

import re
import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Concatenate, ParamSpec, TypeVar, cast
from urllib.parse import parse_qsl

import requests
from typing_extensions import override

from assessor_app.domain.assignment import AssignmentState
from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind, AttentionReason, OutboxState
from assessor_app.domain.review import Review
from assessor_app.store import account, assignments, packets, purge, reviews
from assessor_app.store.account import SignIn
from assessor_app.store.opening import OpenReport, Store, catch_up
from assessor_app.store.replay import Replayed
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.clock import Clock
from assessor_app.sync.http import Access, Connection, Patience
from assessor_app.sync.rounds import Means, RoundProgress, RoundReport, run_round
from assessor_app.usecases import outbox, renewal
from assessor_app.usecases import review as reviewing
from assessor_app.usecases import seal as sealing
from assessor_app.usecases.errors import NotHereError, OldVersionGoneError
from assessor_app.usecases.packet import is_outdated, open_packet
from assessor_app.usecases.workbench import Transaction, Workbench
from assessor_app.wire.messages import EPOCH_HEADER
from tests.faults.simulator_content import finished
from tests.faults.simulator_machine import Machine
from tests.faults.simulator_memory import BrokenError, Owner
from tests.faults.simulator_network import Network
from tests.faults.simulator_platform import RECEIPT_KEY, Asked, Said
from tests.faults.simulator_shown import Shown, ShownAct, ShownAssignment, ShownDraft
from tests.sync.timing import AtOnce

P = ParamSpec("P")
T = TypeVar("T")
ADDRESS = "http://127.0.0.1:1"
_MARK = re.compile(rb'"text":"(mark [a-z]+)"')
_ACTS = (
    "SELECT act_id, kind, assignment, review, body, state, reason, receipt, receipt_epoch"
    " FROM outbox ORDER BY sequence"
)
_DRAFTS = (
    "SELECT assignment, sealed_as, content FROM drafts JOIN revisions USING (assignment)"
    " WHERE number = current"
)
_ASSIGNMENTS = (
    "SELECT id, state, manifest_sha256, rubric_sha256,"
    " EXISTS (SELECT 1 FROM packets WHERE packets.manifest_sha256 = assignments.manifest_sha256)"
    " AND EXISTS (SELECT 1 FROM rubrics WHERE sha256 = rubric_sha256)"
    " FROM assignments ORDER BY id"
)


_REPORT = OpenReport(
    created=False,
    migrated_from=None,
    quarantined=None,
    drafts_salvaged=0,
    replayed=Replayed(),
    found_sending=0,
    unreadable_journal_files=(),
)


@dataclass
class World:
    """What all laptops share: time, chance, the network, and who watches."""

    chance: Random
    network: Network
    now: datetime
    watch: Callable[[Owner, Asked], None]
    listen: Callable[[Owner, Asked, Said], None]


class Line(Connection):
    """The product's connection, with the simulated network where sockets would be."""

    def __init__(self, access: Access, laptop: "Laptop") -> None:
        self._access = access
        self._patience = Patience()
        self._monotonic = laptop.monotonic
        self._laptop = laptop

    @override
    def close(self) -> None:
        pass

    @override
    def _open(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes | None
    ) -> requests.Response:
        path, _, query = target.partition("?")
        view = headers.get("If-Match")
        said = self._laptop.exchange(
            Asked(
                method=method,
                path=path,
                params=tuple(parse_qsl(query)),
                token=self._access.token,
                epoch=headers.get(EPOCH_HEADER),
                view_version=None if view is None else int(view.strip('"')),
                body=body,
            )
        )
        response = requests.Response()
        response.status_code = said.status
        response.headers["Content-Type"] = said.content_type
        response.headers["Content-Length"] = str(len(said.body))
        if said.retry_after:
            response.headers["Retry-After"] = said.retry_after
        response.raw = _Raw(said.body)
        return response


@dataclass
class _Raw:
    """A body, as far as the product reads it."""

    body: bytes

    def read1(self, _amount: int, **_ways: object) -> bytes:
        body, self.body = self.body, b""
        return body

    def close(self) -> None:
        pass


class Laptop:
    """One laptop. Every act of the assessor either happens or raises an error of the product."""

    def __init__(self, machine: Machine, person: str, world: World, skew: timedelta) -> None:
        self.machine = machine
        self.person = person
        self.world = world
        self._skew = skew
        self._read_at: object = None
        self._run()

    # The process

    def start(self) -> None:
        """Start the program again, as `open_store` does with a sound file."""
        self.machine.fate.live_again()
        self._run()
        catch_up(self._store.sessions, self._store.journal, now=self.now())

    def _run(self) -> None:
        self._store = Store(
            profile=self.machine.profile,
            engine=self.machine.engine,
            sessions=self.machine.sessions,
            journal=self.machine.journal(),
            report=_REPORT,
        )
        self._bench = Workbench(self._store)
        self._clock = Clock(
            now=self.now, monotonic=self.monotonic, uniform=self.world.chance.uniform
        )
        self._backoff = Backoff(self._clock)

    def now(self) -> datetime:
        return self.world.now + self._skew

    def monotonic(self) -> float:
        return self.world.now.timestamp()

    def exchange(self, asked: Asked) -> Said:
        return self.world.network.exchange(self, asked)

    def about_to_send(self, asked: Asked) -> None:
        if self.machine.database.in_transaction:
            raise BrokenError("rule", "the network is used inside a transaction")
        self.world.watch(self, asked)
        self.machine.fate.step()

    def about_to_hear(self, asked: Asked, said: Said, /) -> None:
        self.machine.fate.step()
        self.world.listen(self, asked, said)

    # The assessor

    def sign_in(self, person: str) -> None:
        """Sign in with somebody's token; another person's is refused by the profile."""
        self._do(_bind, person)

    def round(self) -> RoundReport:
        """Do a round with the platform."""
        means = Means(
            backoff=self._backoff,
            clock=self._clock,
            stop=threading.Event(),
            progress=_ignore,
            connect=self._connect,
            meanwhile=AtOnce,
        )
        return run_round(self._store, means)

    def write(self, assignment: str, mark: str) -> None:
        """Finish a review with a text of its own, on what the assignment is now."""
        self._do(_write, AssignmentId(assignment), mark, now=self.now())

    def seal(self, assignment: str) -> ReviewId:
        return self._do(sealing.seal, AssignmentId(assignment), now=self.now()).review

    def reopen(self, review: str) -> None:
        self._do(sealing.reopen, ReviewId(review), now=self.now())

    def renew(self, assignment: str) -> None:
        """Go on with the present version of what a sealed review is about."""
        self._do(renewal.renew, AssignmentId(assignment), now=self.now())

    def retry(self, act: str) -> None:
        self._do(sealing.retry, ActId(act))

    def donate(self, review: str) -> None:
        self._do(sealing.donate, ReviewId(review), now=self.now())

    def act(self, kind: ActKind, assignment: str) -> None:
        self._do(sealing.act, kind, AssignmentId(assignment), now=self.now())

    def hold(self, *, holds: bool) -> None:
        self._do(outbox.hold_all if holds else outbox.send_all)

    def purge(self, assignment: str) -> bool:
        return self._do(_purge, AssignmentId(assignment))

    # The disk

    def keep_copy(self) -> object:
        return self.machine.image()

    def restore_copy(self, kept: object) -> None:
        """Put an older database back, beside today's journal, and start."""
        self.machine.load(cast("sqlite3.Connection", kept))
        self.start()

    def destroy_database(self) -> None:
        """Lose the database and start."""
        self.machine.destroy_database()
        self.start()

    def shown(self) -> Shown:
        """Return what the disk says; read again only where something may have changed."""
        moment = self.machine.moment()
        if moment is None or moment != self._read_at:
            self._shown, self._read_at = self._read(), moment
        return self._shown

    def _read(self) -> Shown:
        read = self.machine.rows
        return Shown(
            acts=tuple(
                ShownAct(
                    act=act,
                    kind=ActKind(kind),
                    assignment=assignment,
                    review=review,
                    body=body,
                    state=OutboxState(state),
                    reason=None if reason is None else AttentionReason(reason),
                    receipt=receipt,
                    receipt_epoch=epoch,
                )
                for act, kind, assignment, review, body, state, reason, receipt, epoch in read(
                    _ACTS
                )
            ),
            drafts={name: ShownDraft(_mark(text), sealed) for name, sealed, text in read(_DRAFTS)},
            assignments={
                name: ShownAssignment(AssignmentState(state), packet, rubric, bool(here))
                for name, state, packet, rubric, here in read(_ASSIGNMENTS)
            },
        )

    def _connect(self, access: Access, /, **_ways: object) -> Connection:
        return Line(access, self)

    def _do(
        self,
        use_case: Callable[Concatenate[Transaction, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return self._bench.prepare(use_case, *args, **kwargs)()


def _bind(at: Transaction, person: str) -> None:
    sign_in = SignIn(
        platform_url=ADDRESS,
        account=f"account-{person}",
        receipt_key=RECEIPT_KEY,
        token=f"token-{person}",
    )
    account.bind(at.session, at.journal, sign_in)


def _write(at: Transaction, name: AssignmentId, mark: str, *, now: datetime) -> None:
    assignment = assignments.get_assignment(at.session, name)
    if assignment is None:
        raise NotHereError(name)
    manifest, rubric = assignment.packet.manifest_sha256, assignment.rubric
    if packets.get_manifest(at.session, manifest) is None:
        raise NotHereError(name)
    if packets.get_rubric(at.session, rubric.sha256) is None:
        raise NotHereError(name)
    draft = reviews.get_draft(at.session, name)
    review = Review(assignment=name, manifest_sha256=manifest, rubric=rubric)
    if draft is not None and draft.sealed_as is None:
        review = draft.review
        if is_outdated(review, assignment):
            review = _renewed(at, name, now)
    reviewing.save_draft(at, finished(review, mark), now=now)


def _renewed(at: Transaction, name: AssignmentId, now: datetime) -> Review:
    """Return a draft on the present version; where its own is gone, as the desk opens it."""
    try:
        return renewal.renew(at, name, now=now).draft.review
    except OldVersionGoneError:
        return open_packet(at, name, now=now).draft.review


def _purge(at: Transaction, assignment: AssignmentId) -> bool:
    return purge.purge(at.session, at.journal, assignment, at.blob_folder)


def _mark(text: bytes) -> str:
    found = _MARK.search(text)
    return found[1].decode() if found else ""


def _ignore(_progress: RoundProgress) -> None:
    """Nobody looks."""
