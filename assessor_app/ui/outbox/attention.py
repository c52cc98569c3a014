"""One act that needs the assessor: why, what is safe, and the next step."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.lines import AttentionState
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme


class AttentionCard(Banner):
    """The reason in a sentence, and the ways on.

    Signals:
        packet_opened(assignment: str): The assessor wants to see what was written.
        retry_chosen(act: str): The assessor wants it sent once more.
    """

    packet_opened = Signal(str)
    retry_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.WARN, "", "", parent=parent)
        self._attention: AttentionState | None = None
        self._open = Button(theme, self.tr("Open it"), icon="arrow-right")
        self._retry = Button(theme, self.tr("Try again"), kind=Kind.QUIET, icon="refresh-cw")
        self.add_button(self._open)
        self.add_button(self._retry)
        self._open.clicked.connect(self._on_open_clicked)
        self._retry.clicked.connect(self._on_retry_clicked)

    def show_attention(self, state: AttentionState) -> None:
        """Show another act."""
        self._attention = state
        title = " · ".join(part for part in (state.submission, state.title) if part)
        self.show_message(Tone.WARN, title, state.words)
        self._retry.setVisible(bool(state.retry_key))
        self._open.setAccessibleName(self.tr("Open {0}").format(state.submission))
        self._retry.setAccessibleName(self.tr("Try {0} again").format(state.submission))

    @Slot()
    def _on_open_clicked(self) -> None:
        if self._attention is not None:
            self.packet_opened.emit(self._attention.assignment)

    @Slot()
    def _on_retry_clicked(self) -> None:
        if self._attention is not None:
            self.retry_chosen.emit(self._attention.retry_key)
