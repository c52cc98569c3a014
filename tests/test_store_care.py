"""Work that cannot be opened, in the real window: what is said, and what can be done."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from assessor_app.store.cipher import connect
from assessor_app.store.keys import ProfileKey
from assessor_app.store.profile import DATABASE, LOCK, lock_profile
from assessor_app.ui.signin.accounts import AccountCard
from tests.fakes import Vault
from tests.finding import said
from tests.journeys.conftest import town
from tests.journeys.house import Town
from tests.person import Person, person

__all__ = ["person", "town"]

HOLDER = """
import sys
from pathlib import Path
from assessor_app.store.profile import lock_profile
held = lock_profile(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def begin(person: Person, town: Town) -> Path:
    """Sign in, fetch a packet, and close the program again."""
    person.begin(town.url, town.lend().token)
    person.quit()
    (facts,) = person.root.glob("*/profile.json")
    return facts.parent


def says(person: Person, words: str) -> Callable[[], bool]:
    return lambda: words in said(person.window)


def try_again(person: Person) -> None:
    (card,) = (c for c in person.window.findChildren(AccountCard) if c.isVisible())
    person.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def key_of(person: Person, folder: Path) -> ProfileKey:
    assert isinstance(person.vault, Vault)
    with lock_profile(folder) as locked:
        return locked.key_from(person.vault)


def put_revision(person: Person, folder: Path, revision: str) -> None:
    """Let the database be of another version, as one that wrote it would."""
    connection = connect(folder / DATABASE, key_of(person, folder))
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_work_that_another_process_has_opens_once_that_is_gone(person: Person, town: Town) -> None:
    folder = begin(person, town)
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"

    person.start()

    person.until(says(person, "Assessor is open already with this work."))
    other.communicate()
    try_again(person)
    person.until(lambda: person.packets() == 1)


def test_work_that_cannot_be_written_to_says_so_and_opens_once_it_can(
    person: Person, town: Town
) -> None:
    folder = begin(person, town)
    (folder / LOCK).unlink()
    (folder / LOCK).mkdir()  # opening it for writing fails for everybody, even for root

    person.start()

    person.until(says(person, "The folder of your work cannot be written to."))
    (folder / LOCK).rmdir()
    try_again(person)
    person.until(lambda: person.packets() == 1)


def test_work_of_a_newer_version_is_not_touched_and_can_be_exported(
    person: Person, town: Town, tmp_path: Path
) -> None:
    folder = begin(person, town)
    put_revision(person, folder, "9999")
    before = (folder / DATABASE).read_bytes()

    person.start()

    person.until(says(person, "A newer Assessor wrote this work"))
    person.click("Export what I wrote…")
    assert person.program is not None
    rescue = person.program._entrance.rescue  # noqa: SLF001 (its dialog is the system's)
    person.until(rescue.dialog.isVisible)
    rescue.dialog.fileSelected.emit(str(tmp_path / "mine.json"))
    person.until(says(person, "mine.json is not encrypted"))
    rescue.dialog.hide()
    assert '"drafts"' in (tmp_path / "mine.json").read_text("utf-8")
    assert (folder / DATABASE).read_bytes() == before
    put_revision(person, folder, "0001")
    try_again(person)
    person.until(lambda: person.packets() == 1)
