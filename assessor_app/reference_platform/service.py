"""The platform as its server, its commands and the tests use it. One transaction per method."""

import os
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session, sessionmaker

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import Determination
from assessor_app.domain.ids import (
    AssignmentId,
    BlobId,
    Epoch,
    PacketId,
    ReviewId,
    RubricId,
    Sha256,
    SubmissionId,
)
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform import (
    acts,
    deciding,
    keys,
    lending,
    packets,
    people,
    receiving,
    second_reads,
    submissions,
    views,
)
from assessor_app.reference_platform.backups import Backup, Backups
from assessor_app.reference_platform.blobs import BlobFiles
from assessor_app.reference_platform.database import READING, open_database, sqlite_url
from assessor_app.reference_platform.demands import NO_DEMANDS, Demands, Rates
from assessor_app.reference_platform.errors import NotAssignableError
from assessor_app.reference_platform.intake.built import BuiltSubmission, Earlier
from assessor_app.reference_platform.letter import Letter
from assessor_app.reference_platform.packets import PacketVersion
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.receiving import Envelope, Received, Sent
from assessor_app.reference_platform.request_log import Request, RequestLog
from assessor_app.reference_platform.schema import EpochRow, PersonRow, ReadReason
from assessor_app.reference_platform.status import Status, status_of
from assessor_app.wire.codec import parse
from assessor_app.wire.messages import (
    PROTOCOL,
    ActBody,
    Feed,
    Limits,
    ManifestAnswer,
    Me,
    Meta,
    NoticeKind,
    Receipt,
    ReviewBody,
    Snapshot,
)

LIMITS = Limits(
    review_bytes=1024 * 1024,
    act_bytes=2 * 1024 * 1024,
    manifest_batch_bytes=packets.MANIFEST_BATCH_BYTES,
)
_RANDOM = secrets.SystemRandom()
CAPABILITIES = ("manifest-batches", "blob-ranges", "donate")


class Platform:
    """A data folder: database, blobs, receipt key, request log and backups.

    Threads: any. Processes: several may share a folder.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        url: str | None = None,
        draw: Callable[[], float] = _RANDOM.random,
        demands: Demands = NO_DEMANDS,
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._clock = clock
        self._draw = draw
        self._url = make_url(url) if url else sqlite_url(folder / "platform.db")
        _keep_private(_file_of(self._url))
        self.demands = demands
        self.rates = Rates(demands.requests_a_minute, clock)
        self._engine = open_database(self._url, most_bytes=demands.database_bytes)
        self._writing = sessionmaker(self._engine, expire_on_commit=False)
        reading = self._engine.execution_options(**{READING: True})
        self._reading = sessionmaker(reading, expire_on_commit=False)
        self._key = keys.receipt_key(folder / "receipt.key")
        self.blobs = BlobFiles(folder / "blobs")
        self.log = RequestLog(folder / "requests.log")
        self._backups = Backups(folder / "backups", _file_of(self._url))
        self._begin_first_epoch()

    def close(self) -> None:
        """Give the files back."""
        self._engine.dispose()
        self.log.close()

    # What an operator does

    def token(self, assessor: str, *, is_lead: bool = False) -> str:
        """Return a new token for an assessor, who is made by the first one."""
        with self._writing.begin() as session:
            return people.make_token(session, assessor, is_lead=is_lead)

    def assessors(self) -> tuple[str, ...]:
        """Return the operator's words for all who ever got a token."""
        with self._reading.begin() as session:
            return people.keys_of_all(session)

    def take_in(self, built: BuiltSubmission) -> SubmissionId:
        """Keep a submission, or a new packet version of a known one; return the earner's id."""
        for sha256, content in built.blobs.items():
            self.blobs.put(sha256, content)
        with self._writing.begin() as session:
            drawn = second_reads.is_drawn(
                session, built.packet.microcredential.id, built.second_reads, self._draw
            )
            return submissions.take_in(session, built, drawn_second=drawn)

    def earlier(self, reference: str) -> Earlier | None:
        """Return what intake has to know of an earlier attempt."""
        with self._reading.begin() as session:
            return submissions.earlier(session, reference)

    def release(self, submission: str) -> None:
        """Let a held submission be reviewed: the issuer has looked at it."""
        with self._writing.begin() as session:
            lending.release(session, lending.submission_of(session, submission))

    def publish_rubric(self, content: bytes) -> None:
        """Publish a rubric version; what is open and not rated moves to it."""
        with self._writing.begin() as session:
            row = submissions.publish(session, parse(Rubric, content), content)
            submissions.move_to_rubric(session, row)

    def assign(
        self, submission: str, assessor: str, *, reason: ReadReason | None = None
    ) -> AssignmentId:
        """Lend a submission to an assessor; without a reason, for the one that is due."""
        with self._writing.begin() as session:
            row = lending.submission_of(session, submission)
            why = reason or second_reads.read_reason(session, row) or ReadReason.BACKREAD
            loan = lending.Loan(
                person=people.by_key(session, assessor), reason=why, now=self._clock()
            )
            return AssignmentId(lending.lend(session, row, loan).id)

    def assign_all(self, assessor: str) -> tuple[AssignmentId, ...]:
        """Lend an assessor everything that needs a reader and that this person may read."""
        lent: list[AssignmentId] = []
        with self._writing.begin() as session:
            person = people.by_key(session, assessor)
            for row in submissions.undecided(session):
                reason = second_reads.read_reason(session, row)
                if reason is None:
                    continue
                loan = lending.Loan(person=person, reason=reason, now=self._clock())
                try:
                    lent.append(AssignmentId(lending.lend(session, row, loan).id))
                except NotAssignableError:
                    continue
        return tuple(lent)

    def withdraw(self, submission: str, assessor: str | None = None) -> None:
        """Take back what is open of a submission, from one assessor or from all."""
        with self._writing.begin() as session:
            person = people.by_key(session, assessor) if assessor else None
            lending.take_back(session, lending.submission_of(session, submission), person)

    def reassign(self, submission: str, assessor: str, *, to: str) -> AssignmentId:
        """Take an open submission back from one assessor and lend it to another, same reason."""
        with self._writing.begin() as session:
            row = lending.submission_of(session, submission)
            (old,) = lending.take_back(session, row, people.by_key(session, assessor))
            loan = lending.Loan(
                person=people.by_key(session, to), reason=old.reason, now=self._clock()
            )
            return AssignmentId(lending.lend(session, row, loan).id)

    def reclaim(self) -> int:
        """Take back whatever was lent for too long, so that it can be lent again."""
        with self._writing.begin() as session:
            return lending.reclaim(session, now=self._clock())

    def notice(self, kind: NoticeKind, assessor: str | None = None) -> int:
        """Tell an assessor, or everybody, something of the platform. Return how many people."""
        with self._writing.begin() as session:
            told = [assessor] if assessor else people.keys_of_all(session)
            for key in told:
                lending.tell(session, people.by_key(session, key), kind)
        return len(told)

    def decide(self, submission: str, determination: Determination) -> None:
        """Record the issuer's decision."""
        with self._writing.begin() as session:
            row = lending.submission_of(session, submission)
            deciding.decide(session, row, determination, now=self._clock())

    def letter(self, submission: str) -> Letter:
        """Return what the earner receives."""
        with self._reading.begin() as session:
            return deciding.write_letter(session, lending.submission_of(session, submission))

    def status(self) -> Status:
        """Return what the platform holds."""
        with self._reading.begin() as session:
            return status_of(session, self.log.counts())

    def log_request(self, request: Callable[[datetime], Request]) -> None:
        """Write down what kind of request was answered now, to the second."""
        self.log.add(request(self._clock().replace(microsecond=0)))

    def back_up(self) -> Backup:
        """Copy the database; receipts become durable when every kept backup holds them."""
        return self._backups.record(now=self._clock())

    def retire_backup(self, name: str) -> None:
        """Give a backup up: it will never be restored."""
        self._backups.retire(name)

    def restore(self, name: str) -> Epoch:
        """Go back to a backup, as a new epoch; later backups are retired."""
        self._engine.dispose()
        return self._backups.restore(name, now=self._clock())

    # What an assessor's requests do

    def meta(self) -> Meta:
        """Return epoch, time, limits and the receipt key."""
        with self._reading.begin() as session:
            return Meta(
                epoch=views.epoch(session),
                now=self._clock(),
                protocols=(PROTOCOL,),
                capabilities=CAPABILITIES,
                limits=LIMITS,
                receipt_key=keys.public_key(self._key),
            )

    def person_of(self, token: str) -> Person | None:
        """Return whose token this is."""
        with self._reading.begin() as session:
            return people.person_of(session, token)

    def me(self, person: Person) -> Me:
        """Return the opaque account of a person."""
        with self._reading.begin() as session:
            return views.me(session, person)

    def snapshot(self, person: Person) -> Snapshot:
        """Return everything a person may see."""
        with self._with_durable(person) as (session, durable):
            return views.snapshot(session, person, durable)

    def feed(self, person: Person, cursor: str | None) -> Feed:
        """Return the changes of a person's view after a cursor."""
        with self._with_durable(person) as (session, durable):
            return views.feed(session, person, cursor, durable)

    def assignment(self, person: Person, assignment: AssignmentId) -> Assignment:
        """Return one assignment of a person."""
        with self._reading.begin() as session:
            return views.view(session, views.own_assignment(session, person, assignment))

    def manifest(self, person: Person, asked: PacketVersion) -> ManifestAnswer:
        """Return one manifest."""
        with self._reading.begin() as session:
            answer = packets.manifest(session, person, asked)
        self._note_pulled(person, (answer.packet,))
        return answer

    def manifests(self, person: Person, asked: tuple[PacketVersion, ...]) -> tuple[bytes, bytes]:
        """Return a batch of manifests as bytes, plain and compressed."""
        with self._reading.begin() as session:
            served, plain, packed = packets.manifests(session, person, asked)
        self._note_pulled(person, served)
        return plain, packed

    def _note_pulled(self, person: Person, served: tuple[PacketId, ...]) -> None:
        with self._writing.begin() as session:
            packets.note_pulled(session, person, served, self._clock())

    def rubric(self, rubric: RubricId, version: int) -> bytes:
        """Return the exact bytes of a rubric version."""
        with self._reading.begin() as session:
            return packets.rubric(session, rubric, version)

    def blob(self, person: Person, blob: BlobId) -> Sha256:
        """Return the hash of the content that a person's blob name stands for."""
        with self._reading.begin() as session:
            return packets.blob(session, person, blob)

    def receive_review(
        self, person: Person, content: bytes, body: ReviewBody, envelope: Envelope
    ) -> Received:
        """Keep a sealed review."""
        with self._writing.begin() as session:
            return receiving.receive_review(session, self._sent(person, content, envelope), body)

    def receive_act(
        self, person: Person, content: bytes, body: ActBody, envelope: Envelope
    ) -> Received:
        """Keep any other act, and do what it says."""
        with self._writing.begin() as session:
            return acts.receive_act(session, self._sent(person, content, envelope), body)

    def review_receipt(
        self, person: Person, assignment: AssignmentId, review: ReviewId, envelope: Envelope
    ) -> Receipt:
        """Return the receipt of a review."""
        with self._reading.begin() as session:
            sent = self._sent(person, b"", envelope)
            return receiving.review_receipt(session, sent, assignment, review)

    def _sent(self, person: Person, content: bytes, envelope: Envelope) -> Sent:
        return Sent(
            person=person, content=content, envelope=envelope, now=self._clock(), key=self._key
        )

    @contextmanager
    def _with_durable(self, person: Person) -> Generator[tuple[Session, int]]:
        with self._reading.begin() as session:
            account = session.get_one(PersonRow, person.id).account
            yield session, self._backups.durable_sequence(account)

    def _begin_first_epoch(self) -> None:
        with self._writing.begin() as session:
            if session.query(EpochRow).first() is None:
                session.add(EpochRow(epoch=keys.random_id(), began_at=self._clock()))


def _file_of(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(url.database)


def _keep_private(database: Path | None) -> None:
    """Make a new database file that only its owner reads, in whatever folder it lies."""
    if database is not None:
        os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
