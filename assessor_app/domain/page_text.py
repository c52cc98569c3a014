"""Questions about the words of a page: what lies where, what a passage says, where a text is."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assessor_app.domain.evidence import PageLayer, Word

_LINE_OVERLAP = 0.5
_ABOVE_COSTS = 1000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in ten-thousandths."""

    left: int
    top: int
    right: int
    bottom: int


def word_near(layer: PageLayer, x: int, y: int) -> int | None:
    """Return the index of the word under or nearest to a point; None on a page without words.

    Being off the line costs more than being beyond its end, as readers expect of a text.
    """
    if not layer.words:
        return None
    return min(range(len(layer.words)), key=lambda index: _distance(layer.words[index], x, y))


def _distance(word: Word, x: int, y: int) -> int:
    beside = max(word.left - x, 0, x - word.right)
    above = max(word.top - y, 0, y - word.bottom)
    return beside * beside + _ABOVE_COSTS * above * above


def quote(layer: PageLayer, start: int, end: int) -> str:
    """Return the words from `start` up to `end`, with single blanks."""
    return " ".join(word.text for word in layer.words[start:end])


def boxes(layer: PageLayer, start: int, end: int) -> tuple[Box, ...]:
    """Return one box per line for the words from `start` up to `end`."""
    return tuple(_lines(layer.words[start:end]))


def line_left(layer: PageLayer, index: int) -> int:
    """Return where the line of a word begins, within its column."""
    word = layer.words[index]
    for before in reversed(layer.words[:index]):
        line = Box(before.left, before.top, before.right, before.bottom)
        if before.right > word.left or not _on_line(line, word):
            break
        word = before
    return word.left


def _lines(words: tuple[Word, ...]) -> Iterator[Box]:
    line: Box | None = None
    for word in words:
        if line and _on_line(line, word):
            line = Box(
                min(line.left, word.left),
                min(line.top, word.top),
                max(line.right, word.right),
                max(line.bottom, word.bottom),
            )
            continue
        if line:
            yield line
        line = Box(word.left, word.top, word.right, word.bottom)
    if line:
        yield line


def _on_line(line: Box, word: Word) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    lower = min(line.bottom - line.top, word.bottom - word.top)
    return shared > _LINE_OVERLAP * lower and word.right > line.left


def find_words(layer: PageLayer, wanted: str) -> tuple[tuple[int, int], ...]:
    """Return where a text stands, as ranges of words; case, accents and blanks do not matter."""
    needle = plain(wanted)
    if not needle:
        return ()
    starts: list[int] = []
    text = ""
    for word in layer.words:
        text += " " if text else ""
        starts.append(len(text))
        text += plain(word.text)
    found: list[tuple[int, int]] = []
    at = text.find(needle)
    while at >= 0:
        first = _word_holding(starts, at)
        found.append((first, _word_holding(starts, at + len(needle) - 1) + 1))
        at = text.find(needle, at + len(needle))
    return tuple(found)


def _word_holding(starts: list[int], at: int) -> int:
    return max(index for index, start in enumerate(starts) if start <= at)


def plain(text: str) -> str:
    """Return a text as it is searched: no case, no accents, single blanks."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare.casefold()).strip()
