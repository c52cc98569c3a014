"""The screen of work that a newer version made."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListView, QPlainTextEdit
from pytestqt.qtbot import QtBot

from assessor_app.domain.outbox import OutboxState
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.signin.unopened import UnopenedPage
from assessor_app.ui.signin.unopened_words import shown_work
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.unopened import UnopenedReview, UnopenedWork

KEPT = '{"feedback":[{"text":"Show how the coachee chose the goal."}],"schema":"review/2"}'
SEALED = UnopenedReview(
    assignment="a-1",
    submission="MC-4F2K-9",
    title="Planning a Coaching Cycle",
    act="r1",
    state=OutboxState.QUEUED,
    written_at=datetime(2026, 11, 25, 12, 3, tzinfo=UTC),
    exported=None,
    content=KEPT,
)
DRAFT = replace(SEALED, act=None, state=None, submission="MC-88QX-1", content="no JSON at all")


def page_of(qtbot: QtBot, theme: Theme, *reviews: UnopenedReview) -> UnopenedPage:
    page = UnopenedPage(theme)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show_work(shown_work(UnopenedWork(reviews, "everything")))
    page.show()
    return page


def text_of(page: UnopenedPage) -> QPlainTextEdit:
    (box,) = page.findChildren(QPlainTextEdit)
    return box


def rows_of(page: UnopenedPage) -> QListView:
    (rows,) = page.findChildren(QListView)
    return rows


def said(page: UnopenedPage, row: int) -> str:
    index = rows_of(page).model().index(row, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_each_row_says_what_it_is_and_when_it_changed(qtbot: QtBot, theme: Theme) -> None:
    page = page_of(qtbot, theme, DRAFT, SEALED)

    assert "MC-88QX-1" in said(page, 0)
    assert "Draft, on this laptop" in said(page, 0)
    assert "Sealed, not sent yet" in said(page, 1)
    assert "Wed 25 Nov" in said(page, 1)
    assert "Draft, on this laptop. Last change: Wed 25 Nov" in text_of(page).toPlainText()


@pytest.mark.parametrize("state", [*OutboxState, None])
def test_every_state_has_words(qtbot: QtBot, theme: Theme, state: OutboxState | None) -> None:
    page = page_of(qtbot, theme, replace(SEALED, state=state))

    assert ("eal" in said(page, 0)) or "Being reopened" in said(page, 0)


def test_the_arrow_keys_walk_through_the_texts(qtbot: QtBot, theme: Theme) -> None:
    page = page_of(qtbot, theme, DRAFT, SEALED)
    assert "no JSON at all" in text_of(page).toPlainText()

    qtbot.keyClick(rows_of(page), Qt.Key.Key_Down)

    assert "Show how the coachee chose the goal." in text_of(page).toPlainText()


def test_a_text_can_be_selected_and_copied_and_not_changed(qtbot: QtBot, theme: Theme) -> None:
    page = page_of(qtbot, theme, SEALED)
    box = text_of(page)
    before = box.toPlainText()

    qtbot.keyClicks(box, "something else")
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert box.toPlainText() == before
    assert QGuiApplication.clipboard().text() == before


def test_a_work_without_a_review_says_so(qtbot: QtBot, theme: Theme) -> None:
    page = page_of(qtbot, theme)

    assert text_of(page).toPlainText() == ""
    banner = page.findChild(Banner)
    assert isinstance(banner, Banner)
    assert "No draft and no sealed review" in banner.accessibleName()
