"""One packet on its way to this laptop: its ID, how much of it is here, and a line."""

from types import MappingProxyType

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.outbox.packets import Coming, FetchRow
from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style

_MARKS = MappingProxyType(
    {
        Coming.ARRIVING: ("download", Color.ACCENT_TEXT),
        Coming.WAITING: ("clock", Color.TEXT_2),
        Coming.HELD: ("pause", Color.TEXT_2),
        Coming.READY: ("circle-check", Color.OK),
        Coming.ASIDE: ("triangle-alert", Color.WARN),
    }
)


class PacketLine(QWidget):
    """A packet with its state as an icon and in words."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_last = False
        self._mark = IconMark(theme, "download", parent=self)
        self._submission = Label(theme, weight=500, parent=self).elided()
        self._right = Label(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._words = Paragraph(theme, style=Style.SMALL, ink=Color.TEXT_2, parent=self)
        self._share = ProgressLine(theme, self.tr("Of this packet"), self)
        head = Row(theme, gap=8)
        head.addWidget(self._submission, 1)
        head.addWidget(self._right)
        said = Column(theme, gap=4)
        said.addLayout(head)
        said.addWidget(self._words)
        said.addWidget(self._share)
        marks = Column(theme, margin=(0, 2, 0, 0))
        marks.addWidget(self._mark)
        marks.addStretch(1)
        row = Row(theme, self, margin=(0, 8, 0, 9), gap=8)
        row.addLayout(marks)
        row.addLayout(said, 1)

    def show_row(self, row: FetchRow, *, is_last: bool) -> None:
        """Show another packet; no line is under the last one."""
        self._is_last = is_last
        icon, ink = _MARKS[row.coming]
        self._mark.show_icon(icon, ink)
        self._submission.show_text(row.submission)
        self._right.show_text(row.right)
        self._words.show_text(row.words)
        self._words.setVisible(bool(row.words))
        self._share.setVisible(row.share is not None)
        self._share.show_share(row.share or 0.0)
        said = (row.submission, row.words, row.right)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_last:
            line = self._theme.color(Color.LINE)
            QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, line)
