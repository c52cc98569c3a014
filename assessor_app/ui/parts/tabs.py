"""A few views of one thing, chosen by name."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QTabBar, QWidget
from typing_extensions import override

from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Height, Style


class Tabs(QTabBar):
    """Names with a line under the chosen one; stands on the hairline of a `PaneBar`.

    Signals:
        tab_chosen(index: int): The assessor picked another view.
    """

    tab_chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._showing = False
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        self.currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_tabs(self, names: tuple[str, ...]) -> None:
        """Offer these views; the first is chosen."""
        self._showing = True
        while self.count():
            self.removeTab(0)
        for name in names:
            self.addTab(name)
        self._showing = False

    def show_current(self, index: int) -> None:
        """Show which view is open, without telling."""
        self._showing = True
        self.setCurrentIndex(index)
        self._showing = False

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        if not self._showing and index >= 0:
            self.tab_chosen.emit(index)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Style.UI, weight=500))
        self.setFixedHeight(self._theme.height(Height.PANE_BAR))
