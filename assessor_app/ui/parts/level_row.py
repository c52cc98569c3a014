"""One performance level of a criterion: digit, name, descriptor in full."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.painting import (
    CENTER,
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    text_width,
    track_pointer,
)
from assessor_app.ui.parts.paragraph import Mark, Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_SIDE = 10
_TOP = 9
_DIGIT = 24
_FLAG = 14
_LEAST = 56
_NARROWEST_TEXT = 120
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelState:
    """A level as its row shows it.

    `marks` are passages of the descriptor that differ from another version, `spoken` says so in
    words. `note` stands at the right of a row that is not chosen. `is_then`: it was given earlier,
    in grey, and can no longer be changed; `chosen_word` says by whom.
    """

    rank: int
    digit: str
    name: str
    descriptor: str
    is_required: bool = False
    is_chosen: bool = False
    is_then: bool = False
    chosen_word: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()
    spoken: str = ""


class LevelRow(QRadioButton):
    """The whole row is the target; the chosen one says so in a word.

    The row never chooses itself: it reports, and `show_level` says what holds.

    Signals:
        level_chosen(rank: int): The assessor picked this level, or picked the chosen one again.
    """

    level_chosen = Signal(int)

    def __init__(self, theme: Theme, level: LevelState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._level = theme, level
        self._descriptor = Paragraph(theme, parent=self)
        self._descriptor.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)
        self.show_level(level)

    def show_level(self, level: LevelState) -> None:
        """Show a level and whether it is the chosen one, without telling."""
        if self._descriptor.text() != level.descriptor:
            self._descriptor.show_text(level.descriptor, level.marks)
        elif self._level.marks != level.marks:
            self._descriptor.show_marks(level.marks)
        self._level = level
        policy = Qt.FocusPolicy.NoFocus if level.is_then else Qt.FocusPolicy.StrongFocus
        self.setFocusPolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, level.is_then)
        self._show_chosen()
        self.setAccessibleName(f"{level.digit} {level.name}")
        required = self.tr("required level") if level.is_required else ""
        noted = level.chosen_word if level.is_chosen else level.note
        said = (required, noted, level.descriptor, level.spoken)
        self.setAccessibleDescription(". ".join(part for part in said if part))
        self.updateGeometry()
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the state to `show_level`."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stay a stop of the Tab key: Qt would leave only the chosen row of the group one."""
        QWidget.focusInEvent(self, event)
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the screen: Qt would choose the next row with them."""
        if event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def sizeHint(self) -> QSize:
        width = self._descriptor.sizeHint().width() + self._indent() + self._theme.space(_SIDE)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        width = self._indent() + self._theme.text(_NARROWEST_TEXT)
        return QSize(width, self._theme.control(_LEAST))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        text = self._descriptor.heightForWidth(self._text_width(width))
        wanted = self._head().height() + text + 2 * self._theme.space(_TOP)
        return max(wanted, self._theme.control(_LEAST))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        top = self._theme.space(_TOP) + self._head().height()
        width = self._text_width(self.width())
        height = self._descriptor.heightForWidth(width)
        self._descriptor.setGeometry(self._indent(), top, width, height)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._descriptor.setEnabled(self.isEnabled())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self._theme.radius("control")
        if self._level.is_chosen and self._level.is_then:
            box = Box(fill=Color.SURFACE, line=Color.CONTROL_LINE, width=2, radius=radius)
        elif self._level.is_chosen:
            box = Box(fill=Color.ACCENT_SOFT, line=Color.ACCENT, width=2, radius=radius)
        else:
            box = Box(fill=hover_fill(self), radius=radius)
        paint_box(painter, self._theme, self.rect(), box)
        self._paint_digit(painter)
        self._paint_head(painter)

    def _show_chosen(self) -> None:
        # In an exclusive group Qt refuses to take the mark away; outside of one it is a check box.
        self.setAutoExclusive(False)
        self.setChecked(self._level.is_chosen)
        self.setAutoExclusive(True)

    def _paint_digit(self, painter: QPainter) -> None:
        side = self._theme.control(_DIGIT)
        rect = QRect(self._theme.space(_SIDE), self._theme.space(_TOP) - 3, side, side)
        radius = self._theme.radius("small")
        ink = Color.TEXT
        box = Box(fill=Color.SURFACE, line=Color.CONTROL_LINE, radius=radius)
        if self._level.is_chosen:
            ink = Color.SURFACE if self._level.is_then else Color.ON_ACCENT
            fill = Color.TEXT_2 if self._level.is_then else Color.ACCENT
            box = Box(fill=fill, radius=radius)
        elif not self.isEnabled():
            ink = Color.DISABLED
            box = Box(line=Color.LINE, radius=radius)
        paint_box(painter, self._theme, rect, box)
        font = self._theme.number_font(Style.UI_STRONG)
        paint_text(painter, self._theme, rect, self._level.digit, Ink(font, ink), CENTER)

    def _paint_head(self, painter: QPainter) -> None:
        theme, head = self._theme, self._head()
        strong = theme.font(Style.UI_STRONG)
        right = self._paint_right(painter, head)
        ink = Color.TEXT if self.isEnabled() else Color.DISABLED
        name = QRect(head.x(), head.y(), right - head.x() - theme.space(6), head.height())
        paint_text(painter, theme, name, self._level.name, Ink(strong, ink))
        if self._level.is_required:
            left = head.x() + text_width(strong, self._level.name) + theme.space(8)
            self._paint_required(painter, left, right)

    def _paint_right(self, painter: QPainter, head: QRect) -> int:
        """Write what is to be said at the right end; return where that begins.

        It gives way to the name of the level.
        """
        theme, level = self._theme, self._level
        right = self.width() - theme.space(_SIDE)
        word = (level.chosen_word or self.tr("chosen")) if level.is_chosen else level.note
        if not word:
            return right
        ink = Color.TEXT if level.is_then or not level.is_chosen else Color.ACCENT_TEXT
        small = theme.font(Style.SMALL, weight=500)
        mark = theme.text(_FLAG) + theme.space(6)
        left = min(max(right - text_width(small, word), self._named_until() + mark), right)
        rect = QRect(left, head.y(), right - left, head.height())
        paint_text(painter, theme, rect, word, Ink(small, ink))
        left -= mark
        icon = square(left, theme.text(_FLAG), head)
        theme.paint_icon(painter, "check" if level.is_chosen else "rotate-ccw-clock", icon, ink)
        return left

    def _named_until(self) -> int:
        """Return where the name of the level and its flag end, with a gap."""
        theme, level = self._theme, self._level
        end = self._head().x() + text_width(theme.font(Style.UI_STRONG), level.name)
        flag = theme.text(_FLAG) + theme.space(8) if level.is_required else 0
        return end + flag + theme.space(8)

    def _paint_required(self, painter: QPainter, left: int, right: int) -> None:
        theme, head = self._theme, self._head()
        ink = Color.TEXT_2 if self.isEnabled() else Color.DISABLED
        if right - left < theme.text(_FLAG):
            return
        theme.paint_icon(painter, "flag", square(left, theme.text(_FLAG), head), ink)
        left += theme.text(_FLAG) + theme.space(4)
        rect = QRect(left, head.y(), right - left, head.height())
        small = theme.font(Style.SMALL, weight=500)
        words = self.tr("required level")
        if text_width(small, words) + theme.space(8) <= rect.width():
            paint_text(painter, theme, rect, words, Ink(small, ink))

    def _head(self) -> QRect:
        theme = self._theme
        height = max(theme.line(Style.BODY), theme.control(_DIGIT) - 3)
        width = self._text_width(self.width())
        return QRect(self._indent(), theme.space(_TOP) - 2, width, height)

    def _indent(self) -> int:
        return self._theme.control(_DIGIT) + 2 * self._theme.space(_SIDE)

    def _text_width(self, width: int) -> int:
        return max(width - self._indent() - self._theme.space(_SIDE), 1)

    @Slot()
    def _on_clicked(self) -> None:
        self._show_chosen()
        self.level_chosen.emit(self._level.rank)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
