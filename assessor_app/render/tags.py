"""How blocks are told apart in a frame, and how values become its items."""

from collections.abc import Iterator
from enum import IntEnum

from assessor_app.domain.evidence import Block, Heading, ListItem, Paragraph, Picture, Table, Word
from assessor_app.render.frames import Item
from assessor_app.render.results import Page


class BlockTag(IntEnum):
    """The kind of a block in a frame."""

    HEADING = 1
    PARAGRAPH = 2
    LIST_ITEM = 3
    TABLE = 4
    PICTURE = 5


def page_items(page: Page) -> Iterator[Item]:
    """Yield a page as the items that `answers.checked_page` reads."""
    yield from (page.width_px, page.height_px, page.width_pt, page.height_pt)
    yield page.mode.value
    yield page.hits
    yield page.image
    yield len(page.layer.words)
    for word in page.layer.words:
        yield from _word_items(word)


def block_items(block: Block) -> Iterator[Item]:
    """Yield a block as the items that `answers.checked_view` reads."""
    match block:
        case Heading(level, text):
            yield from (BlockTag.HEADING, level, text)
        case Paragraph(text):
            yield from (BlockTag.PARAGRAPH, text)
        case ListItem(level=level, ordered=ordered, text=text):
            yield from (BlockTag.LIST_ITEM, level, int(ordered), text)
        case Table(rows):
            yield from (BlockTag.TABLE, len(rows))
            for row in rows:
                yield len(row)
                yield from row
        case Picture(index, alt):
            yield from (BlockTag.PICTURE, index, alt)


def _word_items(word: Word) -> Iterator[Item]:
    yield word.text
    yield from (word.left, word.top, word.right, word.bottom)
