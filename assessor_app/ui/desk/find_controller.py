"""Search within the evidence that is looked at."""

from PySide6.QtCore import QObject, Slot

from assessor_app.domain.evidence import PageLayer
from assessor_app.domain.page_text import find_words
from assessor_app.ui.evidence.pane import EvidencePane, Shown


class FindController(QObject):
    """Counts the hits and steps through them."""

    def __init__(self, pane: EvidencePane, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._layers: dict[int, PageLayer] = {}
        self._hits: tuple[tuple[int, int, int], ...] = ()
        self._total, self._current = 0, -1
        pane.find_edited.connect(self._on_find_edited)
        pane.hit_wanted.connect(self._on_hit_wanted)

    def use_layers(self, layers: dict[int, PageLayer]) -> None:
        """Search in these words from now on."""
        self._layers = layers

    def forget(self) -> None:
        """Something else is looked at."""
        self._layers, self._hits, self._total, self._current = {}, (), 0, -1

    @Slot(str)
    def _on_find_edited(self, wanted: str) -> None:
        if self._pane.shown is Shown.PAGES:
            self._hits = tuple(
                (page, start, end)
                for page, layer in sorted(self._layers.items())
                for start, end in find_words(layer, wanted)
            )
            self._total = len(self._hits)
        else:
            self._total = self._pane.reading.find_text(wanted)
        self._current = 0 if self._total else -1
        self._show()

    @Slot(int)
    def _on_hit_wanted(self, step: int) -> None:
        if self._total:
            self._current = (self._current + step) % self._total
            self._show()

    def _show(self) -> None:
        if self._pane.shown is Shown.PAGES:
            self._pane.pages.show_hits(self._hits, self._current)
        elif self._current >= 0:
            self._pane.reading.show_hit(self._current)
        self._pane.show_hits(self._total, self._current)
