from collections.abc import Iterator

import pytest

from assessor_app.render.errors import RenderCode, RenderError
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from tests.render.pictures import drawing, huge_png, packed, page_image


@pytest.fixture(scope="module")
def viewer() -> Iterator[RenderHost]:
    with RenderHost(ProfileName.VIEWER) as host:
        yield host


def test_pixels_are_blue_green_red_and_full(viewer: RenderHost) -> None:
    pixels = viewer.decode(page_image(), max_width=500, max_height=500)

    at = (25 * pixels.width_px + 30) * 4
    assert (pixels.width_px, pixels.height_px) == (100, 80)
    assert pixels.data[at : at + 4] == bytes((0, 0, 255, 255))
    assert pixels.data[:4] == b"\xff\xff\xff\xff"


@pytest.mark.parametrize(
    ("box", "size"), [((50, 80), (50, 40)), ((100, 20), (25, 20)), ((1, 1), (1, 1))]
)
def test_a_page_is_fitted_into_its_box(
    viewer: RenderHost, box: tuple[int, int], size: tuple[int, int]
) -> None:
    pixels = viewer.decode(page_image(), max_width=box[0], max_height=box[1])

    assert (pixels.width_px, pixels.height_px) == size


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", RenderCode.EMPTY),
        (b"RIFF", RenderCode.BROKEN),
        (page_image()[:60], RenderCode.BROKEN),
        (packed(drawing(), "PNG"), RenderCode.BROKEN),
        (packed(drawing(), "JPEG"), RenderCode.BROKEN),
        (huge_png(20_000, 20_000), RenderCode.BROKEN),
        (packed(drawing(6000, 6000), "WEBP", quality=1), RenderCode.TOO_LARGE),
    ],
)
def test_what_is_no_page_image_is_refused_and_the_next_is_shown(
    viewer: RenderHost, data: bytes, code: RenderCode
) -> None:
    with pytest.raises(RenderError) as refused:
        viewer.decode(data, max_width=50, max_height=50)

    assert refused.value.code is code
    assert viewer.decode(page_image(), max_width=50, max_height=50).width_px == 50
