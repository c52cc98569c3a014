"""Reads the small part of Markdown in which the text of documents and slides is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block. `level` is a heading's; `rows` a table's."""

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one face."""

    text: str
    bold: bool = False
    italic: bool = False


def blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a text; a paragraph is one line."""
    rows: list[tuple[str, ...]] = []
    for line in (*source.splitlines(), ""):
        if line.startswith("|"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            if not all(set(cell) <= set("-") for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield Block(kind=Kind.TABLE, rows=tuple(rows))
            rows = []
        if line.strip():
            yield _line(line)


def _line(line: str) -> Block:
    if found := re.match(r"(#+) (.*)", line):
        return Block(kind=Kind.HEADING, text=found[2], level=len(found[1]))
    for kind, mark in ((Kind.BULLET, r"- "), (Kind.NUMBER, r"\d+\. "), (Kind.QUOTE, r"> ")):
        if found := re.match(mark, line):
            return Block(kind=kind, text=line[found.end() :])
    return Block(kind=Kind.PARAGRAPH, text=line)


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of one line."""
    end = 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        if found["bold"]:
            yield Run(found["bold"], bold=True)
        else:
            yield Run(found["italic"], italic=True)
        end = found.end()
    if end < len(text):
        yield Run(text[end:])
