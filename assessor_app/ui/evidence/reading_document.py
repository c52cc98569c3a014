"""Passages become a text document, by cursor and format alone, with their positions kept."""

from bisect import bisect_left
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from assessor_app.ui.evidence.reading_text import Form, Passage
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

LINK = int(QTextFormat.Property.UserProperty) + 1
PICTURE_WIDTH_PX = 560
_LAST_OF_ONE_UNIT = 0xFFFF
_STYLES = {
    Form.TITLE: (Style.TITLE, Color.TEXT, 0),
    Form.HEADING: (Style.HEADING, Color.TEXT, 20),
    Form.PROMPT: (Style.UI_STRONG, Color.TEXT_2, 24),
    Form.PARAGRAPH: (Style.READING, Color.TEXT, 8),
    Form.ITEM: (Style.READING, Color.TEXT, 4),
    Form.NOTE: (Style.SMALL, Color.TEXT_2, 4),
    Form.TABLE: (Style.BODY, Color.TEXT, 8),
    Form.PICTURE: (Style.BODY, Color.TEXT, 12),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece of a passage and where it lies in the document, in UTF-16 units.

    A passage is one piece, a table one piece per cell. `base` is the code point of the passage at
    which the piece begins, `wide` are the code points of the piece that take two units.
    """

    passage: Passage
    begin: int
    end: int
    base: int
    wide: tuple[int, ...]

    @property
    def length(self) -> int:
        """The code points of the piece."""
        return self.end - self.begin - len(self.wide)

    def is_in(self, source: str, index: int) -> bool:
        """Return whether it belongs to this place."""
        return (self.passage.source, self.passage.index) == (source, index)

    def holds(self, position: int) -> bool:
        """Return whether a position of the document lies in the piece."""
        return self.begin <= position < self.end

    def to_document(self, code_point: int) -> int:
        """Return the position of a code point of the passage, kept within the piece."""
        own = min(max(code_point - self.base, 0), self.length)
        return self.begin + own + bisect_left(self.wide, own)

    def to_passage(self, position: int) -> int:
        """Return the code point of the passage at a position, kept within the piece."""
        own = bisect_left(range(self.length), position - self.begin, key=self._units)
        return self.base + own

    def _units(self, own: int) -> int:
        return own + bisect_left(self.wide, own)


def picture_name(index: int) -> str:
    """Return under which name the document asks for a picture."""
    return f"picture:{index}"


def lay_out(
    document: QTextDocument,
    theme: Theme,
    passages: tuple[Passage, ...],
    pictures: dict[int, QImage],
) -> tuple[Laid, ...]:
    """Fill a document and return where each passage lies."""
    document.setDefaultFont(theme.font(Style.READING))
    for index, image in pictures.items():
        resource = QUrl(picture_name(index))
        document.addResource(QTextDocument.ResourceType.ImageResource, resource, image)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    laid = tuple(
        piece
        for number, passage in enumerate(passages)
        for piece in _insert(cursor, theme, passage, is_first=number == 0, pictures=pictures)
    )
    cursor.endEditBlock()
    return laid


def _insert(
    cursor: QTextCursor,
    theme: Theme,
    passage: Passage,
    *,
    is_first: bool,
    pictures: dict[int, QImage],
) -> tuple[Laid, ...]:
    style, ink, above = _STYLES[passage.form]
    block = QTextBlockFormat()
    block.setTopMargin(0 if is_first else theme.space(above))
    block.setLineHeight(theme.line(style), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    block.setHeadingLevel(passage.level if passage.form is Form.HEADING else 0)
    if passage.form is Form.ITEM:
        block.setLeftMargin(theme.space(24) * (passage.level + 1))
        block.setTextIndent(-theme.space(20))
    text = QTextCharFormat()
    text.setFont(theme.font(style))
    text.setForeground(theme.color(ink))
    if is_first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block, text)
    if passage.form is Form.TABLE:
        return _insert_table(cursor, theme, passage, text)
    if passage.picture is not None:
        _insert_picture(cursor, theme, passage, pictures)
        return (Laid(passage, cursor.position(), cursor.position(), 0, ()),)
    if passage.marker:
        cursor.insertText(f"{passage.marker}\u2002", text)
    return (_insert_text(cursor, theme, passage, text),)


def _insert_text(
    cursor: QTextCursor, theme: Theme, passage: Passage, base: QTextCharFormat
) -> Laid:
    laid = _write(cursor, passage, passage.text, 0, base)
    for link in passage.links:
        linked = QTextCharFormat(base)
        linked.setForeground(theme.color(Color.ACCENT_TEXT))
        linked.setFontUnderline(True)
        linked.setProperty(LINK, str(link.artifact))
        _reformat(cursor, laid, link.start, link.end, linked)
    if passage.over_limit_from is not None:
        over = QTextCharFormat()
        over.setBackground(theme.color(Color.WARN_SOFT))
        _reformat(cursor, laid, passage.over_limit_from, len(passage.text), over)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return laid


def _write(
    cursor: QTextCursor, passage: Passage, text: str, base: int, style: QTextCharFormat
) -> Laid:
    begin = cursor.position()
    cursor.insertText(text.replace("\n", "\u2028"), style)
    wide = tuple(at for at, letter in enumerate(text) if ord(letter) > _LAST_OF_ONE_UNIT)
    return Laid(passage, begin, cursor.position(), base, wide)


def _reformat(
    cursor: QTextCursor, laid: Laid, start: int, end: int, style: QTextCharFormat
) -> None:
    part = QTextCursor(cursor)
    part.setPosition(laid.to_document(start))
    part.setPosition(laid.to_document(end), QTextCursor.MoveMode.KeepAnchor)
    part.mergeCharFormat(style)


def _insert_table(
    cursor: QTextCursor, theme: Theme, passage: Passage, text: QTextCharFormat
) -> tuple[Laid, ...]:
    columns = max((len(row) for row in passage.rows), default=0)
    if not columns:
        return ()
    table = cursor.insertTable(len(passage.rows), columns, _table_format(theme))
    strong = QTextCharFormat(text)
    strong.setFont(theme.font(Style.UI_STRONG))
    laid: list[Laid] = []
    base = 0
    for row, cells in enumerate(passage.rows):
        for column, cell in enumerate(cells):
            at = table.cellAt(row, column).firstCursorPosition()
            laid.append(_write(at, passage, cell, base, text if row else strong))
            base += len(cell) + 1
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return tuple(laid)


def _table_format(theme: Theme) -> QTextTableFormat:
    shape = QTextTableFormat()
    shape.setCellPadding(theme.space(6))
    shape.setCellSpacing(0)
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(theme.color(Color.BUTTON_LINE))
    shape.setHeaderRowCount(1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    return shape


def _insert_picture(
    cursor: QTextCursor, theme: Theme, passage: Passage, pictures: dict[int, QImage]
) -> None:
    shown = QTextImageFormat()
    shown.setName(picture_name(passage.picture or 0))
    image = pictures.get(passage.picture or 0)
    widest = theme.text(PICTURE_WIDTH_PX)
    shown.setWidth(min(image.width(), widest) if image else widest)
    shown.setProperty(int(QTextFormat.Property.ImageAltText), passage.text)
    cursor.insertImage(shown)
    if passage.text:
        caption = QTextCharFormat()
        caption.setFont(theme.font(Style.SMALL))
        caption.setForeground(theme.color(Color.TEXT_2))
        cursor.insertBlock()
        cursor.insertText(passage.text, caption)
