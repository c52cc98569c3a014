"""What the reading view shows: passages of a source, in order, with their places."""

from dataclasses import dataclass, field
from enum import StrEnum

from assessor_app.domain.ids import ArtifactId


class Form(StrEnum):
    """How a passage is set."""

    TITLE = "title"
    HEADING = "heading"
    PROMPT = "prompt"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    TABLE = "table"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Link:
    """A span of a passage, in code points, that names an artifact."""

    start: int
    end: int
    artifact: ArtifactId


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block. `source` and `index` say where a pin in it belongs; without a source, nowhere.

    `over_limit_from` is the code point at which a response crosses its word limit. `rows` is a
    table, whose text is `table_text(rows)`; `picture` the index of a picture, `level` the depth of
    a heading or item.
    """

    form: Form
    text: str = field(default="", repr=False)
    source: str = ""
    index: int = 0
    level: int = 0
    marker: str = ""
    links: tuple[Link, ...] = ()
    over_limit_from: int | None = None
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    picture: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageMark:
    """One pin in a passage."""

    pin: str
    source: str
    index: int
    start: int
    end: int
    digit: str
