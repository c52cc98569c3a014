"""The controller of the screen of two versions: reads, keeps each choice at once, goes on."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from assessor_app.domain.ids import AssignmentId, CriterionId, LevelId
from assessor_app.ui.conflict.pins import TAKE_AWAY, TAKE_BACK
from assessor_app.ui.conflict.screen import ConflictScreen
from assessor_app.ui.conflict.state import conflict_of, first_to_look_at
from assessor_app.ui.desk.keys import DIGITS, Press
from assessor_app.ui.parts.tone import Tone
from assessor_app.ui.services import Services
from assessor_app.ui.shell.shortcuts import Shortcut, Shortcuts
from assessor_app.ui.tasks import Lane
from assessor_app.ui.theme.theme import Theme
from assessor_app.ui.words import sentence
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.renewal import (
    Choices,
    Comparison,
    choose_level,
    choose_place,
    compare,
    forget_place,
    renew,
    restore,
)
from assessor_app.usecases.review import Saved

T = TypeVar("T")


class ConflictController(QObject):
    """One review at a time.

    Signals:
        opened(Comparison): There is something to compare, and it is shown.
        left(): Back.
        renewed(Saved, to_seal: bool): The review is a draft on the present version.
        not_needed(assignment: str): The review is about the present version already.
        old_chosen(assignment: str): The assessor wants to see what was written.
        pin_followed(assignment: str, pin_id: str): The assessor wants to see a pin as it was made.
        export_chosen(assignment: str): The assessor wants it as a file.
        problem(AppError): The versions could not be read.
    """

    opened = Signal(object)
    left = Signal()
    renewed = Signal(object, bool)
    not_needed = Signal(str)
    old_chosen = Signal(str)
    pin_followed = Signal(str, str)
    export_chosen = Signal(str)
    problem = Signal(object)

    def __init__(
        self, services: Services, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.widget = ConflictScreen(theme, parent)
        self._services = services
        self._assignment = AssignmentId("")
        self._comparison: Comparison | None = None
        self._current = CriterionId("")
        self._to_seal = False
        self._before: list[Choices] = []
        self._connect()
        self._add_keys(shortcuts)

    def open(self, assignment: AssignmentId) -> None:
        """Read both versions of a review and show them."""
        self._assignment = assignment
        self._comparison = None
        self._before = []
        self._read()

    def _connect(self) -> None:
        screen = self.widget
        screen.left.connect(self.left)
        screen.criterion_chosen.connect(self._on_criterion_chosen)
        screen.stepped.connect(self._on_stepped)
        screen.level_chosen.connect(self._on_level_chosen)
        screen.desk_chosen.connect(self._on_desk_chosen)
        screen.seal_chosen.connect(self._on_seal_chosen)
        screen.old_chosen.connect(self._on_old_chosen)
        screen.export_chosen.connect(self._on_export_chosen)
        screen.undo_chosen.connect(self.undo)
        screen.pin_followed.connect(self._on_pin_followed)
        screen.pin_settled.connect(self._on_pin_settled)

    def _add_keys(self, shortcuts: Shortcuts) -> None:
        group = self.tr("Two versions")

        def add(key: str, words: str, keys: str, slot: Callable[[], None]) -> None:
            shortcut = Shortcut(key=f"conflict.{key}", words=words, keys=keys, group=group)
            shortcuts.add(shortcut, slot, scope=self.widget)

        add("back", self.tr("Back"), "Esc", self.left.emit)
        add("down", self.tr("Next criterion"), "Down", self._on_next)
        add("up", self.tr("Previous criterion"), "Up", self._on_previous)
        add("seal", self.tr("Seal"), "Ctrl+Return", self._on_seal_chosen)
        add("undo", self.tr("Undo"), "Ctrl+Z", self.undo)
        add("clear", self.tr("Clear the level"), "0", self.clear)
        for digit in range(1, DIGITS + 1):
            rate = Press(self.rate, digit - 1, self)
            add(f"rate.{digit}", self.tr("Give level {0}").format(digit), str(digit), rate.fire)

    def rate(self, rank: int) -> None:
        """Give a level of the criterion in front, as its digit does."""
        if (comparison := self._comparison) is None:
            return
        change = next(one for one in comparison.criteria if one.now.id == self._current)
        if not change.is_kept and rank < len(change.now.levels):
            self._on_level_chosen(rank)

    def clear(self) -> None:
        """Take back the level chosen for the criterion in front."""
        if self._comparison is not None and self._current in self._comparison.chosen:
            self._choose_level(None)

    @Slot()
    def undo(self) -> None:
        """Take back what was chosen last since the screen was opened."""
        if self._before:
            prepare = self._services.workbench.prepare
            self._store(prepare(restore, self._assignment, self._before.pop()), self._on_chosen)

    def _read(self) -> None:
        services = self._services
        self._store(
            services.workbench.prepare(compare, self._assignment, now=services.clock()),
            self._on_compared,
        )

    def _store(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._services.tasks.run(Lane.STORE, work, owner=self, done=done, failed=self._on_failed)

    def _on_compared(self, comparison: Comparison | None) -> None:
        if comparison is None:
            self.not_needed.emit(self._assignment)
            return
        is_new = self._comparison is None
        self._comparison = comparison
        if is_new:
            self._current = first_to_look_at(comparison)
            self.widget.banner.hide()
        self._show()
        if is_new:
            self.opened.emit(comparison)

    def _on_chosen(self, _nothing: None) -> None:
        self._read()

    def _on_renewed(self, saved: Saved) -> None:
        self.renewed.emit(saved, self._to_seal)

    def _on_failed(self, error: AppError) -> None:
        if self._comparison is None:
            self.problem.emit(error)
            return
        banner = self.widget.banner
        banner.show_message(
            Tone.WARN,
            self.tr("This could not be done"),
            sentence(error),
            details=type(error).__name__,
        )
        banner.show()

    def _show(self) -> None:
        if self._comparison is not None:
            can_undo = bool(self._before)
            state = conflict_of(self._comparison, self._current, can_undo=can_undo)
            self.widget.show_conflict(state)

    def _renew(self, *, to_seal: bool) -> None:
        if self._comparison is None:
            return
        self._to_seal = to_seal
        services = self._services
        self._store(
            services.workbench.prepare(renew, self._assignment, now=services.clock()),
            self._on_renewed,
        )

    @Slot(str)
    def _on_criterion_chosen(self, key: str) -> None:
        self._current = CriterionId(key)
        self._show()

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        if self._comparison is None:
            return
        ids = [change.now.id for change in self._comparison.criteria]
        self._current = ids[min(max(ids.index(self._current) + by, 0), len(ids) - 1)]
        self._show()

    @Slot(int)
    def _on_level_chosen(self, rank: int) -> None:
        if (comparison := self._comparison) is None:
            return
        self._choose_level(comparison.now.rubric.criterion(self._current).levels[rank].id)

    def _choose_level(self, level: LevelId | None) -> None:
        prepare = self._services.workbench.prepare
        self._choose(prepare(choose_level, self._assignment, self._current, level))

    def _choose(self, work: Callable[[], None]) -> None:
        """Keep a choice at once, and what was chosen before it for an undo."""
        if self._comparison is not None:
            self._before.append(self._comparison.choices)
            self._store(work, self._on_chosen)

    @Slot(str)
    def _on_pin_followed(self, pin: str) -> None:
        self.pin_followed.emit(self._assignment, pin)

    @Slot(str, str)
    def _on_pin_settled(self, pin: str, way: str) -> None:
        if (comparison := self._comparison) is None:
            return
        pins = (own for change in comparison.criteria for own in change.pins)
        found = next(own.found for own in pins if own.found.pin.id == pin)
        prepare = self._services.workbench.prepare
        if way == TAKE_BACK:
            work = prepare(forget_place, self._assignment, found.pin.id)
        else:
            place = None if way == TAKE_AWAY else found.spots[int(way)].place
            work = prepare(choose_place, self._assignment, found.pin.id, place)
        self._choose(work)

    @Slot()
    def _on_next(self) -> None:
        self._on_stepped(1)

    @Slot()
    def _on_previous(self) -> None:
        self._on_stepped(-1)

    @Slot()
    def _on_desk_chosen(self) -> None:
        self._renew(to_seal=False)

    @Slot()
    def _on_seal_chosen(self) -> None:
        if self._comparison is not None and not self._comparison.waiting:
            self._renew(to_seal=True)

    @Slot()
    def _on_old_chosen(self) -> None:
        self.old_chosen.emit(self._assignment)

    @Slot()
    def _on_export_chosen(self) -> None:
        self.export_chosen.emit(self._assignment)
