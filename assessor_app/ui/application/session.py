"""Build the screens of an open profile. Imports everything: it comes after the first paint."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Slot

from assessor_app.render.host import RenderHost
from assessor_app.ui.application.controller import AssessorController, Frame
from assessor_app.ui.application.opening import Opening
from assessor_app.ui.services import Services
from assessor_app.ui.tasks import Tasks
from assessor_app.usecases.profiles import KeyVault
from assessor_app.usecases.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What outlives the profile."""

    tasks: Tasks
    render: RenderHost
    vault: KeyVault
    clock: Callable[[], datetime]


class OwnWords(QObject):
    """What names the assessor now, for the leak check."""

    def __init__(self, words: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def now(self) -> tuple[str, ...]:
        """Return the words."""
        return self._words

    @Slot(object)
    def show_words(self, words: tuple[str, ...]) -> None:
        """Use others from now on."""
        self._words = words


class ShownImages(QObject):
    """Whether pages and images are shown: behind a wall, or because the assessor says so."""

    def __init__(self, settings: Settings, *, is_confined: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._is_confined, self._is_wanted = is_confined, settings.unconfined

    def now(self) -> bool:
        """Return whether they are shown."""
        return self._is_confined or self._is_wanted

    @Slot(object)
    def show_settings(self, settings: Settings) -> None:
        """Let a choice hold from now on."""
        self._is_wanted = settings.unconfined


def open_session(frame: Frame, opening: Opening, means: Means) -> AssessorController:
    """Return the controller of everything the open profile can do."""
    own_words = OwnWords(opening.own_words, frame.window)
    images = ShownImages(opening.settings, is_confined=opening.is_confined, parent=frame.window)
    services = Services(
        tasks=means.tasks,
        workbench=opening.opened.workbench,
        render=means.render,
        clock=means.clock,
        own_words=own_words.now,
        shows_images=images.now,
    )
    controller = AssessorController(frame, services, opening.opened, means.vault, opening.settings)
    controller.own_words_changed.connect(own_words.show_words)
    controller.settings_applied.connect(images.show_settings)
    controller.tell(opening.opened.opening)
    return controller
