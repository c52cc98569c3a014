"""What happens on the platform's side: withdrawals, new versions, decisions, backups, restores."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tests.faults.simulator_platform import ModelPlatform


class Event(StrEnum):
    """One kind of what an operator, an issuer or another assessor does."""

    WITHDRAWAL = "withdrawal"
    REASSIGNMENT = "reassignment"
    LENT_AGAIN = "lent again"
    RUBRIC = "rubric change"
    PACKET = "packet change"
    QUARANTINE = "quarantine"
    DECISION = "decision"
    STRICTER = "stricter rules"
    BACKUP = "backup"
    RETIRED = "backup retired"
    RESTORED = "platform restored from a backup"


WEIGHTS = {
    Event.WITHDRAWAL: 4,
    Event.REASSIGNMENT: 4,
    Event.LENT_AGAIN: 4,
    Event.RUBRIC: 3,
    Event.PACKET: 3,
    Event.QUARANTINE: 3,
    Event.DECISION: 14,
    Event.STRICTER: 2,
    Event.BACKUP: 6,
    Event.RETIRED: 16,
    Event.RESTORED: 14,
}
DRAWS = 3


@dataclass
class Operator:
    """Acts on the platform by chance, and counts what really happened."""

    platform: ModelPlatform
    chance: Random
    people: tuple[str, ...]
    hits: Counter[str]
    tell: Callable[[str], None]

    def act(self) -> None:
        """Do one thing; what cannot be done now is drawn again."""
        for event in self.chance.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()), k=DRAWS):
            if self.do(event):
                return

    def do(self, event: Event) -> bool:
        """Do one thing. Return False where it cannot be done now."""
        if not self._deeds()[event]():
            return False
        self.hits[event] += 1
        self.tell(f"operator: {event}")
        return True

    def _deeds(self) -> dict[Event, Callable[[], bool]]:
        return {
            Event.WITHDRAWAL: self._withdraw,
            Event.REASSIGNMENT: self._reassign,
            Event.LENT_AGAIN: self._lend_again,
            Event.RUBRIC: self._publish_rubric,
            Event.PACKET: lambda: self.platform.renew_packet(self._submission()),
            Event.QUARANTINE: lambda: self.platform.flag(self._submission()),
            Event.DECISION: lambda: self.platform.decide(self._submission()),
            Event.STRICTER: self._make_stricter,
            Event.BACKUP: self._back_up,
            Event.RETIRED: self.platform.retire_oldest,
            Event.RESTORED: self._restore,
        }

    def _submission(self) -> int:
        return self.chance.choice(tuple(self.platform.held.submissions))

    def _withdraw(self) -> bool:
        return self.platform.withdraw(self._submission(), self.chance.choice(self.people)) > 0

    def _reassign(self) -> bool:
        submission, person = self._submission(), self.chance.choice(self.people)
        if not self.platform.withdraw(submission, person):
            return False
        others = [other for other in (*self.people, "p3") if other != person]
        self.platform.lend(submission, self.chance.choice(others))
        return True

    def _lend_again(self) -> bool:
        person = self.chance.choice(self.people)
        return self.platform.lend(self._submission(), person) is not None

    def _publish_rubric(self) -> bool:
        self.platform.publish_rubric()
        return True

    def _make_stricter(self) -> bool:
        self.platform.make_stricter(self._submission())
        return True

    def _back_up(self) -> bool:
        self.platform.back_up()
        return True

    def _restore(self) -> bool:
        kept = len(self.platform.backups)
        if not kept:
            return False
        self.platform.restore(self.chance.randrange(kept))
        return True
