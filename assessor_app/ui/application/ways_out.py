"""The ways out of a packet: ask the lead, report exposed personal data, recuse."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.ids import SubmissionId
from assessor_app.domain.outbox import ActKind
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.field import TextBox
from assessor_app.ui.parts.menu_button import Choice
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.settings.segmented import Segmented
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style


@dataclass(frozen=True, slots=True)
class WayOut:
    """What the assessor wants the platform to learn."""

    kind: ActKind
    text: str = field(repr=False)


class WaysOutSheet(Sheet):
    """One of three acts, with words where they are needed.

    Signals:
        way_chosen(WayOut): The assessor takes a way out.
    """

    way_chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, self.tr("Ask, report, recuse"), window)
        self._kind = ActKind.ASK
        self._ways = Segmented(
            theme,
            self.tr("What you want"),
            (
                Choice(ActKind.ASK.value, self.tr("Ask the lead")),
                Choice(ActKind.FLAG.value, self.tr("Report")),
                Choice(ActKind.RECUSE.value, self.tr("Recuse")),
            ),
            self,
        )
        self._words = Paragraph(theme, ink=Color.TEXT_2, parent=self)
        self._text = TextBox(theme, self.tr("What to say"), lines=3, parent=self)
        self._note = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self._send = Button(theme, "", kind=Kind.PRIMARY, icon="send")
        for widget in (self._ways, self._words, self._text, self._note):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_foot(self._cancel)
        self.add_foot(self._send)
        self._ways.choice_chosen.connect(self._on_way_chosen)
        self._text.edited.connect(self._on_edited)
        self._cancel.clicked.connect(self.shut)
        self._send.clicked.connect(self._on_send_clicked)

    def show_submission(self, submission: SubmissionId) -> None:
        """Ask about a packet, with nothing said yet."""
        self.show_title(self.tr("Ask, report, recuse: {0}").format(submission))
        self._text.show_text("")
        self._on_way_chosen(ActKind.ASK.value)

    def _needs_words(self) -> bool:
        return self._kind is not ActKind.RECUSE

    def _show_send(self) -> None:
        lacking = self._needs_words() and not self._text.text().strip()
        reason = self.tr("Say first what it is about.")
        self._send.show_enabled(not lacking, reason if lacking else "")

    @Slot(str)
    def _on_way_chosen(self, key: str) -> None:
        self._kind = ActKind(key)
        self._ways.show_choice(key)
        words = {
            ActKind.ASK: self.tr(
                "Your lead gets your question with the submission ID. You may go on, or take "
                "another packet meanwhile."
            ),
            ActKind.FLAG: self.tr(
                "Tell the platform that something in this packet shows who the earner is, or "
                "should not be here. Say where it is, without repeating it."
            ),
            ActKind.RECUSE: self.tr(
                "You give the packet back because you know the work or have a conflict of "
                "interest. It counts nothing against you, and nobody asks why."
            ),
        }
        sends = {
            ActKind.ASK: self.tr("Ask"),
            ActKind.FLAG: self.tr("Report"),
            ActKind.RECUSE: self.tr("Recuse myself"),
        }
        self._words.show_text(words[self._kind])
        self._text.setVisible(self._needs_words())
        self._note.show_text(self.tr("It waits in the outbox and leaves with the next sync."))
        self._send.show_text(sends[self._kind])
        self._show_send()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._show_send()

    @Slot()
    def _on_send_clicked(self) -> None:
        text = self._text.text().strip() if self._needs_words() else ""
        self.shut()
        self.way_chosen.emit(WayOut(self._kind, text))
