"""The composition root: builds everything once, passes it down, and ends it in order.

What is slow to import comes after the first paint, inside the functions that need it.
"""

import gc
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QApplication

from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.ui.application.crash import CrashReporter, CrashSheet
from assessor_app.ui.application.entrance import Doors, Entrance
from assessor_app.ui.application.first_frame import FirstFrame
from assessor_app.ui.application.hardening import harden
from assessor_app.ui.application.instance import FirstInstance, raise_first
from assessor_app.ui.application.logs import start_log, stop_log
from assessor_app.ui.application.looking import Unopened
from assessor_app.ui.application.memory import WindowMemory, encoded, load_memory, save_memory
from assessor_app.ui.application.samples import Samples, can_run
from assessor_app.ui.gui_thread_gc import GuiThreadGC
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.signin.form import TypedAccess
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.accounts import KnownAccount, has_keyring, list_accounts
from assessor_app.usecases.errors import AppError
from assessor_app.usecases.first_page import (
    FirstPage,
    KeyringVault,
    KeyVault,
    list_known,
    look_first,
)

NAME = "assessor-app"
LOGS = "logs"


class _Closable(Protocol):
    """Something of a profile that has to be given back."""

    def close(self) -> None:
        """Give it back."""
        ...


_Held = TypeVar("_Held", bound=_Closable)


class _Next(Enum):
    """What is shown once the profile is closed."""

    SIGN_IN = "sign_in"
    ACCOUNTS = "accounts"
    LOCK = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the window is opened. `starts_samples`: straight into the samples."""

    root: Path
    starts_samples: bool = False
    vault: KeyVault | None = None


def now() -> datetime:
    """Return the time of this computer."""
    return datetime.now(UTC)


def default_root() -> Path:
    """Return where this user's profiles are kept on this system."""
    place = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(place)) / NAME


class Program(QObject):
    """One run of the window program; a tour drives `window` and `theme`.

    Threads: the GUI thread. The doors and whatever else blocks run on a lane.
    """

    def __init__(self, app: QApplication, options: Options) -> None:
        super().__init__(app)
        self._app, self._root = app, options.root
        self._starts_samples = options.starts_samples
        self._vault = options.vault or KeyringVault()
        self._held: list[_Closable] = []
        self._folder = Path()
        self._controller: Any = None
        self._leaving_to: _Next | None = None
        self._platform_url = ""
        self._memory = load_memory(self._root)
        self._section = self._memory.section
        self.theme = Theme(app, self)
        self.theme.use_mode(self._memory.mode)
        self.theme.use_text_scale(self._memory.text_scale)
        self._tasks = Tasks(self)
        self._render = RenderHost(ProfileName.VIEWER)
        self._samples = Samples(self._root, now)
        self._frame, self._entrance = self._open_window()

    @property
    def window(self) -> MainWindow:
        """The window that is there now."""
        return self._frame.window

    def start(self) -> None:
        """Show the window: the work used last, or the ways in."""
        known = list_known(self._root)
        if self._starts_samples:
            self._entrance.try_samples()
        elif not known:
            self._entrance.show_first_run()
        elif known[0].needs_passphrase:
            self._entrance.show_unlock(known[0].folder)
        else:
            self._frame.show_section(self._section)
            self._look(known[0].folder)
        self.window.show()

    def close(self) -> None:
        """Save what is typed, end every lane, and give everything back."""
        self._remember()
        if self._controller is not None:
            self._controller.stop()
        self._tasks.close()
        self._give_back()
        self._samples.stop()
        self._render.close()

    @Slot()
    def raise_window(self) -> None:
        """Bring the window to the front."""
        self.window.setVisible(True)
        self.window.raise_()
        self.window.activateWindow()

    @Slot(str)
    def show_fault(self, report: str) -> None:
        """Say in the window that the program had a fault."""
        sheet = CrashSheet(self.theme, self.window)
        sheet.closed.connect(sheet.deleteLater)
        sheet.show_report(report)
        self.window.show_sheet(sheet)

    def _open_window(self) -> tuple[FirstFrame, Entrance]:
        frame = FirstFrame(self.theme, geometry=self._memory.geometry_bytes())
        unopened = Unopened(self._vault)
        doors = Doors(
            has_keyring=self._has_keyring,
            accounts=self._accounts,
            sign_in=self._sign_in,
            unlock=self._unlock,
            look=unopened.look,
            export=unopened.export,
            samples=self._samples.begin if can_run() else None,
        )
        entrance = Entrance(frame.window, self.theme, self._tasks, doors)
        entrance.entered.connect(self._on_entered)
        frame.window.window_closed.connect(self._app.quit)
        return frame, entrance

    def _remember(self) -> None:
        save_memory(
            self._root,
            WindowMemory(
                geometry=encoded(bytes(self.window.saveGeometry().data())),
                section=self._section,
                mode=self.theme.mode,
                text_scale=self.theme.text_scale,
            ),
        )

    def _hold(self, what: _Held) -> _Held:
        """Remember what has to be given back, whether or not its result is delivered."""
        self._held.append(what)
        return what

    def _look(self, folder: Path) -> None:
        """Read the first page of the queue, paint it, then open the profile."""

        def look() -> FirstPage:
            page = look_first(folder, self._vault, now=now())
            self._hold(page.locked)
            return page

        self._tasks.run(
            Lane.STORE,
            look,
            owner=self,
            done=self._on_first_page,
            failed=self._entrance.show_error,
        )

    def _has_keyring(self) -> bool:
        return has_keyring(self._vault)

    def _accounts(self) -> tuple[KnownAccount, ...]:
        return list_accounts(self._root, self._vault)

    def _sign_in(self, typed: TypedAccess) -> Any:
        from assessor_app.ui.application import opening  # noqa: PLC0415 (slow)

        made = opening.sign_in(self._root, typed, self._vault, self._render, now)
        self._hold(made.opened)
        return made

    def _unlock(self, folder: Path, passphrase: str) -> Any:
        from assessor_app.ui.application import opening  # noqa: PLC0415 (slow)

        made = opening.unlock(folder, passphrase, self._vault, self._render, now)
        self._hold(made.opened)
        return made

    def _on_first_page(self, page: FirstPage) -> None:
        self._frame.show_rows(page.rows)

        def open_first() -> Any:
            from assessor_app.ui.application import opening  # noqa: PLC0415 (slow)

            made = opening.open_first(page, self._render, now)
            self._hold(made.opened)
            return made

        self._tasks.run(
            Lane.STORE,
            open_first,
            owner=self,
            done=self._on_entered,
            failed=self._entrance.show_error,
        )

    @Slot(object)
    def _on_entered(self, opening: Any) -> None:
        """Build the screens of the profile that is open now."""
        from assessor_app.ui.application.controller import Frame  # noqa: PLC0415 (slow)
        from assessor_app.ui.application.session import Means, open_session  # noqa: PLC0415 (slow)

        frame = Frame(window=self.window, theme=self.theme, queue=self._frame.queue)
        means = Means(tasks=self._tasks, render=self._render, vault=self._vault, clock=now)
        controller = open_session(frame, opening, means)
        controller.sign_in_wanted.connect(self._on_sign_in_wanted)
        controller.accounts_wanted.connect(self._on_accounts_wanted)
        controller.lock_wanted.connect(self._on_lock_wanted)
        controller.stopped.connect(self._on_stopped)
        controller.section_shown.connect(self._on_section_shown)
        self._controller = controller
        self._platform_url = opening.platform_url
        self._folder = opening.opened.folder
        controller.start(self._section)
        gc.freeze()
        if self._samples.serves(self._platform_url):
            self._tasks.run(
                Lane.NETWORK,
                self._samples.resume,
                owner=controller,
                done=self._on_samples_tried,
                failed=self._on_samples_tried,
            )
        else:
            controller.look()

    def _on_samples_tried(self, _answer: AppError | None) -> None:
        """Look in any case: the status bar then says when their platform is away."""
        self._controller.look()

    @Slot(str)
    def _on_section_shown(self, key: str) -> None:
        self._section = key

    @Slot()
    def _on_sign_in_wanted(self) -> None:
        self._leave(_Next.SIGN_IN)

    @Slot()
    def _on_accounts_wanted(self) -> None:
        self._leave(_Next.ACCOUNTS)

    @Slot()
    def _on_lock_wanted(self) -> None:
        self._leave(_Next.LOCK)

    def _leave(self, way: _Next) -> None:
        """Close the profile; the first who wants that says what comes then."""
        if self._leaving_to is None:
            self._leaving_to = way
            self._controller.stop()

    @Slot()
    def _on_stopped(self) -> None:
        """Close the profile, after what is typed was saved: only one sign-in can have it."""
        if self._leaving_to is not None:
            self._tasks.run(
                Lane.STORE,
                self._give_back,
                owner=self,
                done=self._on_given_back,
                failed=self._entrance.show_error,
            )

    def _give_back(self) -> None:
        while self._held:
            self._held.pop().close()

    def _on_given_back(self, _nothing: None) -> None:
        """Ask for a new token, or for the key, in a new window; all that the old one held goes."""
        old = self.window
        self._controller = None
        self._frame, self._entrance = self._open_window()
        self.window.resize(old.size())
        way, self._leaving_to = self._leaving_to, None
        if way is _Next.LOCK:
            self._show_locked()
        elif way is _Next.ACCOUNTS:
            self._entrance.show_accounts()
        else:
            self._entrance.show_sign_in(self._platform_url)
        self.window.show()
        old.hide()
        old.deleteLater()

    def _show_locked(self) -> None:
        needs = {known.folder: known.needs_passphrase for known in list_known(self._root)}
        if needs.get(self._folder):
            self._entrance.show_unlock(self._folder)
        else:
            self._entrance.show_locked(self._folder)


def run_window(*, profile_root: Path | None = None, start_platform: bool = False) -> int:
    """Open the window and return the exit code of the process when it was closed.

    Args:
        profile_root: Where the profiles are; None: this user's own place.
        start_platform: Straight into the samples, with a platform on this computer.
    """
    harden()
    app = QApplication([NAME])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("Assessor")
    app.setDesktopFileName(NAME)
    app.setQuitOnLastWindowClosed(False)
    root = profile_root or default_root()
    if raise_first(root):
        return 0
    return _run(app, Options(root=root, starts_samples=start_platform))


def _run(app: QApplication, options: Options) -> int:
    collector = GuiThreadGC(app)
    log = start_log(options.root / LOGS)
    reporter = CrashReporter(options.root / LOGS, now, app)
    reporter.install()
    instance = FirstInstance(options.root, app)
    program = Program(app, options)
    instance.raise_wanted.connect(program.raise_window)
    reporter.reported.connect(program.show_fault, Qt.ConnectionType.QueuedConnection)
    program.start()
    try:
        return app.exec()
    finally:
        instance.close()
        program.close()
        reporter.uninstall()
        stop_log(log)
        collector.stop()


def run_tour(out: Path) -> int:
    """Do the whole job in the real window, unattended; return 0 if the platform agrees."""
    from assessor_app.ui.tour.run import finish, set_up, tour_of  # noqa: PLC0415 (slow)
    from assessor_app.ui.tour.walker import Failure, Walker  # noqa: PLC0415 (slow)

    setup = set_up(out, now())
    app = QApplication([NAME])
    collector = GuiThreadGC(app)
    program = Program(app, Options(root=setup.profile))
    tour = tour_of(setup, partial(getattr, program, "window"), program.theme)
    walker = Walker(tour.walk(), program)
    failures: list[Failure | None] = []
    walker.ended.connect(failures.append)
    walker.ended.connect(app.quit)
    program.start()
    walker.start()
    app.exec()
    program.close()
    collector.stop()
    return finish(setup, tour, failures[0] if failures else Failure("the window to stay"))
