from dataclasses import replace

from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from assessor_app.ui.signin.form import TypedAccess
from assessor_app.usecases.accounts import Unsent
from assessor_app.usecases.errors import (
    ProfileInUseError,
    ReadOnlyProfileError,
    UnauthorisedError,
)
from assessor_app.usecases.samples import PlatformCommandError
from tests.finding import said
from tests.ui.application.stage import ONE, SAMPLE, TWO, TWO_TITLE, Stage


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


def test_locked_work_says_whose_it_is_and_what_is_only_here_of_others(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (ONE, TWO)

    stage.entrance.show_unlock(ONE.folder)

    qtbot.waitUntil(lambda: "Account 3f9a" in said(stage.window))
    laptop = stage.button("Only on this laptop")
    assert laptop is not None
    assert laptop.accessibleDescription() == "2 drafts and 1 sealed review only on this laptop"
    assert "1 other account is on this laptop. There: 2 drafts and 1 sealed review" in said(
        stage.window
    )


def test_work_that_cannot_be_counted_is_never_said_to_be_nothing(
    qtbot: QtBot, stage: Stage
) -> None:
    stage.house.accounts = (ONE, replace(TWO, unsent=Unsent(drafts=0, sealed=0)))

    stage.entrance.show_accounts()

    qtbot.waitUntil(lambda: stage.button("Account 3f9a") is not None)
    laptop = stage.button("Only on this laptop")
    assert laptop is not None
    assert laptop.accessibleDescription() == "Not known what is only on this laptop"


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

    qtbot.waitUntil(lambda: "Assessor is open already with this work" in said(stage.window))
    assert stage.button("Account 3f9a") is not None


def test_a_refusal_leaves_every_account_to_be_chosen(qtbot: QtBot, stage: Stage) -> None:
    stage.house.accounts = (TWO,)
    stage.house.refusal = ReadOnlyProfileError(TWO.folder)
    stage.entrance.show_accounts()
    stage.click(TWO_TITLE)

    qtbot.waitUntil(lambda: "cannot be written to" in said(stage.window))
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
