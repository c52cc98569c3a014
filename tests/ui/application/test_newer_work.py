"""Work that a newer version made: read, copied, kept in a file, and let go again."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from assessor_app.usecases.errors import (
    NewerStoreError,
    ReadOnlyProfileError,
    UnreadableStoreError,
)
from tests.finding import said
from tests.ui.application.stage import ONE, TWO, TWO_TITLE, Stage


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
    qtbot.waitUntil(lambda: "A newer Assessor wrote this work" in said(stage.window))

    stage.click("Export what I wrote…")
    qtbot.waitUntil(stage.entrance.rescue.dialog.isVisible)
    stage.entrance.rescue.dialog.fileSelected.emit(str(tmp_path / "mine.json"))

    qtbot.waitUntil(lambda: "mine.json is not encrypted" in said(stage.window))
    expected = "written in 3f9a41 marigold" if needs_passphrase else "written in 81b2c0"
    assert (tmp_path / "mine.json").read_text("utf-8") == expected
    stage.entrance.rescue.dialog.hide()


def test_other_refusals_offer_no_export(qtbot: QtBot, stage: Stage) -> None:
    stage.house.accounts = (TWO,)
    stage.entrance.show_error(ReadOnlyProfileError(TWO.folder))
    qtbot.waitUntil(lambda: "cannot be written to" in said(stage.window))

    assert stage.button("Export what I wrote…") is None
    assert stage.button("Look at what I wrote") is None


def refuse_newer(stage: Stage) -> None:
    """Try to open work of a newer version, behind a passphrase."""
    stage.house.accounts = (ONE,)
    stage.house.refusal = NewerStoreError(ONE.folder / "store.db", "9999")
    stage.entrance.show_unlock(ONE.folder)
    stage.write("Passphrase", "marigold")
    stage.click("Unlock")
    stage.qtbot.waitUntil(lambda: "A newer Assessor wrote this work" in said(stage.window))


def texts(stage: Stage) -> list[str]:
    boxes = stage.window.findChildren(QPlainTextEdit)
    return [box.toPlainText() for box in boxes if box.accessibleName() == "What you wrote"]


def test_work_of_a_newer_version_can_be_read_copied_and_kept(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    refuse_newer(stage)

    stage.click("Look at what I wrote")
    qtbot.waitUntil(stage.entrance.looking.is_shown)

    assert texts(stage) == ["The text in 3f9a41 marigold"]
    stage.click("Copy this text")
    assert QGuiApplication.clipboard().text() == "The text in 3f9a41 marigold"
    stage.click("Export all…")
    qtbot.waitUntil(stage.entrance.rescue.dialog.isVisible)
    stage.entrance.rescue.dialog.fileSelected.emit(str(tmp_path / "mine.json"))
    qtbot.waitUntil(lambda: "mine.json is not encrypted" in said(stage.window))
    assert (tmp_path / "mine.json").read_text("utf-8") == "everything in 3f9a41 marigold"
    stage.entrance.rescue.dialog.hide()


def test_nothing_of_it_stays_once_it_is_left(qtbot: QtBot, stage: Stage) -> None:
    refuse_newer(stage)
    stage.click("Look at what I wrote")
    qtbot.waitUntil(stage.entrance.looking.is_shown)

    stage.click("Back")

    assert texts(stage) == [""]
    assert stage.button("Look at what I wrote") is not None


def test_when_nobody_is_there_it_is_left_and_the_passphrase_is_asked_again(
    qtbot: QtBot, stage: Stage
) -> None:
    refuse_newer(stage)
    stage.click("Look at what I wrote")
    qtbot.waitUntil(stage.entrance.looking.is_shown)

    stage.entrance.looking.idle.left.emit()

    assert texts(stage) == [""]
    assert not stage.entrance.looking.is_shown()
    assert stage.asks_for("Passphrase")
    assert stage.entrance.unlock.typed() == ""
    assert stage.button("Look at what I wrote") is None


def test_work_that_cannot_be_shown_says_so(qtbot: QtBot, stage: Stage) -> None:
    refuse_newer(stage)
    stage.house.look_fault = UnreadableStoreError(ONE.folder / "store.db")

    stage.click("Look at what I wrote")

    qtbot.waitUntil(lambda: "in a way that this one cannot show" in said(stage.window))
    assert not stage.entrance.looking.is_shown()
