"""A message in place: what happened, what is safe, what to do."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.flow import Flow
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.tone import ICON, INK, SOFT, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_ICON = 20


class Banner(QWidget):
    """A title, a sentence, buttons, and details that fold out and can be copied.

    `details` must hold nothing of the evidence.
    """

    def __init__(
        self,
        theme: Theme,
        tone: Tone,
        title: str,
        text: str,
        *,
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self._mark = IconMark(theme, ICON[tone], size=_ICON, parent=self)
        self._title = Paragraph(theme, style=Style.UI_STRONG, parent=self)
        self._text = Paragraph(theme, ink=Color.TEXT_2, parent=self)
        self._details = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._more = Button(theme, "", kind=Kind.QUIET, small=True, parent=self)
        self._copy = Button(
            theme, self.tr("Copy details"), kind=Kind.QUIET, icon="copy", small=True, parent=self
        )
        self._buttons = Flow(theme)
        self._build()
        self._more.clicked.connect(self._on_more_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)
        theme.changed.connect(self.update)
        self.show_message(tone, title, text, details=details)

    def show_message(self, tone: Tone, title: str, text: str, *, details: str = "") -> None:
        """Say something else."""
        self._tone = tone
        self._mark.show_icon(ICON[tone], INK[tone])
        self._title.show_text(title)
        self._text.show_text(text)
        self._text.setVisible(bool(text))
        self._details.show_text(details)
        self._more.setVisible(bool(details))
        self._show_details(visible=False)
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()

    def add_button(self, button: QWidget) -> None:
        """Put a way out under the sentence; the first is the one to take."""
        self._buttons.insert_widget(self._buttons.count() - 2, button)

    def ways(self) -> tuple[QWidget, ...]:
        """Return the buttons in their order, shown or not."""
        return self._buttons.widgets()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=SOFT[self._tone], radius=self._theme.radius("card"))
        paint_box(QPainter(self), self._theme, self.rect(), box)

    def _build(self) -> None:
        for widget in (self._more, self._copy):
            self._buttons.insert_widget(self._buttons.count(), widget)
        said = Column(self._theme, gap=2)
        for part in (self._title, self._text, self._details):
            said.addWidget(part)
        words = Column(self._theme, gap=8)
        words.addLayout(said)
        words.addLayout(self._buttons)
        marks = Column(self._theme)
        marks.addWidget(self._mark)
        marks.addStretch(1)
        row = Row(self._theme, self, margin=(16, 12, 16, 12), gap=12)
        row.addLayout(marks)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _show_details(self, *, visible: bool) -> None:
        self._details.setVisible(visible)
        self._copy.setVisible(visible)
        self._more.show_icon("chevron-down" if visible else "chevron-right")
        self._more.show_text(self.tr("Hide details") if visible else self.tr("Details"))

    @Slot()
    def _on_more_clicked(self) -> None:
        self._show_details(visible=self._details.isHidden())

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details.text())
