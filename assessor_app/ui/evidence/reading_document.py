"""Passages become a text document, by cursor and format alone, with their positions kept."""

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)

from assessor_app.ui.evidence.reading_text import Form, Passage
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

LINK = int(QTextFormat.Property.UserProperty) + 1
PICTURE_WIDTH_PX = 560
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
    """A passage and where its text begins and ends in the document, in UTF-16 units.

    `wide` are the code points that take two units.
    """

    passage: Passage
    begin: int
    end: int
    wide: tuple[int, ...]

    def holds(self, position: int) -> bool:
        """Return whether a position of the document lies in the passage."""
        return self.begin <= position < self.end

    def to_document(self, code_point: int) -> int:
        """Return the position of a code point of the passage."""
        before = bisect_right(self.wide, code_point - 1)
        return min(self.begin + code_point + before, self.end)

    def to_passage(self, position: int) -> int:
        """Return the code point at a position of the document."""
        low, high = 0, len(self.passage.text)
        while low < high:
            middle = (low + high) // 2
            if self.to_document(middle) < position:
                low = middle + 1
            else:
                high = middle
        return low


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
        _insert(cursor, theme, passage, is_first=number == 0, pictures=pictures)
        for number, passage in enumerate(passages)
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
) -> Laid:
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
        return Laid(passage, cursor.position(), cursor.position(), ())
    if passage.marker:
        cursor.insertText(f"{passage.marker}\u2002", text)
    return _insert_text(cursor, theme, passage, text)


def _insert_text(
    cursor: QTextCursor, theme: Theme, passage: Passage, base: QTextCharFormat
) -> Laid:
    begin = cursor.position()
    cursor.insertText(passage.text.replace("\n", "\u2028"), base)
    wide = tuple(at for at, letter in enumerate(passage.text) if ord(letter) > 0xFFFF)  # noqa: PLR2004 (the last code point of one unit)
    laid = Laid(passage, begin, cursor.position(), wide)
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


def _reformat(
    cursor: QTextCursor, laid: Laid, start: int, end: int, style: QTextCharFormat
) -> None:
    part = QTextCursor(cursor)
    part.setPosition(laid.to_document(start))
    part.setPosition(laid.to_document(end), QTextCursor.MoveMode.KeepAnchor)
    part.mergeCharFormat(style)


def _insert_table(
    cursor: QTextCursor, theme: Theme, passage: Passage, text: QTextCharFormat
) -> Laid:
    begin = cursor.position()
    columns = max((len(row) for row in passage.rows), default=0)
    if not columns:
        return Laid(passage, begin, begin, ())
    shape = QTextTableFormat()
    shape.setCellPadding(theme.space(6))
    shape.setCellSpacing(0)
    shape.setBorder(1)
    shape.setBorderCollapse(True)
    shape.setBorderBrush(theme.color(Color.BUTTON_LINE))
    shape.setHeaderRowCount(1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    table = cursor.insertTable(len(passage.rows), columns, shape)
    strong = QTextCharFormat(text)
    strong.setFont(theme.font(Style.UI_STRONG))
    for row, cells in enumerate(passage.rows):
        for column, cell in enumerate(cells):
            at = table.cellAt(row, column).firstCursorPosition()
            at.insertText(cell.replace("\n", "\u2028"), text if row else strong)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    return Laid(passage, begin, cursor.position(), ())


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
