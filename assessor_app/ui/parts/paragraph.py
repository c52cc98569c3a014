"""Wrapped plain text with leading, selectable where evidence is pinned from it."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.offsets import Offsets
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_UNDERLINE = 2
_NARROWEST = 96
_WIDEST_HINT = 640


@dataclass(frozen=True, slots=True)
class Span:
    """A passage: Python indices into the text, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage that stands out by a fill, an underline, a stroke through it, or weight."""

    start: int
    end: int
    fill: Color | None = None
    underline: Color | None = None
    struck: Color | None = None
    weight: int = 0


class Paragraph(QLabel):
    """Text of one style with the line height of that style; line breaks are kept.

    With `selectable` the mouse and the keyboard select: arrows move, Shift extends, Ctrl+A takes
    all, Ctrl+C copies. A screen reader meets a label with the whole text.

    Signals:
        text_selected(start: int, end: int): The assessor selected a passage; 0, 0 for none.
        mark_chosen(index: int): The assessor clicked a marked passage.
    """

    text_selected = Signal(int, int)
    mark_chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        style: Style = Style.BODY,
        ink: Color = Color.TEXT,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._style, self._ink = theme, style, ink
        self._selectable = selectable
        self._marks: tuple[Mark, ...] = ()
        self._offsets = Offsets("")
        self._layouts: dict[int, QTextLayout] = {}
        self._anchor = self._caret = 0
        self._drag_started_at: int | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if selectable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.IBeamCursor)
            ring_radius(self, theme.radius("small"))
        theme.changed.connect(self._on_theme_changed)
        self.show_text(text)

    def show_text(self, text: str, marks: tuple[Mark, ...] = ()) -> None:
        """Show a text and its marked passages; a selection is dropped."""
        self.setText(text)
        self._offsets = Offsets(text)
        self._marks = marks
        self._anchor = self._caret = 0
        self._on_theme_changed()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Mark other passages; the selection stays."""
        self._marks = marks
        self._on_theme_changed()

    def show_ink(self, ink: Color) -> None:
        """Show the text in another colour."""
        self._ink = ink
        self.update()

    def selection(self) -> Span | None:
        """Return the selected passage."""
        start, end = sorted((self._anchor, self._caret))
        if start == end:
            return None
        return Span(self._offsets.to_python(start), self._offsets.to_python(end))

    def clear_selection(self) -> None:
        """Select nothing, without telling."""
        self._anchor = self._caret
        self.update()

    def span_rect(self, start: int, end: int) -> QRectF:
        """Return the box of a passage in the widget's own coordinates, to scroll to it."""
        boxes = self._boxes(self._offsets.to_qt(start), self._offsets.to_qt(end))
        whole = QRectF()
        for box in boxes:
            whole = whole.united(box)
        return whole

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return max(self._layout_for(width).lineCount(), 1) * self._theme.line(self._style)

    @override
    def sizeHint(self) -> QSize:
        longest = self._layout_for(self._theme.text(_WIDEST_HINT))
        width = max(
            (longest.lineAt(n).naturalTextWidth() for n in range(longest.lineCount())), default=0
        )
        return QSize(int(width) + 2, longest.lineCount() * self._theme.line(self._style))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_NARROWEST, self.sizeHint().width()), self._theme.line(self._style))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for mark in self._marks:
            self._paint_mark(painter, mark)
        start, end = sorted((self._anchor, self._caret))
        for box in self._boxes(start, end):
            painter.fillRect(box, self._theme.color(Color.ACCENT_SOFT))
            painter.fillRect(
                box.adjusted(0, box.height() - 2, 0, 0), self._theme.color(Color.ACCENT)
            )
        painter.setPen(self._theme.color(self._ink if self.isEnabled() else Color.DISABLED))
        self._layout_for(self.width()).draw(painter, QPointF(0, 0))
        if self._selectable and self.hasFocus():
            self._paint_caret(painter)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._selectable or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._caret = self._position_at(event.position().toPoint())
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._caret
        self._drag_started_at = self._caret
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_started_at is not None:
            self._caret = self._position_at(event.position().toPoint())
            self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag_started_at is None:
            super().mouseReleaseEvent(event)
            return
        self._drag_started_at = None
        self._tell_selection()
        if self.selection() is None:
            self._tell_mark(self._offsets.to_python(self._caret))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._selectable:
            layout = self._layout_for(self.width())
            at = self._position_at(event.position().toPoint())
            mode = QTextLayout.CursorMode.SkipWords
            self._caret = layout.nextCursorPosition(at, mode)
            self._anchor = layout.previousCursorPosition(self._caret, mode)
            self._drag_started_at = at
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._selectable or not self._handled_key(event):
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        """Keep the moving keys from the window's shortcuts while Shift extends a selection."""
        if (
            self._selectable
            and event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            and event.key() in _MOVES
        ):
            event.accept()
            return True
        return super().event(event)

    def _handled_key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._anchor, self._caret = 0, self._offsets.length
            self._tell_selection()
        elif event.key() in _MOVES:
            self._move(event)
        else:
            return False
        self.update()
        return True

    def _move(self, event: QKeyEvent) -> None:
        selected = self.selection()
        by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        mode = (
            QTextLayout.CursorMode.SkipWords if by_word else QTextLayout.CursorMode.SkipCharacters
        )
        layout = self._layout_for(self.width())
        key = event.key()
        if key == Qt.Key.Key_Right:
            self._caret = layout.nextCursorPosition(self._caret, mode)
        elif key == Qt.Key.Key_Left:
            self._caret = layout.previousCursorPosition(self._caret, mode)
        else:
            self._caret = self._vertical(layout, key)
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._caret
        if self.selection() != selected:
            self._tell_selection()

    def _vertical(self, layout: QTextLayout, key: int) -> int:
        line = layout.lineForTextPosition(self._caret)
        if key == Qt.Key.Key_Home:
            return line.textStart()
        if key == Qt.Key.Key_End:
            return line.textStart() + max(line.textLength() - 1, 0)
        number = line.lineNumber() + (1 if key == Qt.Key.Key_Down else -1)
        if not 0 <= number < layout.lineCount():
            return 0 if number < 0 else self._offsets.length
        return layout.lineAt(number).xToCursor(_x_of(line, self._caret))

    def _copy(self) -> None:
        if span := self.selection():
            QGuiApplication.clipboard().setText(self.text()[span.start : span.end])

    def _tell_selection(self) -> None:
        span = self.selection() or Span(0, 0)
        self.text_selected.emit(span.start, span.end)

    def _tell_mark(self, position: int) -> None:
        for index, mark in enumerate(self._marks):
            if mark.start <= position < mark.end:
                self.mark_chosen.emit(index)
                return

    def _position_at(self, point: QPoint) -> int:
        layout = self._layout_for(self.width())
        number = min(max(point.y() // self._theme.line(self._style), 0), layout.lineCount() - 1)
        return layout.lineAt(number).xToCursor(point.x()) if number >= 0 else 0

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        for box in self._boxes(self._offsets.to_qt(mark.start), self._offsets.to_qt(mark.end)):
            if mark.fill:
                painter.fillRect(box, self._theme.color(mark.fill))
            if mark.underline:
                under = box.adjusted(0, box.height() - _UNDERLINE, 0, 0)
                painter.fillRect(under, self._theme.color(mark.underline))

    def _paint_caret(self, painter: QPainter) -> None:
        layout = self._layout_for(self.width())
        line = layout.lineForTextPosition(self._caret)
        if line.isValid():
            height = self._theme.line(self._style)
            x = _x_of(line, self._caret)
            box = QRectF(x, line.lineNumber() * height, 1, height)
            painter.fillRect(box, self._theme.color(self._ink))

    def _boxes(self, start: int, end: int) -> list[QRectF]:
        """Return one box per line that the passage touches, without trailing spaces."""
        boxes: list[QRectF] = []
        if start >= end:
            return boxes
        layout = self._layout_for(self.width())
        height = self._theme.line(self._style)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                left = _x_of(line, first)
                right = min(_x_of(line, last), line.naturalTextWidth())
                boxes.append(QRectF(left, number * height, right - left, height))
        return boxes

    def _layout_for(self, width: int) -> QTextLayout:
        if width not in self._layouts:
            if len(self._layouts) > 2:  # noqa: PLR2004 (the width now, the one asked for, the hint)
                self._layouts.clear()
            self._layouts[width] = self._lay_out(width)
        return self._layouts[width]

    def _lay_out(self, width: int) -> QTextLayout:
        shown = self.text().replace("\n", "\u2028")
        layout = QTextLayout(shown, self._theme.font(self._style))
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(
            [self._format(mark) for mark in self._marks if mark.struck or mark.weight]
        )
        height = self._theme.line(self._style)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, line.lineNumber() * height + (height - line.height()) / 2))
        layout.endLayout()
        return layout

    def _format(self, mark: Mark) -> QTextLayout.FormatRange:
        span = QTextLayout.FormatRange()
        span.start = self._offsets.to_qt(mark.start)
        span.length = self._offsets.to_qt(mark.end) - span.start
        form = QTextCharFormat()
        if mark.weight:
            form.setFontWeight(mark.weight)
        if mark.struck:
            form.setFontStrikeOut(True)
            form.setForeground(self._theme.color(mark.struck))
        span.format = form
        return span

    @Slot()
    def _on_theme_changed(self) -> None:
        self._layouts.clear()
        self.setFont(self._theme.font(self._style))
        self.updateGeometry()
        self.update()


_MOVES = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


def _x_of(line: QTextLine, position: int) -> float:
    x, _position = cast("tuple[float, int]", line.cursorToX(position))
    return x
