"""The ways out of a packet: ask the lead, report exposed personal data, recuse, keep it longer."""

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.leaks import leaks_in
from assessor_app.domain.outbox import ActKind
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.field import TextBox
from assessor_app.ui.parts.menu_button import Choice
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.sheet import Sheet
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.settings.segmented import Segmented
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.ui.when import day
from assessor_app.usecases.packet import OpenedPacket


@dataclass(frozen=True, slots=True)
class WayOut:
    """What the assessor wants the platform to learn."""

    kind: ActKind
    text: str = field(repr=False)


class WaysOutSheet(Sheet):
    """One of four acts, with words where they are needed.

    Signals:
        way_chosen(WayOut): The assessor takes a way out.
    """

    way_chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, self.tr("Ask, report, recuse"), window)
        self._kind = ActKind.ASK
        self._own_words: tuple[str, ...] = ()
        self._ways = Segmented(
            theme,
            self.tr("What you want"),
            (
                Choice(ActKind.ASK.value, self.tr("Ask the lead")),
                Choice(ActKind.FLAG.value, self.tr("Report")),
                Choice(ActKind.RECUSE.value, self.tr("Recuse")),
                Choice(ActKind.LEASE.value, self.tr("Keep longer")),
            ),
            self,
        )
        self._words = Paragraph(theme, ink=Color.TEXT_2, parent=self)
        self._text = TextBox(theme, self.tr("What to say"), lines=3, parent=self)
        self._leaks = Banner(theme, Tone.WARN, self.tr("This may tell who somebody is"), "")
        self._lent = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._note = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._cancel = Button(theme, self.tr("Cancel"), kind=Kind.QUIET)
        self._send = Button(theme, "", kind=Kind.PRIMARY, icon="send")
        for widget in (self._ways, self._words, self._text, self._leaks, self._lent, self._note):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_foot(self._cancel)
        self.add_foot(self._send)
        self._ways.choice_chosen.connect(self._on_way_chosen)
        self._text.edited.connect(self._on_edited)
        self._cancel.clicked.connect(self.shut)
        self._send.clicked.connect(self._on_send_clicked)

    def show_packet(self, opened: OpenedPacket, own_words: tuple[str, ...]) -> None:
        """Ask about a packet, with nothing said yet. `own_words` name the assessor."""
        self._own_words = own_words
        submission, until = opened.assignment.submission, opened.assignment.lease_until
        self._lent.show_text(lease_words(until, is_over=opened.lease_is_over) if until else "")
        self._lent.setVisible(until is not None)
        self.show_title(self.tr("Ask, report, recuse: {0}").format(submission))
        self._text.show_text("")
        self._on_way_chosen(ActKind.ASK.value)

    def _needs_words(self) -> bool:
        return self._kind not in (ActKind.RECUSE, ActKind.LEASE)

    def _show_send(self) -> None:
        text = self._text.text().strip() if self._needs_words() else ""
        lacking = self._needs_words() and not text
        reason = self.tr("Say first what it is about.")
        self._send.show_enabled(not lacking, reason if lacking else "")
        found = dict.fromkeys(leak.quote for leak in leaks_in(text, self._own_words))
        self._leaks.setVisible(bool(found))
        if found:
            quotes = ", ".join(f"“{quote}”" for quote in found)
            self._leaks.show_message(
                Tone.WARN,
                self.tr("This may tell who somebody is"),
                self.tr("{0}. Say it without, or send it as it is.").format(quotes),
            )
        self._send.show_text(self.tr("Send as it is") if found else self._send_words())

    def _send_words(self) -> str:
        return {
            ActKind.ASK: self.tr("Ask"),
            ActKind.FLAG: self.tr("Report"),
            ActKind.RECUSE: self.tr("Recuse myself"),
            ActKind.LEASE: self.tr("Ask to keep it"),
        }[self._kind]

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
            ActKind.LEASE: self.tr(
                "The platform is asked to leave the packet with you for two more weeks. When the "
                "earner has to hear does not change."
            ),
            ActKind.RECUSE: self.tr(
                "You give the packet back because you know the work or have a conflict of "
                "interest. It counts nothing against you, and nobody asks why."
            ),
        }
        self._words.show_text(words[self._kind])
        self._text.setVisible(self._needs_words())
        self._note.show_text(self.tr("It waits in the outbox and leaves with the next sync."))
        self._show_send()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._show_send()

    @Slot()
    def _on_send_clicked(self) -> None:
        text = self._text.text().strip() if self._needs_words() else ""
        self.shut()
        self.way_chosen.emit(WayOut(self._kind, text))


def lease_words(until: datetime, *, is_over: bool) -> str:
    """Return until when a packet is lent, and what it means that this is over."""
    on = day(until.astimezone().date())
    if not is_over:
        return QCoreApplication.translate("lease", "Lent to you until {0}.").format(on)
    return QCoreApplication.translate(
        "lease",
        "It was lent to you until {0}. What you wrote stays here, and you can go on and seal it, "
        "but the platform may give the packet to somebody else. Ask to keep it longer.",
    ).format(on)
