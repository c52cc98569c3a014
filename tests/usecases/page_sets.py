"""Packets whose page sets were rebuilt from PDF files by the render worker, and pins on them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assessor_app.domain.evidence import PageLayer, Paragraph, TextView
from assessor_app.domain.ids import ArtifactId, CriterionId, PinId, Sha256
from assessor_app.domain.packet import Artifact, Blob, Packet, Page, TextRendition
from assessor_app.domain.page_text import quote
from assessor_app.domain.quotes import words_in
from assessor_app.domain.review import Pin, Place, PlaceKind, Region
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.wire.evidence import dump_layer, dump_text_view
from tests.render.pdf_maker import line, pdf_of
from tests.store.making import blob_of, packet

GOAL = "The coachee chose the goal herself"
TALK = "We met again on Tuesday"
TICKETS = "Nineteen of twenty-six gave a reason"


def sheet(*lines: str, top: float = 170, left: float = 20) -> str:
    """Return the content of a page with these lines below each other."""
    return "".join(line(text, left, top - 20 * at) for at, text in enumerate(lines))


@dataclass(slots=True)
class Shelf:
    """The words of blobs, as the store would give them."""

    layers: dict[Sha256, PageLayer] = field(default_factory=dict[Sha256, PageLayer])
    views: dict[Sha256, TextView] = field(default_factory=dict[Sha256, TextView])

    def layer(self, blob: Blob) -> PageLayer | None:
        return self.layers.get(blob.sha256)

    def view(self, blob: Blob) -> TextView | None:
        return self.views.get(blob.sha256)

    def pages(self, rebuilder: RenderHost, *sheets: str) -> tuple[Page, ...]:
        """Rebuild sheets into pages and keep their words."""
        made: list[Page] = []
        for page in rebuilder.rebuild(SourceKind.PDF, pdf_of(*sheets)).pages:
            layer = blob_of(dump_layer(page.layer))
            self.layers[layer.sha256] = page.layer
            made.append(
                Page(
                    image=blob_of(page.image),
                    layer=layer,
                    width_px=page.width_px,
                    height_px=page.height_px,
                    width_pt=page.width_pt,
                    height_pt=page.height_pt,
                    mode=page.mode,
                )
            )
        return tuple(made)

    def text(self, *paragraphs: str) -> TextRendition:
        """Make a text view of paragraphs."""
        view = TextView(tuple(Paragraph(text) for text in paragraphs))
        blob = blob_of(dump_text_view(view))
        self.views[blob.sha256] = view
        return TextRendition(view=blob)

    def words_of(self, pin: Pin, of: Packet) -> str:
        """Return what a pin on a page really quotes in a packet."""
        page = of.artifact(ArtifactId(pin.place.source)).pages[pin.place.page]
        return quote(self.layers[page.layer.sha256], pin.place.start, pin.place.end)


def packet_of(*artifacts: Artifact) -> Packet:
    return replace(packet(), artifacts=artifacts)


def artifact(name: str, pages: Iterable[Page] = (), text: TextRendition | None = None) -> Artifact:
    base = packet().artifacts[0]
    return replace(base, id=ArtifactId(name), pages=tuple(pages), text=text)


def pin_on(shelf: Shelf, of: Packet, words: str, *, name: str = "A1", page: int = 0) -> Pin:
    """Pin words on a page as the desk does."""
    shown = of.artifact(ArtifactId(name)).pages[page]
    layer = shelf.layers[shown.layer.sha256]
    texts = [word.text for word in layer.words]
    wanted = words.split()
    start = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted)
    return _pin(
        Place(
            kind=PlaceKind.PAGE_TEXT,
            source=name,
            sha256=shown.image.sha256,
            page=page,
            start=start,
            end=start + len(wanted),
            quote=quote(layer, start, start + len(wanted)),
        )
    )


def pin_region(shelf: Shelf, of: Packet, region: Region) -> Pin:
    """Draw a region on the first page of A1 as the desk does."""
    shown = of.artifact(ArtifactId("A1")).pages[0]
    layer = shelf.layers[shown.layer.sha256]
    return _pin(
        Place(
            kind=PlaceKind.REGION,
            source="A1",
            sha256=shown.image.sha256,
            quote=quote(layer, *words_in(layer, region)),
            region=region,
        )
    )


def pin_in_text(of: Packet, block: int, start: int, words: str) -> Pin:
    rendition = of.artifact(ArtifactId("A1")).text
    return _pin(
        Place(
            kind=PlaceKind.TEXT,
            source="A1",
            sha256=rendition.view.sha256 if rendition else None,
            page=block,
            start=start,
            end=start + len(words),
            quote=words,
        )
    )


def _pin(place: Place) -> Pin:
    return Pin(id=PinId("pin"), criterion=CriterionId("plan"), place=place)
