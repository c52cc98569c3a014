"""Words of a response against its limit. Over the limit is a flag, never a denial by itself."""

import re

_WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """Return the number of words: runs between blanks that hold a letter or a digit."""
    return sum(1 for _ in _WORD.finditer(text))


def crossing(text: str, limit: int | None) -> int | None:
    """Return the code point at which the first word over the limit begins; None within it."""
    if limit is None:
        return None
    for number, word in enumerate(_WORD.finditer(text), start=1):
        if number > limit:
            return word.start()
    return None
