"""Page layers and text views as the blobs that travel: canonical JSON in gzip, parsed strictly."""

import gzip
import json
import zlib
from collections.abc import Callable, Sequence
from typing import Any, cast

from assessor_app.domain.evidence import (
    BOX_MAX,
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
from assessor_app.wire.errors import MalformedError

MAX_LAYER_BYTES = 8 * 1024 * 1024
MAX_VIEW_BYTES = 32 * 1024 * 1024
"""Limits of the JSON, not of the gzip around it."""

MAX_WORDS = 20_000
MAX_WORD_LENGTH = 1024
MAX_BLOCKS = 20_000
MAX_TEXT_LENGTH = 1024 * 1024
MAX_ROWS = 5_000
MAX_ROW_CELLS = 256
MAX_PICTURES = 100

_VERSION = 1
_WORD_FIELDS = 5
Json = Any
"""What `json.loads` gives: nothing is known of it yet."""


def dump_layer(layer: PageLayer) -> bytes:
    """Return the words of a page as bytes: equal layers give equal bytes."""
    words = [[w.text, w.left, w.top, w.right, w.bottom] for w in layer.words]
    return _dump({"version": _VERSION, "words": words})


def parse_layer(untrusted_data: bytes) -> PageLayer:
    """Return the words of a page.

    Raises:
        MalformedError: Not the bytes of a layer.
    """
    untrusted = _parse(untrusted_data, {"version", "words"}, MAX_LAYER_BYTES)
    words = _list(untrusted["words"], "/words", MAX_WORDS)
    return PageLayer(tuple(_word(word, f"/words/{i}") for i, word in enumerate(words)))


def dump_text_view(view: TextView) -> bytes:
    """Return a text view as bytes: equal views give equal bytes."""
    return _dump({"version": _VERSION, "blocks": [_from_block(block) for block in view.blocks]})


def parse_text_view(untrusted_data: bytes) -> TextView:
    """Return a text view.

    Raises:
        MalformedError: Not the bytes of a text view.
    """
    untrusted = _parse(untrusted_data, {"version", "blocks"}, MAX_VIEW_BYTES)
    blocks = _list(untrusted["blocks"], "/blocks", MAX_BLOCKS)
    return TextView(tuple(_block(block, f"/blocks/{i}") for i, block in enumerate(blocks)))


def _dump(value: dict[str, Json]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode("utf-8"), compresslevel=6, mtime=0)


def _parse(untrusted_data: bytes, keys: set[str], max_bytes: int) -> dict[str, Json]:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        text = unpacker.decompress(untrusted_data, max_bytes)
        if not unpacker.eof or unpacker.unused_data:
            raise MalformedError("", "gzip")
        value = json.loads(text)
    except (zlib.error, ValueError, RecursionError):
        raise MalformedError("", "json") from None
    checked = _object(value, "", keys)
    _integer(checked["version"], "/version", _VERSION, _VERSION)
    return checked


def _object(untrusted: Json, pointer: str, keys: set[str]) -> dict[str, Json]:
    found = cast("dict[str, Json]", untrusted)
    if not isinstance(untrusted, dict) or set(found) != keys:
        raise MalformedError(pointer, "object")
    return found


def _list(untrusted: Json, pointer: str, longest: int) -> list[Json]:
    found = cast("list[Json]", untrusted)
    if not isinstance(untrusted, list) or len(found) > longest:
        raise MalformedError(pointer, "list")
    return found


def _integer(untrusted: Json, pointer: str, low: int, high: int) -> int:
    if type(untrusted) is not int or not low <= untrusted <= high:
        raise MalformedError(pointer, "integer")
    return untrusted


def _text(untrusted: Json, pointer: str, longest: int = MAX_TEXT_LENGTH) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > longest:
        raise MalformedError(pointer, "text")
    if any("\ud800" <= character <= "\udfff" for character in untrusted):
        raise MalformedError(pointer, "text")
    return untrusted


def _word(untrusted: Json, pointer: str) -> Word:
    fields = _list(untrusted, pointer, _WORD_FIELDS)
    if len(fields) != _WORD_FIELDS:
        raise MalformedError(pointer, "list")
    text = _text(fields[0], f"{pointer}/0", MAX_WORD_LENGTH)
    box = [_integer(side, f"{pointer}/{i}", 0, BOX_MAX) for i, side in enumerate(fields[1:], 1)]
    try:
        return Word(text=text, left=box[0], top=box[1], right=box[2], bottom=box[3])
    except ValueError:
        raise MalformedError(pointer, "word") from None


def _from_block(block: Block) -> dict[str, Json]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case ListItem(level=level, ordered=ordered, text=text):
            return {"kind": "list_item", "level": level, "ordered": ordered, "text": text}
        case Table(rows):
            return {"kind": "table", "rows": rows}
        case Picture(index, alt):
            return {"kind": "picture", "index": index, "alt": alt}


def _block(untrusted: Json, pointer: str) -> Block:
    for kind, (keys, make) in _BLOCKS.items():
        if isinstance(untrusted, dict) and cast("dict[str, Json]", untrusted).get("kind") == kind:
            return make(_object(untrusted, pointer, {"kind", *keys}), pointer)
    raise MalformedError(pointer, "block")


def _heading(fields: dict[str, Json], pointer: str) -> Block:
    level = _integer(fields["level"], f"{pointer}/level", 1, HEADING_LEVELS)
    return Heading(level, _text(fields["text"], f"{pointer}/text"))


def _paragraph(fields: dict[str, Json], pointer: str) -> Block:
    return Paragraph(_text(fields["text"], f"{pointer}/text"))


def _list_item(fields: dict[str, Json], pointer: str) -> Block:
    if not isinstance(fields["ordered"], bool):
        raise MalformedError(f"{pointer}/ordered", "boolean")
    return ListItem(
        level=_integer(fields["level"], f"{pointer}/level", 0, LIST_LEVELS),
        ordered=fields["ordered"],
        text=_text(fields["text"], f"{pointer}/text"),
    )


def _table(fields: dict[str, Json], pointer: str) -> Block:
    rows = _list(fields["rows"], f"{pointer}/rows", MAX_ROWS)
    return Table(tuple(_row(row, f"{pointer}/rows/{i}") for i, row in enumerate(rows)))


def _row(untrusted: Json, pointer: str) -> tuple[str, ...]:
    cells = _list(untrusted, pointer, MAX_ROW_CELLS)
    return tuple(_text(cell, f"{pointer}/{i}") for i, cell in enumerate(cells))


def _picture(fields: dict[str, Json], pointer: str) -> Block:
    index = _integer(fields["index"], f"{pointer}/index", 0, MAX_PICTURES - 1)
    return Picture(index, _text(fields["alt"], f"{pointer}/alt"))


_Maker = Callable[[dict[str, Json], str], Block]
_BLOCKS: dict[str, tuple[Sequence[str], _Maker]] = {
    "heading": (("level", "text"), _heading),
    "paragraph": (("text",), _paragraph),
    "list_item": (("level", "ordered", "text"), _list_item),
    "table": (("rows",), _table),
    "picture": (("index", "alt"), _picture),
}
