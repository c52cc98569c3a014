"""Text to the earner of one kind, read and edited in place."""

from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.field import TextBox
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, hover_fill, paint_box, track_pointer
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

FEEDBACK_ICONS = MappingProxyType(
    {
        "praise": "thumbs-up",
        "challenge": "target",
        "resource": "book-open",
        "connection": "message-circle",
    }
)
_ICON = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackState:
    """One item; `kind` is praise, challenge, resource or connection, `kind_word` its name shown."""

    item_id: str
    kind: str
    kind_word: str
    text: str = field(repr=False)


class FeedbackItem(QPushButton):
    """Reads as text; a click, Enter or `start_editing` makes it a text box.

    Signals:
        feedback_edited(item_id: str, text: str): The assessor changed the text.
        editing_finished(item_id: str): The assessor left the text box.
        feedback_removed(item_id: str): The assessor took the item away.
    """

    feedback_edited = Signal(str, str)
    editing_finished = Signal(str)
    feedback_removed = Signal(str)

    def __init__(self, theme: Theme, item: FeedbackState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._item = theme, item
        self._mark = IconMark(theme, FEEDBACK_ICONS[item.kind], parent=self)
        self._kind = Label(theme, style=Style.SMALL_STRONG, ink=Color.TEXT_2, parent=self)
        self._remove = IconButton(theme, "x", "", parent=self)
        self._remove.show_icon_size(14)
        self._view = Paragraph(theme, parent=self)
        self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._editor = TextBox(theme, "", parent=self)
        self._build()
        self.clicked.connect(self._on_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._editor.edited.connect(self._on_edited)
        self._editor.left.connect(self._on_left)
        theme.changed.connect(self._on_theme_changed)
        self.show_item(item)

    def show_item(self, item: FeedbackState) -> None:
        """Show an item; while it is being edited, the text box keeps its cursor."""
        self._item = item
        self._mark.show_icon(FEEDBACK_ICONS[item.kind], Color.TEXT_2)
        self._kind.show_text(item.kind_word)
        self._view.show_text(item.text or self.tr("Nothing written yet"))
        self._view.show_ink(Color.TEXT if item.text else Color.TEXT_3)
        self._editor.show_text(item.text)
        self._editor.setAccessibleName(item.kind_word)
        self._remove.show_name(self.tr("Remove {0}").format(item.kind_word))
        self.setAccessibleName(self.tr("Edit {0}").format(item.kind_word))
        self.setAccessibleDescription(item.text)
        self._on_theme_changed()

    def start_editing(self) -> None:
        """Put the cursor at the end of the text."""
        self._view.hide()
        self._editor.show()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._editor.moveCursor(self._editor.textCursor().MoveOperation.End)

    def is_editing(self) -> bool:
        """Return whether the text box is open."""
        return not self._editor.isHidden()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        over = None if self.is_editing() else hover_fill(self)
        fill = over or Color.WINDOW
        box = Box(fill=fill, radius=self._theme.radius("control"))
        paint_box(QPainter(self), self._theme, self.rect(), box)

    @override
    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_editing():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Delete and not self.is_editing():
            self._on_remove_clicked()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        head = Row(self._theme, gap=10)
        head.addWidget(self._mark)
        head.addWidget(self._kind)
        head.addStretch(1)
        head.addWidget(self._remove)
        self._text = Row(self._theme)
        self._text.addWidget(self._view)
        self._text.addWidget(self._editor)
        self._editor.hide()
        self._column = Column(self._theme, self, margin=(10, 4, 6, 8), gap=0)
        self._column.addLayout(head)
        self._column.addLayout(self._text)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        track_pointer(self)
        ring_radius(self, self._theme.radius("control"))

    @Slot()
    def _on_clicked(self) -> None:
        if not self.is_editing():
            self.start_editing()

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.feedback_removed.emit(self._item.item_id)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.feedback_edited.emit(self._item.item_id, text)

    @Slot()
    def _on_left(self) -> None:
        self._editor.hide()
        self._view.show()
        self.editing_finished.emit(self._item.item_id)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._remove.setFixedSize(self._theme.control(24), self._theme.control(24))
        indent = self._theme.text(_ICON) + self._theme.space(10)
        self._text.setContentsMargins(indent, 0, self._theme.space(4), 0)
        self.update()
