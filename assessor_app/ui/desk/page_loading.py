"""Work that brings one page or text view from the store to pixels; plain values in and out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from assessor_app.domain.errors import AppError
from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.packet import Artifact, Page
from assessor_app.render.host import RenderHost
from assessor_app.render.results import Pixels
from assessor_app.usecases.packet import page_image, page_layer, text_view
from assessor_app.usecases.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page of a source (`is_picture`: of its text view) and the pixels it should fill."""

    source: str
    index: int
    page: Page
    width_px: int
    height_px: int
    is_picture: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The encoded page as it is stored; None is not here yet."""

    wanted: Wanted
    image: bytes | None = field(repr=False)
    layer: PageLayer = field(default_factory=PageLayer)
    error: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The pixels, or why there are none."""

    stored: Stored
    pixels: Pixels | None
    error: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedText:
    """A text view, the words of all pages, or why there are none."""

    source: str
    view: TextView | None = None
    layers: tuple[PageLayer | None, ...] = ()
    error: AppError | None = None


def load_page(workbench: Workbench, wanted: Wanted) -> Callable[[], Stored]:
    """Return work for the STORE lane."""

    def work() -> Stored:
        try:
            image = workbench.prepare(page_image, wanted.page.image)()
            layer = workbench.prepare(page_layer, wanted.page.layer)()
        except AppError as error:
            return Stored(wanted=wanted, image=None, error=error)
        return Stored(wanted=wanted, image=image, layer=layer or PageLayer())

    return work


def decode_page(render: RenderHost, stored: Stored) -> Callable[[], Decoded]:
    """Return work for the RENDER lane."""

    def work() -> Decoded:
        wanted = stored.wanted
        try:
            pixels = render.decode(
                stored.image or b"", max_width=wanted.width_px, max_height=wanted.height_px
            )
        except AppError as error:
            return Decoded(stored=stored, pixels=None, error=error)
        return Decoded(stored=stored, pixels=pixels)

    return work


def load_text(workbench: Workbench, artifact: Artifact) -> Callable[[], LoadedText]:
    """Return work for the STORE lane that brings the text view of an artifact."""

    def work() -> LoadedText:
        source = str(artifact.id)
        if artifact.text is None:
            return LoadedText(source=source)
        try:
            view = workbench.prepare(text_view, artifact.text.view)()
        except AppError as error:
            return LoadedText(source=source, error=error)
        return LoadedText(source=source, view=view)

    return work


def load_layers(workbench: Workbench, artifact: Artifact) -> Callable[[], LoadedText]:
    """Return work for the STORE lane that brings the words of every page, to search in."""

    def work() -> LoadedText:
        source = str(artifact.id)
        layers: list[PageLayer | None] = []
        for page in artifact.pages:
            try:
                layers.append(workbench.prepare(page_layer, page.layer)())
            except AppError:
                layers.append(None)
        return LoadedText(source=source, layers=tuple(layers))

    return work
