"""Where quoted words stand in other evidence: on a page rendered anew, in a text, in a region."""

import unicodedata

from assessor_app.domain.evidence import Block, PageLayer, Picture, Table
from assessor_app.domain.page_text import Box, boxes
from assessor_app.domain.review import Region

_LINE_ENDS = "-\u2010\u00ad"
"""Hyphens that only say that a line ended within a word."""


def quoted_on_page(layer: PageLayer, quote: str) -> tuple[tuple[int, int], ...]:
    """Return every range of whole words that reads as the quote; ranges may overlap.

    Lines may break elsewhere and blanks be others. Case, accents and marks have to be the same.
    """
    needle = _joined(quote.split())
    if not needle:
        return ()
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    text = ""
    for index, word in enumerate(layer.words):
        starts.setdefault(len(text), index)
        text += _letters(word.text)
        ends[len(text)] = index + 1
    found: list[tuple[int, int]] = []
    at = text.find(needle)
    while at >= 0:
        if at in starts and at + len(needle) in ends:
            found.append((starts[at], ends[at + len(needle)]))
        at = text.find(needle, at + 1)
    return tuple(found)


def quoted_in_text(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Return every passage that is the quote, in code points; passages may overlap."""
    if not quote:
        return ()
    found: list[tuple[int, int]] = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)


def words_in(layer: PageLayer, region: Region) -> tuple[int, int]:
    """Return the words whose middle lies in a region; (0, 0) where they are not one passage."""
    inside = [
        index
        for index, word in enumerate(layer.words)
        if region.left <= (word.left + word.right) // 2 <= region.right
        and region.top <= (word.top + word.bottom) // 2 <= region.bottom
    ]
    if not inside or inside[-1] - inside[0] + 1 != len(inside):
        return 0, 0
    return inside[0], inside[-1] + 1


def box_around(layer: PageLayer, start: int, end: int) -> Box:
    """Return the one rectangle around the words from `start` up to `end`."""
    lines = boxes(layer, start, end)
    return Box(
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def block_text(block: Block) -> str:
    """Return a block as the text that pins count in; of a picture nothing can be pinned."""
    match block:
        case Table(rows):
            return table_text(rows)
        case Picture():
            return ""
        case _:
            return block.text


def table_text(rows: tuple[tuple[str, ...], ...]) -> str:
    """Return a table as the text that pins count in: a tab between cells, a line per row."""
    return "\n".join("\t".join(row) for row in rows)


def _joined(words: list[str]) -> str:
    return "".join(_letters(word) for word in words)


def _letters(word: str) -> str:
    """Return a word without the hyphen a line's end gave it, ligatures as their letters."""
    plain = unicodedata.normalize("NFKC", word)
    return plain.rstrip(_LINE_ENDS) or plain
