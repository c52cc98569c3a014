"""The platform as the specification describes it: its operator, its backups, its HTTP answers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from operator import attrgetter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.assignment import Assignment, AssignmentKind, AssignmentState, PacketRef
from assessor_app.domain.ids import AssignmentId, Epoch, PacketId, ReviewId, SubmissionId
from assessor_app.reference_platform import keys
from assessor_app.wire import receipts
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import (
    PROBLEM_TYPE,
    Durable,
    Feed,
    FeedEntry,
    InvalidAt,
    Limits,
    ManifestAnswer,
    ManifestBatch,
    Meta,
    Problem,
    ProblemKind,
    Receipt,
    Snapshot,
)
from tests.faults.simulator_content import (
    DUE,
    MORNING,
    TITLE,
    RubricName,
    manifest,
    rubric,
    rubric_ref,
)
from tests.faults.simulator_receiving import (
    Letter,
    RefusalError,
    open_of,
    own,
    quarantine,
    receive_act,
    receive_review,
)
from tests.faults.simulator_state import Held, Lent, Submission

JSON, PROBLEM = "application/json", "application/problem+json"
PAGE_ENTRIES = 3
KEY = Ed25519PrivateKey.from_private_bytes(b"the receipt key of the simulator")
RECEIPT_KEY = keys.public_key(KEY)
STATUS = {
    ProblemKind.UNAUTHORISED: 401,
    ProblemKind.NOT_FOUND: 404,
    ProblemKind.CURSOR_EXPIRED: 410,
    ProblemKind.VOIDED: 409,
    ProblemKind.ALREADY_DECIDED: 409,
    ProblemKind.CLOSED: 410,
    ProblemKind.STALE_VIEW: 412,
    ProblemKind.STALE_PACKET: 412,
    ProblemKind.STALE_RUBRIC: 412,
    ProblemKind.DIFFERENT_BODY: 422,
    ProblemKind.INVALID: 422,
    ProblemKind.EPOCH_MISMATCH: 428,
    ProblemKind.TOO_LARGE: 413,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it leaves a laptop. Header names are in lower case."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    token: str | None
    epoch: str | None = None
    view_version: int | None = None
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it leaves whoever answers."""

    status: int
    content_type: str
    body: bytes = field(repr=False)
    retry_after: str | None = None


class ModelPlatform:
    """One platform. Tokens are the names of persons behind `token-`."""

    def __init__(self) -> None:
        self._epochs = count(1)
        self._numbers = count(1)
        self._packets = count(2)
        self._rubrics = count(2)
        self.held = Held(epoch=f"epoch-{next(self._epochs)}")
        self.backups: list[Held] = []

    # What an operator does

    def take_in(self, submission: int) -> None:
        self.held.submissions[submission] = Submission(rubric=self.held.rubrics[-1])

    def lend(self, submission: int, person: str, assignment: str | None = None) -> str | None:
        """Lend a submission, or again what was given back; None where that is not possible."""
        known = self.held.submissions[submission]
        if known.decided or known.packet is None:
            return None
        lent = self.lent_to(submission, person)
        if lent is None:
            number = next(self._numbers)
            name = assignment or f"assignment-{number:03d}"
            lent = Lent(
                id=name,
                number=number,
                person=person,
                submission=submission,
                packet=known.packet,
                rubric=known.rubric,
            )
        elif lent.state is not AssignmentState.WITHDRAWN or lent.recused:
            return None
        lent = replace(lent, packet=known.packet, rubric=known.rubric, quarantined=False)
        self.held.give(lent)
        self.held.put(lent, AssignmentState.OPEN)
        return lent.id

    def lent_to(self, submission: int, person: str) -> Lent | None:
        return next(
            (
                lent
                for lent in self.held.lent.values()
                if (lent.submission, lent.person) == (submission, person)
            ),
            None,
        )

    def withdraw(self, submission: int, person: str | None = None) -> int:
        """Take back what is open of a submission; return how many assignments that were."""
        rows = [lent for lent in open_of(self.held, submission) if person in (None, lent.person)]
        for lent in rows:
            self.held.put(lent, AssignmentState.WITHDRAWN)
        return len(rows)

    def publish_rubric(self) -> None:
        """Publish the next rubric version; what is open and not rated moves to it."""
        version = RubricName(next(self._rubrics), self.held.rubrics[-1].version + 1)
        self.held.rubrics = (*self.held.rubrics, version)
        for name, known in tuple(self.held.submissions.items()):
            if known.decided:
                continue
            self.held.submissions[name] = replace(known, rubric=version)
            for lent in open_of(self.held, name):
                self.held.put(replace(lent, rubric=version), AssignmentState.OPEN)

    def renew_packet(self, submission: int) -> bool:
        """Give a new packet version to all who have an open one or lost theirs by quarantine."""
        known = self.held.submissions[submission]
        if known.decided:
            return False
        newest = next(self._packets)
        self.held.submissions[submission] = replace(known, packets=(*known.packets, newest))
        for lent in tuple(self.held.lent.values()):
            has_it = lent.state is AssignmentState.OPEN or lent.quarantined
            if lent.submission == submission and has_it:
                renewed = replace(lent, packet=newest, rubric=known.rubric, quarantined=False)
                self.held.give(renewed)
                self.held.put(renewed, AssignmentState.OPEN)
        return True

    def flag(self, submission: int) -> bool:
        """Somebody else found a leak in the newest packet version."""
        packet = self.held.submissions[submission].packet
        if packet is None:
            return False
        quarantine(self.held, submission, packet)
        return True

    def decide(self, submission: int) -> bool:
        """Record the issuer's decision: what is live counts for good, what is open is closed."""
        live = [
            key
            for key, kept in self.held.reviews.items()
            if kept.live and kept.submission == submission
        ]
        if self.held.submissions[submission].decided or not live:
            return False
        known = self.held.submissions[submission]
        self.held.submissions[submission] = replace(known, decided=True)
        for key in live:
            self.held.reviews[key] = replace(self.held.reviews[key], counted=True)
        self.withdraw(submission)
        return True

    def make_stricter(self, submission: int) -> None:
        known = self.held.submissions[submission]
        self.held.submissions[submission] = replace(known, strict=not known.strict)

    def back_up(self) -> None:
        self.backups.append(self.held.copy())

    def retire_oldest(self) -> bool:
        """Give the oldest backup up, unless it is the only one."""
        if len(self.backups) < 2:
            return False
        del self.backups[0]
        return True

    def restore(self, place: int) -> None:
        """Go back to a backup, as a new epoch; later backups are retired."""
        del self.backups[place + 1 :]
        self.held = self.backups[place].copy()
        self.held.epoch = f"epoch-{next(self._epochs)}"

    def durable_upto(self, person: str) -> int:
        return min((kept.sequences.get(person, 0) for kept in self.backups), default=0)

    # What an assessor's requests do

    def answer(self, asked: Asked) -> Said:
        """Answer one request, as a whole or not at all."""
        if asked.path == "/v1/meta":
            return json(self._meta())
        person = (asked.token or "").removeprefix("token-")
        if not person or person == asked.token:
            return problem(RefusalError(ProblemKind.UNAUTHORISED))
        try:
            return self._answer_to(person, asked)
        except RefusalError as refusal:
            return problem(refusal)

    def _answer_to(self, person: str, asked: Asked) -> Said:
        steps = asked.path.split("/")[2:]
        match asked.method, steps:
            case "PUT", ["assignments", name, "reviews", _]:
                return self._receive(receive_review, person, asked, name)
            case "POST", ["assignments", name, *_]:
                return self._receive(receive_act, person, asked, name)
            case "GET", ["rubrics", _, "v", version]:
                return self._rubric(int(version))
            case _:
                return json(self._view_of(person, steps, asked.params))

    def _view_of(
        self, person: str, steps: list[str], params: tuple[tuple[str, str], ...]
    ) -> object:
        match steps:
            case ["feed"]:
                return self._feed(person, dict(params).get("cursor"))
            case ["assignments"]:
                return self._snapshot(person)
            case ["assignments", name]:
                return self._view(own(self.held, person, name))
            case ["manifests"]:
                return self._manifests(person, params)
            case _:
                raise RefusalError(ProblemKind.NOT_FOUND)

    def _rubric(self, version: int) -> Said:
        if version > len(self.held.rubrics):
            raise RefusalError(ProblemKind.NOT_FOUND)
        return Said(200, JSON, rubric(self.held.rubrics[version - 1]).content)

    def _receive(
        self,
        keep: Callable[[Held, Letter, str], tuple[Receipt, bool]],
        person: str,
        asked: Asked,
        assignment: str,
    ) -> Said:
        letter = Letter(
            person=person,
            content=asked.body or b"",
            epoch=asked.epoch,
            view_version=asked.view_version,
        )
        receipt, created = keep(self.held, letter, assignment)
        return json(_signed(receipt), status=201 if created else 200)

    def _meta(self) -> Meta:
        return Meta(
            epoch=Epoch(self.held.epoch),
            now=MORNING,
            protocols=(1,),
            capabilities=(),
            limits=Limits(review_bytes=10**6, act_bytes=10**6, manifest_batch_bytes=10**5),
            receipt_key=RECEIPT_KEY,
        )

    def _durable(self, person: str) -> Durable:
        return Durable(Epoch(self.held.epoch), self.durable_upto(person))

    def _cursor(self, person: str, position: int) -> str:
        return f"{self.held.epoch}.{person}.{position}"

    def _feed(self, person: str, cursor: str | None) -> Feed:
        told = self.held.feeds.get(person, ())
        before, _, position = (cursor or self._cursor(person, 0)).rpartition(".")
        if f"{before}.0" != self._cursor(person, 0):
            raise RefusalError(ProblemKind.CURSOR_EXPIRED)
        after = int(position)
        page = told[after : after + PAGE_ENTRIES]
        return Feed(
            epoch=Epoch(self.held.epoch),
            entries=tuple(
                FeedEntry(
                    op=entry.op, kind="assignment", id=entry.thing, view_version=entry.view_version
                )
                for entry in page
            ),
            cursor=self._cursor(person, after + len(page)),
            more=len(told) > after + len(page),
            durable_upto=self._durable(person),
        )

    def _snapshot(self, person: str) -> Snapshot:
        mine = [lent for lent in self.held.lent.values() if lent.person == person]
        return Snapshot(
            epoch=Epoch(self.held.epoch),
            assignments=tuple(self._view(lent) for lent in sorted(mine, key=attrgetter("number"))),
            cursor=self._cursor(person, len(self.held.feeds.get(person, ()))),
            durable_upto=self._durable(person),
        )

    def _view(self, lent: Lent) -> Assignment:
        live = self.held.live(lent.id)
        handle = f"MC-{lent.submission:04d}-{lent.person}"
        content = manifest(lent.submission, lent.packet)
        versions = self.held.versions[lent.person, lent.submission]
        return Assignment(
            id=AssignmentId(lent.id),
            submission=SubmissionId(handle),
            kind=AssignmentKind.REVIEW,
            state=lent.state,
            title=TITLE,
            packet=PacketRef(
                id=PacketId(f"packet-of-{handle}"),
                version=versions.index(lent.packet) + 1,
                manifest_sha256=content.sha256,
            ),
            rubric=rubric_ref(lent.rubric),
            submitted_at=MORNING,
            due_on=DUE,
            size_bytes=len(content.content),
            view_version=lent.view_version,
            final_review=ReviewId(live[0]) if live else None,
        )

    def _manifests(self, person: str, params: tuple[tuple[str, str], ...]) -> ManifestBatch:
        wanted = {told for _, told in params}
        found: list[ManifestAnswer] = []
        for lent in self.held.lent.values():
            if lent.person != person or lent.state is AssignmentState.WITHDRAWN:
                continue
            packet = PacketId(f"packet-of-MC-{lent.submission:04d}-{person}")
            quarantined = self.held.submissions[lent.submission].quarantined
            for number, version in enumerate(self.held.versions[person, lent.submission], 1):
                if f"{packet}:{number}" in wanted and version not in quarantined:
                    text = manifest(lent.submission, version).content.decode()
                    found.append(ManifestAnswer(packet=packet, version=number, manifest=text))
        if not found:
            raise RefusalError(ProblemKind.NOT_FOUND)
        return ManifestBatch(tuple(found))


@lru_cache(maxsize=256)
def _signed(receipt: Receipt) -> Receipt:
    return receipts.sign(receipt, KEY)


def json(value: object, *, status: int = 200) -> Said:
    """Return a value of the contract."""
    return Said(status, JSON, dump(value))


def problem(refusal: RefusalError) -> Said:
    """Return a problem document."""
    receipt = _signed(refusal.receipt) if refusal.receipt else None
    broken = (InvalidAt(pointer="/feedback/0", problem="missing: growth"),)
    document = Problem(
        type=f"{PROBLEM_TYPE}{refusal.kind}",
        title=refusal.kind,
        status=STATUS[refusal.kind],
        errors=broken if refusal.kind is ProblemKind.INVALID else (),
        review=ReviewId(refusal.receipt.act) if receipt and refusal.receipt else None,
        receipt=receipt,
    )
    return Said(STATUS[refusal.kind], PROBLEM, dump(document))
