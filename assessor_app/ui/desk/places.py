"""From what the assessor selects to a pin's place, and from places to marks and words."""

from dataclasses import dataclass

from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.ids import ArtifactId, Sha256
from assessor_app.domain.packet import Packet
from assessor_app.domain.page_text import quote
from assessor_app.domain.quotes import words_in
from assessor_app.domain.review import Pin, Place, PlaceKind, Review
from assessor_app.domain.rubric import Rubric
from assessor_app.ui.desk.sources import passages_of_view, tr
from assessor_app.ui.evidence.page_marks import PageMark
from assessor_app.ui.evidence.pane import Selected
from assessor_app.ui.evidence.reading_text import PassageMark

SHOWN_QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What of the present source is loaded: the words of pages, or the text view."""

    packet: Packet
    layers: dict[int, PageLayer]
    view: TextView | None = None


def place_of(selected: Selected, seen: Seen) -> Place:
    """Return the place of a selection, with quote and content hash to find it again."""
    if selected.in_pages:
        return _place_on_page(selected, seen)
    part, _, prompt = selected.source.partition("/")
    if prompt:
        text = _response(seen.packet, part, prompt)
        kind, sha256 = PlaceKind.RESPONSE, None
    else:
        artifact = seen.packet.artifact(ArtifactId(selected.source))
        view = seen.view or TextView()
        text = passages_of_view(artifact, view)[selected.page].text
        kind, sha256 = PlaceKind.TEXT, artifact.text.view.sha256 if artifact.text else None
    return Place(
        kind=kind,
        source=selected.source,
        sha256=sha256,
        page=selected.page,
        start=selected.start,
        end=selected.end,
        quote=text[selected.start : selected.end],
    )


def _place_on_page(selected: Selected, seen: Seen) -> Place:
    artifact = seen.packet.artifact(ArtifactId(selected.source))
    sha256: Sha256 = artifact.pages[selected.page].image.sha256
    layer = seen.layers.get(selected.page, PageLayer())
    if selected.region is not None:
        return Place(
            kind=PlaceKind.REGION,
            source=selected.source,
            sha256=sha256,
            page=selected.page,
            quote=quote(layer, *words_in(layer, selected.region)),
            region=selected.region,
        )
    return Place(
        kind=PlaceKind.PAGE_TEXT,
        source=selected.source,
        sha256=sha256,
        page=selected.page,
        start=selected.start,
        end=selected.end,
        quote=quote(layer, selected.start, selected.end),
    )


def _response(packet: Packet, part_id: str, prompt_id: str) -> str:
    for part in packet.parts:
        for prompt in part.prompts:
            if (part.id, prompt.id) == (part_id, prompt_id):
                return prompt.response
    raise KeyError(prompt_id)


def source_key(place: Place) -> str:
    """Return which part or artifact a place lies in."""
    return place.source.partition("/")[0]


def source_keys(packet: Packet) -> frozenset[str]:
    """Return the keys of everything that a place can lie in."""
    parts = {str(part.id) for part in packet.parts}
    return frozenset(parts | {str(artifact.id) for artifact in packet.artifacts})


def page_marks(review: Review, rubric: Rubric, source: str) -> tuple[PageMark, ...]:
    """Return the pins on the pages of one artifact."""
    on_pages = (PlaceKind.PAGE_TEXT, PlaceKind.REGION)
    return tuple(
        PageMark(
            pin=pin.id,
            page=pin.place.page,
            digit=str(rubric.number(pin.criterion)),
            start=pin.place.start,
            end=pin.place.end,
            region=pin.place.region,
        )
        for pin in review.pins
        if pin.place.source == source and pin.place.kind in on_pages
    )


def passage_marks(review: Review, rubric: Rubric) -> tuple[PassageMark, ...]:
    """Return the pins in responses and text views."""
    return tuple(
        PassageMark(
            pin=pin.id,
            source=pin.place.source,
            index=pin.place.page,
            start=pin.place.start,
            end=pin.place.end,
            digit=str(rubric.number(pin.criterion)),
        )
        for pin in review.pins
        if pin.place.kind in (PlaceKind.RESPONSE, PlaceKind.TEXT)
    )


def pin_words(pin: Pin, packet: Packet) -> tuple[str, str]:
    """Return where a pin is, and what it quotes."""
    place = pin.place
    if place.kind is PlaceKind.RESPONSE:
        key = source_key(place)
        numbers = [part.number for part in packet.parts if part.id == key]
        where = tr("Part {0}").format(numbers[0]) if numbers else place.source
    elif place.kind is not PlaceKind.TEXT and _has_pages(place, packet):
        where = tr("{0} · page {1}").format(place.source, place.page + 1)
    else:
        where = place.source
    if place.kind is PlaceKind.REGION:
        return where, tr("a region of the page")
    return where, f"“{' '.join(place.quote.split())[:SHOWN_QUOTE]}”"


def _has_pages(place: Place, packet: Packet) -> bool:
    """Return whether a place needs its page; the packet may no longer have the artifact."""
    pages = (len(own.pages) for own in packet.artifacts if own.id == place.source)
    return place.page > 0 or sum(pages) > 1
