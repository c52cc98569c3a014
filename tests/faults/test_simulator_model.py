"""The modelled platform against the real service: the same deeds, the same answers and views."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import MappingProxyType
from uuid import uuid4

from assessor_app.domain.assignment import Assignment
from assessor_app.domain.determination import Determination
from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import ActId, AssignmentId, ReviewId
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import Packet
from assessor_app.domain.policy import SecondReads
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.errors import RefusedError
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.people import Person
from assessor_app.reference_platform.receiving import Envelope
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.messages import ActBody, Feed, Problem, Receipt, ReviewBody, Snapshot
from tests.faults.simulator_content import MORNING, RubricName, manifest, rubric
from tests.faults.simulator_naive import sealed_body
from tests.faults.simulator_platform import Asked, ModelPlatform
from tests.reference_platform.factory import Clock

PEOPLE = ("p1", "p2")
SEEDS, DEEDS = (0, 3, 6, 7, 8, 11), 50
ANSWERS = {
    *("review", "void", "donate", "lease", "return", "recuse", "flag", "ask"),
    *("already-decided", "closed", "epoch-mismatch", "invalid", "not-found", "voided"),
    *("stale-view", "stale-packet", "stale-rubric"),
}


class Twins:
    """A real platform and a modelled one that always get to do the same."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.chance = chance
        self.real = Platform(folder, clock=Clock(MORNING), draw=lambda: 1.0)
        self.model = ModelPlatform()
        self.people = {name: self._person(name) for name in PEOPLE}
        self.handles: dict[int, str] = {}
        self.sent: list[tuple[str, str, bytes]] = []
        self.met: Counter[str] = Counter()
        self.views: dict[str, tuple[Assignment, ...]] = dict.fromkeys(PEOPLE, ())
        self.old_epochs: list[tuple[str, str]] = [("never", "never")]
        for submission in range(2):
            self.model.take_in(submission)
            self.handles[submission] = self.real.take_in(self._built(submission))
            for name in PEOPLE:
                self.lend(submission, name)

    def _person(self, name: str) -> Person:
        person = self.real.person_of(self.real.token(name))
        assert person is not None
        return person

    def _built(self, submission: int) -> BuiltSubmission:
        known = self.model.held.submissions[submission]
        content = manifest(submission, known.packets[-1])
        words = rubric(known.rubric).content
        return BuiltSubmission(
            reference=f"S-{submission}",
            earner=f"earner-{submission}",
            earlier=(),
            packet=parse(Packet, content.content),
            manifest=content.content,
            manifest_sha256=content.sha256,
            blobs=MappingProxyType({}),
            rubric=parse(Rubric, words),
            rubric_bytes=words,
            second_reads=SecondReads(first_n=0, share=0.0),
            held=False,
        )

    # The operator

    def lend(self, submission: int, person: str) -> None:
        try:
            name = self.real.assign(self.handles[submission], person)
        except AppError:
            assert self.model.lend(submission, person) is None
            return
        assert self.model.lend(submission, person, name) == name

    def operate(self) -> None:
        submission = self.chance.randrange(2)
        person = self.chance.choice(PEOPLE)
        deeds: tuple[Callable[[int, str], None], ...] = (
            self.lend,
            self._withdraw,
            self._publish,
            self._renew,
            self._decide,
            self._back_up,
            self._retire,
            self._restore,
        )
        self.chance.choices(deeds, (4, 2, 3, 5, 1, 2, 1, 1))[0](submission, person)

    def _withdraw(self, submission: int, person: str) -> None:
        taken = _happens(lambda: self.real.withdraw(self.handles[submission], person))
        assert taken == bool(self.model.withdraw(submission, person))

    def _publish(self, _submission: int, _person: str) -> None:
        self.model.publish_rubric()
        self.real.publish_rubric(rubric(self.model.held.rubrics[-1]).content)

    def _renew(self, submission: int, _person: str) -> None:
        if self.model.renew_packet(submission):
            self.real.take_in(self._built(submission))
        else:
            assert not _happens(lambda: self.real.take_in(self._built(submission)))

    def _decide(self, submission: int, _person: str) -> None:
        was_decided = self.model.held.submissions[submission].decided
        decided = _happens(lambda: self.real.decide(self.handles[submission], Determination.AWARD))
        assert decided == (self.model.decide(submission) or was_decided)

    def _back_up(self, _submission: int, _person: str) -> None:
        self.real.back_up()
        self.model.back_up()

    def _retire(self, _submission: int, _person: str) -> None:
        if self.model.retire_oldest():
            self.real.retire_backup(self._backups()[0])

    def _restore(self, _submission: int, _person: str) -> None:
        if not self.model.backups:
            return
        place = self.chance.randrange(len(self.model.backups))
        self.old_epochs.append((self.real.meta().epoch, self.model.held.epoch))
        self.real.restore(self._backups()[place])
        self.model.restore(place)

    def _backups(self) -> list[str]:
        return [backup.name for backup in self.real._backups.all()]  # noqa: SLF001 (no command)

    # The assessors

    def send(self) -> None:
        """Send something new or something old to both, in the right or a wrong envelope."""
        person = self.chance.choice(PEOPLE)
        told = self.real.snapshot(self.people[person]).assignments
        if self.sent and self.chance.random() < 0.3:
            person, path, content = self.chance.choice(self.sent)
        else:
            self.views[person] += told
            known = self.views[person] if self.chance.random() < 0.3 else told
            path, content = self._letter(person, self.chance.choice(known))
            self.sent.append((person, path, content))
        views = {view.id: view.view_version for view in told}
        version = views.get(AssignmentId(path.split("/")[3]), 1) - (self.chance.random() < 0.1)
        epochs: tuple[str, str] = (self.real.meta().epoch, self.model.held.epoch)
        if self.chance.random() < 0.1:
            epochs = self.chance.choice(self.old_epochs)

        real = self._really(person, path, content, Envelope(epoch=epochs[0], view_version=version))
        said = self.model.answer(
            Asked(
                method="PUT" if path.split("/")[-2] == "reviews" else "POST",
                path=path,
                token=f"token-{person}",
                epoch=epochs[1],
                view_version=version,
                body=content,
            )
        )

        model: Receipt | Problem
        model = parse(Receipt, said.body) if said.status < 300 else parse(Problem, said.body)
        self.met[str(model.kind)] += 1
        assert _plain(model) == real

    def _letter(self, person: str, view: Assignment) -> tuple[str, bytes]:
        anybody = self.chance.random() < 0.1
        reviews = [
            content
            for sender, path, content in self.sent
            if path.split("/")[-2] == "reviews" and (anybody or sender == person)
        ]
        choice = self.chance.random()
        if choice < 0.42 or not reviews:
            review = ReviewId(str(uuid4()))
            return routes.review(view.id, review), sealed_body(view, review, "mark a")
        sealed = parse(ReviewBody, self.chance.choice(reviews))
        if choice < 0.57:
            return self._act(ActKind.VOID, sealed.assignment, sealed)
        if choice < 0.72:
            return self._act(ActKind.DONATE, sealed.assignment, sealed)
        kinds = (ActKind.LEASE, ActKind.RETURN, ActKind.RECUSE, ActKind.FLAG, ActKind.ASK)
        return self._act(self.chance.choice(kinds), view.id, None)

    def _act(
        self, kind: ActKind, assignment: AssignmentId, sealed: ReviewBody | None
    ) -> tuple[str, bytes]:
        body = ActBody(
            act=ActId(str(uuid4())),
            kind=kind,
            assignment=assignment,
            review=sealed.review if sealed else None,
            sealed=dump(sealed).decode() if sealed and kind is ActKind.DONATE else "",
        )
        path = (
            routes.void(assignment, sealed.review)
            if sealed and kind is ActKind.VOID
            else routes.act(assignment, kind)
        )
        return path, dump(body)

    def _really(self, person: str, path: str, content: bytes, envelope: Envelope) -> object:
        own = self.people[person]
        try:
            if path.split("/")[-2] == "reviews":
                sealed = parse(ReviewBody, content)
                received = self.real.receive_review(own, content, sealed, envelope)
            else:
                received = self.real.receive_act(own, content, parse(ActBody, content), envelope)
        except RefusedError as refusal:
            receipt = _plain(refusal.receipt) if refusal.receipt else None
            return (str(refusal.kind), receipt)
        return _plain(received.receipt)

    def compare(self) -> None:
        """Hold what every person sees against each other."""
        for name, person in self.people.items():
            real = self.real.snapshot(person)
            told = self.model.answer(
                Asked(method="GET", path=routes.ASSIGNMENTS, token=f"token-{name}")
            )
            model = parse(Snapshot, told.body)
            assert [_seen(view) for view in model.assignments] == [
                _seen(view) for view in real.assignments
            ]
            assert model.durable_upto.sequence == real.durable_upto.sequence
            assert self._fed(name) == [
                (entry.op, entry.id, entry.view_version)
                for entry in self.real.feed(person, None).entries
            ]

    def _fed(self, name: str) -> list[object]:
        entries: list[object] = []
        params: tuple[tuple[str, str], ...] = ()
        while True:
            asked = Asked(method="GET", path=routes.FEED, params=params, token=f"token-{name}")
            page = parse(Feed, self.model.answer(asked).body)
            entries += [(entry.op, entry.id, entry.view_version) for entry in page.entries]
            if not page.more:
                return entries
            params = (("cursor", page.cursor),)


def _happens(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except AppError:
        return False
    return True


def _seen(view: Assignment) -> object:
    return (
        view.id,
        view.state,
        view.view_version,
        view.packet.version,
        view.packet.manifest_sha256,
        view.rubric,
        view.final_review,
    )


def _plain(said: Receipt | Problem) -> object:
    """Return what has to be the same: neither epochs nor signatures."""
    if isinstance(said, Problem):
        return (str(said.kind), _plain(said.receipt) if said.receipt else None)
    return (said.sequence, said.act, said.kind, said.assignment, said.body_sha256)


def test_the_model_answers_as_the_real_platform_does(tmp_path: Path) -> None:
    met: Counter[str] = Counter()
    for seed in SEEDS:
        twins = Twins(tmp_path / str(seed), Random(seed))  # noqa: S311 (a plan, not a secret)
        for _ in range(DEEDS):
            if twins.chance.random() < 0.35:
                twins.operate()
            else:
                twins.send()
            twins.compare()
        twins.real.close()
        met += twins.met

    assert set(met) >= ANSWERS


def test_a_restored_model_publishes_other_words_under_the_same_version() -> None:
    model = ModelPlatform()
    model.take_in(0)
    model.back_up()
    model.publish_rubric()
    first = model.held.rubrics[-1]
    model.restore(0)
    model.publish_rubric()

    again = model.held.rubrics[-1]
    assert (first.version, again.version) == (2, 2)
    assert rubric(first).sha256 != rubric(again).sha256
    assert RubricName() == model.held.rubrics[0]
