"""A page set of five drawn pages whose words are known."""

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from assessor_app.domain.evidence import PageLayer, Word
from assessor_app.ui.evidence.page_geometry import PageFace
from assessor_app.ui.evidence.pane import EvidencePane, SourceState
from assessor_app.ui.theme.theme import Theme

PAGES = 5
LINE = "Coach and teacher meet every Tuesday to plan one talk"
PLAN = SourceState(key="A1", icon="file-text", title="Lesson plan", detail="A1 · PDF")


def layer() -> PageLayer:
    """Three lines of ten words, each word 700 wide and 200 high."""
    return PageLayer(
        tuple(
            Word(
                text=word,
                left=1000 + 800 * place,
                top=1000 + 400 * line,
                right=1000 + 800 * place + 700,
                bottom=1200 + 400 * line,
            )
            for line in range(3)
            for place, word in enumerate(LINE.split())
        )
    )


class Decoder(QObject):
    """Answers every page that is wanted with a blank one, and remembers what was asked."""

    def __init__(self, pane: EvidencePane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.asked: list[int] = []
        pane.pages.page_wanted.connect(self._on_page_wanted)

    @Slot(int, int, int)
    def _on_page_wanted(self, index: int, width: int, height: int) -> None:
        self.asked.append(index)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        self._pane.pages.show_page(index, image, layer())


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> EvidencePane:
    made = EvidencePane(theme)
    qtbot.addWidget(made)
    made.resize(709, 620)
    made.show()
    return made


@pytest.fixture
def decoder(pane: EvidencePane) -> Decoder:
    made = Decoder(pane)
    pane.show_pages(PLAN, (PageFace(595, 842),) * PAGES)
    return made
