"""The walk itself, step by step, as a person would do it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from assessor_app.ui.theme.theme import Mode, Theme
from assessor_app.ui.tour.hands import CONTROL, SHIFT, Hands
from assessor_app.ui.tour.plan import AWARDED, DENIED, PlannedReview
from assessor_app.ui.tour.report import is_refused, requests_so_far
from assessor_app.ui.tour.walker import Until
from assessor_app.usecases.samples import LocalPlatform

ATTEST = (
    "I have no conflict of interest in this submission.",
    "I rated against the rubric alone.",
)


@dataclass(slots=True, kw_only=True)
class Tour:
    """What the walk needs, and what it learns on its way.

    `submissions` gives this assessor's ID for the folder of a sample.
    """

    hands: Hands
    theme: Theme
    platform: LocalPlatform
    address: str
    token: str = field(repr=False)
    passphrase: str = field(repr=False)
    submissions: dict[str, str]
    packets: int
    away: Callable[[], None]
    back: Callable[[], None]
    was_offline: bool = False

    def walk(self) -> Iterator[Until]:
        """Yield what has to be seen before the next step."""
        yield from self.sign_in()
        self.away()
        quiet = is_refused(self.address)
        before = requests_so_far(self.platform)
        yield from self._lose_network()
        yield from self._review(AWARDED, first=True)
        yield from self._review(DENIED, first=False)
        yield from self._look_at_outbox()
        self.was_offline = (
            quiet and is_refused(self.address) and requests_so_far(self.platform) == before
        )
        self.back()
        yield from self._sync()
        yield from self._other_looks()

    def sign_in(self) -> Iterator[Until]:
        """Sign in from the first run, and wait until every packet is here."""
        hands = self.hands
        yield Until(words="the first run", seen=lambda: hands.sees("Sign in"))
        hands.picture("first-run")
        hands.click("Sign in")
        yield Until(words="the sign-in", seen=lambda: hands.sees("Address of the platform"))
        hands.click("Address of the platform")
        hands.write(self.address)
        hands.click("Token")
        hands.write(self.token)
        if hands.sees("Passphrase"):
            hands.click("Passphrase")
            hands.write(self.passphrase)
            hands.click("The same once more")
            hands.write(self.passphrase)
        hands.picture("sign-in")
        hands.press(Qt.Key.Key_Return)
        ready = f"{self.packets} are ready" if self.packets > 1 else "1 is ready"
        yield Until(
            words="every packet ready",
            seen=lambda: hands.says(f"{self.packets} packet") and hands.says(ready),
            patience_s=180,
        )
        hands.picture("queue-ready")

    def _lose_network(self) -> Iterator[Until]:
        hands = self.hands
        hands.click("Sync centre")
        yield Until(words="the sync centre", seen=lambda: hands.sees("Sync now"))
        hands.click("Sync now")
        yield Until(words="no network", seen=lambda: hands.says("Offline"))
        hands.click("To review")

    def _review(self, plan: PlannedReview, *, first: bool) -> Iterator[Until]:
        hands = self.hands
        submission = self.submissions[plan.sample]
        yield Until(words="the queue", seen=lambda: hands.sees_row(submission))
        hands.open_row(submission)
        yield Until(words="the desk", seen=lambda: hands.sees("Rubric") and bool(hands.reads()))
        hands.picture("part-1" if first else "second-packet")
        yield from self._rate(plan, first=first)
        yield from self._pin(plan)
        hands.picture("rated-and-pinned" if first else "below-required")
        yield from self._write(plan)
        hands.press(Qt.Key.Key_Return, hold=CONTROL)
        yield Until(words="the seal", seen=lambda: hands.sees(ATTEST[0]))
        hands.picture("seal-not-yet" if first else "seal-deny")
        for tick in ATTEST:
            hands.click(tick)
        yield Until(words="nothing missing", seen=lambda: hands.is_enabled("Seal review"))
        hands.picture("seal-ready" if first else "seal-deny-ready")
        hands.press(Qt.Key.Key_Return, hold=CONTROL)
        yield Until(words="the queue again", seen=lambda: not hands.sees(ATTEST[0]))

    def _rate(self, plan: PlannedReview, *, first: bool) -> Iterator[Until]:
        for number, verdict in enumerate(plan.verdicts, start=1):
            self.hands.press_letters(verdict.digit)
            if first and number == len(plan.verdicts) // 2:
                self.hands.picture("rating-by-keys")
        total = f"{len(plan.verdicts)} of {len(plan.verdicts)} rated"
        yield Until(words="all rated", seen=lambda: self.hands.sees(total))

    def _pin(self, plan: PlannedReview) -> Iterator[Until]:
        hands = self.hands
        before = hands.reads()
        while not hands.says(f"{plan.pin_in} ·"):
            hands.press_letters("]")
            yield Until(words="the next artifact", seen=lambda: bool(hands.reads()))
            if hands.says("A1 ·"):
                hands.picture("text-view" if plan is AWARDED else "table")
        yield Until(
            words=f"{plan.pin_in} readable",
            seen=lambda: len(hands.reads()) > 1 and hands.reads() != before,
        )
        hands.press(Qt.Key.Key_Right)
        for criterion in plan.pinned:
            hands.press(*[Qt.Key.Key_Right] * 6, hold=SHIFT | CONTROL)
            hands.press_letters(f"e{criterion}")
            hands.press(*[Qt.Key.Key_Right] * 3, hold=CONTROL)
            yield Until(words="a pin", seen=lambda: True)

    def _write(self, plan: PlannedReview) -> Iterator[Until]:
        for number, verdict in enumerate(plan.verdicts, start=1):
            if verdict.challenge:
                yield from self.say(number, "challenge", verdict.challenge)
        yield from self.say(1, "praise", plan.praise)
        if plan.growth:
            yield from self.say(1, "resource", plan.growth)
        self.hands.picture("feedback")

    def say(self, number: int, kind: str, text: str) -> Iterator[Until]:
        """Write one feedback item on a criterion."""
        hands = self.hands
        hands.open_criterion(number)
        add = f"Add {kind}"
        yield Until(words=add, seen=lambda: hands.sees(add))
        hands.click(add)
        yield Until(words="a place to write", seen=hands.is_writing)
        hands.write(text)
        hands.press(Qt.Key.Key_Escape)
        yield Until(words="the text", seen=lambda: hands.says(text[:20]))

    def _look_at_outbox(self) -> Iterator[Until]:
        hands = self.hands
        hands.click("Sync centre")
        yield Until(
            words="both reviews in the outbox",
            seen=lambda: hands.sees("Try again") and hands.says("2 in the outbox"),
        )
        hands.picture("outbox-offline")

    def _sync(self) -> Iterator[Until]:
        hands = self.hands
        hands.click("Try again")
        yield Until(
            words="two receipts",
            seen=lambda: hands.says("2 received") and hands.says("Connected"),
            patience_s=120,
        )
        hands.picture("received")

    def _other_looks(self) -> Iterator[Until]:
        hands, theme = self.hands, self.theme
        hands.click("To review")
        other = next(
            own
            for sample, own in self.submissions.items()
            if sample not in (AWARDED.sample, DENIED.sample)
        )
        yield Until(words="the queue", seen=lambda: hands.sees_row(other))
        theme.use_mode(Mode.DARK)
        hands.picture("queue-dark")
        hands.open_row(other)
        yield Until(words="the desk", seen=lambda: hands.sees("Rubric") and bool(hands.reads()))
        hands.picture("desk-dark")
        theme.use_mode(Mode.LIGHT)
        theme.use_text_scale(2.0)
        yield Until(words="large text", seen=lambda: hands.sees("Rubric"))
        hands.picture("desk-text-200")
