"""Markdown becomes blocks. Its HTML stays text, its links show where they lead."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assessor_app.render.clean import decoded
from assessor_app.render.draft import Draft

_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def read_markdown(data: bytes, draft: Draft) -> None:
    """Add a Markdown document."""
    _Reader(draft).read(_parser.parse(decoded(data)))


class _Reader:
    """Walks over the tokens once."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists: list[bool] = []
        self._item_is_new = False
        self._heading: int | None = None
        self._rows: list[list[str]] | None = None

    def read(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "inline":
                    self._inline(_text(token.children or ()))
                case "fence" | "code_block":
                    self._draft.add_paragraph(token.content)
                case "heading_open" | "heading_close":
                    self._heading = int(token.tag[1:]) if token.nesting > 0 else None
                case "table_open" | "table_close" | "tr_open":
                    self._table(token.type)
                case _:
                    self._list(token)

    def _list(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self._lists.append(token.type == "ordered_list_open")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            self._item_is_new = True

    def _table(self, kind: str) -> None:
        if kind == "tr_open" and self._rows is not None:
            self._rows.append([])
        elif kind == "table_open":
            self._rows = []
        else:
            self._draft.add_table(self._rows or ())
            self._rows = None

    def _inline(self, text: str) -> None:
        if self._rows:
            self._rows[-1].append(text)
        elif self._heading is not None:
            self._draft.add_heading(self._heading, text)
        elif self._lists and self._item_is_new:
            self._draft.add_item(len(self._lists) - 1, text, ordered=self._lists[-1])
            self._item_is_new = False
        else:
            self._draft.add_paragraph(text)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(_pieces(tokens))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    address, shown = "", ""
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "image" | "text_special":
                shown += token.content
                yield token.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "link_open":
                address, shown = str(token.attrGet("href") or ""), ""
            case "link_close" if address not in {"", shown, f"mailto:{shown}"}:
                yield f" ({address})"
            case _:
                pass
