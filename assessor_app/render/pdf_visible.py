"""Which glyphs ink the page: take their objects away and see whether the pixels change.

Objects whose glyphs touch the same pixels go into different groups, so that what disappears with
a group can only have been its own.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assessor_app.render.pdf_glyphs import Glyphs
from assessor_app.render.pdfium import Page, Raster

MAX_GROUPS = 8
TEST_DPI = 96
LONG_SIDE_PX = 1587
_CHANGED = 32
_INKED_SHARE = 0.03

Boxes = NDArray[np.int64]
Flags = NDArray[np.bool_]


def visible_glyphs(page: Page, glyphs: Glyphs) -> Flags:
    """Return which glyphs are seen. Those of objects beyond the last group count as unseen."""
    seen = np.zeros(len(glyphs.codes), np.bool_)
    whole = _draw(page)
    _, height, width = whole.shape
    boxes = _pixel_boxes(glyphs, width, height)
    groups = _groups(glyphs, boxes, (height, width))
    for group in groups:
        members = [index for indices in group.values() for index in indices]
        page.draw_objects(group, drawn=False)
        changed = _difference(whole, _draw(page))
        page.draw_objects(group, drawn=True)
        seen[members] = _inked(changed, boxes[members])
    return seen


def _draw(page: Page) -> Raster:
    """Return shape (3, height, width): planes of their own are many times faster to compare."""
    pixels = page.draw(dpi=TEST_DPI, long_side_px=LONG_SIDE_PX)
    return np.stack([pixels[:, :, channel] for channel in range(3)])


def _pixel_boxes(glyphs: Glyphs, width: int, height: int) -> Boxes:
    """Return all pixels that a glyph's ink may touch; nothing where a box is off the page."""
    size = np.array((width, height))
    low = np.clip(np.floor(glyphs.boxes[:, :2] * size), 0, size)
    high = np.clip(np.ceil(glyphs.boxes[:, 2:] * size), 0, size)
    return np.hstack((low, high)).astype(np.int64)


def _groups(glyphs: Glyphs, boxes: Boxes, shape: tuple[int, int]) -> list[dict[int, list[int]]]:
    """Share the objects out: in a group no pixel belongs to glyphs of two objects."""
    members: dict[int, list[int]] = {}
    for index, address in enumerate(glyphs.objects):
        if address:
            members.setdefault(address, []).append(index)
    groups: list[dict[int, list[int]]] = []
    taken: list[Flags] = []
    for address, indices in members.items():
        areas = [(slice(b[1], b[3]), slice(b[0], b[2])) for b in boxes[indices].tolist()]
        number = next((n for n, t in enumerate(taken) if not _any(t, areas)), len(taken))
        if number == MAX_GROUPS:
            continue
        if number == len(taken):
            taken.append(np.zeros(shape, np.bool_))
            groups.append({})
        groups[number][address] = indices
        for area in areas:
            taken[number][area] = True
    return groups


def _any(taken: Flags, areas: Sequence[tuple[slice, slice]]) -> bool:
    return any(taken[area].any() for area in areas)


def _difference(one: Raster, two: Raster) -> Flags:
    difference: Raster = (np.maximum(one, two) - np.minimum(one, two)).max(axis=0)
    changed: Flags = difference >= _CHANGED
    return changed


def _inked(changed: Flags, boxes: Boxes) -> Flags:
    """Return for which boxes enough pixels changed, by sums over the whole raster."""
    sums = np.zeros((changed.shape[0] + 1, changed.shape[1] + 1), np.int32)
    np.cumsum(changed, axis=0, dtype=np.int32, out=sums[1:, 1:])
    np.cumsum(sums, axis=1, out=sums)
    left, top, right, bottom = boxes.T
    inked = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    area = (right - left) * (bottom - top)
    enough: Flags = inked >= np.maximum(1, np.ceil(area * _INKED_SHARE))
    return enough
