"""The rebuild profile: raw files become page sets and text views."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import MappingProxyType

from assessor_app.render.docx_reader import read_docx
from assessor_app.render.draft import Draft, masked_blocks
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.frames import FrameError, FrameKind, Item, Reader
from assessor_app.render.kinds import SourceKind
from assessor_app.render.limits import MAX_IDENTITIES, MAX_IDENTITY_BYTES, MAX_INPUT_BYTES
from assessor_app.render.markdown import read_markdown
from assessor_app.render.pdf_pages import pdf_pages
from assessor_app.render.pdfium import use_own_fonts
from assessor_app.render.pictures import picture_page
from assessor_app.render.plain import read_csv, read_text
from assessor_app.render.pptx_reader import read_pptx
from assessor_app.render.profiles import Message, Profile
from assessor_app.render.results import FindingKind
from assessor_app.render.tags import block_items, page_items
from assessor_app.render.warm import warm
from assessor_app.render.xlsx_reader import read_xlsx

_READERS: MappingProxyType[SourceKind, Callable[[bytes, Draft], None]] = MappingProxyType(
    {
        SourceKind.TEXT: read_text,
        SourceKind.MARKDOWN: read_markdown,
        SourceKind.CSV: read_csv,
        SourceKind.DOCX: read_docx,
        SourceKind.PPTX: read_pptx,
        SourceKind.XLSX: read_xlsx,
    }
)


def rebuild(
    kind: SourceKind, data: bytes, sought: tuple[str, ...], *, mask: bool
) -> Iterator[Message]:
    """Yield the frames of a file made anew."""
    if kind is SourceKind.IMAGE:
        yield from _picture(data)
    elif kind is SourceKind.PDF:
        yield from _pages(data, sought, mask=mask)
    else:
        yield from _view(kind, data, sought, mask=mask)


def _rebuild(request: Reader) -> Iterator[Message]:
    try:
        kind = SourceKind(request.text(16))
    except ValueError:
        raise FrameError from None
    mask = bool(request.integer(0, 1))
    count = request.integer(0, MAX_IDENTITIES)
    sought = tuple(request.text(MAX_IDENTITY_BYTES) for _ in range(count))
    data = bytes(request.blob(MAX_INPUT_BYTES))
    request.end()
    yield from rebuild(kind, data, sought, mask=mask)


def _picture(data: bytes) -> Iterator[Message]:
    page, further_frames = picture_page(data)
    yield FrameKind.PAGE, page_items(page)
    yield _findings(Counter({FindingKind.FURTHER_FRAME: further_frames}))


def _pages(data: bytes, sought: tuple[str, ...], *, mask: bool) -> Iterator[Message]:
    dropped: Counter[FindingKind] = Counter()
    for page in pdf_pages(data, sought, dropped, mask=mask):
        yield FrameKind.PAGE, page_items(page)
    yield _findings(dropped)


def _view(
    kind: SourceKind, data: bytes, sought: tuple[str, ...], *, mask: bool
) -> Iterator[Message]:
    draft = Draft()
    _READERS[kind](data, draft)
    for picture in draft.made_pictures():
        yield FrameKind.PICTURE, page_items(picture)
    if not draft.blocks:
        raise RenderError(RenderCode.EMPTY)
    blocks, hits = masked_blocks(draft.blocks, sought, mask=mask)
    items: list[Item] = [len(blocks)]
    for block, count in zip(blocks, hits, strict=True):
        items += (count, *block_items(block))
    yield FrameKind.BLOCKS, items
    yield _findings(draft.dropped)


def _findings(dropped: Counter[FindingKind]) -> Message:
    found = sorted((kind.value, count) for kind, count in dropped.items() if count)
    items: list[Item] = [len(found)]
    for kind, count in found:
        items += (kind, count)
    return FrameKind.FINDINGS, items


def _warm() -> None:
    use_own_fonts()
    warm(rebuild)


PROFILE = Profile(
    memory_bytes=1024 * 1024 * 1024,
    warm=_warm,
    handlers=MappingProxyType({FrameKind.REBUILD: _rebuild}),
)
