"""The host believes nothing: each check of an answer has an answer that only it refuses."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.evidence import (
    Heading,
    ListItem,
    PageLayer,
    Paragraph,
    Picture,
    Table,
    Word,
)
from assessor_app.domain.packet import PageMode
from assessor_app.render import answers
from assessor_app.render.errors import RenderCode, WorkerLostError
from assessor_app.render.frames import Frame, FrameError, FrameKind, Item, Reader, pack, read_frame
from assessor_app.render.gather import Gathered
from assessor_app.render.results import Page
from assessor_app.render.tags import block_items, page_items
from tests.render.pictures import drawing, packed, page_image, photo

LOSSLESS = page_image(40, 30)
WORD = Word(text="word", left=1, top=2, right=3, bottom=4)
PAGE = Page(
    image=LOSSLESS,
    width_px=40,
    height_px=30,
    width_pt=20,
    height_pt=15,
    mode=PageMode.LOSSLESS,
    layer=PageLayer((WORD,)),
    hits=2,
)


def reader(items: Iterable[Item]) -> Reader:
    return frame(FrameKind.PAGE, items).reader()


def frame(kind: FrameKind, items: Iterable[Item]) -> Frame:
    data = b"".join(pack(kind, items))
    position = 0

    def read_exactly(length: int) -> bytearray:
        nonlocal position
        position += length
        return bytearray(data[position - length : position])

    return read_frame(read_exactly, max_bytes=len(data))


def test_a_page_comes_through() -> None:
    assert answers.checked_page(reader(page_items(PAGE))) == PAGE


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 41),
        (0, 0),
        (0, 2481),
        (1, 31),
        (2, 0),
        (3, 10**9),
        (4, "lossy"),
        (4, "free text"),
        (5, -1),
        (6, b"no image"),
        (6, LOSSLESS + b"trailer"),
        (6, packed(drawing(40, 30), "PNG")),
        (6, packed(photo(40, 30), "WEBP", quality=50)),
        (6, packed(drawing(40, 30), "WEBP", lossless=True, exif=b"Exif\0\0secret")),
        (7, 2),
        (7, -1),
        (8, "two words"),
        (8, ""),
        (8, 7),
        (9, 5),
        (12, 10_000),
    ],
)
def test_a_page_with_one_thing_wrong_is_refused(place: int, value: Item) -> None:
    items = list(page_items(PAGE))
    items[place] = value

    with pytest.raises(FrameError):
        answers.checked_page(reader(items))


def test_a_lossy_page_is_told_by_its_bytes() -> None:
    image = packed(photo(40, 30), "WEBP", quality=50)

    assert answers.webp_facts(image) == (PageMode.LOSSY, 40, 30)


@given(st.binary(max_size=64))
def test_no_bytes_upset_the_look_at_a_header(data: bytes) -> None:
    with pytest.raises(FrameError):
        answers.webp_facts(data)


def test_blocks_come_through() -> None:
    blocks = (
        Heading(2, "a"),
        Paragraph("b"),
        ListItem(level=1, ordered=True, text="c"),
        Table((("d", "e"), (), ("f",))),
        Picture(0, "g"),
    )
    items: list[Item] = [len(blocks)]
    for block in blocks:
        items += (3, *block_items(block))

    view, hits = answers.checked_view(reader(items), pictures=1)
    assert view.blocks == blocks
    assert hits == (3,) * 5


@pytest.mark.parametrize(
    "items",
    [
        (1, 0, 1, 7, "level"),
        (1, 0, 3, 9, 0, "level"),
        (1, 0, 3, 0, 2, "ordered"),
        (1, 0, 5, 1, "picture that did not come"),
        (1, 0, 9, "kind"),
        (1, 0, 4, 1, 257),
        (1, -1, 2, "hits"),
        (2, 0, 2, "fewer"),
        (0, 0, 2, "more"),
        (1, 0, 2, b"bytes"),
        (20_001,),
    ],
)
def test_blocks_with_one_thing_wrong_are_refused(items: tuple[Item, ...]) -> None:
    with pytest.raises(FrameError):
        answers.checked_view(reader(items), pictures=1)


@pytest.mark.parametrize(
    "items", [(1, "free text", 1), (1, "script", 0), (2, "script", 1, "script", 1), (99,)]
)
def test_findings_with_one_thing_wrong_are_refused(items: tuple[Item, ...]) -> None:
    with pytest.raises(FrameError):
        answers.checked_findings(reader(items))


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [frame(FrameKind.FINDINGS, (0,))],
        [frame(FrameKind.PAGE, page_items(PAGE))],
        [
            frame(FrameKind.PAGE, page_items(PAGE)),
            frame(FrameKind.BLOCKS, (0,)),
            frame(FrameKind.FINDINGS, (0,)),
        ],
        [
            frame(FrameKind.PICTURE, page_items(PAGE)),
            frame(FrameKind.BLOCKS, (0,)),
            frame(FrameKind.FINDINGS, (0,)),
        ],
    ],
)
def test_parts_that_do_not_belong_together_are_refused(frames: list[Frame]) -> None:
    gathered = Gathered()
    for one in frames:
        gathered.take(one)

    with pytest.raises(WorkerLostError) as refused:
        gathered.result()
    assert refused.value.code is RenderCode.IMPLAUSIBLE


@pytest.mark.parametrize("kind", [FrameKind.BLOCKS, FrameKind.FINDINGS])
def test_a_part_comes_once(kind: FrameKind) -> None:
    gathered = Gathered()
    gathered.take(frame(kind, (0,)))

    with pytest.raises(FrameError):
        gathered.take(frame(kind, (0,)))


@given(st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.text(), st.binary()), max_size=8))
def test_items_come_through_a_frame(items: list[Item]) -> None:
    found = frame(FrameKind.PAGE, items).reader()

    for item in items:
        if isinstance(item, int):
            assert found.integer(item, item) == item
        elif isinstance(item, str):
            assert found.text(len(item.encode())) == item
        else:
            assert found.blob(len(item)) == item
    found.end()


@given(st.binary(max_size=40))
def test_no_payload_upsets_a_reader(payload: bytes) -> None:
    for take in (
        lambda found: found.integer(0, 1),
        lambda found: found.text(9),
        lambda found: found.blob(9),
    ):
        try:
            take(Reader(memoryview(payload)))
        except FrameError:
            continue


@pytest.mark.parametrize(
    "data", [b"XX\x01\0\0\0\0", b"aF\x63\0\0\0\0", b"aF\x01\0\0\0\x09", b"aF\x01\xff\xff\xff\xff"]
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    def read_exactly(length: int) -> bytearray:
        return bytearray(data[:length])

    with pytest.raises(FrameError):
        read_frame(read_exactly, max_bytes=8)
