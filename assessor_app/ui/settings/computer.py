"""The card that says what this computer offers: what the doctor found, in words."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.ui.parts.button import Button
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.settings.cards import SettingsCard
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.doctor import Check, Finding


def finding_words(finding: Finding) -> tuple[str, str]:
    """Return a finding as a short sentence, and what to do where it is not well."""
    if finding.ok:
        well = {
            Check.KEYRING: _tr("The system's key store can keep the key of your work"),
            Check.CIPHER: _tr("Your work is encrypted"),
            Check.CONFINEMENT: _tr("Artifacts are decoded behind a wall"),
            Check.STORE: _tr("Your work on this laptop is whole"),
            Check.CLOCK: _tr("The clock agrees with the platform"),
        }
        return well[finding.check], ""
    ill = {
        Check.KEYRING: (
            _tr("There is no key store"),
            _tr("Your work is locked with a passphrase instead, which is asked for each time."),
        ),
        Check.CIPHER: (
            _tr("The encryption does not work"),
            _tr("Install Assessor again. Until then nothing is written."),
        ),
        Check.CONFINEMENT: (
            _tr("Artifacts cannot be decoded behind a wall"),
            _tr("Only their text is shown. You may allow more under “Lock and evidence”."),
        ),
        Check.STORE: (
            _tr("Something of your work is damaged"),
            _tr("What you sealed is kept. Sync once, and what is missing is fetched again."),
        ),
        Check.CLOCK: (
            _tr("The clock of this laptop is wrong"),
            _tr("Set the date and time of the system. Due days are counted from them."),
        ),
    }
    return ill[finding.check]


class _FindingRow(QWidget):
    """A mark, what was found, and what to do."""

    def __init__(self, theme: Theme, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        words, cure = finding_words(finding)
        icon, ink = ("circle-check", Color.OK) if finding.ok else ("triangle-alert", Color.WARN)
        marks = Column(theme, margin=(0, 2, 0, 0))
        marks.addWidget(IconMark(theme, icon, ink=ink, parent=self))
        marks.addStretch(1)
        column = Column(theme, gap=0)
        column.addWidget(Paragraph(theme, words, parent=self))
        if cure:
            small = Paragraph(theme, cure, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
            column.addWidget(small)
        row = Row(theme, self, margin=(0, 2, 0, 2), gap=10)
        row.addLayout(marks)
        row.addLayout(column, 1)
        self.setAccessibleName(f"{words} {cure}".strip())


class ComputerCard(SettingsCard):
    """Findings, once somebody has asked.

    Signals:
        check_wanted(): The assessor wants this computer looked at.
    """

    check_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "stethoscope", _tr("This computer"), parent)
        self._rows: tuple[_FindingRow, ...] = ()
        self._note = Label(theme, _tr("Not checked yet"), ink=Color.TEXT_2, parent=self).elided()
        self._check = Button(theme, _tr("Check now"), parent=self)
        self._findings = Column(theme, gap=2)
        foot = Row(theme, margin=(0, 4, 0, 0))
        foot.addWidget(self._note, 1)
        foot.addWidget(self._check)
        self.body.addLayout(self._findings)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self._check.clicked.connect(self.check_wanted)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what was found."""
        for old in self._rows:
            old.hide()
            old.deleteLater()
        self._rows = tuple(_FindingRow(self._theme, finding, self) for finding in findings)
        for row in self._rows:
            self._findings.addWidget(row)
        ill = sum(not finding.ok for finding in findings)
        self._note.show_text(_tr("All is well") if not ill else _tr("{0} to look at").format(ill))
        self._check.show_enabled(enabled=True)

    def show_busy(self) -> None:
        """Show that it is being looked at."""
        self._note.show_text(_tr("Being checked…"))
        self._check.show_enabled(enabled=False)


def _tr(words: str) -> str:
    return QCoreApplication.translate("settings", words)
