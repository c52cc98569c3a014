"""Work that locks itself: hidden, saved, closed, and opened again by its key."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from assessor_app.ui.signin.accounts import AccountCard
from tests.journeys.conftest import town
from tests.journeys.house import Town
from tests.person import PASSPHRASE, PHRASE, TOKEN, Person, person

__all__ = ["person", "town"]

WAIT_S = 20.0
STARTER = """
import sys
from pathlib import Path
from assessor_app.usecases.samples import LocalPlatform
platform = LocalPlatform(Path(sys.argv[1]))
print(platform.serve(0), platform._server.pid, flush=True)
sys.stdin.read()
"""


def lock(person: Person) -> None:
    assert person.program is not None
    person.program._controller._idle.left.emit()  # noqa: SLF001 (as the clock does)


def test_locked_work_is_closed_and_a_click_opens_it(person: Person, town: Town) -> None:
    person.begin(town.url, town.lend(packets=2).token, packets=2)

    lock(person)

    person.until(lambda: bool(person.visible(QAbstractButton, "Open my work")))
    assert person.program is not None
    assert person.program._held == []  # noqa: SLF001 (nothing holds the key)
    person.click("Open my work")
    person.until(lambda: person.packets() == 2)


def test_locked_work_asks_for_its_passphrase(person: Person, town: Town) -> None:
    person.begin_without_keyring(town.url, town.lend().token)

    lock(person)

    person.until(lambda: bool(person.visible(QAbstractButton, "Unlock")))
    person.write(PASSPHRASE, PHRASE)
    person.click("Unlock")
    person.until(lambda: person.packets() == 1)


def test_another_passphrase_opens_the_work_from_now_on(person: Person, town: Town) -> None:
    person.begin_without_keyring(town.url, town.lend().token)
    person.click("Settings")
    person.click("Change the passphrase…")
    person.write("Passphrase until now", "something else")
    person.write(PASSPHRASE, "another one of mine")
    person.write("The same once more", "another one of mine")
    person.click("Change it")
    person.until(lambda: "does not fit" in person.said_of("Passphrase until now"))
    field = person.visible(QLineEdit, "Passphrase until now")[0]
    assert isinstance(field, QLineEdit)
    field.clear()
    person.write("Passphrase until now", PHRASE)

    person.click("Change it")
    person.until(lambda: not person.visible(QAbstractButton, "Change it"))
    lock(person)

    person.write(PASSPHRASE, "another one of mine")
    person.click("Unlock")
    person.until(lambda: person.packets() == 1)


def test_another_account_has_a_folder_of_its_own(person: Person, town: Town) -> None:
    first, second = town.lend(packets=2), town.lend(packets=1)
    person.begin(town.url, first.token, packets=2)
    person.click("Settings")

    person.click("Add another account…")
    person.until(lambda: bool(person.visible(QLineEdit, TOKEN)))
    person.write(TOKEN, second.token)
    person.click("Sign in")

    person.until(lambda: len(list(person.root.glob("*/profile.json"))) == 2)
    person.until(lambda: bool(person.visible(QAbstractButton, "Settings")))


def test_the_account_is_changed_and_changed_back_without_a_token(
    person: Person, town: Town
) -> None:
    first, second = town.lend(packets=2), town.lend(packets=1)
    person.begin(town.url, first.token, packets=2)
    person.click("Settings")
    person.click("Add another account…")
    person.write(TOKEN, second.token)
    person.click("Sign in")
    person.until(lambda: person.packets() == 1 or bool(person.visible(QAbstractButton, "Settings")))
    person.click("Settings")

    person.click("Change the account…")
    person.until(lambda: len(cards(person)) == 2)
    person.qtbot.mouseClick(cards(person)[1], Qt.MouseButton.LeftButton)

    person.click("To review")
    person.until(lambda: person.packets() == 2)
    person.quit()
    person.start()
    person.until(lambda: person.packets() == 2)


def cards(person: Person) -> list[AccountCard]:
    return [card for card in person.window.findChildren(AccountCard) if card.isVisible()]


def test_a_killed_window_leaves_no_platform_behind(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    url, pid = starter.stdout.readline().split()
    assert url.startswith("http://127.0.0.1:")
    ended = os.pidfd_open(int(pid))

    starter.send_signal(signal.SIGKILL)
    starter.wait()

    readable, _, _ = select.select([ended], [], [], WAIT_S)
    os.close(ended)
    starter.stdout.close()
    if starter.stdin:
        starter.stdin.close()
    assert readable == [ended]
