"""A laptop's store with one packet on it, and a platform that answers from a script."""

import os
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.assignment import (
    Assignment,
    AssignmentKind,
    AssignmentState,
    PacketRef,
)
from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import (
    ActId,
    AssignmentId,
    BlobId,
    Epoch,
    PacketId,
    ReviewId,
    SubmissionId,
)
from assessor_app.domain.outbox import ActKind
from assessor_app.domain.packet import Blob
from assessor_app.domain.review import Review
from assessor_app.reference_platform.keys import public_key
from assessor_app.store import (
    account,
    assignments,
    blobs,
    epochs,
    outbox,
    packets,
    profile,
    reviews,
)
from assessor_app.store.account import SignIn
from assessor_app.store.acts import Act
from assessor_app.store.download import Download
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.sync.answers import JSON, PROBLEM, Answer
from assessor_app.sync.backoff import Backoff
from assessor_app.sync.platform import Platform
from assessor_app.sync.push import NOTHING, Pushed, Pusher
from assessor_app.usecases.seal import seal
from assessor_app.usecases.workbench import Workbench
from assessor_app.wire.codec import dump
from assessor_app.wire.messages import (
    PROBLEM_TYPE,
    Durable,
    Limits,
    Meta,
    Problem,
    ProblemKind,
    Receipt,
    Snapshot,
)
from assessor_app.wire.receipts import sign
from tests.fakes import Vault
from tests.journeys.writing import revisions
from tests.reference_platform.factory import blob, built
from tests.sync.timing import MORNING, Hands

EPOCH = Epoch("epoch-1")
KEY = Ed25519PrivateKey.generate()
BUILT = built("north", page_bytes=150_000)
KEYS: dict[Path, ProfileKey] = {}
NAMES = {each.sha256: BlobId(f"name-{n}") for n, each in enumerate(BUILT.packet.blobs())}


def view(name: str = "a-1") -> Assignment:
    """Return an assignment of the one packet."""
    return Assignment(
        id=AssignmentId(name),
        submission=SubmissionId("MC-4F2K-9"),
        kind=AssignmentKind.REVIEW,
        state=AssignmentState.OPEN,
        title="Feedback that moves learning on",
        packet=PacketRef(id=PacketId("packet-1"), version=1, manifest_sha256=BUILT.manifest_sha256),
        rubric=BUILT.packet.rubric,
        submitted_at=MORNING,
        due_on=date(2026, 3, 20),
        size_bytes=1000,
        view_version=3,
    )


@contextmanager
def laptop(folder: Path, *names: str) -> Generator[Store]:
    """Yield a store that is signed in and holds an assignment a name, packet and rubric.

    It is a copy of one that is made once in the test run's own temporary folder.
    """
    model = folder.parent.parent / "model"
    if model not in KEYS:
        KEYS[model] = make_model(model)
    shutil.copytree(model, folder, copy_function=copy_or_link)
    store = open_store(profile.lock_profile(folder), KEYS[model], now=MORNING)
    with store.sessions.begin() as session:
        for name in names or ("a-1",):
            assignments.put_assignment(session, view(name), epoch=EPOCH)
    yield store
    store.close()


def last_seen_before(store: Store, name: str = "a-1") -> None:
    """Let an assignment be known from an older epoch alone."""
    with store.sessions.begin() as session:
        assignments.put_assignment(session, view(name), epoch=Epoch("epoch-0"))


def make_model(folder: Path) -> ProfileKey:
    made, key = profile.create_profile(folder, Vault())
    store = open_store(made, key, now=MORNING)
    with store.sessions.begin() as session:
        signed_in = SignIn(
            platform_url="http://127.0.0.1:9",
            account="account-1",
            receipt_key=public_key(KEY),
            token="token",  # noqa: S106 (nobody's)
        )
        account.bind(session, store.journal, signed_in)
        epochs.enter_epoch(session, EPOCH)
        packets.put_packet(session, view().packet, BUILT.manifest, blob_ids=NAMES, related={})
        packets.put_rubric(session, view().rubric, BUILT.rubric_bytes)
    store.close()
    return key


def copy_or_link(source: str, target: str) -> None:
    """The ballast is large, and nobody writes into it."""
    if Path(source).name == "ballast":
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def sealed(store: Store, name: str = "a-1") -> Act:
    """Write a whole review of an assignment, seal it, and let it go."""
    blank = Review(
        assignment=AssignmentId(name),
        manifest_sha256=BUILT.manifest_sha256,
        rubric=view().rubric,
    )
    *_, whole = revisions(blank, BUILT.packet, BUILT.rubric)
    with store.sessions.begin() as session:
        reviews.save_draft(session, whole, now=MORNING)
    made = Workbench(store).prepare(seal, AssignmentId(name), now=MORNING)()
    with store.sessions.begin() as session:
        outbox.release(session, now=MORNING)
    return act(store, made.review)


def act(store: Store, act_id: str) -> Act:
    with store.sessions.begin() as session:
        found = outbox.get_act(session, ActId(act_id))
    assert found is not None
    return found


def acts(store: Store, kind: ActKind) -> tuple[Act, ...]:
    with store.sessions.begin() as session:
        return tuple(one for one in outbox.list_acts(session) if one.kind is kind)


def receipt(of: Act, *, key: Ed25519PrivateKey = KEY, **changes: object) -> Receipt:
    """Return a receipt for an act, bent as a test wants it and then signed."""
    unsigned = Receipt(
        sequence=1,
        act=of.act_id,
        kind=of.kind,
        assignment=of.assignment,
        body_sha256=of.body_sha256,
        epoch=EPOCH,
        received_at=MORNING,
        signature="",
    )
    return sign(replace(unsigned, **changes), key)  # type: ignore[arg-type]  # a test's own fields


def yes(value: object, status: int = 201) -> Answer:
    return Answer(status=status, headers={"content-type": JSON}, untrusted_body=dump(value))


def no(
    status: int,
    kind: ProblemKind | str,
    *,
    review: ReviewId | None = None,
    receipt: Receipt | None = None,
) -> Answer:
    problem = Problem(
        type=PROBLEM_TYPE + kind, title="No", status=status, review=review, receipt=receipt
    )
    return Answer(status=status, headers={"content-type": PROBLEM}, untrusted_body=dump(problem))


def meta(epoch: Epoch = EPOCH, key: Ed25519PrivateKey = KEY) -> Answer:
    return yes(
        Meta(
            epoch=epoch,
            now=MORNING,
            protocols=(1,),
            capabilities=(),
            limits=Limits(review_bytes=1, act_bytes=1, manifest_batch_bytes=1),
            receipt_key=public_key(key),
        ),
        200,
    )


def snapshot(*views: Assignment, epoch: Epoch = EPOCH) -> Answer:
    return yes(
        Snapshot(epoch=epoch, assignments=views, cursor="c-1", durable_upto=Durable(epoch, 0)), 200
    )


Step = Answer | AppError | Callable[["Request"], Answer]


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    params: tuple[tuple[str, str], ...] = ()


@dataclass
class Script:
    """Answers the n-th request with the n-th step; the requests are kept."""

    steps: list[Step]
    requests: list[Request] = field(default_factory=list)

    def get(self, path: str, *, params: tuple[tuple[str, str], ...] = ()) -> Answer:
        return self._answer(Request("GET", path, params=params))

    def send(self, method: str, path: str, body: bytes, *, headers: Mapping[str, str]) -> Answer:
        return self._answer(Request(method, path, body, headers))

    def _answer(self, request: Request) -> Answer:
        self.requests.append(request)
        step = self.steps.pop(0)
        if isinstance(step, AppError):
            raise step
        return step if isinstance(step, Answer) else step(request)


class Never:
    """Nobody stops anything."""

    def is_set(self) -> bool:
        return False

    def wait(self, _timeout: float | None = None, /) -> bool:
        return False


@dataclass
class Post:
    """A pusher over a script, and what it told."""

    store: Store
    script: Script
    hands: Hands = field(default_factory=Hands)
    told: Pushed = NOTHING

    def __post_init__(self) -> None:
        self.backoff = Backoff(self.hands.clock())
        self.platform = Platform(self.script, public_key(KEY))
        self.pusher = Pusher(
            self.store, self.platform, EPOCH, backoff=self.backoff, clock=self.hands.clock()
        )

    def push(self, *steps: Step) -> None:
        self.script.steps += steps
        self.pusher.run(Never(), self._hear)
        assert self.script.steps == []

    def _hear(self, pushed: Pushed) -> None:
        self.told += pushed


def post(store: Store) -> Post:
    return Post(store, Script([]))


def greeted(*steps: Step) -> tuple[Platform, Script]:
    """Return a platform that was greeted and then answers with these steps."""
    script = Script([meta(), *steps])
    made = Platform(script, None)
    made.meta()
    return made, script


def know_epoch(office: Post) -> None:
    """Greet the platform, as every round does first."""
    office.script.steps.append(meta())
    office.platform.meta()


def shelve(store: Store, content: bytes) -> Blob:
    """Put content on the laptop as a download would."""
    made = blob(content)
    with store.sessions.begin() as session:
        ticket = blobs.begin(session, store.blob_folder, made)
    target = Download(store.blob_folder, ticket)
    target.write(0, content)
    target.finish()
    target.close()
    with store.sessions.begin() as session:
        blobs.put_complete(session, made.sha256)
    return made
