"""An identity that is found is neither in the words nor in the pixels of a page."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from assessor_app.domain.identities import MASK
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.render.pdf_mask import GREY
from assessor_app.render.results import Page, Rebuilt
from tests.render.pdf_maker import HEIGHT, WIDTH, line, note, pdf_of

NAME = ("Maria Lopez",)
PHOTO = "q 200 0 0 60 20 60 cm /Im Do Q\n"


def rebuilt_of(host: RenderHost, data: bytes, *, mask: bool = True) -> Rebuilt:
    return host.rebuild(SourceKind.PDF, data, identities=NAME, mask=mask)


def texts(page: Page) -> list[str]:
    return [word.text for word in page.layer.words]


def area(page: Page, left: float, bottom: float, right: float, top: float) -> NDArray[np.uint8]:
    """The pixels of a rectangle given in points."""
    image = Image.open(io.BytesIO(page.image)).convert("RGB")
    across, down = image.width / WIDTH, image.height / HEIGHT
    columns = slice(round(left * across), round(right * across))
    rows = slice(round((HEIGHT - top) * down), round((HEIGHT - bottom) * down))
    return np.asarray(image)[rows, columns]


def is_blank(pixels: NDArray[np.uint8]) -> bool:
    return bool((np.abs(pixels.astype(int) - GREY[0]) <= 12).all())


@pytest.mark.parametrize(
    ("content", "box"),
    [
        (line("by Maria Lopez, May", 20, 80, "/F3 12 Tf"), (43, 79, 120, 88)),
        (line("by Maria Lopez, May", 20, 80, "/F3 12 Tf 1 0 0 rg"), (43, 79, 120, 88)),
        (PHOTO + line("by Maria Lopez, May", 40, 80, "/F3 12 Tf"), (63, 79, 140, 88)),
        (line("by", 20, 80) + line("LOPEZ", 43, 80) + line("May", 130, 80), None),
    ],
)
def test_a_name_is_blank_in_the_pixels(
    rebuilder: RenderHost, content: str, box: tuple[float, float, float, float] | None
) -> None:
    data = pdf_of(content)
    (masked,) = rebuilt_of(rebuilder, data).pages
    (open_page,) = rebuilt_of(rebuilder, data, mask=False).pages

    if box is None:
        assert masked == open_page
        assert masked.hits == 0
        return
    assert not is_blank(area(open_page, *box))
    assert is_blank(area(masked, *box))
    assert texts(masked) == ["by", MASK, "May"]
    assert texts(open_page) == ["by", "Maria", "Lopez,", "May"]
    assert masked.hits == open_page.hits == 1


def test_what_is_beside_a_name_stays_as_it_was(rebuilder: RenderHost) -> None:
    data = pdf_of(line("by Maria Lopez, May", 20, 80, "/F3 12 Tf") + line("below", 20, 40))
    (masked,) = rebuilt_of(rebuilder, data).pages
    (open_page,) = rebuilt_of(rebuilder, data, mask=False).pages

    for box in ((15, 30, 200, 60), (15, 79, 36, 90), (137, 79, 170, 90)):
        assert (area(masked, *box) == area(open_page, *box)).all()


def test_a_name_broken_over_two_lines_is_blank_on_both(rebuilder: RenderHost) -> None:
    content = line("seen by Maria Lo-", 20, 120, "/F3 12 Tf") + line("pez", 20, 100, "/F3 12 Tf")
    (masked,) = rebuilt_of(rebuilder, pdf_of(content)).pages

    assert texts(masked) == ["seen", "by", MASK, MASK]
    assert is_blank(area(masked, 79, 119, 138, 128))
    assert is_blank(area(masked, 21, 99, 40, 105))
    assert masked.hits == 1


def test_the_hidden_text_under_a_scan_shows_where_the_name_stands(rebuilder: RenderHost) -> None:
    scan = PHOTO + line("Maria Lopez", 40, 80, "/F3 12 Tf 3 Tr")
    (masked,) = rebuilt_of(rebuilder, pdf_of(scan)).pages

    assert is_blank(area(masked, 42, 80, 115, 88))
    assert texts(masked) == []
    assert masked.hits == 1


def test_hidden_words_between_do_not_hide_a_name(rebuilder: RenderHost) -> None:
    content = (
        line("Maria", 20, 80, "/F3 12 Tf")
        + line("x", 58, 80, "/F3 12 Tf 3 Tr")
        + line("Lopez", 70, 80, "/F3 12 Tf")
    )
    (masked,) = rebuilt_of(rebuilder, pdf_of(content)).pages

    assert texts(masked) == [MASK]
    assert masked.hits == 1


def test_a_name_in_a_note_is_blank(rebuilder: RenderHost) -> None:
    (masked,) = rebuilt_of(rebuilder, pdf_of("", change=note("Maria Lopez", 4))).pages

    assert texts(masked) == [MASK]
    assert masked.hits == 1


def test_every_page_has_its_own_count(rebuilder: RenderHost) -> None:
    name = line("Maria Lopez", 20, 80) + line("M. Lopez", 20, 120)
    rebuilt = rebuilt_of(rebuilder, pdf_of(name, "", name))

    assert [page.hits for page in rebuilt.pages] == [2, 0, 2]
    assert rebuilt.hits == 4
