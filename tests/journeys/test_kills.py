"""The journey with SIGKILL at seeded random moments; the platform runs in its own process."""

import os
import random
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessor_app.reference_platform import keys
from tests.journeys.house import Loan, Town, private_to
from tests.journeys.laptop import Assessor
from tests.journeys.lives import Laptop, nursery
from tests.journeys.plaintext import leaks
from tests.journeys.writing import GROWTH, PRAISE

SEED = 20261125
SUBMISSIONS = 26
KILLS = 20
KILLS_BEFORE_THE_RECEIPT = 13
SOON = 9
"""Aimed between seal and receipt, nine of them soon after the seal; at least eight have to hit."""


@dataclass(frozen=True)
class Blow:
    """Kill so long after the n-th line that tells of one kind of step."""

    event: str
    nth: int
    delay_s: float


def blows(chance: random.Random) -> list[Blow]:
    """Return the planned kills: some before a receipt, the others anywhere."""
    planned = [
        Blow("sealed", 1, chance.uniform(0.0, 0.012 if n < SOON else 0.06))
        for n in range(KILLS_BEFORE_THE_RECEIPT)
    ]
    for _ in range(KILLS - KILLS_BEFORE_THE_RECEIPT):
        event = chance.choice(("there", "synced", "saving", "saved", "sealing"))
        nth = chance.randint(1, 6) if event.startswith("sav") else 1
        planned.append(Blow(event, nth, chance.uniform(0.0, 0.02)))
    chance.shuffle(planned)
    return planned


def strike(laptop: Laptop, blow: Blow) -> str:
    """Listen until the blow is due, kill, and return the last step that was told."""
    pid = laptop.start()
    count = 0
    while count < blow.nth:
        told = laptop.hear()
        assert told["event"] != "died", "nothing is left to do, or the program failed"
        count += told["event"] == blow.event
    threading.Event().wait(blow.delay_s)
    os.kill(pid, signal.SIGKILL)
    assert laptop.hear_the_end() == -signal.SIGKILL
    return laptop.memory.last


@pytest.mark.timeout(300)
def test_kills_lose_nothing_and_count_nothing_twice(
    town: Town, assessor: Assessor, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311 (a plan, not a secret)
    sys.stdout.write(f"seed {SEED}\n")
    loan = town.lend(packets=SUBMISSIONS, page_bytes=70_000)
    opened = assessor.sign_in(town.url, loan.token)
    opened.close()
    hits = 0
    with nursery("tests.journeys.child", private_to(tmp_path / "private")) as process:
        laptop = Laptop(process, opened.folder, assessor.vault)
        for blow in blows(chance):
            last = strike(laptop, blow)
            hits += last == "sealed"
            sys.stdout.write(
                f"killed {blow.delay_s * 1000:.1f} ms after {blow.event}, last told: {last}\n"
            )
            assert leaks((tmp_path,), texts_of(loan)) == []
        laptop.start()
        assert laptop.hear_the_end() == 0

    assert (hits >= 8, laptop.memory.last) == (True, "done")
    live = counted(town, loan)
    assert len(live) == SUBMISSIONS
    assert laptop.memory.received == set(live)


def test_a_download_that_was_killed_goes_on(town: Town, assessor: Assessor, tmp_path: Path) -> None:
    size = 20_000_000
    loan = town.lend(page_bytes=size)
    opened = assessor.sign_in(town.url, loan.token)
    opened.close()
    with nursery("tests.journeys.child", private_to(tmp_path / "private")) as process:
        laptop = Laptop(process, opened.folder, assessor.vault)
        strike(laptop, Blow("half", 1, 0.0))
        laptop.start()
        while (told := laptop.hear())["event"] != "synced":
            pass
        assert laptop.hear_the_end() == 0

    assert told["fetched_bytes"] < size * 0.55


def counted(town: Town, loan: Loan) -> list[str]:
    """Return the reviews the platform counts of one assessor, one for each row."""
    key = keys.token_hash(loan.token)
    rows = town.query(
        "SELECT review FROM review JOIN token USING (person_id)"
        " WHERE live IS NOT NULL AND token.sha256 = ?",
        key,
    )
    return [review for (review,) in rows]


def texts_of(loan: Loan) -> tuple[str, ...]:
    """Return what was on screen, and the token."""
    made = loan.built[0]
    return (
        PRAISE,
        GROWTH,
        loan.token,
        made.packet.microcredential.title,
        *(criterion.levels[0].descriptor for criterion in made.rubric.criteria),
        *(
            prompt.response
            for each in loan.built
            for part in each.packet.parts
            for prompt in part.prompts
        ),
    )
