"""The whole program against a real platform in a process of its own, driven by mouse and keys."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.app import Options, Program
from assessor_app.ui.application.memory import load_memory
from assessor_app.ui.theme.theme import Mode
from tests.fakes import NoVault, Vault
from tests.journeys.conftest import town
from tests.journeys.house import ROOT, Town

__all__ = ["town"]

LEFT = Qt.MouseButton.LeftButton
ADDRESS, TOKEN, PASSPHRASE = "Address of the platform", "Token", "Passphrase"
PATIENCE_MS = 30_000
HEAVY = ("sqlalchemy", "alembic", "requests", "pypdf", "numpy", "scipy", "PIL", "pypdfium2")


@dataclass
class Person:
    """Somebody in front of the program."""

    app: QApplication
    qtbot: QtBot
    root: Path
    vault: Vault | NoVault = field(default_factory=Vault)
    program: Program | None = None

    def start(self) -> None:
        self.program = Program(self.app, Options(root=self.root, vault=self.vault))
        self.program.start()

    def quit(self) -> None:
        if self.program is not None:
            window = self.program.window
            self.program.close()
            window.hide()
            self.program.deleteLater()
            window.deleteLater()
            self.program = None

    @property
    def window(self) -> QWidget:
        assert self.program is not None
        return self.program.window

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=PATIENCE_MS)

    def visible(self, kind: type[QWidget], name: str) -> list[QWidget]:
        return [
            widget
            for widget in self.window.findChildren(kind)
            if widget.isVisible() and name in (widget.accessibleName(), widget.property("text"))
        ]

    def click(self, name: str) -> None:
        self.until(lambda: bool(self.visible(QAbstractButton, name)))
        self.qtbot.mouseClick(self.visible(QAbstractButton, name)[0], LEFT)

    def write(self, name: str, text: str) -> None:
        self.until(lambda: bool(self.visible(QLineEdit, name)))
        self.qtbot.keyClicks(self.visible(QLineEdit, name)[0], text)

    def said_of(self, name: str) -> str:
        return self.visible(QLineEdit, name)[0].accessibleDescription()

    def status(self, question: str) -> str:
        return self.visible(QAbstractButton, question)[0].accessibleDescription()

    def table(self) -> QTableView:
        return next(
            t for t in self.window.findChildren(QTableView) if t.accessibleName() == "Packets"
        )

    def packets(self) -> int:
        return self.table().model().rowCount() if self.table().isVisible() else 0

    def sign_in(self, url: str, token: str) -> None:
        self.click("Sign in")
        self.write(ADDRESS, url)
        self.write(TOKEN, token)
        if self.visible(QLineEdit, PASSPHRASE):
            self.write(PASSPHRASE, "marigold and rain")
            self.write("The same once more", "marigold and rain")
        self.click("Sign in")


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    made = Person(qapp, qtbot, tmp_path / "work")
    yield made
    made.quit()


def test_sign_in_brings_the_packets_and_a_click_opens_one(person: Person, town: Town) -> None:
    loan = town.lend(packets=2)
    person.start()
    person.sign_in(town.url, loan.token)

    person.until(lambda: person.packets() == 2)
    person.until(lambda: "Connected" in person.status("Connection"))
    person.table().setFocus()
    person.qtbot.keyClick(person.table(), Qt.Key.Key_Return)
    person.until(lambda: bool(person.visible(QWidget, "Seal…")))

    assert person.window.windowTitle().startswith("MC-")
    assert person.status("Only on this laptop") == "Nothing of yours is only on this laptop"


def test_a_second_start_shows_the_same_queue_without_a_sign_in(person: Person, town: Town) -> None:
    loan = town.lend(packets=2)
    person.start()
    person.sign_in(town.url, loan.token)
    person.until(lambda: person.packets() == 2)
    person.quit()

    person.start()

    person.until(lambda: person.packets() == 2)
    person.until(lambda: "Connected" in person.status("Connection"))


def test_a_wrong_token_is_a_sentence_and_leaves_nothing(person: Person, town: Town) -> None:
    person.start()
    person.sign_in(town.url, "not-a-token")

    person.until(lambda: "does not accept the token" in person.said_of(TOKEN))

    assert list(person.root.glob("*/profile.json")) == []


def test_a_wrong_address_is_a_sentence(person: Person) -> None:
    person.start()
    person.sign_in("https://", "a-token")

    person.until(lambda: "not the address of a platform" in person.said_of(ADDRESS))


def test_without_a_keyring_a_passphrase_opens_the_work_again(person: Person, town: Town) -> None:
    person.vault = NoVault()
    loan = town.lend()
    person.start()
    person.until(lambda: bool(person.visible(QAbstractButton, "Sign in")))
    person.click("Sign in")
    person.until(lambda: bool(person.visible(QLineEdit, PASSPHRASE)))
    person.sign_in(town.url, loan.token)
    person.until(lambda: person.packets() == 1)
    person.quit()

    person.start()
    person.write(PASSPHRASE, "something else")
    person.click("Unlock")
    person.until(lambda: "does not fit" in person.said_of(PASSPHRASE))
    person.visible(QLineEdit, PASSPHRASE)[0].setFocus()
    person.qtbot.keyClick(
        person.visible(QLineEdit, PASSPHRASE)[0], Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    )
    person.write(PASSPHRASE, "marigold and rain")
    person.click("Unlock")

    person.until(lambda: person.packets() == 1)


def test_signing_out_keeps_the_work_and_a_new_token_goes_on(person: Person, town: Town) -> None:
    loan = town.lend()
    person.start()
    person.sign_in(town.url, loan.token)
    person.until(lambda: person.packets() == 1)
    person.click("Settings")
    person.click("Sign out")
    person.until(lambda: "Signed out" in person.status("Connection"))

    person.click("Sign in again")
    person.until(lambda: bool(person.visible(QLineEdit, ADDRESS)))
    person.write(TOKEN, loan.token)
    person.click("Sign in")

    person.until(lambda: "Connected" in person.status("Connection"))


def test_the_look_and_the_section_are_remembered(person: Person, town: Town) -> None:
    loan = town.lend()
    person.start()
    person.sign_in(town.url, loan.token)
    person.until(lambda: person.packets() == 1)
    person.click("Settings")
    person.click("Colours: Dark")
    person.click("Text size: 125 %")
    person.click("Received")
    person.quit()

    memory = load_memory(person.root)

    assert (memory.mode, memory.text_scale, memory.section) == (Mode.DARK, 1.25, "received")
    assert memory.geometry_bytes()


def test_the_queue_is_painted_before_anything_slow_is_loaded(person: Person, town: Town) -> None:
    loan = town.lend()
    person.start()
    person.sign_in(town.url, loan.token)
    person.until(lambda: person.packets() == 1)
    person.quit()
    assert isinstance(person.vault, Vault)
    secrets = json.dumps(person.vault.told())

    done = subprocess.run(
        [sys.executable, "-m", "tests.first_paint", str(person.root), secrets],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    seen = json.loads(done.stdout)

    assert seen["rows"] == 1
    assert [name for name in HEAVY if name in seen["modules"]] == []
