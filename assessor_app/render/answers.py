"""Checks of what the worker says. Nothing of an answer is used before it went through here."""

from collections.abc import Callable
from typing import TypeVar

from assessor_app.domain.evidence import (
    HEADING_LEVELS,
    LIST_LEVELS,
    Block,
    Heading,
    ListItem,
    PageLayer,
    Paragraph,
    Picture,
    Table,
    TextView,
    Word,
)
from assessor_app.domain.packet import PageMode
from assessor_app.render.frames import FrameError, Reader
from assessor_app.render.limits import (
    LONG_SIDE_PX,
    MAX_BLOCK_BYTES,
    MAX_BLOCKS,
    MAX_COUNT,
    MAX_PAGE_IMAGE_BYTES,
    MAX_PICTURES,
    MAX_POINTS,
    MAX_ROW_CELLS,
    MAX_SHOWN_SIDE_PX,
    MAX_TABLE_CELLS,
    MAX_TABLE_ROWS,
    MAX_WORD_BYTES,
    MAX_WORDS,
)
from assessor_app.render.results import Finding, FindingKind, Page, Pixels
from assessor_app.render.tags import BlockTag

BYTES_PER_PIXEL = 4
T = TypeVar("T")


def checked_pixels(untrusted: Reader, *, max_width: int, max_height: int) -> Pixels:
    """Return pixels that have as many bytes as their size needs, within what was asked for."""
    width = untrusted.integer(1, min(max_width, MAX_SHOWN_SIDE_PX))
    height = untrusted.integer(1, min(max_height, MAX_SHOWN_SIDE_PX))
    length = width * height * BYTES_PER_PIXEL
    untrusted_data = untrusted.blob(length)
    untrusted.end()
    if len(untrusted_data) != length:
        raise FrameError
    return Pixels(width_px=width, height_px=height, data=bytes(untrusted_data))


def checked_page(untrusted: Reader) -> Page:
    """Return a page whose image has the mark, the mode and the size that the page says."""
    width = untrusted.integer(1, LONG_SIDE_PX)
    height = untrusted.integer(1, LONG_SIDE_PX)
    width_pt = untrusted.integer(1, MAX_POINTS)
    height_pt = untrusted.integer(1, MAX_POINTS)
    mode = checked_member(untrusted, PageMode)
    hits = untrusted.integer(0, MAX_COUNT)
    image = bytes(untrusted.blob(MAX_PAGE_IMAGE_BYTES))
    if webp_facts(image) != (mode, width, height):
        raise FrameError
    layer = PageLayer(
        tuple(_checked_word(untrusted) for _ in range(untrusted.integer(0, MAX_WORDS)))
    )
    untrusted.end()
    return Page(
        image=image,
        width_px=width,
        height_px=height,
        width_pt=width_pt,
        height_pt=height_pt,
        mode=mode,
        layer=layer,
        hits=hits,
    )


def checked_view(untrusted: Reader, *, pictures: int) -> tuple[TextView, tuple[int, ...]]:
    """Return the blocks and the hits in each; pictures among them must have come before."""
    hits: list[int] = []
    blocks: list[Block] = []
    for _ in range(untrusted.integer(0, MAX_BLOCKS)):
        hits.append(untrusted.integer(0, MAX_COUNT))
        blocks.append(_checked_block(untrusted, pictures))
    untrusted.end()
    return TextView(tuple(blocks)), tuple(hits)


def checked_findings(untrusted: Reader) -> tuple[Finding, ...]:
    """Return what was dropped, each kind once at most."""
    count = untrusted.integer(0, len(FindingKind))
    findings = tuple(
        Finding(checked_member(untrusted, FindingKind), untrusted.integer(1, MAX_COUNT))
        for _ in range(count)
    )
    untrusted.end()
    if len({finding.kind for finding in findings}) != len(findings):
        raise FrameError
    return findings


def webp_facts(image: bytes) -> tuple[PageMode, int, int]:
    """Return mode, width and height from the header of a plain WebP file.

    Raises:
        FrameError: Not a WebP file of one chunk: no metadata, alpha or animation is carried.
    """
    if len(image) < 30 or image[:4] != b"RIFF" or image[8:12] != b"WEBP":  # noqa: PLR2004 (format)
        raise FrameError
    if int.from_bytes(image[4:8], "little") != len(image) - 8:
        raise FrameError
    chunk_bytes = int.from_bytes(image[16:20], "little")
    if 20 + chunk_bytes + chunk_bytes % 2 != len(image):
        raise FrameError
    if image[12:16] == b"VP8L":
        bits = int.from_bytes(image[21:25], "little")
        return PageMode.LOSSLESS, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if image[12:16] == b"VP8 ":
        width = int.from_bytes(image[26:28], "little") & 0x3FFF
        return PageMode.LOSSY, width, int.from_bytes(image[28:30], "little") & 0x3FFF
    raise FrameError


def checked_member(untrusted: Reader, kinds: Callable[[str], T]) -> T:
    """Return a member of a closed set by its value."""
    try:
        return kinds(untrusted.text(64))
    except ValueError:
        raise FrameError from None


def _checked_word(untrusted: Reader) -> Word:
    text = untrusted.text(MAX_WORD_BYTES)
    left, top, right, bottom = (untrusted.integer(0, 9999) for _ in range(4))
    try:
        return Word(text=text, left=left, top=top, right=right, bottom=bottom)
    except ValueError:
        raise FrameError from None


def _checked_block(untrusted: Reader, pictures: int) -> Block:
    try:
        tag = BlockTag(untrusted.integer(0, len(BlockTag)))
    except ValueError:
        raise FrameError from None
    match tag:
        case BlockTag.HEADING:
            return Heading(untrusted.integer(1, HEADING_LEVELS), untrusted.text(MAX_BLOCK_BYTES))
        case BlockTag.PARAGRAPH:
            return Paragraph(untrusted.text(MAX_BLOCK_BYTES))
        case BlockTag.LIST_ITEM:
            return ListItem(
                level=untrusted.integer(0, LIST_LEVELS),
                ordered=bool(untrusted.integer(0, 1)),
                text=untrusted.text(MAX_BLOCK_BYTES),
            )
        case BlockTag.TABLE:
            return _checked_table(untrusted)
        case BlockTag.PICTURE:
            index = untrusted.integer(0, min(pictures, MAX_PICTURES) - 1)
            return Picture(index, untrusted.text(MAX_BLOCK_BYTES))


def _checked_table(untrusted: Reader) -> Table:
    rows: list[tuple[str, ...]] = []
    cells = 0
    for _ in range(untrusted.integer(0, MAX_TABLE_ROWS)):
        width = untrusted.integer(0, MAX_ROW_CELLS)
        cells += width
        if cells > MAX_TABLE_CELLS:
            raise FrameError
        rows.append(tuple(untrusted.text(MAX_BLOCK_BYTES) for _ in range(width)))
    return Table(tuple(rows))
