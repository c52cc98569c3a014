"""A laptop in front of a line, what is looked at after every fault, and what has to be true."""

import shutil
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from assessor_app.domain.ids import ReviewId, Sha256
from assessor_app.domain.outbox import ActKind, OutboxState
from assessor_app.store import assignments, blobs, outbox, packets
from assessor_app.store.acts import Act
from assessor_app.sync.rounds import Link, RoundReport
from assessor_app.usecases.packet import open_packet
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.queue import OnLaptop
from assessor_app.usecases.review import save_draft
from assessor_app.usecases.seal import reopen, seal
from assessor_app.usecases.workbench import Transaction
from assessor_app.wire.codec import sha256
from tests.journeys.house import Loan, Town
from tests.journeys.laptop import Assessor, hasty_clock, now, queue_of
from tests.journeys.writing import from_blank
from tests.sync.bench import copy_or_link

HELD = (OutboxState.RECEIVED, OutboxState.SETTLED)
ENDED = (*HELD, OutboxState.VOIDED)


class BrokenError(AssertionError):
    """An invariant does not hold."""


def demand(invariant: str, *, holds: bool, told: object = "") -> None:
    if not holds:
        raise BrokenError(f"{invariant}: {told}")


@dataclass
class Patient:
    """One profile that is hurt again and again, and the platform it belongs to."""

    town: Town
    loan: Loan
    assessor: Assessor
    opened: OpenProfile
    reports: list[RoundReport] = field(default_factory=list)

    def round(self) -> RoundReport:
        report = self.opened.sync_round(lambda _: None, threading.Event())
        self.reports.append(report)
        return report

    def restart(self) -> None:
        folder = self.opened.folder
        self.opened.close()
        self.opened = open_with_keyring(folder, self.assessor.vault, hasty_clock())

    def write_anew(self) -> ReviewId:
        """Seal the first packet; if it is sealed already, reopen it first."""
        bench = self.opened.workbench
        row = queue_of(self.opened).rows[0]
        sealed = [act for act in self.acts() if act.kind is ActKind.REVIEW and act.state in HELD]
        if sealed:
            bench.prepare(reopen, ReviewId(sealed[-1].act_id), now=now())()
        packet = bench.prepare(open_packet, row.assignment, now=now())()
        *_, whole = from_blank(packet)
        bench.prepare(save_draft, whole, now=now())()
        return bench.prepare(seal, row.assignment, now=now())().review

    def acts(self) -> tuple[Act, ...]:
        return self.opened.workbench.prepare(_acts)()

    def check_now(self) -> None:
        """Check what holds at every moment: I2, I3 and I10."""
        for act in self.acts():
            if act.state in HELD:
                self._check_held(act)
        live = self.town.query("SELECT live FROM review WHERE live IS NOT NULL")
        demand("I2", holds=len(live) == len(set(live)))
        for content, name in self.opened.workbench.prepare(_shown)():
            demand("I10", holds=sha256(content) == name, told=name)

    def _check_held(self, act: Act) -> None:
        rows = self.town.query("SELECT body, body_sha256 FROM act WHERE act = ?", act.act_id)
        demand("I3", holds=len(rows) == 1, told=f"{act.act_id} is {act.state}")
        body, told = rows[0]
        receipt = act.receipt
        equal = body == act.body and told == act.body_sha256 == sha256(act.body)
        demand("I3", holds=equal and receipt is not None, told=act.act_id)

    def come_to_rest(self) -> None:
        """Do two rounds without faults; then nothing may be left to do, and nothing lost."""
        self.round()
        last = self.round()
        demand("I14", holds=last.link is Link.ONLINE, told=last)
        demand("I14", holds=not (last.refused or last.uncertain or last.missing), told=last)
        for row in queue_of(self.opened).rows:
            demand("nothing lost", holds=row.on_laptop is OnLaptop.READY, told=row.on_laptop)
        demand("all packets", holds=len(queue_of(self.opened).rows) == len(self.loan.built))
        for act in self.acts():
            demand("I1", holds=act.state in ENDED, told=f"{act.kind} {act.state} {act.reason}")
        self.check_now()

    def check_one_effect(self, sealed: ReviewId) -> None:
        """Check that exactly the last sealed review counts."""
        row = queue_of(self.opened).rows[0]
        live = self.town.live_reviews(row.assignment)
        demand("I2", holds=live == [sealed], told=f"{live}, sealed {sealed}")


@dataclass
class Ward:
    """Gives every fault a fresh copy of one profile that has signed in and fetched nothing."""

    town: Town
    loan: Loan
    assessor: Assessor
    model: Path
    _numbers: Iterator[int] = field(default_factory=count)

    @contextmanager
    def patient(self) -> Generator[Patient]:
        folder = self.model.with_name(f"copy-{next(self._numbers)}")
        shutil.copytree(self.model, folder, copy_function=copy_or_link)
        opened = open_with_keyring(folder, self.assessor.vault, hasty_clock())
        patient = Patient(self.town, self.loan, self.assessor, opened)
        try:
            yield patient
        finally:
            patient.opened.close()
            shutil.rmtree(folder)


def new_ward(town: Town, url: str, folder: Path, *, packets: int, page_bytes: int) -> Ward:
    """Sign a new assessor in through a line; submissions are lent already."""
    loan = town.lend(packets=packets, page_bytes=page_bytes)
    assessor = Assessor(folder)
    opened = assessor.sign_in(url, loan.token)
    opened.close()
    return Ward(town, loan, assessor, opened.folder)


def _acts(at: Transaction) -> tuple[Act, ...]:
    return outbox.list_acts(at.session)


def _shown(at: Transaction) -> tuple[tuple[bytes, Sha256], ...]:
    """Return the content of everything that may be shown, and the hash it was promised."""
    found: list[tuple[bytes, Sha256]] = []
    for assignment in assignments.list_assignments(at.session):
        manifest = assignment.packet.manifest_sha256
        content = packets.get_manifest(at.session, manifest)
        packet = packets.get_packet(at.session, manifest)
        if content is None or packet is None:
            continue
        found.append((content, manifest))
        for blob in packet.blobs():
            if blobs.has_blob(at.session, blob.sha256):
                with blobs.open_reader(at.session, at.blob_folder, blob.sha256) as reader:
                    found.append((reader.read_all(), blob.sha256))
    return tuple(found)
