"""Pictures made by code."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def packed(image: Image.Image, form: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def drawing(width: int = 300, height: int = 200) -> Image.Image:
    """A red box in the top left corner of a white sheet."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((10, 10, 60, 40), fill="red")
    return image


def photo(width: int = 300, height: int = 200) -> Image.Image:
    """Noise over a gradient: no two neighbours are equal."""
    noise = Image.effect_noise((width, height), 80)
    slope = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, slope, Image.effect_noise((width, height), 40)))


def page_image(width: int = 100, height: int = 80) -> bytes:
    return packed(drawing(width, height), "WEBP", lossless=True)


def huge_png(width: int, height: int) -> bytes:
    """A small file that unpacks to very many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def huge_gif(width: int, height: int) -> bytes:
    """A header that promises very many pixels, and hardly a byte of them."""
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    picture = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + screen + picture + b";"
