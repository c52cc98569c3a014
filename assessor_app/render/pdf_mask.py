"""Identities on a page: found in its words, seen or not, and made unreadable in text and pixels."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PIL import Image, ImageDraw

from assessor_app.domain import identities
from assessor_app.domain.evidence import BOX_MAX, PageLayer, Word
from assessor_app.render.limits import MAX_WORD_BYTES, MAX_WORDS
from assessor_app.render.pdf_words import FoundWord

GREY = (160, 160, 160)
_PAD_PX = 2
_PAD_OF_HEIGHT = 0.15


def hit_words(words: Sequence[FoundWord], sought: tuple[str, ...]) -> tuple[frozenset[int], int]:
    """Return the indices of words that are part of an identity, and how many identities there are.

    Searched twice: as a reader reads it, and with everything that cannot be seen: the text layer
    under a scan tells where in the pixels a name stands.
    """
    seen = [index for index, word in enumerate(words) if word.seen]
    by_reader = _hits(words, seen, sought)
    by_machine = _hits(words, range(len(words)), sought)
    read = frozenset(index for hit in by_reader for index in hit)
    more = [hit for hit in by_machine if not read.intersection(hit)]
    return read.union(*by_machine), len(by_reader) + len(more)


def blank(image: Image.Image, words: Sequence[FoundWord], hits: frozenset[int]) -> None:
    """Fill the places of words with flat grey, neighbours on a line as one."""
    draw = ImageDraw.Draw(image)
    marked = [(index in hits, word) for index, word in enumerate(words)]
    for is_hit, group in groupby(marked, key=lambda pair: pair[0]):
        for line in _lines([word for _, word in group]) if is_hit else ():
            left, top, right, bottom = _around(line)
            pad = _PAD_PX + _PAD_OF_HEIGHT * (bottom - top) * image.height
            draw.rectangle(
                (
                    left * image.width - pad,
                    top * image.height - pad,
                    right * image.width + pad,
                    bottom * image.height + pad,
                ),
                fill=GREY,
            )


def layer_of(words: Sequence[FoundWord], masked: frozenset[int]) -> PageLayer:
    """Return the words that are seen; masked neighbours on a line become one."""
    seen = [(index in masked, word) for index, word in enumerate(words) if word.seen]
    made: list[Word] = []
    for is_masked, group in groupby(seen, key=lambda pair: pair[0]):
        run = [word for _, word in group]
        if is_masked:
            made.extend(_word(identities.MASK, line) for line in _lines(run))
        else:
            made.extend(_word(word.text, [word]) for word in run)
    return PageLayer(tuple(made[:MAX_WORDS]))


def _hits(
    words: Sequence[FoundWord], indices: Sequence[int], sought: tuple[str, ...]
) -> list[tuple[int, ...]]:
    """Return, for each identity, the indices of the words it is in."""
    starts: list[int] = []
    length = 0
    for index in indices:
        starts.append(length)
        length += len(words[index].text) + 1
    spans = identities.find(" ".join(words[index].text for index in indices), sought)
    return [
        tuple(
            index
            for index, start in zip(indices, starts, strict=True)
            if start < span.end and start + len(words[index].text) > span.start
        )
        for span in spans
    ]


def _lines(words: list[FoundWord]) -> Iterator[list[FoundWord]]:
    line = [words[0]]
    for word in words[1:]:
        if word.box[1] < line[-1].box[3] and word.box[3] > line[-1].box[1]:
            line.append(word)
        else:
            yield line
            line = [word]
    yield line


def _around(words: list[FoundWord]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _word(text: str, parts: list[FoundWord]) -> Word:
    left, top, right, bottom = map(_side, _around(parts))
    kept = text.encode("utf-8")[:MAX_WORD_BYTES].decode("utf-8", "ignore")
    return Word(text=kept, left=left, top=top, right=right, bottom=bottom)


def _side(share: float) -> int:
    return min(max(int(share * (BOX_MAX + 1)), 0), BOX_MAX)
