"""What a screen reader meets in place of painted pages: a document with the words of the page."""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from typing_extensions import override

from assessor_app.ui.evidence.page_view import PageView


class PageAccessible(QAccessibleWidget):
    """The accessible face of a `PageView`."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view, QAccessible.Role.Document, view.accessibleName())
        self._view = view

    @override
    def text(self, t: QAccessible.Text) -> str:
        """Return the words of the page being read as the value of the document."""
        if t is QAccessible.Text.Value:
            return self._view.page_words()
        return super().text(t)


def make_accessible(_key: str, of: QObject) -> QAccessibleInterface | None:
    """Return the accessible face of an object, if it is one of ours."""
    return PageAccessible(of) if isinstance(of, PageView) else None


@cache
def install() -> None:
    """Tell Qt, once for the program."""
    QAccessible.installFactory(make_accessible)
