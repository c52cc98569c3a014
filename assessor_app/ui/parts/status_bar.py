"""The three answers at the foot of the window: connected, only here, being fetched."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.bars import Bar, Edge
from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.layout import Rule
from assessor_app.ui.parts.painting import (
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    text_width,
    track_pointer,
)
from assessor_app.ui.parts.progress import ProgressLine
from assessor_app.ui.parts.tone import INK, Tone
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style

_ICON = 14
_GAP = 6
_SIDE = 12
_RULE = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSegment:
    """One answer; `short` stands in for `text` where there is little room."""

    icon: str
    text: str
    short: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusState:
    """All three answers; `share` from 0.0 to 1.0 only while something is fetched."""

    connection: StatusSegment
    laptop: StatusSegment
    fetching: StatusSegment
    share: float | None = None
    is_paused: bool = False


class _SegmentButton(QPushButton):
    """An answer that leads to the sync centre."""

    def __init__(self, theme: Theme, question: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._question = theme, question
        self._segment = StatusSegment(icon="", text="", short="")
        self._is_short = False
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("small"))

    def show_segment(self, segment: StatusSegment, *, is_short: bool) -> None:
        self._segment, self._is_short = segment, is_short
        self.setAccessibleName(self._question)
        self.setAccessibleDescription(segment.text)
        self.setToolTip(segment.text if is_short else "")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        icon = theme.text(_ICON) + theme.space(_GAP) if self._segment.icon else 0
        width = 2 * theme.space(_SIDE) + icon + text_width(self._font(), self._words())
        return QSize(width, theme.control(24))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(
            self._theme.text(_ICON) + 2 * self._theme.space(_SIDE), self.sizeHint().height()
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        paint_box(
            painter, theme, self.rect().adjusted(4, 0, -4, 0), Box(fill=hover_fill(self), radius=4)
        )
        ink = INK[self._segment.tone]
        left = theme.space(_SIDE)
        if self._segment.icon:
            side = theme.text(_ICON)
            theme.paint_icon(painter, self._segment.icon, square(left, side, self.rect()), ink)
            left += side + theme.space(_GAP)
        rect = QRect(left, 0, self.width() - left - 4, self.height())
        paint_text(painter, theme, rect, self._words(), Ink(self._font(), ink))

    def _words(self) -> str:
        return self._segment.short if self._is_short else self._segment.text

    def _font(self) -> QFont:
        return self._theme.number_font(Style.SMALL)


class StatusBar(Bar):
    """Always answers: am I connected, what of mine is only on this laptop, what is being fetched.

    Signals:
        status_chosen(segment: str): "connection", "laptop" or "fetching" was pressed.
        pause_chosen(): The assessor wants fetching paused, or going on.
    """

    status_chosen = Signal(str)
    pause_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            Height.STATUS_BAR,
            line=Edge.TOP,
            fill=Color.WINDOW,
            side_padding=0,
            parent=parent,
        )
        self._state: StatusState | None = None
        self._connection = _SegmentButton(theme, self.tr("Connection"), self)
        self._laptop = _SegmentButton(theme, self.tr("Only on this laptop"), self)
        self._fetching = _SegmentButton(theme, self.tr("Being fetched"), self)
        self._rules = (Rule(theme, upright=True), Rule(theme, upright=True))
        self._progress = ProgressLine(theme, self.tr("Fetched so far"), self)
        self._pause = IconButton(theme, "pause", self.tr("Pause"), parent=self)
        self._build()
        self._connection.clicked.connect(self._on_connection_clicked)
        self._laptop.clicked.connect(self._on_laptop_clicked)
        self._fetching.clicked.connect(self._on_fetching_clicked)
        self._pause.clicked.connect(self.pause_chosen)
        theme.changed.connect(self._on_scale_changed)
        self._on_scale_changed()

    def show_status(self, state: StatusState) -> None:
        """Show all three answers."""
        self._state = state
        is_short = self._theme.is_large_text or self._is_too_narrow(state)
        self._connection.show_segment(state.connection, is_short=is_short)
        self._laptop.show_segment(state.laptop, is_short=is_short)
        self._fetching.show_segment(state.fetching, is_short=is_short)
        self._progress.setVisible(state.share is not None)
        self._progress.show_share(state.share or 0.0)
        self._pause.setVisible(state.share is not None)
        self._pause.show_icon("play" if state.is_paused else "pause")
        self._pause.show_name(self.tr("Go on fetching") if state.is_paused else self.tr("Pause"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._state is not None:
            self.show_status(self._state)

    def _is_too_narrow(self, state: StatusState) -> bool:
        font = self._theme.number_font(Style.SMALL)
        texts = (state.connection.text, state.laptop.text, state.fetching.text)
        each = self._theme.text(_ICON) + self._theme.space(_GAP + 2 * _SIDE) + 1
        wanted = sum(text_width(font, text) + each for text in texts) + self._theme.space(4 + 12)
        if state.share is not None:
            wanted += self._theme.text(96) + self._theme.control(28) + self._theme.space(_SIDE)
        return wanted > self.width()

    def _build(self) -> None:
        self.row.show_margin((4, 0, 12, 0), 0)  # room for the focus ring
        self.row.addWidget(self._connection)
        self.row.addWidget(self._rules[0])
        self.row.addWidget(self._laptop)
        self.row.addWidget(self._rules[1])
        self.row.addWidget(self._fetching)
        self.row.addWidget(self._progress)
        self.row.addWidget(self._pause)
        self.row.addStretch(1)
        self._progress.hide()
        self._pause.hide()
        self._progress.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @Slot()
    def _on_connection_clicked(self) -> None:
        self.status_chosen.emit("connection")

    @Slot()
    def _on_laptop_clicked(self) -> None:
        self.status_chosen.emit("laptop")

    @Slot()
    def _on_fetching_clicked(self) -> None:
        self.status_chosen.emit("fetching")

    @Slot()
    def _on_scale_changed(self) -> None:
        for rule in self._rules:
            rule.setFixedHeight(self._theme.control(_RULE))
        self._pause.setFixedSize(self._theme.control(28), self._theme.control(24))
        if self._state is not None:
            self.show_status(self._state)
