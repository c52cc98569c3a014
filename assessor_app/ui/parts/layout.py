"""Layouts, panels and rules that rescale themselves with the text."""

from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Width

NO_MARGIN = (0, 0, 0, 0)
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class _Box(QBoxLayout):
    """A box whose lengths are as drawn, times the text scale."""

    _WAY: ClassVar[QBoxLayout.Direction]

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margin: tuple[int, int, int, int] = NO_MARGIN,
        gap: int = 8,
    ) -> None:
        super().__init__(self._WAY)
        self._theme, self._margin, self._gap = theme, margin, gap
        if parent is not None:
            parent.setLayout(self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_margin(self, margin: tuple[int, int, int, int], gap: int) -> None:
        """Use other lengths from now on."""
        self._margin, self._gap = margin, gap
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        left, top, right, bottom = (self._theme.space(side) for side in self._margin)
        self.setContentsMargins(left, top, right, bottom)
        self.setSpacing(self._theme.space(self._gap))


class Row(_Box):
    """Widgets beside each other; margin (left, top, right, bottom) and gap as drawn."""

    _WAY = QBoxLayout.Direction.LeftToRight


class Column(_Box):
    """Widgets below each other; margin (left, top, right, bottom) and gap as drawn."""

    _WAY = QBoxLayout.Direction.TopToBottom


class Panel(QWidget):
    """A plain filled background."""

    def __init__(
        self, theme: Theme, fill: Color = Color.SURFACE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._fill = theme, fill
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.color(self._fill))


class Rule(QWidget):
    """A hairline, lying or upright."""

    def __init__(
        self, theme: Theme, *, upright: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        if upright:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color(Color.LINE))


class ScrollColumn(QScrollArea):
    """A column that scrolls; its content is as wide as the view, without the scroll bar.

    The scroll bar's width is always kept free, so that text does not wrap anew when it appears.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        margin: tuple[int, int, int, int] = NO_MARGIN,
        gap: int = 8,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = QWidget()
        self.body = Column(theme, self.content, margin=margin, gap=gap)
        self.setWidget(self.content)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._on_range_changed(0, 0)

    def settle(self) -> None:
        """Lay out what has just changed now, not in some later turns: nothing flickers."""
        request = QEvent.Type.LayoutRequest
        for child in self.content.findChildren(QWidget, options=_DIRECT):
            QCoreApplication.sendPostedEvents(child, request.value)
        QCoreApplication.sendPostedEvents(self.content, request.value)
        QCoreApplication.sendEvent(self, QEvent(request))

    def scroll_to(self, widget: QWidget, *, gap: int = 8) -> None:
        """Bring `widget`, somewhere in the body, to `gap` below the top of the view."""
        self.body.activate()
        top = widget.mapTo(self.content, widget.rect().topLeft()).y()
        self.verticalScrollBar().setValue(top - self._theme.space(gap))

    def height_for(self, width: int) -> int:
        """Return the height at which a view of `width` shows everything without scrolling."""
        within = width - self._theme.width(Width.SCROLL_BAR)
        if self.body.hasHeightForWidth():
            return self.body.heightForWidth(within)
        return self.body.sizeHint().height()

    @override
    def sizeHint(self) -> QSize:
        """As the content."""
        hint = self.content.sizeHint()
        return QSize(hint.width() + self._theme.width(Width.SCROLL_BAR), hint.height())

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew: a picture taken of the window meanwhile leaves a hidden column stale."""
        self.body.invalidate()
        super().showEvent(event)

    @Slot(int, int)
    def _on_range_changed(self, _least: int, most: int) -> None:
        bar = self._theme.width(Width.SCROLL_BAR)
        self.setViewportMargins(0, 0, 0 if most else bar, 0)
