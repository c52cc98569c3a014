"""A desk window that shows every artifact while nothing else may be opened or reached.

Run by `test_i07_viewing`: what it does wrong is in its last line, or kills it. Python's opens are
seen by an audit hook, system calls are stopped by a filter, and whatever opens a canary, from
whichever language, is told by the kernel.
"""

import ctypes
import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyseccomp  # type: ignore[import-untyped]
from PySide6.QtCore import QFile, QIODevice
from PySide6.QtNetwork import QTcpSocket
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from typing_extensions import override

from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.render.results import Pixels
from assessor_app.ui.desk.controller import DeskController
from assessor_app.ui.desk.sources import AGREEMENTS, CREDENTIAL
from assessor_app.ui.services import Services
from assessor_app.ui.shell.window import MainWindow
from assessor_app.ui.tasks import Lane, Tasks
from assessor_app.ui.theme.theme import Theme
from assessor_app.usecases.packet import OpenedPacket, open_packet
from assessor_app.usecases.profiles import OpenProfile, open_with_keyring
from assessor_app.usecases.queue import list_queue
from tests.fakes import Vault
from tests.journeys.laptop import now, wall_clock

IN_OPEN = 0x20
OUTWARD = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "urllib.",
    "webbrowser.",
    "http.",
    "ftplib.",
    "smtplib.",
)
SETTLING = 8
"""So many turns of every lane bring a page from the store through the worker to the screen."""


@dataclass(slots=True)
class Guard:
    """What was tried since it was set."""

    folder: Path
    is_set: bool = False
    tried: list[str] = field(default_factory=list)

    def hook(self, event: str, told: tuple[object, ...]) -> None:
        if not self.is_set:
            return
        if event.startswith(OUTWARD):
            self.tried.append(event)
        elif event == "open" and not self._is_own(told[0]):
            self.tried.append(f"open {told[0]}")

    def _is_own(self, path: object) -> bool:
        """Return whether a file is one of the profile, or of the program itself."""
        if isinstance(path, int):
            return True
        at = Path(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else Path()
        program = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]))
        return at.is_relative_to(self.folder) or any(at.is_relative_to(own) for own in program)


class CountingHost(RenderHost):
    """The confined worker, counting the pages it made visible."""

    decoded = 0

    @override
    def decode(self, image: bytes, *, max_width: int, max_height: int) -> Pixels:
        CountingHost.decoded += 1
        return super().decode(image, max_width=max_width, max_height=max_height)


def stop_calls() -> None:
    """Let every socket of a network and every other program kill this process."""
    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    calls.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_PACKET):
        network = pyseccomp.Arg(0, pyseccomp.EQ, int(family))
        calls.add_rule(pyseccomp.KILL_PROCESS, "socket", network)
    for call in ("execve", "execveat"):
        calls.add_rule(pyseccomp.KILL_PROCESS, call)
    calls.load()


def watch(canary: Path) -> int:
    """Return a descriptor that becomes readable when anybody opens the canary."""
    libc = ctypes.CDLL(None, use_errno=True)
    told = int(libc.inotify_init1(os.O_NONBLOCK))
    assert libc.inotify_add_watch(told, os.fsencode(canary), IN_OPEN) >= 0
    return told


def was_opened(told: int) -> bool:
    try:
        return bool(os.read(told, 4096))
    except BlockingIOError:
        return False


class Viewer:
    """Looks at everything of a packet, to the end of every page."""

    def __init__(self, app: QApplication, opened: OpenProfile, host: RenderHost) -> None:
        self._app = app
        theme = Theme(app)
        self._window = MainWindow(theme)
        self._window.resize(1366, 768)
        self._tasks = Tasks(self._window)
        services = Services(
            tasks=self._tasks,
            workbench=opened.workbench,
            render=host,
            clock=now,
        )
        self._desk = DeskController(services, theme, self._window.shortcuts, self._window)
        self._window.add_screen("desk", self._desk.widget, with_nav=False)
        self._window.show()

    def look_at(self, packet: OpenedPacket) -> list[str]:
        self._desk.open(packet)
        self._window.show_screen("desk")
        evidence = self._desk._evidence  # noqa: SLF001 (every source, in turn)
        keys = [
            *(part.id for part in packet.packet.parts),
            *(artifact.id for artifact in packet.packet.artifacts),
            AGREEMENTS,
            CREDENTIAL,
        ]
        for key in keys:
            evidence.show_source(key)
            self._settle()
            self._scroll_through()
        return [artifact.kind.value for artifact in packet.packet.artifacts]

    def close(self) -> None:
        self._tasks.close()

    def _scroll_through(self) -> None:
        pane = self._desk.widget.evidence
        for area in pane.findChildren(QAbstractScrollArea):
            bar = area.verticalScrollBar()
            for step in range(1, 5):
                bar.setValue(bar.maximum() * step // 4)
                self._settle()

    def _settle(self) -> None:
        for _ in range(SETTLING):
            for lane in (Lane.STORE, Lane.RENDER):
                self._turn(lane)

    def _turn(self, lane: Lane) -> None:
        done: list[object] = []
        self._tasks.run(lane, object, owner=self._window, done=done.append, failed=done.append)
        while not done:
            self._app.processEvents()


def reach_out() -> None:
    line = QTcpSocket()
    line.connectToHost("127.0.0.1", 9)
    line.waitForConnected(1000)


def open_canary() -> None:
    QFile(sys.argv[2]).open(QIODevice.OpenModeFlag.ReadOnly)


def open_elsewhere() -> None:
    Path("/etc/hostname").read_bytes()


DEEDS: dict[str, Callable[[], object]] = {
    "view": lambda: None,
    "reach_out": reach_out,
    "open_canary": open_canary,
    "open_elsewhere": open_elsewhere,
    "start_program": lambda: os.execv(sys.executable, ["python"]),  # noqa: S606 (is the deed)
}


def main(folder: Path, canary: Path, deed: str) -> None:
    vault = Vault.of_told(json.loads(input()))
    app = QApplication(["desk"])
    guard = Guard(folder)
    sys.addaudithook(guard.hook)
    opened = open_with_keyring(folder, vault, wall_clock())
    host = CountingHost(ProfileName.VIEWER)
    host.start()
    viewer = Viewer(app, opened, host)
    canaries = watch(canary)
    stop_calls()
    guard.is_set = True
    kinds: list[str] = []
    rows = opened.workbench.prepare(list_queue, now=now())().rows
    for row in rows if deed == "view" else rows[:1]:
        packet = opened.workbench.prepare(open_packet, row.assignment, now=now())()
        kinds += viewer.look_at(packet)
    DEEDS[deed]()
    guard.is_set = False
    report = {
        "kinds": sorted(set(kinds)),
        "packets": len(rows),
        "decoded": CountingHost.decoded,
        "tried": guard.tried,
        "canary": was_opened(canaries),
    }
    viewer.close()
    host.close()
    opened.close()
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
