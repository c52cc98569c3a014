"""The pages that are decoded now, the words of every page seen, and what was asked for."""

from collections import OrderedDict

from PySide6.QtGui import QImage

from assessor_app.domain.evidence import PageLayer

KEPT_PAGES = 10
"""Decoded pages held at a time; a page at 200 % takes about 10 MB."""


class PageCache:
    """Pixels of the pages shown last; words and problems of all."""

    def __init__(self) -> None:
        self._images: OrderedDict[int, QImage] = OrderedDict()
        self._layers: dict[int, PageLayer] = {}
        self._problems: dict[int, str] = {}
        self._asked: dict[int, tuple[int, int]] = {}

    def put(self, index: int, image: QImage, layer: PageLayer) -> None:
        """Keep a page, and let the one shown longest ago go."""
        self._images[index] = image
        self._images.move_to_end(index)
        self._layers[index] = layer
        self._problems.pop(index, None)
        while len(self._images) > KEPT_PAGES:
            dropped, _ = self._images.popitem(last=False)
            self._asked.pop(dropped, None)

    def put_layer(self, index: int, layer: PageLayer) -> None:
        """Keep the words of a page."""
        self._layers[index] = layer

    def put_problem(self, index: int, words: str) -> None:
        """Keep why a page cannot be shown."""
        self._problems[index] = words

    def image(self, index: int) -> QImage | None:
        """Return the pixels of a page, if they are here."""
        return self._images.get(index)

    def layer(self, index: int) -> PageLayer:
        """Return the words of a page, none if it was not shown yet."""
        return self._layers.get(index, PageLayer())

    def problem(self, index: int) -> str:
        """Return why a page cannot be shown, or an empty text."""
        return self._problems.get(index, "")

    def lacks(self, index: int, size: tuple[int, int]) -> bool:
        """Return whether a page at this size was not asked for yet; from now on it was."""
        is_new = self._asked.get(index) != size
        self._asked[index] = size
        return is_new
