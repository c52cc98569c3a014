"""A text view while it is made: blocks within the limits, and a count of what is left out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from assessor_app.domain import identities
from assessor_app.domain.evidence import (
    HEADING_LEVELS,
    LIST_LEVELS,
    Block,
    Heading,
    ListItem,
    Paragraph,
    Picture,
    Table,
)
from assessor_app.render.clean import clean, one_line
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import (
    MAX_BLOCK_BYTES,
    MAX_BLOCKS,
    MAX_PICTURES,
    MAX_ROW_CELLS,
    MAX_TABLE_CELLS,
    MAX_TABLE_ROWS,
    MAX_VIEW_BYTES,
)
from assessor_app.render.pictures import picture_page
from assessor_app.render.results import FindingKind, Page

_FILE_NAME = re.compile(r".*\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|svg|emf|wmf)", re.IGNORECASE)
"""Programs put the name of a picture's file where its description should be."""


class Draft:
    """Takes a document block by block. Empty blocks are left out.

    Raises (from every `add_…`):
        RenderError: More text or blocks than the limits allow.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.dropped: Counter[FindingKind] = Counter()
        self._bytes = 0
        self._pictures: dict[bytes, int] = {}

    def add_heading(self, level: int, text: str) -> None:
        """Add a heading; levels beyond the last become the last."""
        if line := self._counted(one_line(text)):
            self._add(Heading(min(max(level, 1), HEADING_LEVELS), line))

    def add_paragraph(self, text: str) -> None:
        """Add running text."""
        if kept := self._counted(clean(text).strip("\n").rstrip()):
            self._add(Paragraph(kept))

    def add_item(self, level: int, text: str, *, ordered: bool) -> None:
        """Add an item of a list."""
        if kept := self._counted(clean(text).strip()):
            self._add(ListItem(level=min(max(level, 0), LIST_LEVELS), ordered=ordered, text=kept))

    def add_table(self, rows: Iterable[Iterable[str]]) -> None:
        """Add a table; empty rows and columns at its end are left out, what is too much is cut."""
        kept: list[tuple[str, ...]] = []
        cells = 0
        for row in rows:
            texts = _without_empty_end(clean(cell).strip() for cell in row)
            if len(texts) > MAX_ROW_CELLS:
                self.drop(FindingKind.CUT)
            texts = texts[:MAX_ROW_CELLS]
            cells += len(texts)
            if len(kept) == MAX_TABLE_ROWS or cells > MAX_TABLE_CELLS:
                self.drop(FindingKind.CUT)
                break
            self._counted("".join(texts))
            kept.append(texts)
        while kept and not kept[-1]:
            kept.pop()
        if kept:
            self._add(Table(tuple(kept)))

    def add_picture(self, data: bytes, alt: str) -> None:
        """Add a picture in its place. It is made anew later, by `made_pictures`."""
        index = self._pictures.setdefault(data, len(self._pictures))
        if index >= MAX_PICTURES:
            del self._pictures[data]
            self.drop(FindingKind.PICTURE)
            return
        label = one_line(alt)
        self._add(Picture(index, "" if _FILE_NAME.fullmatch(label) else self._counted(label)))

    def made_pictures(self) -> Iterator[Page]:
        """Yield the pictures as pages, one by one; one that cannot be shown is counted only.

        Once all are made, the blocks count in what came out.
        """
        numbers: dict[int, int] = {}
        for data, index in self._pictures.items():
            try:
                page, further_frames = picture_page(data)
            except RenderError:
                self.drop(FindingKind.PICTURE)
                continue
            self.drop(FindingKind.FURTHER_FRAME, further_frames)
            numbers[index] = len(numbers)
            yield page
        self.blocks = list(_renumbered(self.blocks, numbers))

    def drop(self, kind: FindingKind, count: int = 1) -> None:
        """Count something that does not go into the view."""
        self.dropped[kind] += count

    def _add(self, block: Block) -> None:
        if len(self.blocks) == MAX_BLOCKS:
            raise RenderError(RenderCode.TOO_LARGE)
        self.blocks.append(block)

    def _counted(self, text: str) -> str:
        size = len(text.encode("utf-8"))
        self._bytes += size
        if size > MAX_BLOCK_BYTES or self._bytes > MAX_VIEW_BYTES:
            raise RenderError(RenderCode.TOO_LARGE)
        return text


def masked_blocks(
    blocks: list[Block], sought: tuple[str, ...], *, mask: bool
) -> tuple[list[Block], list[int]]:
    """Return the blocks, masked if wished, and how many identities begin in each."""
    texts = [text for block in blocks for text in _texts_of(block)]
    masked, hits = identities.mask_all(texts, sought)
    counts = iter(hits)
    per_block = [sum(next(counts) for _ in _texts_of(block)) for block in blocks]
    if not mask:
        return blocks, per_block
    rest = iter(masked)
    return [_with_texts(block, rest) for block in blocks], per_block


def _renumbered(blocks: list[Block], numbers: dict[int, int]) -> Iterator[Block]:
    for block in blocks:
        if not isinstance(block, Picture):
            yield block
        elif block.index in numbers:
            yield Picture(numbers[block.index], block.alt)


def _texts_of(block: Block) -> Iterator[str]:
    match block:
        case Table(rows):
            for row in rows:
                yield from row
        case Picture(alt=alt):
            yield alt
        case _:
            yield block.text


def _with_texts(block: Block, texts: Iterator[str]) -> Block:
    match block:
        case Table(rows):
            return Table(tuple(tuple(next(texts) for _ in row) for row in rows))
        case Picture(index):
            return Picture(index, next(texts))
        case Heading(level):
            return Heading(level, next(texts))
        case ListItem(level=level, ordered=ordered):
            return ListItem(level=level, ordered=ordered, text=next(texts))
        case Paragraph():
            return Paragraph(next(texts))


def _without_empty_end(cells: Iterator[str]) -> tuple[str, ...]:
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)
