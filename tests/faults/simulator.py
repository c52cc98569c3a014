"""One history: an assessor or two, laptops, a platform, and everything that can go wrong.

A history is drawn from a `random.Random` alone, so that its seed tells it again. After every step
all invariants are checked; in the end the faults stop, and two rounds have to reach rest.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from itertools import count
from random import Random
from typing import Protocol

from assessor_app.store.errors import DiskFullError, OtherAccountError
from tests.faults.simulator_content import MORNING
from tests.faults.simulator_hand import Desk, Hand, needs_attention
from tests.faults.simulator_laptop import Laptop, World
from tests.faults.simulator_machine import CrashError, Disk, Machine
from tests.faults.simulator_memory import BrokenError, Memory
from tests.faults.simulator_network import Network
from tests.faults.simulator_operator import Event, Operator
from tests.faults.simulator_platform import ModelPlatform

STEPS = (5, 8)
MANY_STEPS = (14, 22)
LONG = 0.08
"""Which share of the histories has many steps: settled work and its purge need time."""
INSISTS = 0.5
"""How often something that came back is sent again at once."""
SHARES = (0.1, 0.2, 0.35, 0.5)
REST = timedelta(hours=3)
MORE_ROUNDS = 0.25
"""In which share of the histories a round after rest has to change nothing."""
RESTORED_MEANWHILE = 0.25
"""How often what happens between a question and its answer is a restored platform."""
CASTS = (("p1",), ("p1", "p1"), ("p1", "p2"))


class Blow(StrEnum):
    """One kind of what happens to a laptop."""

    CRASH = "crash"
    OLDER_DATABASE = "laptop restored from an older copy"
    NO_DATABASE = "database destroyed"
    OTHER_ACCOUNT = "other account"
    DISK_FULL = "disk full"


class AnyLaptop(Desk, Protocol):
    """A laptop, with the product or with a naive client."""

    machine: Machine

    def start(self) -> None: ...
    def sign_in(self, person: str) -> None: ...
    def round(self) -> object: ...
    def keep_copy(self) -> object: ...
    def restore_copy(self, copy: object) -> None: ...
    def destroy_database(self) -> None: ...
    def hold(self, *, holds: bool) -> None: ...


def _untold(_line: str) -> None:
    """Nobody asked."""


Make = Callable[[Machine, str, World, timedelta], AnyLaptop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one history came to. `broken` is the first invariant that did not hold."""

    broken: BrokenError | None
    steps: int
    hits: Counter[str] = field(repr=False)


class History:
    """One history on given machines."""

    def __init__(
        self,
        chance: Random,
        machines: Sequence[Machine],
        make: Make = Laptop,
        tell: Callable[[str], None] = _untold,
    ) -> None:
        self._chance = chance
        self._tell = tell
        self._hits: Counter[str] = Counter()
        self._platform = ModelPlatform()
        self._memory = Memory(self._platform)
        people = chance.choice(CASTS)
        submissions = chance.choice((1, 1, 2))
        _lend(self._platform, people, submissions)
        self._operator = Operator(
            self._platform, chance, tuple(dict.fromkeys((*people, "p2"))), self._hits, tell
        )
        network = Network(self._platform, chance, 0.0, self._meanwhile, self._hits, tell)
        self._world = World(
            chance=chance,
            network=network,
            now=MORNING,
            watch=self._memory.watch,
            listen=self._memory.listen,
        )
        self._hand = Hand(self._memory, chance, _marks(), self._hits)
        self._laptops: tuple[AnyLaptop, ...] = ()
        for machine, person in zip(machines, people, strict=False):
            skew = timedelta(hours=chance.choice((0, -26, 26)))
            machine.reset(_after_first_round(people, submissions, person))
            self._laptops = (*self._laptops, make(machine, person, self._world, skew))
        self._copies: dict[int, list[object]] = {}
        self._busy: list[object] = []
        self._steps = 0

    def run(self) -> Outcome:
        """Play the history to its end."""
        broken = None
        try:
            self._begin()
            steps = MANY_STEPS if self._chance.random() < LONG else STEPS
            for _ in range(self._chance.randint(*steps)):
                self._step()
                self._steps += 1
                self._show()
                self._memory.check(self._laptops)
            self._end()
        except BrokenError as error:
            broken = error
        except Exception as error:  # noqa: BLE001 (whatever the product raises, told by its seed)
            broken = BrokenError("bug", f"{type(error).__name__} is raised")
        return Outcome(broken=broken, steps=self._steps, hits=self._hits)

    def _begin(self) -> None:
        if self._chance.random() < 0.5:
            self._platform.back_up()
        for laptop in self._laptops:
            self._keep_copy(laptop)
            self._hand.act(laptop)
        self._world.network.share = self._chance.choice(SHARES)

    def _step(self) -> None:
        laptop = self._chance.choice(self._laptops)
        self._world.now += timedelta(seconds=self._chance.choice((1, 30, 600, 7200)))
        steps = (
            (34, self._use),
            (34, self._sync),
            (24, self._operate),
            (8, self._die_during),
            (3, self._keep_copy),
            (5, self._restore_copy),
            (2, self._destroy),
            (2, self._sign_in_as_another),
            (1, self._fill_disk),
            (3, self._deliver),
            (2, self._hold),
        )
        step = self._chance.choices([one for _, one in steps], [weight for weight, _ in steps])[0]
        if needs_attention(laptop) and self._chance.random() < INSISTS:
            step = self._insist
        self._tell(f"--- {step.__name__.strip('_')} at laptop {self._laptops.index(laptop)}")
        step(laptop)

    # What can happen

    def _use(self, laptop: AnyLaptop) -> None:
        self._survive(laptop, lambda: self._hand.act(laptop))

    def _sync(self, laptop: AnyLaptop) -> None:
        self._survive(laptop, lambda: self._round(laptop))

    def _insist(self, laptop: AnyLaptop) -> None:
        """Let the assessor send again what came back, and hear at once what is said to it."""
        self._survive(laptop, lambda: self._hand.insist(laptop))
        self._survive(laptop, lambda: self._round(laptop))

    def _operate(self, _laptop: AnyLaptop) -> None:
        self._operator.act()

    def _deliver(self, _laptop: AnyLaptop) -> None:
        self._world.network.deliver_one()

    def _survive(self, laptop: AnyLaptop, deed: Callable[[], object]) -> None:
        """Do something; where the process dies of it, start again."""
        try:
            deed()
        except DiskFullError:
            return
        except CrashError:
            self._hits[Blow.CRASH] += 1
            self._tell("the process died")
            laptop.start()

    def _round(self, laptop: AnyLaptop) -> None:
        self._busy.append(laptop)
        try:
            laptop.round()
        finally:
            self._busy.pop()

    def _die_during(self, laptop: AnyLaptop) -> None:
        laptop.machine.fate.left = self._chance.randint(1, 24)
        deed = self._chance.choice((self._round, self._hand.act))
        self._survive(laptop, lambda: deed(laptop))
        laptop.machine.fate.left = 0

    def _keep_copy(self, laptop: AnyLaptop) -> None:
        self._copies.setdefault(id(laptop), []).append(laptop.keep_copy())

    def _restore_copy(self, laptop: AnyLaptop) -> None:
        copies = self._copies.get(id(laptop))
        if copies:
            self._hits[Blow.OLDER_DATABASE] += 1
            self._memory.forget_rows(laptop)
            laptop.restore_copy(self._chance.choice(copies))

    def _destroy(self, laptop: AnyLaptop) -> None:
        self._hits[Blow.NO_DATABASE] += 1
        self._memory.forget_rows(laptop)
        laptop.destroy_database()
        self._sign_in_as_another(laptop)
        laptop.sign_in(laptop.person)

    def _sign_in_as_another(self, laptop: AnyLaptop) -> None:
        self._hits[Blow.OTHER_ACCOUNT] += 1
        try:
            laptop.sign_in("p9")
        except OtherAccountError:
            return

    def _hold(self, laptop: AnyLaptop) -> None:
        """Hold the outbox, or let it go."""
        desk = self._memory.desk(laptop)
        laptop.hold(holds=not desk.is_held)
        desk.is_held = not desk.is_held
        self._hits["held" if desk.is_held else "let go"] += 1

    def _fill_disk(self, laptop: AnyLaptop) -> None:
        self._hits[Blow.DISK_FULL] += 1
        laptop.machine.fate.is_full = True
        self._survive(laptop, lambda: self._hand.act(laptop))
        laptop.machine.fate.is_full = False

    def _meanwhile(self, traveller: object) -> None:
        """Let the world go on while one laptop waits for the network."""
        if self._chance.random() >= self._world.network.share / 3:
            return
        others = [other for other in self._laptops if other not in self._busy]
        choice = self._chance.random()
        if choice < RESTORED_MEANWHILE:
            self._operator.do(Event.RESTORED)
        elif choice < 0.5 or len(self._busy) > 1:
            self._operator.act()
        elif choice < 0.75:
            mine = next(laptop for laptop in self._laptops if laptop is traveller)
            self._hand.act(mine)
        elif others:
            other = self._chance.choice(others)
            self._survive(other, lambda: self._round(other))

    # The end

    def _end(self) -> None:
        """Stop all faults; two rounds of every laptop have to come to rest."""
        self._world.network.share = 0.0
        while self._world.network.deliver_one():
            pass
        for laptop in self._laptops:
            if self._memory.desk(laptop).is_held:
                self._hold(laptop)
        self._memory.check(self._laptops)
        self._rounds()
        rests = self._memory.rests(self._laptops)
        if not rests:
            self._rounds()
            self._memory.check_rest(self._laptops)
        if self._chance.random() >= MORE_ROUNDS:
            return
        before = self._digests()
        self._rounds()
        self._memory.check_rest(self._laptops)
        if before != self._digests() and not rests:
            raise BrokenError("I14", "a third round still changes something")

    def _show(self) -> None:
        if self._tell is _untold:
            return
        for number, laptop in enumerate(self._laptops):
            shown = laptop.shown()
            for act in shown.acts:
                about = f" of {act.review[:8]}" if act.review and act.review != act.act else ""
                why = f" ({act.reason})" if act.reason else ""
                self._tell(f"  {number}: {act.kind} {act.act[:8]}{about}: {act.state}{why}")
            for name, draft in shown.drafts.items():
                self._tell(f"  {number}: {name}: {draft.mark}, sealed as {draft.sealed_as}")

    def _digests(self) -> list[object]:
        return [laptop.shown().digest() for laptop in self._laptops]

    def _rounds(self) -> None:
        for laptop in self._laptops:
            self._world.now += REST
            self._tell(f"--- last rounds at laptop {self._laptops.index(laptop)}")
            laptop.round()
            self._show()
            self._memory.check(self._laptops)


def _marks() -> Iterator[str]:
    """Yield texts that are all different and made of letters alone."""
    for number in count():
        yield "mark " + "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "z"


def _lend(platform: ModelPlatform, people: tuple[str, ...], submissions: int) -> None:
    for submission in range(submissions):
        platform.take_in(submission)
        for person in dict.fromkeys(people):
            platform.lend(submission, person)


@cache
def _after_first_round(people: tuple[str, ...], submissions: int, person: str) -> Disk:
    """Return the disk of a laptop that signed in and fetched everything once, undisturbed."""
    platform, machine, hits = ModelPlatform(), Machine(), Counter[str]()
    _lend(platform, people, submissions)
    chance = Random(0)  # noqa: S311 (a plan, not a secret)
    network = Network(platform, chance, 0.0, lambda _: None, hits, _untold)
    world = World(chance, network, MORNING, lambda *_: None, lambda *_: None)
    machine.reset()
    laptop = Laptop(machine, person, world, timedelta(0))
    laptop.sign_in(person)
    laptop.round()
    return machine.disk()


def machines() -> tuple[Machine, ...]:
    """Return as many laptops as the largest cast needs."""
    return tuple(Machine() for _ in range(max(len(cast) for cast in CASTS)))


def play(
    seed: int,
    at: Sequence[Machine],
    make: Make = Laptop,
    tell: Callable[[str], None] = _untold,
) -> Outcome:
    """Play the history of a seed."""
    return History(Random(seed), at, make, tell).run()  # noqa: S311 (a plan, not a secret)
