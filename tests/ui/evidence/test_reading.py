"""Responses and text views: selection, links, search, and nothing loaded from anywhere."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor
from pytestqt.qtbot import QtBot

from assessor_app.domain.ids import ArtifactId
from assessor_app.domain.quotes import table_text
from assessor_app.ui.evidence.pane import EvidencePane, Selected, SourceState
from assessor_app.ui.evidence.reading_document import LINK
from assessor_app.ui.evidence.reading_text import Form, Link, Passage, PassageMark

TEXT = "We 😀 read A1 Lesson plan together."
ROWS = (("Week", "Correct"), ("1", "19"), ("7", "22"))
PASSAGES = (
    Passage(form=Form.PROMPT, text="What did you do?"),
    Passage(
        form=Form.PARAGRAPH,
        text=TEXT,
        source="part1/p1",
        links=(Link(TEXT.index("A1"), TEXT.index(" together"), ArtifactId("A1")),),
    ),
    Passage(form=Form.TABLE, rows=ROWS, text=table_text(ROWS), source="A4", index=3),
)
PART = SourceState(key="part1", icon="file-text", title="Part 1", detail="1 response")


@pytest.fixture
def reading(pane: EvidencePane) -> EvidencePane:
    pane.show_passages(PART, PASSAGES)
    return pane


def units(text: str) -> int:
    """Return how long Qt takes a text to be."""
    return len(text.encode("utf-16-le")) // 2


def select(pane: EvidencePane, text: str) -> None:
    view = pane.reading
    whole = view.toPlainText()
    start = units(whole[: whole.index(text)])
    cursor = QTextCursor(view.document())
    cursor.setPosition(start)
    cursor.setPosition(start + units(text), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)


def test_a_passage_is_selected_in_code_points(qtbot: QtBot, reading: EvidencePane) -> None:
    with qtbot.waitSignal(reading.evidence_selected) as selected:
        select(reading, "read")

    start = TEXT.index("read")
    assert selected.args == [
        Selected(source="part1/p1", start=start, end=start + 4, in_pages=False)
    ]


def test_cells_of_a_table_are_selected_in_its_text(qtbot: QtBot, reading: EvidencePane) -> None:
    with qtbot.waitSignal(reading.evidence_selected) as selected:
        select(reading, "19")

    chosen = selected.args[0]
    assert (chosen.source, chosen.page) == ("A4", 3)
    assert table_text(ROWS)[chosen.start : chosen.end] == "19"


def test_a_prompt_is_not_evidence(qtbot: QtBot, reading: EvidencePane) -> None:
    with qtbot.waitSignal(reading.evidence_selected) as selected:
        select(reading, "What did")

    assert selected.args == [None]


def test_a_mention_is_followed(qtbot: QtBot, reading: EvidencePane) -> None:
    view = reading.reading
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.toPlainText().index("A1 Lesson") + 4)
    where = view.cursorRect(cursor).center() + QPoint(1, 0)
    with qtbot.waitSignal(view.mention_followed) as followed:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert followed.args == ["A1"]


def test_finding_counts_hits_without_case_or_accents(reading: EvidencePane) -> None:
    assert reading.reading.find_text("LESSON plán") == 1
    assert reading.reading.find_text("e") > 5
    assert reading.reading.find_text("nowhere") == 0


def test_a_pin_is_highlighted_where_it_was_made(reading: EvidencePane) -> None:
    start = TEXT.index("read")
    mark = PassageMark(pin="p", source="part1/p1", index=0, start=start, end=start + 4, digit="2")
    reading.reading.show_marks((mark,))

    shown = [extra.cursor.selectedText() for extra in reading.reading.extraSelections()]
    assert shown == ["read"]


def test_earner_text_stays_plain_and_loads_nothing(
    qtbot: QtBot, pane: EvidencePane, tmp_path: Path
) -> None:
    """Rich text would fetch this picture from the disk, or from a server."""
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    there = tmp_path / "seen.png"
    image.save(str(there))
    hostile = f'<b>bold</b> <img src="file://{there}"> <img src="//example.org/x.png">'
    pane.show_passages(PART, (Passage(form=Form.PARAGRAPH, text=hostile, source="part1/p1"),))

    assert pane.reading.toPlainText() == hostile
    loaded = pane.reading.loadResource(2, QUrl.fromLocalFile(str(there)))
    assert isinstance(loaded, QImage)
    assert loaded.isNull()


def test_links_lead_to_artifacts_only(reading: EvidencePane) -> None:
    cursor = QTextCursor(reading.reading.document())
    targets = set()
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter):
        assert cursor.charFormat().anchorHref() == ""
        targets.add(cursor.charFormat().property(LINK))

    assert targets == {None, "A1"}
