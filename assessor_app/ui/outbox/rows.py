"""Acts in the sync centre as rows of widgets: what it is, how far it is, what can be done."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.outbox.copy_button import CopyButton
from assessor_app.ui.outbox.lines import ActState, RowAction
from assessor_app.ui.parts.button import Button, IconButton, Kind
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Ink, paint_text, text_width, track_pointer
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.parts.tone import INK
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

ROOM = 4
"""So much a focus ring takes beside a control."""
_PROGRESS = 96


class _IdButton(QPushButton):
    """The submission ID, which opens the packet; it speaks for the whole row."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        track_pointer(self)
        ring_radius(self, theme.radius("small"))
        theme.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(text_width(self._font_now(), self.text()), self._theme.line(Style.UI))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        color = Color.ACCENT_TEXT if self.underMouse() else Color.TEXT
        ink = Ink(self._font_now(), color)
        paint_text(QPainter(self), self._theme, self.rect(), self.text(), ink)

    def _font_now(self) -> QFont:
        return self._theme.id_font(Style.UI, weight=600)


class ActRow(QWidget):
    """One act.

    Signals:
        opened(assignment: str): The assessor wants to see what was written.
        action_chosen(ActState): The assessor wants what the row offers.
        export_chosen(ActState): The assessor wants it in a file.
        put_away_chosen(ActState): It is to need nobody any more.
    """

    opened = Signal(str)
    action_chosen = Signal(object)
    export_chosen = Signal(object)
    put_away_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: ActState | None = None
        self._is_last = False
        self._mark = IconMark(theme, "lock", size=18, parent=self)
        self._id = _IdButton(theme, self)
        self._title = Label(theme, ink=Color.TEXT_2, parent=self).elided()
        self._words = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._share = ProgressLine(theme, self.tr("On its way"), self)
        self._right = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, weight=500, parent=self)
        self._right.with_features("tnum")
        self._export = IconButton(theme, "download", "", parent=self)
        self._away = IconButton(theme, "archive", "", parent=self)
        self._copy = CopyButton(theme, "", self)
        self._action = Button(theme, "", kind=Kind.LINK, small=True, parent=self)
        self._build()
        self._id.clicked.connect(self._on_opened)
        self._export.clicked.connect(self._on_export_clicked)
        self._away.clicked.connect(self._on_away_clicked)
        self._copy.clicked.connect(self._on_action_clicked)
        self._action.clicked.connect(self._on_action_clicked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_act(self, state: ActState, *, is_last: bool) -> None:
        """Show how far an act is; no line is under the last one."""
        self._is_last = is_last
        self.update()
        if state == self._state:
            return
        self._state = state
        self._mark.show_icon(state.icon, INK[state.tone])
        self._id.setText(state.submission or self.tr("Open"))
        self._id.updateGeometry()
        self._id.setAccessibleName(state.spoken)
        self._title.show_text(state.title)
        self._words.show_text(state.words)
        self._show_tail(state)

    def settle(self) -> None:
        """Lay out what has just changed now: nothing flickers."""
        self._outer.invalidate()
        self._outer.activate()

    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, in this order."""
        return self._id, self._action, self._export, self._away, self._copy

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._on_opened()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_last:
            line = self._theme.color(Color.LINE)
            QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, line)

    def _show_tail(self, state: ActState) -> None:
        is_receipt = state.action is RowAction.COPY_RECEIPT
        self._share.setVisible(state.share is not None)
        self._share.show_share(state.share or 0.0)
        self._right.show_text(state.right)
        self._right.setVisible(bool(state.right))
        self._export.setVisible(state.can_export)
        self._export.show_name(self.tr("Export my review {0}…").format(state.submission))
        self._away.setVisible(state.can_put_away)
        self._away.show_name(self.tr("Put {0} away").format(state.submission))
        self._copy.setVisible(is_receipt)
        self._copy.show_name(self.tr("Copy the receipt of {0}").format(state.submission))
        self._action.setVisible(bool(state.action_words) and not is_receipt)
        self._action.show_text(state.action_words)
        self._action.setAccessibleName(f"{state.action_words} {state.submission}".strip())

    def _build(self) -> None:
        theme = self._theme
        head = Row(theme, gap=8)
        head.addWidget(self._id)
        head.addWidget(self._title, 1)
        said = Column(theme, gap=0)
        said.addLayout(head)
        said.addWidget(self._words)
        tail = self._tail = Row(theme, gap=8)
        tail.addStretch(1)
        offers = (self._action, self._export, self._away, self._copy)
        for widget in (self._share, self._right, *offers):
            tail.addWidget(widget)
        tail.addStretch(0)
        self._line = Row(theme, gap=8)
        self._line.addLayout(said, 1)
        self._line.addLayout(tail)
        row = self._outer = Row(theme, self, margin=(0, 8, ROOM, 9), gap=12)
        marks = Column(theme, margin=(0, 8, 0, 0))
        marks.addWidget(self._mark)
        marks.addStretch(1)
        row.addLayout(marks)
        row.addLayout(self._line, 1)

    @Slot()
    def _on_theme_changed(self) -> None:
        large = self._theme.is_large_text
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if large else right)
        self._tail.setStretch(0, 0 if large else 1)
        self._tail.setStretch(self._tail.count() - 1, 1 if large else 0)
        self._share.setFixedWidth(self._theme.text(_PROGRESS))
        self.update()

    @Slot()
    def _on_opened(self) -> None:
        if self._state is not None:
            self.opened.emit(self._state.assignment)

    @Slot()
    def _on_action_clicked(self) -> None:
        if self._state is not None:
            self.action_chosen.emit(self._state)

    @Slot()
    def _on_export_clicked(self) -> None:
        if self._state is not None:
            self.export_chosen.emit(self._state)

    @Slot()
    def _on_away_clicked(self) -> None:
        if self._state is not None:
            self.put_away_chosen.emit(self._state)


class ActRows(QWidget):
    """Rows below each other. An act keeps its row, and so its focus, while others come and go.

    Signals as of `ActRow`.
    """

    opened = Signal(str)
    action_chosen = Signal(object)
    export_chosen = Signal(object)
    put_away_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: dict[str, ActRow] = {}
        self._column = Column(theme, self, gap=0)

    def show_acts(self, states: tuple[ActState, ...]) -> None:
        """Show these, in this order."""
        wanted = {state.key for state in states}
        for key in tuple(self._rows):
            if key not in wanted:
                row = self._rows.pop(key)
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        for place, state in enumerate(states):
            row = self._rows.get(state.key) or self._made(state.key)
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)
            row.show_act(state, is_last=place == len(states) - 1)
        self.setVisible(bool(states))

    def settle(self) -> None:
        """Lay out every row now."""
        for row in self._rows.values():
            row.settle()
        self._column.invalidate()
        self._column.activate()

    def stops(self) -> tuple[QWidget, ...]:
        """Return where Tab stops, row by row."""
        rows = sorted(self._rows.values(), key=self._column.indexOf)
        return tuple(stop for row in rows for stop in row.stops())

    def _made(self, key: str) -> ActRow:
        row = ActRow(self._theme, self)
        row.opened.connect(self.opened)
        row.action_chosen.connect(self.action_chosen)
        row.export_chosen.connect(self.export_chosen)
        row.put_away_chosen.connect(self.put_away_chosen)
        self._rows[key] = row
        return row
