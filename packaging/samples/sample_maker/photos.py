"""Photos of paper: drawn, then photographed with an uneven light and a slight turn."""

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter

from sample_maker.handwriting import Pen

_CAMERA = {
    ExifTags.Base.Make: "Halvorsen",
    ExifTags.Base.Model: "HV-20",
    ExifTags.Base.Orientation: 1,
}
_CAMERA_OWNER = 0xA430


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """What is to be drawn on which paper, and how it is photographed."""

    seed: int
    size: tuple[int, int]
    draw: Callable[[Pen], None]
    ruled: str = "plain"
    paper: tuple[int, int, int] = (250, 248, 241)
    table: tuple[int, int, int] = (148, 116, 86)
    turn: float = 1.4
    behind: Callable[[Image.Image, random.Random], None] | None = None
    top: int = 0
    owner: str = ""

    def jpeg(self) -> bytes:
        """Return the photo as the bytes of a JPEG file."""
        rng = random.Random(self.seed)  # noqa: S311 (the same picture every time)
        sheet = _sheet(self, rng)
        draw = ImageDraw.Draw(sheet)
        self.draw(Pen(draw=draw, rng=rng))
        scene = _photograph(self, sheet, rng)
        out = io.BytesIO()
        scene.save(out, "JPEG", quality=74, exif=_exif(self.owner), optimize=True)
        return out.getvalue()


def _exif(owner: str) -> Image.Exif:
    exif = Image.Exif()
    for tag, value in _CAMERA.items():
        exif[tag] = value
    if owner:
        exif[ExifTags.Base.Artist] = owner
        exif[ExifTags.Base.Copyright] = f"(c) {owner}"
        exif.get_ifd(ExifTags.IFD.Exif)[_CAMERA_OWNER] = owner
    return exif


def _sheet(photo: Photo, rng: random.Random) -> Image.Image:
    sheet = Image.new("RGB", photo.size, photo.paper)
    _fibres(sheet, rng)
    draw = ImageDraw.Draw(sheet)
    width, height = photo.size
    blue = (182, 204, 222)
    if photo.ruled in {"lines", "squares"}:
        step = 64 if photo.ruled == "lines" else 42
        for y in range(130 if photo.ruled == "lines" else step, height, step):
            draw.line((0, y, width, y), fill=blue, width=2)
    if photo.ruled == "lines":
        draw.line((120, 0, 120, height), fill=(226, 158, 158), width=2)
    if photo.ruled == "squares":
        for x in range(42, width, 42):
            draw.line((x, 0, x, height), fill=blue, width=2)
    return sheet


def _fibres(sheet: Image.Image, rng: random.Random) -> None:
    draw = ImageDraw.Draw(sheet)
    width, height = sheet.size
    for _ in range(width * height // 2600):
        x, y = rng.randrange(width), rng.randrange(height)
        shade = rng.choice((-9, -5, 4))
        colour = tuple(max(0, min(255, c + shade)) for c in sheet.getpixel((x, y)) or ())
        draw.line((x, y, x + rng.randrange(-6, 7), y + rng.randrange(-3, 4)), fill=colour)


def _photograph(photo: Photo, sheet: Image.Image, rng: random.Random) -> Image.Image:
    margin = 70
    width, height = (side + 2 * margin for side in photo.size)
    height += photo.top
    scene = Image.new("RGB", (width, height), photo.table)
    _grain(scene, rng)
    if photo.behind:
        photo.behind(scene, rng)
    whole = Image.new("L", sheet.size, 255)
    turned = sheet.rotate(photo.turn, Image.Resampling.BICUBIC, expand=True)
    mask = whole.rotate(photo.turn, Image.Resampling.BICUBIC, expand=True)
    at = ((width - turned.width) // 2, (height + photo.top - turned.height) // 2)
    shadow = Image.new("L", scene.size, 0)
    shadow.paste(mask.point([level // 2 for level in range(256)]), (at[0] + 9, at[1] + 12))
    shadow = shadow.filter(ImageFilter.GaussianBlur(9))
    scene.paste((30, 22, 16), (0, 0), shadow)
    scene.paste(turned, at, mask)
    return _light(scene.filter(ImageFilter.GaussianBlur(0.7)))


def _grain(scene: Image.Image, rng: random.Random) -> None:
    draw = ImageDraw.Draw(scene)
    y = 0
    while y < scene.height:
        band = rng.randrange(3, 16)
        shade = rng.randrange(-10, 11)
        colour = tuple(max(0, min(255, c + shade)) for c in scene.getpixel((0, 0)) or ())
        draw.line((0, y, scene.width, y + rng.randrange(-8, 9)), fill=colour, width=band)
        y += band


def _light(scene: Image.Image) -> Image.Image:
    """Return the scene lit from the upper left: a gradient, multiplied."""
    small = Image.new("L", (16, 12))
    small.putdata([255 - 2 * x - 3 * y - x * y // 8 for y in range(12) for x in range(16)])
    falloff = small.resize(scene.size, Image.Resampling.BICUBIC)
    tinted = Image.merge(
        "RGB",
        (
            falloff,
            falloff.point([level * 251 // 255 for level in range(256)]),
            falloff.point([level * 240 // 255 for level in range(256)]),
        ),
    )
    return ImageChops.multiply(scene, tinted)
