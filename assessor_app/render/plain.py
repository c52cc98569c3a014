"""Plain text and comma-separated values become blocks."""

import csv
import io
import re

from assessor_app.render.clean import decoded
from assessor_app.render.draft import Draft
from assessor_app.render.limits import MAX_BLOCK_BYTES

_DELIMITERS = ",;\t|"
_SAMPLED_LINES = 20


def read_text(data: bytes, draft: Draft) -> None:
    """Add a plain text: a blank line parts paragraphs, other line ends stay."""
    for paragraph in re.split(r"\n[ \t]*\n", decoded(data)):
        draft.add_paragraph(paragraph)


def read_csv(data: bytes, draft: Draft) -> None:
    """Add a file of separated values as one table."""
    text = decoded(data)
    csv.field_size_limit(MAX_BLOCK_BYTES)
    draft.add_table(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first lines most evenly."""
    lines = [line for line in text.split("\n", _SAMPLED_LINES)[:_SAMPLED_LINES] if line.strip()]

    def evenness(delimiter: str) -> tuple[float, int]:
        counts = [_count(line, delimiter) for line in lines]
        most = max(counts, default=0)
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) / len(counts) if usual else 0.0, most)

    return max(_DELIMITERS, key=evenness)


def _count(line: str, delimiter: str) -> int:
    """Count delimiters outside quotes."""
    return sum(part.count(delimiter) for part in line.split('"')[::2])
