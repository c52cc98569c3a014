"""What an assessor can look at: the words of a page, and the blocks of a text view."""

from dataclasses import dataclass, field

BOX_MAX = 9999
HEADING_LEVELS = 6
LIST_LEVELS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One visible word and its box, as ten-thousandths of the page from its top left corner."""

    text: str = field(repr=False)
    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if not self.text or any(character.isspace() for character in self.text):
            raise ValueError("a word has letters and no white space")
        if not 0 <= self.left <= self.right <= BOX_MAX:
            raise ValueError("a word lies on its page")
        if not 0 <= self.top <= self.bottom <= BOX_MAX:
            raise ValueError("a word lies on its page")


@dataclass(frozen=True, slots=True)
class PageLayer:
    """The words that visibly ink one page, in reading order."""

    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= self.level <= HEADING_LEVELS:
            raise ValueError(f"heading level {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line feeds in it are the earner's own."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One item of a list; level 0 is the outermost."""

    level: int
    ordered: bool
    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.level <= LIST_LEVELS:
            raise ValueError(f"list level {self.level}")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells. Rows may differ in length."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its place in the text: `index` counts in the artifact's list of pictures."""

    index: int
    alt: str = field(repr=False)

    def __post_init__(self) -> None:
        if self.index < 0:
            raise ValueError("pictures are counted from 0")


Block = Heading | Paragraph | ListItem | Table | Picture


@dataclass(frozen=True, slots=True)
class TextView:
    """A document as blocks in reading order."""

    blocks: tuple[Block, ...] = ()
