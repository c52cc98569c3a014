"""The main window: navigation at the side, one screen at a time, the status at the foot."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from assessor_app.ui.parts.focus_ring import FocusRing
from assessor_app.ui.parts.layout import Column, Panel, Row
from assessor_app.ui.parts.logo import paint_logo
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.side_nav import NavSection, SideNav
from assessor_app.ui.parts.status_bar import StatusBar, StatusState
from assessor_app.ui.shell.shortcuts import Shortcuts
from assessor_app.ui.theme.theme import Theme

_FIRST_SIZE = QSize(1366, 768)
_LEAST_SIZE = QSize(800, 560)
_RAIL_BELOW = 1100
_ICON_SIZE = 64


class MainWindow(QMainWindow):
    """The frame of the program; it knows screens by their keys and nothing of what they do.

    Signals:
        section_chosen(key: str): The assessor picked a section of the navigation.
        status_chosen(segment: str): The assessor pressed an answer of the status bar.
        pause_chosen(): The assessor wants fetching paused, or going on.
        screen_shown(key: str): Another screen is in front.
        window_closed(): The assessor closed the window.
    """

    section_chosen = Signal(str)
    status_chosen = Signal(str)
    pause_chosen = Signal()
    screen_shown = Signal(str)
    window_closed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        geometry: bytes = b"",
        remember_geometry: Callable[[bytes], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remember_geometry = remember_geometry
        self._wants_rail: bool | None = None
        self._screens: dict[str, QWidget] = {}
        self._without_nav: set[str] = set()
        self._frame = Panel(theme)
        self._nav = SideNav(theme, self.tr("Assessor"), self._frame)
        self._stack = QStackedWidget(self._frame)
        self._status = StatusBar(theme, self._frame)
        self._ring = FocusRing(theme, self)
        self.shortcuts = Shortcuts(self)
        self._build()
        self.setWindowIcon(self._icon())
        self.setMinimumSize(_LEAST_SIZE)
        self.show_title("")
        if not geometry or not self.restoreGeometry(geometry):
            self.resize(_FIRST_SIZE)

    def add_screen(self, key: str, widget: QWidget, *, with_nav: bool = True) -> None:
        """Add a screen; `with_nav=False` gives it the whole width."""
        self._screens[key] = widget
        if not with_nav:
            self._without_nav.add(key)
        self._stack.addWidget(widget)
        if len(self._screens) == 1:
            self._nav.setVisible(with_nav)

    def show_screen(self, key: str) -> None:
        """Bring a screen to the front and the focus to its focus proxy."""
        widget = self._screens[key]
        self._nav.setVisible(key not in self._without_nav)
        if self._stack.currentWidget() is not widget:
            self._stack.setCurrentWidget(widget)
        if widget.focusProxy() is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.screen_shown.emit(key)

    def screen_key(self) -> str:
        """Return the key of the screen in front; empty if there is none."""
        current = self._stack.currentWidget()
        return next((key for key, widget in self._screens.items() if widget is current), "")

    def screen_widget(self, key: str) -> QWidget:
        """Return a screen."""
        return self._screens[key]

    def show_sections(self, sections: tuple[NavSection, ...]) -> None:
        """Show the sections of the navigation with their counts."""
        self._nav.show_sections(sections)

    def show_section(self, key: str) -> None:
        """Show which section is open."""
        self._nav.show_current(key)

    def show_status(self, status: StatusState) -> None:
        """Show the three answers at the foot."""
        self._status.show_status(status)

    def show_title(self, words: str) -> None:
        """Name the window after what is in front; never after anything of the evidence."""
        name = self.tr("Assessor")
        self.setWindowTitle(f"{words} — {name}" if words else name)

    def show_submission(self, submission_id: str, title: str = "") -> None:
        """Name the window after a submission: its ID comes first."""
        self.show_title(" · ".join(part for part in (submission_id, title) if part))

    def show_sheet(self, sheet: Sheet) -> None:
        """Open a sheet; the keys of what it covers rest meanwhile."""
        sheet.closed.connect(self._on_sheet_closed, Qt.ConnectionType.UniqueConnection)
        self.shortcuts.show_cover(sheet)
        sheet.open()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_nav()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._remember_geometry is not None:
            self._remember_geometry(bytes(self.saveGeometry().data()))
        super().closeEvent(event)
        self.window_closed.emit()

    def _build(self) -> None:
        across = Row(self._theme, gap=0)
        across.addWidget(self._nav)
        across.addWidget(self._stack, 1)
        column = Column(self._theme, self._frame, gap=0)
        column.addLayout(across, 1)
        column.addWidget(self._status)
        self.setCentralWidget(self._frame)
        self._nav.section_chosen.connect(self.section_chosen)
        self._nav.rail_toggled.connect(self._on_rail_toggled)
        self._status.status_chosen.connect(self.status_chosen)
        self._status.pause_chosen.connect(self.pause_chosen)
        self._theme.changed.connect(self._on_theme_changed)

    def _fit_nav(self) -> None:
        is_narrow = self._theme.roomy_width(self.width()) < _RAIL_BELOW
        is_rail = is_narrow if self._wants_rail is None else self._wants_rail
        if is_rail != self._nav.is_rail():
            self._nav.show_rail(is_rail)

    def _icon(self) -> QIcon:
        pixmap = QPixmap(_ICON_SIZE, _ICON_SIZE)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_logo(painter, self._theme, pixmap.rect())
        painter.end()
        return QIcon(pixmap)

    @Slot()
    def _on_sheet_closed(self) -> None:
        self.shortcuts.show_cover(None)

    @Slot()
    def _on_rail_toggled(self) -> None:
        self._wants_rail = not self._nav.is_rail()
        self._fit_nav()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._fit_nav()
