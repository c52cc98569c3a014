"""What lies between laptops and the platform: every request passes here, and much can happen."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from types import MappingProxyType
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from assessor_app.domain.ids import Sha256
from assessor_app.sync.errors import OfflineError, OfflineReason, UncertainError
from assessor_app.wire import receipts
from assessor_app.wire.codec import dump, parse
from assessor_app.wire.errors import MalformedError
from assessor_app.wire.messages import PROBLEM_TYPE, Problem, Receipt, Snapshot
from assessor_app.wire.routes import ASSIGNMENTS
from tests.faults.simulator_platform import JSON, PROBLEM, Asked, Said
from tests.faults.simulator_rows import row_of

FORGER = Ed25519PrivateKey.from_private_bytes(b"somebody who is not the platform")
REMEMBERED = 12


class Fault(StrEnum):
    """One kind of what goes wrong between a laptop and the platform."""

    LOST_BEFORE = "request lost"
    LOST_AFTER = "answer lost"
    DELAYED = "delayed and overtaken"
    DUPLICATED = "duplicated"
    NO_NETWORK = "no network"
    PORTAL = "captive portal"
    FORGED = "forged receipt"
    SERVER_ERROR = "server error"
    BUSY = "busy"
    SIGNED_OUT = "signed out"
    BODY_REFUSED = "body refused"
    NOT_THERE = "not there"
    OLD_ANSWER = "old answer"
    ABSENT = "absent from a snapshot"


WEIGHTS: Mapping[Fault, int] = MappingProxyType(
    {
        Fault.LOST_BEFORE: 3,
        Fault.LOST_AFTER: 5,
        Fault.DELAYED: 5,
        Fault.DUPLICATED: 5,
        Fault.NO_NETWORK: 2,
        Fault.PORTAL: 2,
        Fault.FORGED: 4,
        Fault.SERVER_ERROR: 3,
        Fault.BUSY: 3,
        Fault.SIGNED_OUT: 2,
        Fault.BODY_REFUSED: 8,
        Fault.NOT_THERE: 6,
        Fault.OLD_ANSWER: 3,
        Fault.ABSENT: 12,
    }
)
_ONLY_ACTS = (Fault.FORGED, Fault.BODY_REFUSED, Fault.NOT_THERE, Fault.DUPLICATED)
_ONLY_QUESTIONS = (Fault.OLD_ANSWER, Fault.ABSENT)
_LATE_REFUSALS = (Fault.BODY_REFUSED, Fault.NOT_THERE)


class Answers(Protocol):
    """Whoever answers requests."""

    def answer(self, asked: Asked) -> Said: ...


class Traveller(Protocol):
    """A laptop, as far as the network sees it."""

    def about_to_send(self, asked: Asked, /) -> None: ...

    def about_to_hear(self, _asked: Asked, said: Said, /) -> None: ...


@dataclass
class Network:
    """Carries requests, or does not. `share`: how many of them meet a fault.

    `meanwhile` lets the world go on while somebody waits for an answer.
    """

    platform: Answers
    chance: Random
    share: float
    meanwhile: Callable[[Traveller], None]
    hits: Counter[str]
    tell: Callable[[str], None]

    def __post_init__(self) -> None:
        self.under_way: deque[Asked] = deque()
        self._kept: set[str] = set()
        self._heard: deque[tuple[Asked, Said]] = deque(maxlen=REMEMBERED)

    def exchange(self, traveller: Traveller, asked: Asked) -> Said:
        """Carry one request and its answer.

        Raises:
            OfflineError, UncertainError: There is no answer.
        """
        traveller.about_to_send(asked)
        self.meanwhile(traveller)
        try:
            said = self._carry(asked)
        except UncertainError:
            self._count_row(asked, None)
            self.tell(f"{asked.method} {asked.path}: no answer")
            raise
        self.tell(f"{asked.method} {asked.path}: {said.status} {said.body[:60]!r}")
        self.meanwhile(traveller)
        self._count_row(asked, said)
        traveller.about_to_hear(asked, said)
        return said

    def deliver_one(self) -> bool:
        """Let the oldest or any delayed request arrive; nobody hears its answer."""
        if not self.under_way:
            return False
        self.under_way.rotate(self.chance.randrange(len(self.under_way)))
        asked = self.under_way.popleft()
        said = self.platform.answer(asked)
        self.tell(f"late: {asked.method} {asked.path}: {said.status}")
        return True

    def _carry(self, asked: Asked) -> Said:
        if self.under_way and self.chance.random() < self.share:
            self.deliver_one()
        share = self.share if asked.method == "GET" else 2 * self.share
        if self.chance.random() >= share:
            return self._platform_says(asked)
        fault = self._drawn(asked)
        self.hits[fault] += 1
        self.tell(f"fault: {fault}")
        return self._with(fault, asked)

    def _drawn(self, asked: Asked) -> Fault:
        """Return a fault that can happen to this request.

        What was kept already, and is asked for again, is likely to meet somebody who refuses it;
        so are the acts that are neither reviews nor voids, because there are few of them.
        """
        fits = {fault: weight for fault, weight in WEIGHTS.items() if _fits(fault, asked)}
        if asked.path in self._kept:
            fits.update(dict.fromkeys(_LATE_REFUSALS, 30))
        elif asked.method == "POST" and not asked.path.endswith("/void"):
            fits[Fault.NOT_THERE] = 20
        return self.chance.choices(tuple(fits), tuple(fits.values()))[0]

    def _platform_says(self, asked: Asked) -> Said:
        said = self.platform.answer(asked)
        if asked.method == "GET":
            self._heard.append((asked, said))
        elif said.status == 201:
            self._kept.add(asked.path)
        return said

    def _with(self, fault: Fault, asked: Asked) -> Said:
        match fault:
            case Fault.NO_NETWORK:
                raise OfflineError(OfflineReason.NO_NETWORK)
            case Fault.LOST_BEFORE:
                raise UncertainError
            case Fault.LOST_AFTER:
                self._platform_says(asked)
                raise UncertainError
            case Fault.DELAYED:
                self.under_way.append(asked)
                raise UncertainError
            case Fault.DUPLICATED:
                self.under_way.append(asked)
                return self._platform_says(asked)
            case _:
                return self._bent(fault, asked)

    def _bent(self, fault: Fault, asked: Asked) -> Said:
        """Return an answer that somebody changed, or made up."""
        bends = {
            Fault.OLD_ANSWER: self._old_answer,
            Fault.FORGED: self._forged,
            Fault.ABSENT: self._without_one,
        }
        return bends[fault](asked) if fault in bends else self._instead(fault, asked)

    def _instead(self, fault: Fault, asked: Asked) -> Said:
        """Return what somebody before the platform says; sometimes after it has done its work."""
        if fault is Fault.SERVER_ERROR and self.chance.random() < 0.5:
            self._platform_says(asked)
        choices = {
            Fault.PORTAL: (
                Said(200, "text/html", b"<h1>Sign in to the hotel</h1>"),
                Said(302, "text/html", b""),
                Said(200, JSON, b'{"ok":true}'),
                Said(403, "text/html", b"<h1>Not here</h1>"),
            ),
            Fault.SERVER_ERROR: (
                Said(500, "text/html", b""),
                Said(502, "text/html", b"<h1>Bad gateway</h1>"),
                Said(408, JSON, b""),
            ),
            Fault.BUSY: (
                Said(503, PROBLEM, b"", "2"),
                Said(429, JSON, b"", "60"),
                Said(507, PROBLEM, b""),
            ),
            Fault.SIGNED_OUT: (_problem(401, "unauthorised"),),
            Fault.BODY_REFUSED: (
                _problem(413, "too-large"),
                _problem(415, "unsupported"),
                _problem(426, "upgrade-required"),
            ),
            Fault.NOT_THERE: (_problem(404, "not-found"), _problem(403, "forbidden")),
        }
        return self.chance.choice(choices[fault])

    def _old_answer(self, asked: Asked) -> Said:
        """Return what was once said to the same question of the same person."""
        same = [
            said
            for old, said in self._heard
            if (old.token, old.path, old.params) == (asked.token, asked.path, asked.params)
        ]
        return self.chance.choice(same) if same else self._platform_says(asked)

    def _without_one(self, asked: Asked) -> Said:
        """Return a snapshot in which something is missing."""
        said = self._platform_says(asked)
        if said.status != 200:
            return said
        snapshot = parse(Snapshot, said.body)
        left = self.chance.randrange(len(snapshot.assignments) + 1)
        fewer = tuple(one for n, one in enumerate(snapshot.assignments) if n != left)
        return Said(200, JSON, dump(replace(snapshot, assignments=fewer)))

    def _forged(self, asked: Asked) -> Said:
        """Return a receipt that proves nothing: of a wrong key, of other bytes, of another act."""
        said = self._platform_says(asked)
        try:
            genuine = parse(Receipt, said.body)
        except MalformedError:
            return Said(200, JSON, b"{}")
        changed = replace(genuine, body_sha256=Sha256(genuine.body_sha256[::-1]))
        forged = (
            receipts.sign(genuine, FORGER),
            changed,
            replace(genuine, sequence=genuine.sequence + 1),
        )
        return Said(200, JSON, dump(self.chance.choice(forged)))

    def _count_row(self, asked: Asked, said: Said | None) -> None:
        if asked.method != "GET":
            self.hits[row_of(asked, said)] += 1


def _fits(fault: Fault, asked: Asked) -> bool:
    if asked.method != "GET":
        return fault not in _ONLY_QUESTIONS
    return fault not in _ONLY_ACTS and (fault is not Fault.ABSENT or asked.path == ASSIGNMENTS)


def _problem(status: int, kind: str) -> Said:
    document = Problem(type=f"{PROBLEM_TYPE}{kind}", title=kind, status=status)
    return Said(status, PROBLEM, dump(document))
