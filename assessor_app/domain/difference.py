"""What differs between two texts, word by word. Pure; the screens strike and underline it."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECE = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a text in code points, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Passages that only the older text has, and passages that only the newer one has."""

    gone: tuple[Passage, ...] = ()
    new: tuple[Passage, ...] = ()


def difference(before: str, now: str) -> Difference:
    """Return what differs, in whole words; a word's own letters are never compared."""
    if before == now:
        return Difference()
    old, fresh = _PIECE.findall(before), _PIECE.findall(now)
    old_at, fresh_at = _offsets(old), _offsets(fresh)
    gone: list[Passage] = []
    new: list[Passage] = []
    for tag, left, left_end, right, right_end in SequenceMatcher(
        None, old, fresh, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        if left < left_end:
            gone.append(Passage(old_at[left], old_at[left_end]))
        if right < right_end:
            new.append(Passage(fresh_at[right], fresh_at[right_end]))
    return Difference(_joined(before, gone), _joined(now, new))


def _offsets(pieces: list[str]) -> list[int]:
    """Return where each piece begins, and where the last one ends."""
    at, found = 0, [0]
    for piece in pieces:
        at += len(piece)
        found.append(at)
    return found


def _joined(text: str, passages: list[Passage]) -> tuple[Passage, ...]:
    """Join passages with nothing but space between them, and leave space at their ends out."""
    joined: list[Passage] = []
    for passage in passages:
        if joined and not text[joined[-1].end : passage.start].strip():
            joined[-1] = Passage(joined[-1].start, passage.end)
        else:
            joined.append(passage)
    return tuple(trimmed for each in joined if (trimmed := _trimmed(text, each)) is not None)


def _trimmed(text: str, passage: Passage) -> Passage | None:
    words = text[passage.start : passage.end]
    start = passage.start + len(words) - len(words.lstrip())
    end = passage.end - len(words) + len(words.rstrip())
    return Passage(start, end) if start < end else None
