"""Look for texts in every file below some folders, in the encodings a leak could have."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def leaks(folders: Iterable[Path], texts: Iterable[str]) -> list[str]:
    """Return file and text of every find."""
    needles = [(text, needle) for text in texts for needle in spellings(text)]
    found: list[str] = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                found += [f"{path}: {text}" for text, needle in needles if needle in content]
    return found


def spellings(text: str) -> Iterator[bytes]:
    plain = text.encode()
    yield plain
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    for shift in range(3):
        shifted = base64.b64encode(b"\0" * shift + plain)
        yield shifted[4 if shift else 0 : len(shifted) - 4]
