"""A button that opens a menu of choices."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from assessor_app.ui.parts.button import Button, Kind, Look
from assessor_app.ui.parts.painting import square
from assessor_app.ui.theme.theme import Theme

_CHEVRON = 14
_GAP = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a menu."""

    key: str
    label: str
    enabled: bool = True


class MenuButton(Button):
    """A button with a chevron; its menu marks the present choice, if there is one.

    Signals:
        choice_chosen(key: str): The assessor picked an entry.
    """

    choice_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        icon: str = "",
        kind: Kind = Kind.QUIET,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, kind=kind, icon=icon, parent=parent)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self.clicked.connect(self._on_clicked)

    def show_choices(self, choices: tuple[Choice, ...], current: str = "") -> None:
        """Offer these entries; `current` is the key of the one that holds now."""
        for action in self._group.actions():
            self._group.removeAction(action)
        self._menu.clear()
        for choice in choices:
            action = QAction(choice.label, self._menu)
            action.setData(choice.key)
            action.setEnabled(choice.enabled)
            action.setCheckable(bool(current))
            action.setChecked(choice.key == current)
            self._group.addAction(action)
            self._menu.addAction(action)

    def menu_entries(self) -> QMenu:
        """Return the menu, for tests and for tours."""
        return self._menu

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._chevron_room(), hint.height())

    @override
    def _paint_content(self, painter: QPainter, look: Look) -> None:
        super()._paint_content(painter, look)
        side = self._theme.text(_CHEVRON)
        left = self.width() - self._padding() - side
        rect: QRect = square(left, side, self.rect())
        self._theme.paint_icon(painter, "chevron-down", rect, look.ink)

    def _chevron_room(self) -> int:
        return self._theme.text(_CHEVRON) + self._theme.space(_GAP)

    @Slot()
    def _on_clicked(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.choice_chosen.emit(str(action.data()))
