"""A sheet over the window: the rest waits until it is answered or dismissed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, ScrollColumn
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_MOST_HEIGHT = 640
_AROUND = 24
_SCRIM_LIGHT = 0.36
_SCRIM_DARK = 0.60


class _Card(QWidget):
    """The sheet itself, with round corners."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.SURFACE, line=Color.LINE, radius=self._theme.radius("sheet"))
        paint_box(QPainter(self), self._theme, self.rect(), box)


class Sheet(QWidget):
    """Head, scrolling body and foot on a scrim over the whole window.

    The Tab key stays inside. Escape and the cross dismiss it; nothing blocks meanwhile.

    Signals:
        opened(): It covers the window.
        closed(): It is gone, for whatever reason.
        dismissed(): The assessor left it without an answer.
    """

    opened = Signal()
    closed = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, title: str, window: QWidget, *, width: int = 560) -> None:
        super().__init__(window)
        self._window = window
        self._theme, self._width = theme, width
        self._came_from: QWidget | None = None
        self._card = _Card(theme, self)
        self._scroll = ScrollColumn(theme, self._card, margin=(24, 16, 14, 16))
        self.body = self._scroll.body
        self._title = Label(theme, title, style=Style.HEADING, parent=self._card).elided()
        self._close = IconButton(theme, "x", self.tr("Close"), parent=self._card)
        self._close.clicked.connect(self._on_close_clicked)
        self._foot = Bar(theme, Height.ACTION_BAR, line=Edge.TOP, fill=None, parent=self._card)
        self._foot.row.addStretch(1)
        self._build()
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)
        window.installEventFilter(self)
        self._scroll.content.installEventFilter(self)
        self.hide()

    def add_foot(self, widget: QWidget) -> None:
        """Put a button at the right of the foot; the last is the one to take."""
        self._foot.row.addWidget(widget)
        self._foot.show()

    def show_title(self, title: str) -> None:
        """Show another title."""
        self._title.show_text(title)
        self.setAccessibleName(title)

    def open(self) -> None:
        """Cover the window and take the focus."""
        self._came_from = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        inside = [stop for stop in self._stops() if stop is not self._close]
        (inside[0] if inside else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    def shut(self) -> None:
        """Uncover the window and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None
        self.closed.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        scrim = QColor(Qt.GlobalColor.black) if self._theme.is_dark else self._scrim()
        scrim.setAlphaF(_SCRIM_DARK if self._theme.is_dark else _SCRIM_LIGHT)
        QPainter(self).fillRect(self.rect(), scrim)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_close_clicked()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks on the scrim from what lies under it."""
        event.accept()

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go round within the sheet."""
        stops = self._stops()
        if stops:
            now = QApplication.focusWidget()
            at = stops.index(now) if now in stops else -1
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            step = 1 if forward else -1
            stops[(max(at, 0) if at < 0 and not forward else at + step) % len(stops)].setFocus(
                reason
            )
        return True

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering a window that changes its size, and make room when the content changes."""
        news = QEvent.Type.Resize if watched is self.parent() else QEvent.Type.LayoutRequest
        if event.type() is news and self.isVisible():
            self._place()
        return False

    def _scrim(self) -> QColor:
        return QColor(self._theme.color(Color.TEXT))

    def _build(self) -> None:
        head = Bar(self._theme, Height.TOP_BAR, fill=None, parent=self._card)
        head.row.addWidget(self._title, 1)
        head.row.addWidget(self._close)
        self._column = Column(self._theme, self._card, margin=(1, 1, 1, 1), gap=0)
        self._column.addWidget(head)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self._foot)
        self._foot.hide()

    def _stops(self) -> list[QWidget]:
        """Return what the Tab key visits inside, in its order."""
        stops: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes and widget.isEnabled() and self.isAncestorOf(widget) and not widget.isHidden():
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return [stop for stop in stops if stop.isVisibleTo(self)]

    def _place(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        around = self._theme.space(_AROUND)
        width = min(self._theme.text(self._width), window.width() - 2 * around)
        self._card.setFixedWidth(width)
        self._column.activate()
        body = self._scroll.height_for(width - 2)
        head = self._theme.height(Height.TOP_BAR)
        foot = 0 if self._foot.isHidden() else self._theme.height(Height.ACTION_BAR)
        wanted = head + body + foot + 2
        height = min(wanted, self._theme.text(_MOST_HEIGHT), window.height() - 2 * around)
        self._card.setFixedHeight(height)
        self._card.move((window.width() - width) // 2, (window.height() - height) // 2)

    @Slot()
    def _on_close_clicked(self) -> None:
        self.dismissed.emit()
        self.shut()

    @Slot()
    def _on_theme_changed(self) -> None:
        if not self.isHidden():
            self._place()
        self.update()
