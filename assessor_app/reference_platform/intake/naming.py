"""Neutral names of artifacts, and the places in a text that mean one of them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from assessor_app.domain.identities import Span, mask
from assessor_app.domain.ids import ArtifactId
from assessor_app.domain.packet import ArtifactKind, RequiredEvidence
from assessor_app.reference_platform.intake.files import artifact_kind
from assessor_app.reference_platform.intake.submission import Item

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COUNT = r"(?:\s+|\s*#\s*)(?:(?i:no\.?|number)\s*)?"
_NUMBERED = re.compile(
    rf"(?<!\w)(?i:attachment|appendix|exhibit|enclosure|art[ei]fact){_COUNT}"
    rf"(?P<count>\d{{1,3}}|[A-HJ-Z])(?!\w|\.\d)"
)
_FIGURE = re.compile(rf"(?<!\w)(?i:figure|fig\.?){_COUNT}(?P<count>\d{{1,3}})(?!\w|\.\d)")
_SHORTEST_STEM = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedItem:
    """An artifact under its neutral name. `attached` is its place among the attachments, from 1."""

    id: ArtifactId
    title: str
    attached: int
    item: Item

    @property
    def name(self) -> str:
        """What stands in a text in place of the file's own name."""
        return f"{self.id} {self.title}"

    @property
    def kind(self) -> ArtifactKind:
        """What it is, by the name of its file."""
        return artifact_kind(self.item.source) if self.item.source else ArtifactKind.LINK


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text that means an artifact."""

    span: Span
    item: NamedItem


@dataclass(frozen=True, slots=True)
class Names:
    """All artifacts of one submission and how the earner may have called them."""

    items: tuple[NamedItem, ...]
    patterns: tuple[tuple[re.Pattern[str], NamedItem], ...] = field(repr=False)

    def in_response(self, text: str) -> tuple[Found, ...]:
        """Return where a response means an artifact, by file name, address or number."""
        return _apart((*self._named(text), *self._numbered(text)))

    def in_view(self, text: str) -> tuple[Found, ...]:
        """Return where a text view says a file name or an address. Its numbers are its own."""
        return _apart(tuple(self._named(text)))

    def _named(self, text: str) -> Iterator[Found]:
        for pattern, item in self.patterns:
            for match in pattern.finditer(text):
                yield Found(Span(match.start(), match.end()), item)

    def _numbered(self, text: str) -> Iterator[Found]:
        attached = {item.attached: item for item in self.items}
        for pattern in (_NUMBERED, _FIGURE):
            for match in pattern.finditer(text):
                count = match["count"]
                number = int(count) if count.isdecimal() else _LETTERS.index(count) + 1
                item = attached.get(number)
                if item and (pattern is _NUMBERED or item.kind is ArtifactKind.IMAGE):
                    yield Found(Span(match.start(), match.end()), item)


def names_of(
    evidence: tuple[Item, ...],
    required: tuple[RequiredEvidence, ...],
    identities: tuple[str, ...],
) -> Names:
    """Return the artifacts in the order of the required evidence, as A1, A2 and so on.

    A file name is known in the form it has once the identities in it are masked, too: that is how
    it stands in a text view.
    """
    items = tuple(_named_items(evidence, required))
    return Names(items, tuple(_patterns(items, identities)))


def _named_items(
    evidence: tuple[Item, ...], required: tuple[RequiredEvidence, ...]
) -> Iterator[NamedItem]:
    number = 0
    for wanted in required:
        own = [(n, item) for n, item in enumerate(evidence, 1) if item.answers == wanted.id]
        for place, (attached, item) in enumerate(own, 1):
            number += 1
            yield NamedItem(
                id=ArtifactId(f"A{number}"),
                title=f"{wanted.title} {place}" if len(own) > 1 else wanted.title,
                attached=attached,
                item=item,
            )


def _patterns(
    items: tuple[NamedItem, ...], identities: tuple[str, ...]
) -> Iterator[tuple[re.Pattern[str], NamedItem]]:
    stems = [_stem(item) for item in items]
    for item, stem in zip(items, stems, strict=True):
        for name in filter(None, (item.item.file, item.item.source)):
            yield _pattern(name), item
            yield _pattern(mask(name, identities)[0]), item
        if item.item.link:
            yield _pattern(item.item.link.rstrip("/")), item
        if stem and stems.count(stem) == 1:
            yield _pattern(stem), item


def _stem(item: NamedItem) -> str | None:
    """Return a file's name without its ending, where no one would write it by chance."""
    stem = PurePath(item.item.source or "").stem
    told = len(stem) >= _SHORTEST_STEM and not any(map(str.isspace, stem))
    return stem if told and re.search(r"[\d_]", stem) else None


def _pattern(name: str) -> re.Pattern[str]:
    words = unicodedata.normalize("NFC", name).split()
    spelled = r"\s+".join(map(re.escape, words))
    return re.compile(rf"(?<!\w){spelled}/?(?!\w)", re.IGNORECASE)


def _apart(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Return the places without overlap: of two, the one that begins first, or the longer one."""
    kept: list[Found] = []
    for place in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or place.span.start >= kept[-1].span.end:
            kept.append(place)
    return tuple(kept)
