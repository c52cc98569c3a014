"""What is on the screen, found as a screen reader finds it."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QWidget

W = TypeVar("W", bound=QWidget)


def shown(parent: QWidget, kind: type[W], name: str) -> list[W]:
    """Return all that is visible and has this accessible name or text."""
    return [
        widget
        for widget in parent.findChildren(kind)
        if widget.isVisible() and name in (widget.accessibleName(), widget.property("text"))
    ]


def button(parent: QWidget, name: str) -> QAbstractButton:
    return shown(parent, QAbstractButton, name)[0]


def said(parent: QWidget) -> str:
    """Return the accessible name and the text of all that is visible."""
    visible = (widget for widget in parent.findChildren(QWidget) if widget.isVisible())
    return " | ".join(f"{each.accessibleName()} {each.property('text') or ''}" for each in visible)
