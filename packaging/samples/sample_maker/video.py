"""A short film: JPEG pictures in an AVI container, a second each."""

import io
import struct

from PIL import Image

_RATE_US = 1_000_000


def film(pictures: tuple[Image.Image, ...]) -> bytes:
    """Return the film of the pictures, which are of one size."""
    width, height = pictures[0].size
    frames = [_jpeg(picture) for picture in pictures]
    biggest = max(map(len, frames))
    main = struct.pack(
        "<14I", _RATE_US, biggest, 0, 0x10, len(frames), 0, 1, biggest, width, height, 0, 0, 0, 0
    )
    stream = b"vidsMJPG" + struct.pack(
        "<IHHIIIIIIII4H", 0, 0, 0, 0, 1, 1, 0, len(frames), biggest, 10_000, 0, 0, 0, width, height
    )
    picture = struct.pack(
        "<IiiHH4sIiiII", 40, width, height, 1, 24, b"MJPG", width * height * 3, 0, 0, 0, 0
    )
    stream_list = _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", picture))
    headers = _list(b"hdrl", _chunk(b"avih", main) + stream_list)
    movie = b"".join(_chunk(b"00dc", frame) for frame in frames)
    index, at = b"", 4
    for frame in frames:
        index += b"00dc" + struct.pack("<III", 0x10, at, len(frame))
        at += 8 + len(frame) + len(frame) % 2
    body = headers + _list(b"movi", movie) + _chunk(b"idx1", index)
    return _chunk(b"RIFF", b"AVI " + body)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _list(name: bytes, data: bytes) -> bytes:
    return _chunk(b"LIST", name + data)
