"""A whole window at its most talkative, with marked words in everything it reads and writes.

Run by `test_i15_logs`: signs in, reads, writes, searches, syncs, loses the network, meets a fault.
"""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from assessor_app.app import LOGS, Options, Program, now
from assessor_app.ui.application.crash import CrashReporter
from assessor_app.ui.application.logs import ROOT, start_log
from assessor_app.ui.gui_thread_gc import GuiThreadGC
from assessor_app.ui.tour.hands import CONTROL
from assessor_app.ui.tour.script import Tour
from assessor_app.ui.tour.walker import Failure, Until, Walker
from tests.invariants.marked import FAULT, FEEDBACK, NAME, PASSPHRASE, RESPONSE, TYPED
from tests.journeys.sample_window import tour_of


class Fault(QObject):
    """A bug of the program, somewhere in a slot."""

    def begin(self) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.happen)
        timer.start(1)

    @Slot()
    def happen(self) -> None:
        words = f"{FAULT} by {NAME}"
        raise ValueError(words)


def talk() -> None:
    """Log what must never be logged, as a careless line of code would."""
    for name in (f"{ROOT}.sync.http", "urllib3.connectionpool", "sqlalchemy.engine"):
        careless = logging.getLogger(name)
        careless.warning("%s wrote %s", NAME, FEEDBACK)
        careless.warning(RESPONSE)
        careless.error("failed", extra={"title": RESPONSE, "words": FEEDBACK})


def ask(words: str) -> None:
    """Let the test do something, and wait until it is done."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def walk(tour: Tour, fault: Fault, submission: str) -> Iterator[Until]:
    hands = tour.hands
    yield from tour.sign_in()
    hands.open_row(submission)
    yield Until(words="the response", seen=lambda: RESPONSE in hands.reads())
    hands.press_letters("1")
    yield from tour.say(1, "praise", FEEDBACK)
    hands.press(Qt.Key.Key_K, hold=CONTROL)
    hands.write(TYPED)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    yield Until(words="the queue", seen=lambda: hands.sees("Sync centre"))
    hands.click("Sync centre")
    yield Until(words="the sync centre", seen=lambda: hands.sees("Sync now"))
    hands.click("Sync now")
    yield Until(words="a round", seen=lambda: hands.says("Connected"))
    yield Until(words="its end", seen=lambda: hands.is_enabled("Sync now"))
    ask("lose the network")
    hands.click("Sync now")
    yield Until(words="no network", seen=lambda: hands.says("Offline"))
    talk()
    fault.begin()
    yield Until(words="the fault", seen=lambda: hands.says("What was saved before is safe"))


def main(folder: Path, url: str, submission: str) -> int:
    token = sys.stdin.readline().strip()
    app = QApplication(["assessor-app"])
    collector = GuiThreadGC(app)
    start_log(folder / LOGS)
    for name in ("", ROOT):
        logging.getLogger(name).setLevel(logging.DEBUG)
    reporter = CrashReporter(folder / LOGS, now, app)
    program = Program(app, Options(root=folder))
    reporter.install()
    reporter.reported.connect(program.show_fault, Qt.ConnectionType.QueuedConnection)
    tour = tour_of(
        program, folder, url=url, token=token, passphrase=PASSPHRASE, submission=submission
    )
    failures: list[Failure | None] = []
    walker = Walker(walk(tour, Fault(program), submission), program)
    walker.ended.connect(failures.append)
    walker.ended.connect(app.quit)
    program.start()
    walker.start()
    app.exec()
    reporter.uninstall()
    collector.stop()
    program.close()
    (ended,) = failures
    if ended is not None:
        sys.stderr.write(f"waited for {ended.awaited}: {type(ended.error).__name__}\n")
    return 1 if ended else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
