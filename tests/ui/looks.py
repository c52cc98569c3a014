"""What an eye would see at once: words and rings that are cut, controls that are squeezed."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.parts.checkbox import Checkbox
from assessor_app.ui.parts.focus_ring import is_ringed, ring_ground, ring_rect
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.level_row import LevelRow
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.theme.theme import Mode, Theme

LOOKS = ((Mode.LIGHT, 1.0), (Mode.DARK, 1.0), (Mode.LIGHT, 1.5), (Mode.LIGHT, 2.0))
SLACK_PX = 1


def in_window(qtbot: QtBot, theme: Theme, screen: QWidget, *, with_nav: bool) -> MainWindow:
    """Show a screen in the window of a small laptop."""
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.add_screen("shown", screen, with_nav=with_nav)
    window.show_screen("shown")
    window.show()
    return window


class Sound:
    """Tells, each time it is asked, what is not right yet: to be waited for."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def __call__(self) -> None:
        found = faults(self._window)
        assert found == [], found


def faults(window: QWidget) -> list[str]:
    """Return every visible widget that is smaller than what it says, in words."""
    return [
        f"{type(widget).__name__} “{_said(widget)}” {fault}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and (fault := _fault(widget))
    ]


def is_drawn(window: QWidget) -> bool:
    """Return whether a picture of the window shows more than one colour."""
    image = window.grab().toImage()
    first = image.pixel(QPoint(0, 0))
    step = 7
    return any(
        image.pixel(x, y) != first
        for x in range(0, image.width(), step)
        for y in range(0, image.height(), step)
    )


def _fault(widget: QWidget) -> str:
    if is_ringed(widget) and not ring_ground(widget).rect().contains(ring_rect(widget)):
        return "has no room for its focus ring"
    if isinstance(widget, Paragraph | LevelRow | Checkbox):
        needed = widget.heightForWidth(widget.width())
        return f"needs {needed}, has {widget.height()}" if widget.height() < needed else ""
    is_fixed = widget.minimumSize() == widget.maximumSize()
    if isinstance(widget, Label | QPushButton) and not is_fixed:
        least, size = widget.minimumSizeHint(), widget.size()
        if size.width() + SLACK_PX < least.width() or size.height() + SLACK_PX < least.height():
            return f"needs {least.width()}×{least.height()}, has {size.width()}×{size.height()}"
    return ""


def _said(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text") or "")
