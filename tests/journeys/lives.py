"""Lives of one profile that are killed, from outside: what they told, and what has to be true."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assessor_app.domain.outbox import ReviewPlace
from tests.fakes import Vault
from tests.journeys.house import ROOT


@dataclass
class Memory:
    """What killed lives told. It is an AssertionError when one finds less than was promised.

    A step that was killed between its commit and its word is known when the next life finds it.
    `left` and `calls` are what is still to be done, and how long a life was, if the lives tell it.
    """

    saving: dict[str, str] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    received: set[str] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    last: str = ""
    left: int = -1
    calls: int = 0

    def hear(self, told: dict[str, Any]) -> None:
        event = told["event"]
        if event == "died":
            return
        self.last = event
        match event:
            case "saving" | "saved":
                getattr(self, event)[told["assignment"]] = told["draft"]
            case "sealed":
                self.sealed[told["review"]] = told["assignment"]
            case "reopening":
                self.voided.add(told["review"])
            case "synced":
                self.received |= set(told["received"])
            case "there":
                self.check(told)
                self.learn(told)
            case "done":
                self.calls = told.get("calls", 0)

    def check(self, there: dict[str, Any]) -> None:
        """Nothing sealed is lost or changed; every draft is as of its last save, or the next."""
        assert there["opening"] == [""], f"the database is sound: {there['opening']}"
        for assignment, draft in self.saved.items():
            found = there["drafts"].get(assignment)
            assert found in (draft, self.saving[assignment]), f"drafts: {assignment}"
        for review in self.sealed:
            assert review in there["acts"], f"I1: {review}"
        for act, body in self.bodies.items():
            assert there["acts"].get(act, ("", "", ""))[2] == body, f"I8: {act}"
        for act in self.received - self.voided:
            place = there["acts"][act][1]
            assert place == ReviewPlace.RECEIVED, f"I3: {act} {place}"

    def learn(self, there: dict[str, Any]) -> None:
        self.saved |= there["drafts"]
        for act, (_, place, body) in there["acts"].items():
            self.bodies[act] = body
            if place == ReviewPlace.RECEIVED:
                self.received.add(act)
        self.left = there.get("left", self.left)


@dataclass
class Laptop:
    """One profile and the lives on it."""

    nursery: subprocess.Popen[str]
    folder: Path
    vault: Vault
    memory: Memory = field(default_factory=Memory)

    def start(self, calls: int = 0) -> int:
        """Begin a life that ends at a call, or not by itself. Return its process."""
        assert self.nursery.stdin is not None
        told = {"folder": str(self.folder), "secrets": self.vault.told(), "calls": calls}
        self.nursery.stdin.write(json.dumps(told) + "\n")
        self.nursery.stdin.flush()
        return int(self.hear()["pid"])

    def hear(self) -> dict[str, Any]:
        """Return the next whole line that a life told; a kill may have torn one."""
        assert self.nursery.stdout is not None
        while line := self.nursery.stdout.readline():
            start = line.rfind('{"event"')
            with contextlib.suppress(json.JSONDecodeError):
                told: dict[str, Any] = json.loads(line[max(0, start) :])
                self.memory.hear(told)
                return told
        raise EOFError

    def hear_the_end(self) -> int:
        """Listen until the life is over, and return its exit code."""
        while (told := self.hear())["event"] != "died":
            pass
        return int(told["code"])


@contextmanager
def nursery(
    child: str, environment: Mapping[str, str] | None = None
) -> Generator[subprocess.Popen[str]]:
    """Yield the process in which the lives of a module begin."""
    with subprocess.Popen(
        [sys.executable, "-m", child],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
