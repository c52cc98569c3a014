"""What was written in work that a newer version made: to be read and copied, never changed.

Imported after the first paint.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from assessor_app.ui.outbox.act_list import ActList
from assessor_app.ui.parts.banner import Banner
from assessor_app.ui.parts.bars import Bar
from assessor_app.ui.parts.button import Button, Kind
from assessor_app.ui.parts.label import Label
from assessor_app.ui.parts.layout import Column, Panel, Row, ScrollColumn
from assessor_app.ui.parts.splitter import Splitter
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.signin.unopened_words import ShownWork
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.theme.tokens import Style
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError

Index = QModelIndex | QPersistentModelIndex

_LEAST_LIST, _LEAST_TEXT = 200, 160
_NOTHING = ShownWork((), "")


class _Written(ActList):
    """The reviews; the row that is shown stays marked.

    Signals:
        row_chosen(row: int): The assessor wants the text of this one.
    """

    row_chosen = Signal(int)

    @override
    def is_chosen(self, index: Index) -> bool:
        return index.row() == self.currentIndex().row()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.row_chosen.emit(current.row())


class _Text(QPlainTextEdit):
    """One text as it was written, to be read, selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(self.tr("What you wrote"))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(Style.BODY))


class UnopenedPage(Panel):
    """A list of what was written, the text of one beside it, and no way to change anything.

    Signals:
        left(): The assessor wants to go back.
        export_chosen(text: str): The assessor wants everything in a file.
    """

    left = Signal()
    export_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._work = _NOTHING
        self._back = Button(theme, self.tr("Back"), kind=Kind.QUIET, icon="chevron-left")
        self._title = Label(theme, self.tr("What you wrote"), style=Style.TITLE).elided()
        self._copy = Button(theme, self.tr("Copy this text"), icon="copy")
        self._export = Button(theme, self.tr("Export all…"), icon="download")
        self._note = Banner(theme, Tone.PLAIN, "", "")
        self._list = _Written(theme)
        self._list.setAccessibleName(self.tr("Drafts and sealed reviews"))
        self._text = _Text(theme)
        self._build()
        self.setFocusProxy(self._list)
        self._back.clicked.connect(self.left)
        self._copy.clicked.connect(self._on_copy_clicked)
        self._export.clicked.connect(self._on_export_clicked)
        self._list.row_chosen.connect(self._on_row_chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_work(self, work: ShownWork) -> None:
        """Show what was written, the first of it in full."""
        self._work = work
        self._text.clear()
        self._list.show_entries(tuple(review.row for review in work.reviews))
        self._copy.setEnabled(bool(work.reviews))
        self._note.show_message(Tone.PLAIN, self._told(), self._kept())
        if work.reviews:
            self._list.setCurrentIndex(self._list.model().index(0, 0))

    def show_written(self, name: str) -> None:
        """Say that what was written is in a file."""
        text = self.tr("{0} is not encrypted: keep it where only you can read it.").format(name)
        self._note.show_message(Tone.OK, self.tr("What you wrote is in a file"), text)

    def show_error(self, error: AppError) -> None:
        """Say why there is no file."""
        title = self.tr("The file was not written")
        self._note.show_message(Tone.WARN, title, sentence(error), details=type(error).__name__)

    def forget(self) -> None:
        """Let nothing of it stay in memory."""
        self.show_work(_NOTHING)

    def _told(self) -> str:
        count = len(self._work.reviews)
        if not count:
            return self.tr("No draft and no sealed review is in this work")
        if count == 1:
            return self.tr("1 draft or sealed review is here, whole")
        return self.tr("{0} drafts and sealed reviews are here, whole").format(count)

    def _kept(self) -> str:
        return self.tr(
            "A newer Assessor wrote this work. Read, select and copy it here: nothing of it is "
            "changed. To go on with it, install the newer version."
        )

    def _build(self) -> None:
        theme = self._theme
        head = Bar(theme, parent=self)
        head.row.addWidget(self._back)
        head.row.addWidget(self._title, 1)
        head.row.addWidget(self._copy)
        head.row.addWidget(self._export)
        self._scroll = ScrollColumn(theme, margin=(24, 8, 8, 16))
        self._scroll.body.addWidget(self._list)
        self._scroll.body.addStretch(1)
        beside = QWidget()
        Row(theme, beside, margin=(16, 12, 24, 16)).addWidget(self._text)
        panes = Splitter(theme, self)
        panes.addWidget(self._scroll)
        panes.addWidget(beside)
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 1)
        note = Column(theme, margin=(24, 16, 24, 16))
        note.addWidget(self._note)
        column = Column(theme, self, gap=0)
        column.addWidget(head)
        column.addLayout(note)
        column.addWidget(panes, 1)

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        review = self._work.reviews[row]
        self._text.setPlainText(review.text)
        self._text.setAccessibleDescription(review.row.spoken)

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _on_export_clicked(self) -> None:
        self.export_chosen.emit(self._work.everything)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._scroll.setMinimumWidth(self._theme.control(_LEAST_LIST))
        self._text.setMinimumWidth(self._theme.control(_LEAST_TEXT))
