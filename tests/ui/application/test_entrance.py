import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.entrance import Doors, Entrance
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.signin.form import TypedAccess
from assessor_app.ui.tasks import Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.accounts import KnownAccount, Unsent
from assessor_app.usecases.errors import (
    AppError,
    NewerStoreError,
    ProfileInUseError,
    ReadOnlyProfileError,
    UnauthorisedError,
)
from assessor_app.usecases.samples import PlatformCommandError

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


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, house: House) -> Iterator[Stage]:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    tasks = Tasks(window)
    doors = Doors(
        has_keyring=house.has_keyring,
        accounts=house.list_accounts,
        sign_in=house.sign_in,
        unlock=house.unlock,
        export=house.export,
        samples=house.samples,
    )
    entrance = Entrance(window, theme, tasks, doors)
    entrance.show_first_run()
    window.show()
    yield Stage(window, entrance, house, qtbot)
    house.knows_keyring.set()
    tasks.close()


def test_signing_in_opens_the_work(qtbot: QtBot, stage: Stage) -> None:
    stage.house.knows_keyring.set()
    stage.click("Sign in")
    qtbot.waitUntil(lambda: stage.asks_for("Token"))
    stage.write("Address of the platform", "https://platform.example")
    stage.write("Token", "token")

    with qtbot.waitSignal(stage.entrance.entered) as entered:
        stage.click("Sign in")

    assert entered.args == ["opened"]
    assert not stage.asks_for("Passphrase")


def test_a_refusal_is_shown_in_the_form(qtbot: QtBot, stage: Stage) -> None:
    stage.house.knows_keyring.set()
    stage.house.refusal = UnauthorisedError()
    stage.click("Sign in")
    qtbot.waitUntil(lambda: stage.asks_for("Token"))
    stage.write("Address of the platform", "https://platform.example")
    stage.write("Token", "token")
    stage.click("Sign in")

    qtbot.waitUntil(lambda: stage.button("Sign in") is not None)
    lines = stage.window.findChildren(QLineEdit)
    token = next(f for f in lines if f.accessibleName() == "Token")
    qtbot.waitUntil(lambda: "does not accept" in token.accessibleDescription())


def test_without_a_keyring_the_form_asks_for_a_passphrase_at_once(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.keyring = False
    stage.click("Sign in")
    assert not stage.asks_for("Token")

    stage.house.knows_keyring.set()
    qtbot.waitUntil(lambda: stage.asks_for("Token"))

    assert stage.asks_for("Passphrase")
    assert stage.asks_for("The same once more")


def test_samples_sign_in_by_themselves(qtbot: QtBot, stage: Stage) -> None:
    stage.house.knows_keyring.set()

    with qtbot.waitSignal(stage.entrance.entered):
        stage.click("Try with sample packets")

    assert stage.house.asked == [SAMPLE]


def test_samples_without_a_keyring_ask_for_a_passphrase(qtbot: QtBot, stage: Stage) -> None:
    stage.house.keyring = False
    stage.house.knows_keyring.set()

    stage.click("Try with sample packets")
    qtbot.waitUntil(lambda: stage.asks_for("Passphrase"))
    for name in ("Passphrase", "The same once more"):
        stage.write(name, "marigold and rain")
    with qtbot.waitSignal(stage.entrance.entered):
        stage.click("Sign in")

    (asked,) = stage.house.asked
    assert isinstance(asked, TypedAccess)
    assert asked.address == SAMPLE.address


def test_samples_that_do_not_start_say_so_and_can_be_tried_again(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.knows_keyring.set()
    stage.house.sample_fault = PlatformCommandError("serve", "")

    stage.click("Try with sample packets")
    qtbot.waitUntil(
        lambda: (
            (button := stage.button("Try with sample packets")) is not None and button.isEnabled()
        )
    )

    assert stage.house.asked == []


def test_unlocking_opens_the_work(qtbot: QtBot, stage: Stage) -> None:
    stage.entrance.show_unlock(ONE.folder)
    stage.write("Passphrase", "marigold")

    with qtbot.waitSignal(stage.entrance.entered) as entered:
        stage.click("Unlock")

    assert entered.args == ["unlocked"]
    assert stage.house.asked == ["3f9a41 marigold"]


def said(stage: Stage) -> str:
    shown = (w for w in stage.window.findChildren(QWidget) if w.isVisible())
    return " | ".join(f"{w.accessibleName()} {w.property('text') or ''}" for w in shown)


def test_locked_work_says_whose_it_is_and_what_is_only_here_of_others(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (ONE, TWO)

    stage.entrance.show_unlock(ONE.folder)

    qtbot.waitUntil(lambda: "Account 3f9a" in said(stage))
    laptop = stage.button("Only on this laptop")
    assert laptop is not None
    assert laptop.accessibleDescription() == "2 drafts and 1 sealed review only on this laptop"
    assert "1 other account is on this laptop. There: 2 drafts and 1 sealed review" in said(stage)


def test_an_account_whose_key_the_keyring_keeps_is_opened_by_one_click(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (ONE, TWO)
    stage.entrance.show_accounts()
    qtbot.waitUntil(lambda: stage.button(TWO_TITLE) is not None)

    with qtbot.waitSignal(stage.entrance.entered):
        stage.click(TWO_TITLE)

    assert stage.house.asked == ["81b2c0"]


def test_an_account_behind_a_passphrase_asks_for_that_of_this_account(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (TWO, ONE)
    stage.entrance.show_locked(TWO.folder)
    stage.click("Other accounts…")
    stage.click("Account 3f9a")
    stage.write("Passphrase", "marigold")

    with qtbot.waitSignal(stage.entrance.entered):
        stage.click("Unlock")

    assert stage.house.asked == ["3f9a41 marigold"]


def test_work_that_cannot_be_opened_says_why_beside_the_other_accounts(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (TWO, ONE)

    stage.entrance.show_error(ProfileInUseError(TWO.folder))

    qtbot.waitUntil(lambda: "Assessor is open already with this work" in said(stage))
    assert stage.button("Account 3f9a") is not None


def test_a_refusal_leaves_every_account_to_be_chosen(qtbot: QtBot, stage: Stage) -> None:
    stage.house.accounts = (TWO,)
    stage.house.refusal = ReadOnlyProfileError(TWO.folder)
    stage.entrance.show_accounts()
    stage.click(TWO_TITLE)

    qtbot.waitUntil(lambda: "cannot be written to" in said(stage))
    again = stage.button(TWO_TITLE)
    assert again is not None
    assert again.isEnabled()


def test_back_leads_to_the_accounts_that_are_here(qtbot: QtBot, stage: Stage) -> None:
    stage.house.knows_keyring.set()
    stage.house.accounts = (TWO,)
    stage.entrance.show_sign_in("https://platform.example")
    stage.click("Back")

    qtbot.waitUntil(lambda: stage.button(TWO_TITLE) is not None)
    stage.click("Add another account…")

    qtbot.waitUntil(lambda: stage.asks_for("Token"))


@pytest.mark.parametrize("needs_passphrase", [False, True])
def test_work_of_a_newer_version_can_be_kept_in_a_file(
    qtbot: QtBot,
    stage: Stage,
    tmp_path: Path,
    needs_passphrase: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    account = ONE if needs_passphrase else TWO
    stage.house.accounts = (account,)
    stage.house.refusal = NewerStoreError(account.folder / "store.db", "9999")
    if needs_passphrase:
        stage.entrance.show_unlock(account.folder)
        stage.write("Passphrase", "marigold")
        stage.click("Unlock")
    else:
        stage.entrance.show_accounts()
        stage.click(TWO_TITLE)
    qtbot.waitUntil(lambda: "A newer Assessor wrote this work" in said(stage))

    stage.click("Export what I wrote…")
    qtbot.waitUntil(stage.entrance.rescue.dialog.isVisible)
    stage.entrance.rescue.dialog.fileSelected.emit(str(tmp_path / "mine.json"))

    qtbot.waitUntil(lambda: "mine.json is not encrypted" in said(stage))
    expected = "written in 3f9a41 marigold" if needs_passphrase else "written in 81b2c0"
    assert (tmp_path / "mine.json").read_text("utf-8") == expected
    stage.entrance.rescue.dialog.hide()


def test_other_refusals_offer_no_export(qtbot: QtBot, stage: Stage) -> None:
    stage.house.accounts = (TWO,)
    stage.entrance.show_error(ReadOnlyProfileError(TWO.folder))
    qtbot.waitUntil(lambda: "cannot be written to" in said(stage))

    assert stage.button("Export what I wrote…") is None
