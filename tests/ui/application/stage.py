"""A window with the ways in, and what stands behind its doors."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.entrance import Entrance
from assessor_app.ui.outbox.lines import ActState
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.signin.form import TypedAccess
from assessor_app.ui.signin.unopened_words import ShownReview, ShownWork
from assessor_app.usecases.accounts import KnownAccount, Unsent
from assessor_app.usecases.errors import AppError

LEFT = Qt.MouseButton.LeftButton
SAMPLE = TypedAccess(address="http://127.0.0.1:1", token="sample")  # noqa: S106 (made up)

USED = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
ONE = KnownAccount(folder=Path("3f9a41"), needs_passphrase=True, last_used=USED)
TWO = KnownAccount(
    folder=Path("81b2c0"),
    needs_passphrase=False,
    last_used=USED,
    platform_url="https://platform.example",
    unsent=Unsent(drafts=2, sealed=1),
)
TWO_TITLE = "platform.example · account 81b2"


@dataclass
class House:
    """What is behind the doors; each answers with what is put here."""

    keyring: bool = True
    refusal: AppError | None = None
    sample_fault: AppError | None = None
    look_fault: AppError | None = None
    accounts: tuple[KnownAccount, ...] = ()
    asked: list[TypedAccess | str] = field(default_factory=list)
    knows_keyring: threading.Event = field(default_factory=threading.Event)

    def has_keyring(self) -> bool:
        self.knows_keyring.wait(10)
        return self.keyring

    def sign_in(self, typed: TypedAccess) -> str:
        self.asked.append(typed)
        if self.refusal is not None:
            raise self.refusal
        return "opened"

    def list_accounts(self) -> tuple[KnownAccount, ...]:
        return self.accounts

    def unlock(self, folder: Path, passphrase: str) -> str:
        self.asked.append(f"{folder.name} {passphrase}".strip())
        if self.refusal is not None:
            raise self.refusal
        return "unlocked"

    def look(self, folder: Path, passphrase: str) -> ShownWork:
        if self.look_fault is not None:
            raise self.look_fault
        row = ActState(
            key="",
            assignment="a-1",
            icon="square-pen",
            tone=Tone.PLAIN,
            submission="MC-4F2K-9",
            title="Planning",
            words="Draft",
        )
        place = f"{folder.name} {passphrase}".strip()
        return ShownWork((ShownReview(row, f"The text in {place}"),), f"everything in {place}")

    def export(self, folder: Path, passphrase: str) -> str:
        return f"written in {folder.name} {passphrase}".strip()

    def samples(self) -> TypedAccess:
        if self.sample_fault is not None:
            raise self.sample_fault
        return SAMPLE


@dataclass(frozen=True, slots=True)
class Stage:
    """A window with the ways in."""

    window: MainWindow
    entrance: Entrance
    house: House
    qtbot: QtBot

    def click(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.button(name) is not None)
        button = self.button(name)
        assert button is not None
        self.qtbot.mouseClick(button, LEFT)

    def button(self, name: str) -> QAbstractButton | None:
        shown = (b for b in self.window.findChildren(QAbstractButton) if b.isVisible())
        return next((b for b in shown if name in (b.accessibleName(), b.text())), None)

    def write(self, name: str, text: str) -> None:
        lines = (f for f in self.window.findChildren(QLineEdit) if f.isVisible())
        self.qtbot.keyClicks(next(f for f in lines if f.accessibleName() == name), text)

    def asks_for(self, name: str) -> bool:
        lines = (f for f in self.window.findChildren(QLineEdit) if f.isVisible())
        return any(f.accessibleName() == name for f in lines)
