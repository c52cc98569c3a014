"""Makes the earner's texts neutral: artifacts under their neutral names, identities masked."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assessor_app.domain.evidence import Block, Picture, Table, TextView
from assessor_app.domain.identities import MASK, Span, find
from assessor_app.domain.packet import Mention
from assessor_app.reference_platform.intake.naming import Found, Names

_JOINERS = "\u200c\u200d"
_SPACING = "\n\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blinded:
    """A text as an assessor may read it. `hits` counts the identities found, masked or not."""

    text: str = field(repr=False)
    mentions: tuple[Mention, ...]
    hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blinder:
    """Knows what to look for in all texts of one submission."""

    names: Names
    identities: tuple[str, ...] = field(repr=False)
    masks: bool

    def response(self, text: str) -> Blinded:
        """Return a text of submission.json, blinded."""
        told = normalised(text)
        return self._blinded(told, self.names.in_response(told))

    def view(self, view: TextView) -> TextView:
        """Return a text view without file names and addresses; the worker did the identities."""
        return TextView(tuple(map(self._block, view.blocks)))

    def _block(self, block: Block) -> Block:
        match block:
            case Table(rows):
                return Table(tuple(tuple(map(self._neutral, row)) for row in rows))
            case Picture(index, alt):
                return Picture(index, self._neutral(alt))
            case _:
                return replace(block, text=self._neutral(block.text))

    def _neutral(self, text: str) -> str:
        pieces: list[str] = []
        position = 0
        for place in self.names.in_view(text):
            pieces += (text[position : place.span.start], place.item.name)
            position = place.span.end
        return "".join((*pieces, text[position:]))

    def _blinded(self, text: str, found: tuple[Found, ...]) -> Blinded:
        hits = find(text, self.identities)
        pieces: list[str] = []
        mentions: list[Mention] = []
        length = position = 0
        for place in found:
            before = self._masked(text, Span(position, place.span.start), hits)
            start = length + len(before)
            length = start + len(place.item.name)
            pieces += (before, place.item.name)
            mentions.append(Mention(start=start, end=length, artifact=place.item.id))
            position = place.span.end
        pieces.append(self._masked(text, Span(position, len(text)), hits))
        return Blinded(text="".join(pieces), mentions=tuple(mentions), hits=len(hits))

    def _masked(self, text: str, piece: Span, hits: tuple[Span, ...]) -> str:
        """Return one piece of a text with the hits in it masked, as far as they reach into it."""
        if not self.masks:
            return text[piece.start : piece.end]
        return "".join(_without(text, piece, hits))


def normalised(text: str) -> str:
    """Return a text in one spelling: composed, line feeds, and nothing that cannot be seen."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(filter(_is_seen, lined)))


def _is_seen(character: str) -> bool:
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
    return not hidden or character in _SPACING or character in _JOINERS


def _without(text: str, piece: Span, hits: tuple[Span, ...]) -> Iterator[str]:
    position = piece.start
    for hit in hits:
        start, end = max(hit.start, position), min(hit.end, piece.end)
        if start < end:
            yield text[position:start]
            yield MASK
            position = end
    yield text[position : piece.end]
