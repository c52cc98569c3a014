"""The ring around the control that the keyboard acts on, 2 px outside it."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color

RING = 2
GAP = 2
_PROPERTY = "ringRadius"
_MOVING = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ZOrderChange,
    }
)


def ring_radius(widget: QWidget, radius: int) -> None:
    """Say that `widget` wants the ring, around corners of `radius`."""
    widget.setProperty(_PROPERTY, radius)


def is_ringed(widget: QWidget) -> bool:
    """Return whether `widget` gets the ring with the keyboard's focus."""
    stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return stops and widget.property(_PROPERTY) is not None


def paint_ring(painter: QPainter, theme: Theme, rect: QRect, radius: int) -> None:
    """Paint a ring whose outer edge is `rect`; for delegates that paint their own focus."""
    paint_box(painter, theme, rect, Box(line=Color.FOCUS, width=RING, radius=radius))


def ring_ground(target: QWidget) -> QWidget:
    """Return what the ring of a control lies on: all that scrolls with it, else the window.

    The rows and cards between would cut the ring where a control reaches their edge.
    """
    ground = target.parentWidget() or target
    while not ground.isWindow() and (above := ground.parentWidget()) is not None:
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        ground = above
    return ground


def ring_rect(target: QWidget) -> QRect:
    """Return where the ring of a control lies on its ground."""
    out = GAP + RING
    top_left = target.mapTo(ring_ground(target), QPoint(0, 0))
    return QRect(top_left, target.size()).adjusted(-out, -out, out, out)


class _Overlay(QWidget):
    """The painted ring: above the control, blind to the mouse."""

    def __init__(self, theme: Theme, target: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._radius = int(target.property(_PROPERTY)) + GAP + RING
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ring(painter, self._theme, self.rect(), self._radius)


class FocusRing(QObject):
    """Follows the keyboard focus through one window.

    A control that got the focus by a click shows no ring: the eye is there already.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._target: QWidget | None = None
        self._watched: tuple[QWidget, ...] = ()
        self._overlay: _Overlay | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @Slot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is None or by_mouse or now.window() is not self._window:
            return
        if now.property(_PROPERTY) is not None:
            self._follow(now)

    def _leave(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.hide()
            self._overlay.deleteLater()
        self._target = self._overlay = None
        self._watched = ()

    def _follow(self, target: QWidget) -> None:
        ground = ring_ground(target)
        if ground is target:
            return
        self._target, self._watched = target, (target, *_between(target, ground))
        self._overlay = _Overlay(self._theme, target, ground)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target, overlay = self._target, self._overlay
        if target is None or overlay is None or not (isValid(target) and isValid(overlay)):
            return
        ground = overlay.parentWidget()
        if ground is None or not ground.isAncestorOf(target):
            return
        overlay.setGeometry(ring_rect(target) & ground.rect())  # whole at an edge, too
        overlay.setVisible(target.isVisibleTo(ground))
        overlay.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the ring around its control."""
        if event.type() in _MOVING:
            self._place()
        return False


def _between(target: QWidget, ground: QWidget) -> Iterator[QWidget]:
    """Yield what holds a control, up to the ground of its ring."""
    widget = target.parentWidget()
    while widget is not None and widget is not ground:
        yield widget
        widget = widget.parentWidget()
