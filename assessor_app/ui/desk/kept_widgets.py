"""A list of widgets that stay the same widgets while their states change: focus is not lost."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

S = TypeVar("S")
W = TypeVar("W", bound=QWidget)


class KeptWidgets(Generic[S, W]):
    """One widget per key, in a layout of their own.

    Args:
        layout: Holds these widgets and nothing else.
        make: Makes the widget of a new state.
        show: Shows another state in its widget.
    """

    def __init__(
        self, layout: QBoxLayout, make: Callable[[S], W], show: Callable[[W, S], None]
    ) -> None:
        self._layout, self._make, self._show = layout, make, show
        self._widgets: dict[str, W] = {}

    def show_states(self, states: Mapping[str, S]) -> None:
        """Show exactly these states, in this order."""
        for key in set(self._widgets) - set(states):
            old = self._widgets.pop(key)
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, (key, state) in enumerate(states.items()):
            if key in self._widgets:
                self._show(self._widgets[key], state)
            else:
                made = self._widgets[key] = self._make(state)
                self._layout.insertWidget(place, made)
                made.show()  # a layout would show it a turn later, and everything would jump

    def widget(self, key: str) -> W | None:
        """Return the widget of a key."""
        return self._widgets.get(key)
