"""Where text is typed: a labelled line, a search, a box that grows."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.key_cap import KeyCap
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import square
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tone import ICON, INK, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style, Width

_ICON = 16
_INSET = 10
_BOX_FRAME = 12


class LineInput(QLineEdit):
    """A bare input with an icon inside; `Field` and `SearchField` put words around it."""

    def __init__(
        self, theme: Theme, icon: str = "", placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self.setPlaceholderText(placeholder)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            side = self._theme.text(_ICON)
            rect = square(self._theme.space(_INSET), side, self.rect())
            ink = Color.TEXT_2 if self.isEnabled() else Color.DISABLED
            self._theme.paint_icon(QPainter(self), self._icon, rect, ink)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Style.UI))
        if self._icon:
            self.setTextMargins(self._theme.text(_ICON) + self._theme.space(_INSET), 0, 0, 0)


class Field(QWidget):
    """A line to type in, its label above and what is to be said about it beneath.

    Signals:
        edited(text: str): The assessor changed the text.
        submitted(text: str): The assessor pressed Enter in it.
    """

    edited = Signal(str)
    submitted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        icon: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.PLAIN
        self._input = LineInput(theme, icon, placeholder, self)
        self._input.setAccessibleName(label)
        self._message = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._mark = IconMark(theme, ICON[self._tone], parent=self)
        self._label = Label(theme, label, style=Style.UI_STRONG, parent=self)
        self._label.setBuddy(self._input)
        self._beside = Row(theme)
        self._beside.addWidget(self._input, 1)
        below = Row(theme, gap=6)
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._message, 1)
        column = Column(theme, self, gap=6)
        column.addWidget(self._label)
        column.addLayout(self._beside)
        column.addLayout(below)
        self._input.textEdited.connect(self.edited)
        self._input.returnPressed.connect(self._on_return_pressed)
        self.setFocusProxy(self._input)
        self.show_message(Tone.PLAIN, "")

    def add_beside(self, widget: QWidget) -> None:
        """Put a button at the right of the line."""
        self._beside.addWidget(widget)

    def text(self) -> str:
        """Return what is typed."""
        return self._input.text()

    def show_text(self, text: str) -> None:
        """Show a text, without telling."""
        self._input.setText(text)

    def show_secret(self, secret: bool) -> None:  # noqa: FBT001 (a state to show)
        """Show dots instead of letters."""
        mode = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
        self._input.setEchoMode(mode)

    def show_enabled(self, enabled: bool) -> None:  # noqa: FBT001 (as setEnabled)
        """Let it be typed in or not."""
        self._input.setEnabled(enabled)

    def show_message(self, tone: Tone, text: str) -> None:
        """Say something beneath the line; an empty text says nothing."""
        self._tone = tone
        self._mark.show_icon(ICON[tone], INK[tone])
        self._message.show_text(text)
        self._message.setVisible(bool(text))
        self._mark.setVisible(bool(text))
        self._message.show_ink(Color.TEXT_2 if tone is Tone.PLAIN else INK[tone])
        self._input.setAccessibleDescription(text)
        self._input.setProperty("tone", tone.value)
        self._input.style().unpolish(self._input)
        self._input.style().polish(self._input)

    @Slot()
    def _on_return_pressed(self) -> None:
        self.submitted.emit(self._input.text())


class SearchField(QWidget):
    """A search that answers while typing, with its key at the right end.

    Signals:
        edited(text: str): The assessor changed the text, also by Escape, which empties it.
        submitted(text: str): The assessor pressed Enter.
    """

    edited = Signal(str)
    submitted = Signal(str)

    def __init__(
        self, theme: Theme, placeholder: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._input = LineInput(theme, "search", placeholder, self)
        self._input.setAccessibleName(placeholder)
        self._cap = KeyCap(theme, key, self)
        self._cap.setVisible(bool(key))
        row = Row(theme, self)
        row.addWidget(self._input)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._input.textEdited.connect(self._on_text_edited)
        self._input.returnPressed.connect(self._on_return_pressed)
        self._input.installEventFilter(self)
        self.setFocusProxy(self._input)

    def text(self) -> str:
        """Return what is typed."""
        return self._input.text()

    def show_text(self, text: str) -> None:
        """Show a text, without telling."""
        self._input.setText(text)
        self._place_cap()

    def take_focus(self) -> None:
        """Put the cursor into it and select what is there."""
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._input.selectAll()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.width(Width.SEARCH), self._input.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cap()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape empty the line before it means anything else."""
        if event.type() is QEvent.Type.ShortcutOverride and self._is_emptying(event):
            event.accept()
        if event.type() is QEvent.Type.KeyPress and self._is_emptying(event):
            self._input.clear()
            self._on_text_edited("")
            return True
        return False

    def _is_emptying(self, event: QEvent) -> bool:
        key = getattr(event, "key", None)
        return key is not None and key() == Qt.Key.Key_Escape and bool(self._input.text())

    def _place_cap(self) -> None:
        size = self._cap.sizeHint()
        left = self._input.geometry().right() - size.width() - self._theme.space(6)
        top = self._input.y() + (self._input.height() - size.height()) // 2
        self._cap.setGeometry(left, top, size.width(), size.height())
        self._cap.raise_()
        is_shown = bool(self._cap.text()) and not self._input.text() and left > self.width() // 2
        self._cap.setVisible(is_shown and not self._theme.is_large_text)

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self._place_cap()
        self.edited.emit(text)

    @Slot()
    def _on_return_pressed(self) -> None:
        self.submitted.emit(self._input.text())


class TextBox(QPlainTextEdit):
    """Several lines of plain text; the box grows with them.

    Signals:
        edited(text: str): The assessor changed the text.
        left(): The assessor went elsewhere.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, name: str, *, lines: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._lines = theme, lines
        self._showing = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Qt tells of edits by the user and by the program alike here; `_showing` tells them apart.
        self.document().contentsChanged.connect(self._on_contents_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def text(self) -> str:
        """Return what is typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text, without telling; the same text leaves the cursor alone."""
        if text == self.toPlainText():
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _fit(self) -> None:
        rows = max(int(self.document().size().height()), self._lines)
        height = rows * self.fontMetrics().lineSpacing() + self._theme.space(_BOX_FRAME) + 8
        if height != self.height():
            self.setFixedHeight(height)

    @Slot()
    def _on_contents_changed(self) -> None:
        self._fit()
        if not self._showing:
            self.edited.emit(self.toPlainText())

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Style.BODY))
        self._fit()
