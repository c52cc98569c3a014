"""A window that shows and writes secrets, says which were seen, and is killed in mid-sentence."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from assessor_app.app import Options, Program
from assessor_app.ui.gui_thread_gc import GuiThreadGC
from assessor_app.ui.tour.script import Tour
from assessor_app.ui.tour.walker import Until, Walker
from tests.journeys.on_screen import CRITERION, FEEDBACK, RESPONSE
from tests.journeys.sample_window import tour_of


def seen(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def walk(tour: Tour, token: str) -> Iterator[Until]:
    hands = tour.hands
    yield from tour.sign_in()
    seen(token)
    submission = next(iter(tour.submissions.values()))
    yield Until(words="the queue", seen=lambda: hands.sees_row(submission))
    hands.open_row(submission)
    yield Until(words="the response", seen=lambda: RESPONSE in hands.reads())
    seen(RESPONSE)
    yield Until(words="the criterion", seen=lambda: hands.says(CRITERION))
    seen(CRITERION)
    hands.press_letters("1")
    yield from tour.say(1, "praise", FEEDBACK)
    seen(FEEDBACK)
    os.kill(os.getpid(), signal.SIGKILL)


def main(folder: Path, url: str, submission: str) -> int:
    token, passphrase = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    app = QApplication(["assessor-app"])
    collector = GuiThreadGC(app)
    program = Program(app, Options(root=folder))
    tour = tour_of(
        program, folder, url=url, token=token, passphrase=passphrase, submission=submission
    )
    walker = Walker(walk(tour, token), program)
    walker.ended.connect(app.quit)
    program.start()
    walker.start()
    app.exec()
    collector.stop()
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
