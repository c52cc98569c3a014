"""One act that needs the assessor: why, what is safe, and the next step."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.ui.outbox.needs import AttentionState
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.paragraph import Mark
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color

_REGULAR = 400


class AttentionCard(Banner):
    """The reason in a sentence, and the ways on.

    Signals:
        step_chosen(AttentionState): The first way on.
        retry_chosen(act: str): The assessor wants it sent once more.
        export_chosen(AttentionState): The assessor wants it in a file.
        put_away_chosen(AttentionState): It is to need nobody any more.
    """

    step_chosen = Signal(object)
    retry_chosen = Signal(str)
    export_chosen = Signal(object)
    put_away_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.WARN, "", "", parent=parent)
        self._mark.hide()
        self._attention: AttentionState | None = None
        self._step = Button(theme, self.tr("Open it"), icon="arrow-right")
        self._retry = Button(theme, self.tr("Try again"), kind=Kind.QUIET, icon="refresh-cw")
        self._export = Button(theme, self.tr("Export my review…"), kind=Kind.QUIET, icon="download")
        self._away = Button(theme, self.tr("Put away"), kind=Kind.QUIET, icon="archive")
        for button in (self._step, self._retry, self._export, self._away):
            self.add_button(button)
        self._step.clicked.connect(self._on_step_clicked)
        self._retry.clicked.connect(self._on_retry_clicked)
        self._export.clicked.connect(self._on_export_clicked)
        self._away.clicked.connect(self._on_away_clicked)

    def show_attention(self, state: AttentionState) -> None:
        """Show another act."""
        if state == self._attention:
            return
        self._attention = state
        title = "  ".join(part for part in (state.submission, state.title) if part)
        self.show_message(Tone.WARN, title, state.words, details=state.details)
        quiet = Mark(start=len(state.submission), end=len(title), weight=_REGULAR)
        self._title.show_text(title, (quiet,) if state.submission else ())
        self._text.show_ink(Color.TEXT)
        self._step.show_text(state.step_words or self.tr("Open it"))
        self._retry.setVisible(bool(state.retry_key))
        self._export.setVisible(state.can_export)
        self._away.setVisible(state.can_put_away)
        name = f"{state.step_words or self.tr('Open it')}: {state.submission}"
        self._step.setAccessibleName(name)
        self._retry.setAccessibleName(self.tr("Try {0} again").format(state.submission))
        self._export.setAccessibleName(self.tr("Export my review {0}…").format(state.submission))
        self._away.setAccessibleName(self.tr("Put {0} away").format(state.submission))

    @Slot()
    def _on_step_clicked(self) -> None:
        if self._attention is not None:
            self.step_chosen.emit(self._attention)

    @Slot()
    def _on_retry_clicked(self) -> None:
        if self._attention is not None:
            self.retry_chosen.emit(self._attention.retry_key)

    @Slot()
    def _on_export_clicked(self) -> None:
        if self._attention is not None:
            self.export_chosen.emit(self._attention)

    @Slot()
    def _on_away_clicked(self) -> None:
        if self._attention is not None:
            self.put_away_chosen.emit(self._attention)
