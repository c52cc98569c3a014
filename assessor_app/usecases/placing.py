"""Where a pin stands in another version of its packet: by its content, else by its quote. Pure.

A pin moves only where there is exactly one place for it; else the assessor says where it belongs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.ids import Sha256
from assessor_app.domain.packet import Artifact, Blob, Packet, Page
from assessor_app.domain.page_text import quote
from assessor_app.domain.quotes import (
    block_text,
    box_around,
    quoted_in_text,
    quoted_on_page,
    words_in,
)
from assessor_app.domain.review import BOX, Pin, Place, PlaceKind, Region

WORDS_AROUND, LETTERS_AROUND = 4, 30


class Evidence(Protocol):
    """The words of artifacts, as far as they are on this laptop."""

    def layer(self, blob: Blob) -> PageLayer | None:
        """Return the words of a page; None while they are not here."""

    def view(self, blob: Blob) -> TextView | None:
        """Return a text view; None while it is not here."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a pin may be, and the words around its quote there, to be told apart."""

    place: Place
    around: str = field(default="", repr=False)


Found = tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A pin on another packet. `place` None: not known, and `spots` are where it may be.

    `is_here` is false where evidence that could tell has not arrived yet.
    """

    pin: Pin
    place: Place | None = None
    spots: tuple[Spot, ...] = ()
    is_here: bool = True

    @property
    def moved(self) -> Pin | None:
        """The pin at its place in this packet."""
        return None if self.place is None else replace(self.pin, place=self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One pin, the packet it was made on, the one it is looked for in, and their words."""

    place: Place
    before: Packet
    now: Packet
    evidence: Evidence


def placed(pin: Pin, before: Packet, now: Packet, evidence: Evidence) -> Placed:
    """Return where a pin is in the present packet."""
    search = _Search(place=pin.place, before=before, now=now, evidence=evidence)
    same = _BY_CONTENT[pin.place.kind](search)
    if len(same) == 1:
        return Placed(pin=pin, place=same[0].place)
    if same:
        return Placed(pin=pin, spots=same)
    rings = _BY_QUOTE.get(pin.place.kind)
    is_here = True
    for places in rings(search) if rings and pin.place.quote else ():
        is_here = is_here and None not in places
        found = tuple(place for place in places if place is not None)
        if len(found) == 1 and is_here:
            return Placed(pin=pin, place=found[0].place)
        if found:
            return Placed(pin=pin, spots=found, is_here=is_here)
    return Placed(pin=pin, spots=_as_it_was(search), is_here=is_here)


def _in_response(search: _Search) -> Found:
    """Return where a passage stands: where it was, else in its response, else in another one."""
    place = search.place
    responses = {
        f"{part.id}/{prompt.id}": prompt.response
        for part in search.now.parts
        for prompt in part.prompts
    }
    own = responses.pop(place.source, None)
    if own is not None and own[place.start : place.end] == place.quote:
        return (Spot(place),)
    for texts in ({place.source: own or ""}, responses):
        found = tuple(
            Spot(replace(place, source=source, start=start, end=end), _around(text, start, end))
            for source, text in texts.items()
            for start, end in quoted_in_text(text, place.quote)
        )
        if found:
            return found
    return ()


def _same_page(search: _Search) -> Found:
    """Return the pages whose words are the same, or for a region whose image is."""
    place = search.place
    wanted = {place.sha256}
    if place.kind is PlaceKind.PAGE_TEXT:
        wanted |= {
            page.layer.sha256
            for artifact in search.before.artifacts
            for page in artifact.pages
            if place.sha256 in (page.image.sha256, page.layer.sha256)
        }
    found = [
        replace(place, source=artifact.id, page=index, sha256=page.image.sha256)
        for artifact in search.now.artifacts
        for index, page in enumerate(artifact.pages)
        if _content(page, place.kind) in wanted
    ]
    return _nearest(place, found)


def _content(page: Page, kind: PlaceKind) -> Sha256:
    return page.layer.sha256 if kind is PlaceKind.PAGE_TEXT else page.image.sha256


def _same_region(search: _Search) -> Found:
    """Return where the image a region was drawn on is; pictures of a text view keep their place."""
    place = search.place
    if found := _same_page(search):
        return found
    own = _artifact(search.now, place.source)
    pictures = own.text.pictures if own and own.text else ()
    return (Spot(place),) if any(page.image.sha256 == place.sha256 for page in pictures) else ()


def _same_view(search: _Search) -> Found:
    place = search.place
    found = [
        replace(place, source=artifact.id)
        for artifact in search.now.artifacts
        if artifact.text and artifact.text.view.sha256 == place.sha256
    ]
    return _nearest(place, found)


def _same_recording(search: _Search) -> Found:
    place = search.place
    found = [
        replace(place, source=artifact.id)
        for artifact in search.now.artifacts
        if place.sha256 in {artifact.sha256, *(blob.sha256 for blob in artifact.blobs())} - {None}
    ]
    return _nearest(place, found)


def _nearest(place: Place, found: list[Place]) -> Found:
    """Return those exactly there, else those of the same artifact, else all."""
    there = [own for own in found if (own.source, own.page) == (place.source, place.page)]
    beside = [own for own in found if own.source == place.source]
    return tuple(Spot(own) for own in there or beside or found)


Ring = tuple[Spot | None, ...]
"""Places equally near; None stands for evidence that is not on this laptop."""


def _on_pages(search: _Search) -> Iterator[Ring]:
    """Yield the places of a quote: on the same page, in the same artifact, in the others."""
    place = search.place
    own = _artifact(search.now, place.source)
    own_pages = tuple(enumerate(own.pages)) if own else ()
    yield _quoted(search, own, [item for item in own_pages if item[0] == place.page])
    yield _quoted(search, own, [item for item in own_pages if item[0] != place.page])
    yield tuple(
        found
        for artifact in search.now.artifacts
        if artifact is not own
        for found in _quoted(search, artifact, list(enumerate(artifact.pages)))
    )


def _quoted(search: _Search, artifact: Artifact | None, pages: list[tuple[int, Page]]) -> Ring:
    found: list[Spot | None] = []
    for index, page in pages:
        layer = search.evidence.layer(page.layer)
        if artifact is None or layer is None:
            found.append(None)
            continue
        at = replace(search.place, source=artifact.id, page=index, sha256=page.image.sha256)
        for start, end in quoted_on_page(layer, search.place.quote):
            place: Place | None = replace(at, start=start, end=end)
            if at.kind is PlaceKind.REGION:
                place = _region_moved(search, at, layer, (start, end))
            around = quote(layer, max(start - WORDS_AROUND, 0), end + WORDS_AROUND)
            found.append(None if place is None else Spot(place, around))
    return tuple(found)


def _region_moved(
    search: _Search, at: Place, layer: PageLayer, words: tuple[int, int]
) -> Place | None:
    """Return a region as far from its words as before; None where the old words are not here."""
    pages = (page for artifact in search.before.artifacts for page in artifact.pages)
    old = next((page for page in pages if page.image.sha256 == search.place.sha256), None)
    old_layer = search.evidence.layer(old.layer) if old else None
    region = at.region
    if old_layer is None or region is None:
        return None
    own = words_in(old_layer, region)
    if own[0] == own[1]:
        return None
    was, now = box_around(old_layer, *own), box_around(layer, *words)
    return replace(at, region=_shifted(region, now.left - was.left, now.top - was.top))


def _shifted(region: Region, right: int, down: int) -> Region:
    """Return a region moved, but not off its page."""
    right = min(max(right, -region.left), BOX - 1 - region.right)
    down = min(max(down, -region.top), BOX - 1 - region.bottom)
    return Region(
        left=region.left + right,
        top=region.top + down,
        right=region.right + right,
        bottom=region.bottom + down,
    )


def _in_views(search: _Search) -> Iterator[Ring]:
    """Yield the places of a quote: in the same block, in the same text view, in the others."""
    place = search.place
    own = _artifact(search.now, place.source)
    in_own = _in_view(search, own)
    yield tuple(found for found in in_own if found and found.place.page == place.page)
    yield in_own
    yield tuple(
        found
        for artifact in search.now.artifacts
        if artifact is not own
        for found in _in_view(search, artifact)
    )


def _in_view(search: _Search, artifact: Artifact | None) -> Ring:
    if artifact is None or artifact.text is None:
        return ()
    blob = artifact.text.view
    view = search.evidence.view(blob)
    if view is None:
        return (None,)
    there = replace(search.place, source=artifact.id, sha256=blob.sha256)
    return tuple(
        Spot(
            replace(there, page=index, start=start, end=end),
            _around(block_text(block), start, end),
        )
        for index, block in enumerate(view.blocks)
        for start, end in quoted_in_text(block_text(block), search.place.quote)
    )


def _around(text: str, start: int, end: int) -> str:
    return text[max(start - LETTERS_AROUND, 0) : end + LETTERS_AROUND]


def _as_it_was(search: _Search) -> Found:
    """Return the same spot, where a spot can be meant without words; only the assessor can say."""
    place = search.place
    own = _artifact(search.now, place.source)
    if own is None:
        return ()
    if place.kind is PlaceKind.REGION and place.page < len(own.pages):
        return (Spot(replace(place, sha256=own.pages[place.page].image.sha256)),)
    if place.kind is PlaceKind.MOMENT and own.sha256 is not None:
        return (Spot(replace(place, sha256=own.sha256)),)
    return ()


def _artifact(packet: Packet, name: str) -> Artifact | None:
    return next((own for own in packet.artifacts if own.id == name), None)


_BY_CONTENT: dict[PlaceKind, Callable[[_Search], Found]] = {
    PlaceKind.RESPONSE: _in_response,
    PlaceKind.TEXT: _same_view,
    PlaceKind.PAGE_TEXT: _same_page,
    PlaceKind.REGION: _same_region,
    PlaceKind.MOMENT: _same_recording,
}
_BY_QUOTE: dict[PlaceKind, Callable[[_Search], Iterator[Ring]]] = {
    PlaceKind.TEXT: _in_views,
    PlaceKind.PAGE_TEXT: _on_pages,
    PlaceKind.REGION: _on_pages,
}
