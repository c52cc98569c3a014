"""The side navigation: sections with their counts, full or as a rail of icons."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from assessor_app.ui.parts.button import IconButton
from assessor_app.ui.parts.focus_ring import ring_radius
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Row, ScrollColumn
from assessor_app.ui.parts.logo import Logo
from assessor_app.ui.parts.painting import (
    RIGHT,
    Box,
    Ink,
    hover_fill,
    paint_box,
    paint_text,
    square,
    track_pointer,
)
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Color, Height, Style, Width

_ICON = 18
_ICON_X = 10
_LABEL_X = 38
_COUNT_X = 10
_BAR = (3, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavSection:
    """One section; `group` is the heading above the first of its kind."""

    key: str
    label: str
    icon: str
    count: int = 0
    needs_you: bool = False
    group: str = ""
    at_foot: bool = False


class NavItem(QPushButton):
    """Icon, label, and a count that is not drawn when it is zero."""

    section_chosen = Signal(str)

    def __init__(self, theme: Theme, section: NavSection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.section = theme, section
        self._is_rail = False
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        track_pointer(self)
        ring_radius(self, theme.radius("control"))
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self._on_theme_changed)
        self.show_section(section)
        self._on_theme_changed()

    def show_section(self, section: NavSection) -> None:
        """Show another count or label."""
        self.section = section
        self.setAccessibleName(section.label)
        self.setAccessibleDescription(str(section.count) if section.count else "")
        self._show_tip()
        self.update()

    def show_rail(self, is_rail: bool) -> None:  # noqa: FBT001 (a state to show)
        """Show the icon alone."""
        self._is_rail = is_rail
        self._show_tip()
        self.update()

    @override
    def nextCheckState(self) -> None:
        """Leave the state to the navigation."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.text(_ICON) + 2 * _ICON_X, self.height())

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        radius = theme.radius("control")
        current = self.isChecked()
        fill = Color.ACCENT_SOFT if current else hover_fill(self)
        paint_box(painter, theme, self.rect(), Box(fill=fill, radius=radius))
        if current:
            height = theme.control(_BAR[1])
            bar = QRect(0, (self.height() - height) // 2, _BAR[0], height)
            paint_box(painter, theme, bar, Box(fill=Color.ACCENT, radius=1))
        side = theme.text(_ICON)
        left = (self.width() - side) // 2 if self._is_rail else theme.space(_ICON_X)
        icon = square(left, side, self.rect())
        theme.paint_icon(painter, self.section.icon, icon, self._ink(Color.TEXT_2))
        if not self._is_rail:
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        theme = self._theme
        left = theme.space(_ICON_X) + theme.text(_ICON) + theme.space(_LABEL_X - _ICON_X - _ICON)
        right = self.width() - theme.space(_COUNT_X)
        count = str(self.section.count) if self.section.count else ""
        small = theme.number_font(Style.SMALL, weight=600 if self.isChecked() else 500)
        rect = QRect(left, 0, right - left, self.height())
        paint_text(painter, theme, rect, count, Ink(small, self._ink(Color.TEXT_2)), RIGHT)
        label = rect.adjusted(0, 0, -theme.space(8) - theme.text(8) * len(count), 0)
        ink = Color.TEXT if self.section.needs_you else self._ink(Color.TEXT)
        if self.isChecked():
            ink = Color.ACCENT_TEXT
        paint_text(painter, theme, label, self.section.label, Ink(self._label_font(), ink))

    def _ink(self, otherwise: Color) -> Color:
        if not self.isEnabled():
            return Color.DISABLED
        if self.isChecked():
            return Color.ACCENT_TEXT
        return Color.WARN if self.section.needs_you and self.section.count else otherwise

    def _label_font(self) -> QFont:
        return self._theme.font(Style.UI, weight=600 if self.isChecked() else 500)

    def _show_tip(self) -> None:
        self.setToolTip(self.section.label if self._is_rail else "")

    @Slot()
    def _on_clicked(self) -> None:
        self.section_chosen.emit(self.section.key)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFixedHeight(self._theme.height(Height.NAV_ITEM))


class SideNav(QWidget):
    """All sections in groups; Up and Down walk through them.

    Signals:
        section_chosen(key: str): The assessor wants this section.
        rail_toggled(): The assessor wants it narrow, or wide again.
    """

    section_chosen = Signal(str)
    rail_toggled = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_rail = False
        self._items: tuple[NavItem, ...] = ()
        self._headings: tuple[Label, ...] = ()
        self._current = ""
        self._logo = Logo(theme, 22, self)
        self._name = Label(theme, name, style=Style.HEADING, parent=self)
        self._toggle = IconButton(
            theme, "panel-left", self.tr("Narrow the navigation"), parent=self
        )
        self._scroll = ScrollColumn(theme, self, margin=(12, 2, 2, 4), gap=2)
        self._foot = Column(theme, margin=(12, 4, 12, 12), gap=2)
        self._build()
        self._toggle.clicked.connect(self.rail_toggled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_sections(self, sections: tuple[NavSection, ...]) -> None:
        """Show sections, their groups and counts; the current one stays."""
        if [item.section.key for item in self._items] != [s.key for s in sections]:
            self._rebuild(sections)
        for item, section in zip(self._items, sections, strict=True):
            item.show_section(section)
        self.show_current(self._current)

    def show_current(self, key: str) -> None:
        """Show which section is open; an empty key shows none."""
        self._current = key
        for item in self._items:
            item.setChecked(item.section.key == key)

    def show_rail(self, is_rail: bool) -> None:  # noqa: FBT001 (a state to show)
        """Show icons alone, 56 wide, or everything."""
        self._is_rail = is_rail
        for item in self._items:
            item.show_rail(is_rail)
        for heading in self._headings:
            heading.setVisible(not is_rail)
        self._name.setVisible(not is_rail)
        self._logo.setVisible(not is_rail)
        wider, narrower = self.tr("Widen the navigation"), self.tr("Narrow the navigation")
        self._toggle.show_name(wider if is_rail else narrower)
        self._on_theme_changed()

    def is_rail(self) -> bool:
        """Return whether it is narrow now."""
        return self._is_rail

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(Color.WINDOW))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.color(Color.LINE))

    def _build(self) -> None:
        self._head = Row(self._theme, margin=(20, 12, 10, 12))
        self._head.addWidget(self._logo)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._toggle)
        column = Column(self._theme, self, gap=0)
        column.addLayout(self._head)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)

    def _rebuild(self, sections: tuple[NavSection, ...]) -> None:
        for column in (self._scroll.body, self._foot):
            while (old := column.takeAt(0)) is not None:
                if (widget := old.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        items: list[NavItem] = []
        headings: list[Label] = []
        group = ""
        for section in sections:
            if section.group and section.group != group and not section.at_foot:
                headings.append(self._heading(section.group))
            group = section.group
            item = NavItem(self._theme, section)
            item.section_chosen.connect(self.section_chosen)
            (self._foot if section.at_foot else self._scroll.body).addWidget(item)
            items.append(item)
        self._scroll.body.addStretch(1)
        self._items, self._headings = tuple(items), tuple(headings)
        self.show_rail(self._is_rail)

    def _heading(self, group: str) -> Label:
        heading = Label(self._theme, group, style=Style.SMALL_STRONG, ink=Color.TEXT_3)
        heading.setContentsMargins(self._theme.space(_ICON_X), self._theme.space(16), 0, 6)
        self._scroll.body.addWidget(heading)
        return heading

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self._theme
        if self._is_rail:
            self.setFixedWidth(theme.control(theme.width(Width.SIDE_NAV_RAIL)))
            self._head.show_margin((12, 12, 12, 12), 0)
            self._scroll.body.show_margin((8, 2, 0, 4), 2)
            self._foot.show_margin((8, 4, 8, 12), 2)
        else:
            self.setFixedWidth(theme.text(theme.width(Width.SIDE_NAV)))
            self._head.show_margin((20, 12, 10, 12), 8)
            self._scroll.body.show_margin((12, 2, 2, 4), 2)
            self._foot.show_margin((12, 4, 12, 12), 2)
