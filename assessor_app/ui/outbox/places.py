"""The three places a review can be in, with how many are in each."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from assessor_app.ui.parts.icon_mark import IconMark
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row
from assessor_app.ui.parts.painting import Box, paint_box
from assessor_app.ui.parts.paragraph import Paragraph
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Style
from assessor_app.usecases.outbox import Places


class _Place(QWidget):
    """One place: icon, number, name, what it means; a count of zero is not drawn."""

    def __init__(
        self, theme: Theme, icon: str, name: str, meaning: tuple[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._name, (self._meaning, self._nothing) = name, meaning
        self._count = Label(theme, "0", style=Style.TITLE, parent=self)
        words = Row(theme, gap=8)
        words.addWidget(self._count)
        self._called = Label(theme, name, style=Style.UI_STRONG, parent=self).elided()
        words.addWidget(self._called, 1)
        self._means = Paragraph(
            theme, self._nothing, style=Style.SMALL, ink=Color.TEXT_2, parent=self
        )
        column = Column(theme, gap=0)
        column.addLayout(words)
        column.addWidget(self._means)
        row = Row(theme, self, gap=12)
        row.addWidget(IconMark(theme, icon, size=20, parent=self))
        row.addLayout(column, 1)

        self._theme = theme
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_count(self, count: int, meaning: str = "") -> None:
        means = meaning or (self._meaning if count else self._nothing)
        self._count.show_text(str(count))
        self._count.setVisible(bool(count))
        self._means.show_text(means)
        self.setAccessibleName(f"{count} {self._name}, {means}")

    @Slot()
    def _on_theme_changed(self) -> None:
        """Keep the name on the line of the others where no number stands before it."""
        self._called.setMinimumHeight(self._theme.line(Style.TITLE))


class PlacesStrip(QWidget):
    """On this laptop → in the outbox → received: where everything of the assessor's is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        tr = self.tr
        self._laptop = _Place(
            theme, "laptop", tr("on this laptop"), (tr("drafts, not sealed"), tr("no draft")), self
        )
        self._outbox = _Place(
            theme,
            "send",
            tr("in the outbox"),
            (tr("sealed, not yet received"), tr("nothing waits")),
            self,
        )
        self._received = _Place(
            theme,
            "mail-check",
            tr("received"),
            (tr("each with its receipt"), tr("nothing yet")),
            self,
        )
        row = Row(theme, self, margin=(20, 12, 20, 12), gap=16)
        row.addWidget(self._laptop, 1)
        row.addWidget(IconMark(theme, "arrow-right", parent=self))
        row.addWidget(self._outbox, 1)
        row.addWidget(IconMark(theme, "arrow-right", parent=self))
        row.addWidget(self._received, 1)
        theme.changed.connect(self.update)

    def show_places(
        self, places: Places, *, held: str, drafts_away: int = 0, sealed_away: int = 0
    ) -> None:
        """Show how many reviews are where; `held` says what holds those in the outbox."""
        self._laptop.show_count(places.laptop, self._away_words(places.laptop, drafts_away))
        away = self._away_words(places.outbox, sealed_away)
        is_held = held and places.outbox > sealed_away
        self._outbox.show_count(places.outbox, held if is_held else away)
        self._received.show_count(places.received)

    def _away_words(self, count: int, away: int) -> str:
        if away == 0:
            return ""
        return self.tr("put away by you") if away == count else self.tr("{0} put away").format(away)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box = Box(fill=Color.WINDOW, radius=self._theme.radius("card"))
        paint_box(QPainter(self), self._theme, self.rect(), box)
