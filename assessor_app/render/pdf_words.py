"""Glyphs become words: those a reader can see, and those that are only there."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assessor_app.render.clean import clean
from assessor_app.render.pdf_glyphs import Glyphs
from assessor_app.render.pdfium import Floats

_HYPHENS = frozenset({0xFFFE, 0x0002, 0x00AD})
_SMALLEST_PT = 2.0
_NARROWEST_EM = 0.2
_THINNEST = 0.03
_STROKES = frozenset({"Pd", "Pc", "Sm", "Lm", "Sk", "Po"})
"""Dashes, lines and dots are thin by nature."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWord:
    """A word of a page with its box as shares of the page; `seen` if a reader can see it."""

    text: str = field(repr=False)
    box: tuple[float, float, float, float]
    seen: bool


def words_of(glyphs: Glyphs, seen: Flags) -> Iterator[FoundWord]:
    """Yield the words in reading order. Where a word is half covered, its halves are words."""
    for run in _runs(glyphs, seen):
        text = _text([glyphs.codes[index] for index in run])
        if not text:
            continue
        boxes = glyphs.boxes[run]
        left, top = boxes[:, :2].min(axis=0).tolist()
        right, bottom = boxes[:, 2:].max(axis=0).tolist()
        yield FoundWord(
            text=text,
            box=(left, top, right, bottom),
            seen=bool(seen[run[0]]) and _is_legible(glyphs, run, text),
        )


def _runs(glyphs: Glyphs, seen: Flags) -> Iterator[list[int]]:
    """Yield the indices of each run of glyphs without a gap, all seen or all unseen."""
    run: list[int] = []
    for index, code in enumerate(glyphs.codes):
        is_gap = code in _HYPHENS or chr(code).isspace() or code == 0
        if run and (is_gap or seen[run[-1]] != seen[index]):
            yield [*run, index] if code in _HYPHENS else run
            run = []
        if not is_gap:
            run.append(index)
    if run:
        yield run


def _text(codes: list[int]) -> str:
    units = b"".join((0x2D if c in _HYPHENS else c).to_bytes(2, "little") for c in codes)
    text = units.decode("utf-16-le", "replace")
    return "".join(clean(_parted(text)).split())


def _parted(text: str) -> str:
    """Write ligatures as their letters, as a reader would type them."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufb06" else letter
        for letter in text
    )


def _is_legible(glyphs: Glyphs, run: list[int], text: str) -> bool:
    """Return whether the glyphs are large, wide and thick enough to be read at all."""
    page = np.array((*glyphs.page_pt, *glyphs.page_pt))
    cells, inks = glyphs.cells[run] * page, glyphs.boxes[run] * page
    em_pt = float(_sides(cells).max())
    extent = cells[:, 2:].max(axis=0) - cells[:, :2].min(axis=0)
    if em_pt < _SMALLEST_PT or float(extent.max()) < _NARROWEST_EM * em_pt * len(run):
        return False
    if any(unicodedata.category(letter) in _STROKES for letter in text):
        return True
    sides = _sides(inks)
    return bool((sides.min(axis=1) >= _THINNEST * sides.max(axis=1)).any())


def _sides(boxes: Floats) -> Floats:
    return boxes[:, 2:] - boxes[:, :2]
