"""Page images: size, encoding, and equal bytes for equal files."""

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image

from assessor_app.domain.packet import PageMode
from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.render.profiles import ProfileName
from assessor_app.render.results import Page
from tests.render.pdf_maker import line, pdf_of
from tests.render.pictures import drawing, packed, photo

TEXT = "".join(line("all kinds of words to read", 20, y) for y in range(20, 180, 15))


def sized(width: float, height: float) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(width, height))
        made = io.BytesIO()
        pdf.save(made)
        return made.getvalue()


def picture(host: RenderHost, data: bytes) -> Page:
    (page,) = host.rebuild(SourceKind.IMAGE, data).pages
    return page


def colour(page: Page, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue = np.asarray(opened(page).convert("RGB"))[y, x].tolist()
    return red, green, blue


def opened(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.image))


@pytest.mark.parametrize(
    ("points", "pixels"),
    [
        ((595, 842), (1240, 1755)),
        ((842, 1191), (1753, 2480)),
        ((4000, 2000), (2480, 1240)),
        ((14400, 3), (2480, 1)),
    ],
)
def test_a_page_has_150_dots_an_inch_up_to_a3(
    rebuilder: RenderHost, points: tuple[int, int], pixels: tuple[int, int]
) -> None:
    (page,) = rebuilder.rebuild(SourceKind.PDF, sized(*points)).pages

    assert (page.width_pt, page.height_pt) == points
    assert abs(page.width_px - pixels[0]) <= 1
    assert abs(page.height_px - pixels[1]) <= 1
    assert opened(page).size == (page.width_px, page.height_px)


def test_text_is_lossless_and_its_white_is_white(rebuilder: RenderHost) -> None:
    (page,) = rebuilder.rebuild(SourceKind.PDF, pdf_of(TEXT)).pages

    assert page.mode is PageMode.LOSSLESS
    assert colour(page, 2, 2) == (255, 255, 255)


def test_colours_are_lossless_and_their_white_is_white(rebuilder: RenderHost) -> None:
    colours = "".join(
        line("colourful", 20, 20 + 15 * i, f"{i / 10} 0.2 {1 - i / 10} rg") for i in range(10)
    )
    (page,) = rebuilder.rebuild(SourceKind.PDF, pdf_of(colours)).pages

    pixels = np.asarray(opened(page).convert("RGB"))
    assert page.mode is PageMode.LOSSLESS
    assert (pixels[0] == 255).all()
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) <= 256


def test_a_photo_is_lossy(rebuilder: RenderHost) -> None:
    assert picture(rebuilder, packed(photo(), "PNG")).mode is PageMode.LOSSY


def test_equal_files_give_equal_bytes_in_another_process(rebuilder: RenderHost) -> None:
    files = [
        (SourceKind.PDF, pdf_of(TEXT, "q 200 0 0 60 20 60 cm /Im Do Q")),
        (SourceKind.IMAGE, packed(photo(), "JPEG")),
        (SourceKind.IMAGE, packed(drawing(), "PNG")),
    ]
    first = [rebuilder.rebuild(kind, data) for kind, data in files]

    with RenderHost(ProfileName.REBUILD) as other:
        assert [other.rebuild(kind, data) for kind, data in reversed(files)] == first[::-1]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_of_four_formats_become_pages(rebuilder: RenderHost, form: str) -> None:
    page = picture(rebuilder, packed(drawing(), form))

    red, green, blue = colour(page, 30, 25)
    assert (page.width_px, page.height_px) == (300, 200)
    assert red > 200
    assert green + blue < 90


def test_a_large_picture_is_made_smaller(rebuilder: RenderHost) -> None:
    page = picture(rebuilder, packed(drawing(5000, 1000), "PNG"))

    assert (page.width_px, page.height_px) == (2480, 496)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        (1, (30, 25)),
        (2, (270, 25)),
        (3, (270, 175)),
        (4, (30, 175)),
        (5, (25, 30)),
        (6, (175, 30)),
        (7, (175, 270)),
        (8, (25, 270)),
    ],
)
def test_a_picture_is_upright_without_its_metadata(
    rebuilder: RenderHost, orientation: int, red_at: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Maria Lopez"
    data = packed(drawing(), "JPEG", exif=exif, comment=b"Maria Lopez", quality=95)
    page = picture(rebuilder, data)

    red, green, _ = colour(page, *red_at)
    assert b"Maria Lopez" in data
    assert b"Maria" not in page.image
    assert red - green > 150
    assert not opened(page).getexif()


def test_transparent_is_white(rebuilder: RenderHost) -> None:
    page = picture(rebuilder, packed(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))

    assert colour(page, 5, 5) == (255, 255, 255)


def test_only_the_first_frame_is_kept(rebuilder: RenderHost) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    data = packed(frames[0], "GIF", save_all=True, append_images=frames[1:])
    rebuilt = rebuilder.rebuild(SourceKind.IMAGE, data)

    (finding,) = rebuilt.findings
    assert finding.count == 2
    assert colour(rebuilt.pages[0], 5, 5) == (255, 0, 0)


def test_a_picture_of_another_format_is_refused(rebuilder: RenderHost) -> None:
    for form in ("BMP", "TIFF", "PPM", "ICO"):
        with pytest.raises(RenderError) as refused:
            rebuilder.rebuild(SourceKind.IMAGE, packed(drawing(64, 64), form))
        assert refused.value.code is RenderCode.BROKEN
