"""Find known identities in text, however they are written, and make them unreadable.

An identity is a name, an e-mail address, a school or a handle. Case, accents, invisible
characters, punctuation or %20 between its words, a broken line inside them, a last name put first
and initials do not hide it. What is found is only what was asked for: nothing here guesses names.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

MASK = "[removed]"

_PLAIN = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        **dict.fromkeys("\u115f\u1160\u2800", ""),  # letters and signs that show nothing
    }
)
_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|coach|herr|frau|sr|sra|senor|senora|mme|mlle"
_GAP = r"(?:%20|[\W_]){0,3}"
_SEEN_GAP = r"(?:%20|[\W_]){1,3}"
_LINE_BREAK = r"(?:[-\u2010\u2011]\s+)?"
_LOOSE_LETTERS = r"(?:[-\u2010\u2011]\s*|\s)?"
_LOOSE_FROM = 5
_SHORTEST = 2
_SPACELESS_FROM = "\u2e80"
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text, as offsets of its characters; the end is not part of it."""

    start: int
    end: int


def find(text: str, identities: Iterable[str]) -> tuple[Span, ...]:
    """Return the places where an identity stands, in order and without overlap."""
    folded, origins = _fold(text)
    found = sorted(
        Span(origins[match.start()], _end_of(text, origins[match.end() - 1]))
        for identity in identities
        for pattern in _patterns(identity)
        for match in pattern.finditer(folded)
    )
    return tuple(_merged(found))


def mask(text: str, identities: Iterable[str]) -> tuple[str, int]:
    """Return the text with each identity replaced by `MASK`, and how many there were."""
    spans = find(text, identities)
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += (text[position : span.start], MASK)
        position = span.end
    return "".join((*pieces, text[position:])), len(spans)


def mask_all(
    texts: Sequence[str], identities: Iterable[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Mask texts that follow each other, such as the cells of a row.

    Returns:
        The masked texts, and how many identities begin in each. One that runs over from a text
        into the next is removed from both and counted in the first.
    """
    spans = find("\n".join(texts), identities)
    starts, ends = [span.start for span in spans], [span.end for span in spans]
    masked: list[str] = []
    hits: list[int] = []
    start = 0
    for text in texts:
        end = start + len(text)
        first = bisect_right(ends, start)
        inside = spans[first : bisect_left(starts, end)]
        pieces: list[str] = []
        position = start
        for span in inside:
            pieces += (text[position - start : max(span.start - start, 0)], MASK)
            position = min(span.end, end)
        masked.append("".join((*pieces, text[position - start :])))
        hits.append(sum(span.start >= start for span in inside))
        start = end + 1
    return tuple(masked), tuple(hits)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text without case, accents and invisible characters, and where each came from."""
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for part in _folded(character):
            folded.append(part)
            origins.append(index)
    return "".join(folded), origins


def _end_of(text: str, last: int) -> int:
    """Return the end of a character, with the accents and invisible characters that follow it."""
    end = last + 1
    while end < len(text) and not _folded(text[end]):
        end += 1
    return end


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    kept = (
        part
        for part in unicodedata.normalize("NFKD", decomposed)
        if unicodedata.category(part) not in {"Mn", "Cf"}
    )
    return "".join(kept).translate(_PLAIN)


@lru_cache(maxsize=256)
def _patterns(identity: str) -> tuple[re.Pattern[str], ...]:
    """Return what to search for in folded text; nothing for an identity of one letter."""
    words = re.findall(r"[^\W_]+", _fold(identity)[0])
    if sum(map(len, words)) < _SHORTEST:
        return ()
    return tuple(re.compile(form) for form in _forms(words))


def _forms(words: list[str]) -> Iterator[str]:
    loose = [_letters(word) for word in words]
    yield _bounded(_GAP.join(loose), words[0], words[-1])
    if not _is_name(words):
        return
    last, firsts = loose[-1], loose[:-1]
    yield _bounded(_GAP.join((last, *firsts)), words[-1], words[-2])
    yield _bounded(_GAP.join((loose[0], last)), words[0], words[-1])
    initials = _SEEN_GAP.join((*(word[0] for word in words[:-1]), last))
    yield _bounded(initials, words[0], words[-1])
    yield _bounded(rf"(?:{_TITLES}){_SEEN_GAP}{last}", "a", words[-1])


def _is_name(words: list[str]) -> bool:
    return 1 < len(words) <= _MOST_NAMES and all(word.isalpha() for word in words)


def _letters(word: str) -> str:
    between = _LOOSE_LETTERS if len(word) >= _LOOSE_FROM else _LINE_BREAK
    return between.join(map(re.escape, word))


def _bounded(form: str, first: str, last: str) -> str:
    """Insist on the edges of a word, in scripts that have them; in an address, %2F is one."""
    before = r"(?:(?<![^\W_])|(?<=%[0-9a-f]{2}))" if first[0] < _SPACELESS_FROM else ""
    after = r"(?![^\W_])" if last[-1] < _SPACELESS_FROM else ""
    return f"{before}{form}{after}"


def _merged(spans: list[Span]) -> Iterator[Span]:
    if not spans:
        return
    current = spans[0]
    for span in spans[1:]:
        if span.start < current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    yield current
