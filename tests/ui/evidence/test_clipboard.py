"""Evidence can be copied, but does not stay on the clipboard."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.evidence.clipboard import EvidenceClipboard
from assessor_app.ui.evidence.pane import EvidencePane
from tests.ui.evidence.conftest import Decoder

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_copy_is_taken_back(qtbot: QtBot, qapp: QObject) -> None:
    clipboard = EvidenceClipboard(qapp, kept_ms=5)
    with qtbot.waitSignal(clipboard.cleared):
        clipboard.copy("the coach said")
        assert QGuiApplication.clipboard().text() == "the coach said"

    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_elsewhere_meanwhile_stays(qtbot: QtBot, qapp: QObject) -> None:
    clipboard = EvidenceClipboard(qapp, kept_ms=5)
    with qtbot.waitSignal(clipboard.cleared):
        clipboard.copy("the coach said")
        QGuiApplication.clipboard().setText("a shopping list")

    assert QGuiApplication.clipboard().text() == "a shopping list"


def test_words_of_a_page_are_copied_as_text(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    pane.take_focus()
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane.pages, Qt.Key.Key_Right)
    qtbot.keyClick(pane.pages, Qt.Key.Key_Right, shift)
    qtbot.keyClick(pane.pages, Qt.Key.Key_C, CONTROL)

    assert QGuiApplication.clipboard().text() == "Coach and"


def test_copied_text_has_no_form_of_its_own(
    qtbot: QtBot, pane: EvidencePane, decoder: Decoder
) -> None:
    view: QWidget = pane.pages
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)

    assert not QGuiApplication.clipboard().mimeData().hasHtml()
