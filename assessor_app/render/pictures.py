"""Pictures of earners become page images: own pixels, upright, without metadata."""

import io
from types import MappingProxyType

from PIL import Image, UnidentifiedImageError

from assessor_app.domain.evidence import PageLayer
from assessor_app.render.encode import encode
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.limits import LONG_SIDE_PX, MAX_SOURCE_PIXELS
from assessor_app.render.results import Page

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_ORIENTATION = 0x0112
_UPRIGHT = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)


def picture_page(data: bytes) -> tuple[Page, int]:
    """Return a picture as a page without words, and how many further frames it had.

    Raises:
        RenderError: Not one of the four formats, or too many pixels.
    """
    image, further_frames = _opened(data)
    content, mode = encode(image)
    page = Page(
        image=content,
        width_px=image.width,
        height_px=image.height,
        width_pt=image.width,
        height_pt=image.height,
        mode=mode,
        layer=PageLayer(),
        hits=0,
    )
    return page, further_frames


def _opened(data: bytes) -> tuple[Image.Image, int]:
    try:
        source = Image.open(io.BytesIO(data), formats=FORMATS)
        source.draft("RGB", (LONG_SIDE_PX, LONG_SIDE_PX))
        if source.width * source.height > MAX_SOURCE_PIXELS:
            raise RenderError(RenderCode.TOO_LARGE)
        further_frames = int(getattr(source, "n_frames", 1)) - 1
        source.seek(0)
        turn = _UPRIGHT.get(source.getexif().get(_ORIENTATION, 1))
        image = _on_white(source)
    except Image.DecompressionBombError:
        raise RenderError(RenderCode.TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise RenderError(RenderCode.BROKEN) from None
    image.thumbnail((LONG_SIDE_PX, LONG_SIDE_PX), Image.Resampling.LANCZOS)
    return (image if turn is None else image.transpose(turn)), further_frames


def _on_white(source: Image.Image) -> Image.Image:
    """Return the picture in RGB; where it is transparent it is white."""
    if not source.has_transparency_data:
        return source.convert("RGB")
    ground = Image.new("RGBA", source.size, "white")
    return Image.alpha_composite(ground, source.convert("RGBA")).convert("RGB")
