"""The whole program against a real platform in a process of its own, driven by mouse and keys."""

import json
import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from assessor_app.ui.application.memory import load_memory
from assessor_app.ui.theme.theme import Mode
from tests.fakes import Vault
from tests.journeys.conftest import town
from tests.journeys.house import ROOT, Town
from tests.person import ADDRESS, PASSPHRASE, PHRASE, TOKEN, Person, person

__all__ = ["person", "town"]

HEAVY = ("sqlalchemy", "alembic", "requests", "pypdf", "numpy", "scipy", "PIL", "pypdfium2")


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
    person.begin(town.url, town.lend(packets=2).token, packets=2)
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
    person.begin_without_keyring(town.url, town.lend().token)
    person.quit()

    person.start()
    person.write(PASSPHRASE, "something else")
    person.click("Unlock")
    person.until(lambda: "does not fit" in person.said_of(PASSPHRASE))
    person.visible(QLineEdit, PASSPHRASE)[0].setFocus()
    person.qtbot.keyClick(
        person.visible(QLineEdit, PASSPHRASE)[0], Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    )
    person.write(PASSPHRASE, PHRASE)
    person.click("Unlock")

    person.until(lambda: person.packets() == 1)


def test_signing_out_keeps_the_work_and_a_new_token_goes_on(person: Person, town: Town) -> None:
    loan = town.lend()
    person.begin(town.url, loan.token)
    person.click("Settings")
    person.click("Sign out")
    person.until(lambda: "Signed out" in person.status("Connection"))

    person.click("Sign in again")
    person.until(lambda: bool(person.visible(QLineEdit, ADDRESS)))
    person.write(TOKEN, loan.token)
    person.click("Sign in")

    person.until(lambda: "Connected" in person.status("Connection"))


def test_the_look_and_the_section_are_remembered(person: Person, town: Town) -> None:
    person.begin(town.url, town.lend().token)
    person.click("Settings")
    person.click("Colours: Dark")
    person.click("Text size: 125 %")
    person.click("Received")
    person.quit()

    memory = load_memory(person.root)

    assert (memory.mode, memory.text_scale, memory.section) == (Mode.DARK, 1.25, "received")
    assert memory.geometry_bytes()


def test_the_queue_is_painted_before_anything_slow_is_loaded(person: Person, town: Town) -> None:
    person.begin(town.url, town.lend().token)
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
