"""Which glyphs ink the page: take their objects away and see whether the pixels change.

Objects whose glyphs touch the same pixels go into different groups, so that what disappears with
a group can only have been its own.
"""

import ctypes
from collections.abc import Callable, Sequence

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from assessor_app.render.pdf_glyphs import Glyphs

MAX_GROUPS = 8
TEST_DPI = 96
LONG_SIDE_PX = 1587
_CHANGED = 32
_INKED_SHARE = 0.03

Boxes = NDArray[np.int64]
Flags = NDArray[np.bool_]
Raster = NDArray[np.uint8]


def visible_glyphs(page: pypdfium2.PdfPage, glyphs: Glyphs) -> tuple[Flags, Flags]:
    """Return which glyphs are seen, and which are beyond the last group and so untested."""
    seen = np.zeros(len(glyphs.codes), np.bool_)
    whole = _render(page)
    height, width = whole.shape[:2]
    boxes = _pixel_boxes(glyphs, width, height)
    groups, untested = _groups(glyphs, boxes, (height, width))
    for group in groups:
        members = [index for indices in group.values() for index in indices]
        changed = _without(group, lambda: _render(page))
        seen[members] = _inked(_difference(whole, changed), boxes[members])
    return seen, untested


def _render(page: pypdfium2.PdfPage) -> Raster:
    scale = min(TEST_DPI / 72, LONG_SIDE_PX / max(page.get_size()))
    bitmap = page.render(scale=scale, may_draw_forms=False, prefer_bgrx=True)
    pixels = np.array(bitmap.to_numpy()[:, :, :3])
    bitmap.close()
    return pixels


def _pixel_boxes(glyphs: Glyphs, width: int, height: int) -> Boxes:
    """Return all pixels that a glyph's ink may touch; nothing where a box is off the page."""
    size = np.array((width, height))
    low = np.clip(np.floor(glyphs.boxes[:, :2] * size), 0, size)
    high = np.clip(np.ceil(glyphs.boxes[:, 2:] * size), 0, size)
    return np.hstack((low, high)).astype(np.int64)


def _groups(
    glyphs: Glyphs, boxes: Boxes, shape: tuple[int, int]
) -> tuple[list[dict[int, list[int]]], Flags]:
    """Share the objects out: in a group no pixel belongs to glyphs of two objects."""
    members: dict[int, list[int]] = {}
    for index, address in enumerate(glyphs.objects):
        if address:
            members.setdefault(address, []).append(index)
    groups: list[dict[int, list[int]]] = []
    taken: list[Flags] = []
    untested = np.zeros(len(glyphs.codes), np.bool_)
    for address, indices in members.items():
        areas = [(slice(b[1], b[3]), slice(b[0], b[2])) for b in boxes[indices].tolist()]
        number = next((n for n, t in enumerate(taken) if not _any(t, areas)), len(taken))
        if number == MAX_GROUPS:
            untested[indices] = True
            continue
        if number == len(taken):
            taken.append(np.zeros(shape, np.bool_))
            groups.append({})
        groups[number][address] = indices
        for area in areas:
            taken[number][area] = True
    return groups, untested


def _any(taken: Flags, areas: Sequence[tuple[slice, slice]]) -> bool:
    return any(taken[area].any() for area in areas)


def _without(group: dict[int, list[int]], render: Callable[[], Raster]) -> Raster:
    """Render while the objects of a group are switched off."""
    for address in group:
        raw.FPDFPageObj_SetIsActive(_pointer(address), 0)
    try:
        return render()
    finally:
        for address in group:
            raw.FPDFPageObj_SetIsActive(_pointer(address), 1)


def _pointer(address: int) -> ctypes.c_void_p:
    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def _difference(one: Raster, two: Raster) -> Flags:
    return (np.maximum(one, two) - np.minimum(one, two)).max(axis=2) >= _CHANGED


def _inked(changed: Flags, boxes: Boxes) -> Flags:
    """Return for which boxes enough pixels changed, by sums over the whole raster."""
    sums = np.zeros((changed.shape[0] + 1, changed.shape[1] + 1), np.int64)
    sums[1:, 1:] = changed.cumsum(axis=0).cumsum(axis=1)
    left, top, right, bottom = boxes.T
    inked = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    area = (right - left) * (bottom - top)
    return inked >= np.maximum(1, np.ceil(area * _INKED_SHARE))
