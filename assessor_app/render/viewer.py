"""The viewer profile: platform-made page images become pixels of the size asked for."""

import io
from collections.abc import Iterator
from types import MappingProxyType

from PIL import Image, ImageChops

from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.frames import FrameKind, Reader
from assessor_app.render.limits import (
    MAX_PAGE_IMAGE_BYTES,
    MAX_SHOWN_PIXELS,
    MAX_SHOWN_SIDE_PX,
)
from assessor_app.render.profiles import Message, Profile


def _decode(request: Reader) -> Iterator[Message]:
    max_width = request.integer(1, MAX_SHOWN_SIDE_PX)
    max_height = request.integer(1, MAX_SHOWN_SIDE_PX)
    data = request.blob(MAX_PAGE_IMAGE_BYTES)
    request.end()
    image = _fitted(io.BytesIO(data), max_width, max_height)
    pixels = image.convert("RGBA").tobytes("raw", "BGRA")
    yield FrameKind.PIXELS, (image.width, image.height, pixels)


def _fitted(source: io.BytesIO, max_width: int, max_height: int) -> Image.Image:
    """Return the picture, made smaller if it must be, never larger."""
    opened = Image.open(source, formats=["WEBP"])
    width, height = opened.size
    if width * height > MAX_SHOWN_PIXELS:
        raise RenderError(RenderCode.TOO_LARGE)
    image = opened.convert("RGB")
    scale = min(max_width / width, max_height / height, 1.0)
    if scale == 1.0:
        return image
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return _single_band(image).resize(size, Image.Resampling.BILINEAR)


def _single_band(image: Image.Image) -> Image.Image:
    """Return a grey image as one band, which takes a third of the time to resize."""
    red, green, blue = image.split()
    for band in (green, blue):
        if ImageChops.difference(red, band).getbbox() is not None:
            return image
    return red


def _warm() -> None:
    for lossless in (True, False):
        made = io.BytesIO()
        Image.new("RGBA", (8, 8), "white").save(made, "WEBP", lossless=lossless)
        Image.new("RGB", (8, 8), "white").save(made := io.BytesIO(), "WEBP", lossless=lossless)
        _fitted(made, 4, 4).convert("RGBA").tobytes("raw", "BGRA")
    _single_band(Image.new("RGB", (8, 8), "red")).resize((4, 4), Image.Resampling.BILINEAR)


PROFILE = Profile(
    memory_bytes=512 * 1024 * 1024,
    warm=_warm,
    handlers=MappingProxyType({FrameKind.DECODE: _decode}),
)
