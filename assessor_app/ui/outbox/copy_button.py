"""A button that copies, and shows for a moment that it did."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.theme.theme import Theme

_COPIED_MS = 2000


class CopyButton(IconButton):
    """What is copied is the business of who listens to `clicked`."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "copy", name, parent=parent)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_COPIED_MS)
        self._again.timeout.connect(self._on_shown_long_enough)
        self.clicked.connect(self._on_copied)

    @Slot()
    def _on_copied(self) -> None:
        self.show_icon("check")
        self.setToolTip(self.tr("Copied"))
        self._again.start()

    @Slot()
    def _on_shown_long_enough(self) -> None:
        self.show_icon("copy")
        self.setToolTip(self.words())
