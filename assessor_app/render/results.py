"""What the worker's answers become once they are checked."""

from dataclasses import dataclass, field
from enum import StrEnum

from assessor_app.domain.evidence import PageLayer, TextView
from assessor_app.domain.packet import PageMode


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A decoded picture: rows from the top, four bytes a pixel: blue, green, red, 255."""

    width_px: int
    height_px: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page image with its words.

    `hits` counts the places where an identity was found, masked or not. Points are 1/72 inch; a
    picture that is no page has one point for each pixel.
    """

    image: bytes = field(repr=False)
    width_px: int
    height_px: int
    width_pt: int
    height_pt: int
    mode: PageMode
    layer: PageLayer
    hits: int


class FindingKind(StrEnum):
    """Something that was in the original and is not in the result."""

    SCRIPT = "script"
    ATTACHMENT = "attachment"
    ACTUAL_TEXT = "actual_text"
    UNSEEN_ANNOTATION = "unseen_annotation"
    UNSEEN_WORD = "unseen_word"
    HIDDEN_TEXT = "hidden_text"
    COMMENT = "comment"
    DELETED_TEXT = "deleted_text"
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_SLIDE = "hidden_slide"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    PICTURE = "picture"
    EMBEDDED_OBJECT = "embedded_object"
    PAGE_FURNITURE = "page_furniture"
    FURTHER_FRAME = "further_frame"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Finding:
    """How often one thing was dropped."""

    kind: FindingKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """An artifact, made anew: a page set, or a text view with its pictures.

    `view_hits` has one number for each block of `view`: the identities found in it.
    """

    pages: tuple[Page, ...] = ()
    view: TextView | None = None
    pictures: tuple[Page, ...] = ()
    view_hits: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def hits(self) -> int:
        """Return how many identities were found in all."""
        pictured = sum(page.hits for page in (*self.pages, *self.pictures))
        return pictured + sum(self.view_hits)
