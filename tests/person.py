"""Somebody in front of the whole program, with mouse and keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.app import Options, Program
from tests.fakes import NoVault, Vault
from tests.finding import W, shown

LEFT = Qt.MouseButton.LeftButton
ADDRESS, TOKEN, PASSPHRASE = "Address of the platform", "Token", "Passphrase"
PHRASE = "marigold and rain"
PATIENCE_MS = 30_000


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

    def visible(self, kind: type[W], name: str) -> list[W]:
        return shown(self.window, kind, name)

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
            self.write(PASSPHRASE, PHRASE)
            self.write("The same once more", PHRASE)
        self.click("Sign in")

    def begin(self, url: str, token: str, *, packets: int = 1) -> None:
        """Start for the first time, and have the packets that are lent."""
        self.start()
        self.sign_in(url, token)
        self.until(lambda: self.packets() == packets)

    def begin_without_keyring(self, url: str, token: str) -> None:
        """Start for the first time where a passphrase has to keep the work, with one packet."""
        self.vault = NoVault()
        self.start()
        self.click("Sign in")
        self.until(lambda: bool(self.visible(QLineEdit, PASSPHRASE)))
        self.sign_in(url, token)
        self.until(lambda: self.packets() == 1)


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    made = Person(qapp, qtbot, tmp_path / "work")
    yield made
    made.quit()
