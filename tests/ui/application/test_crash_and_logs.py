"""What a fault and a log line may hold: where and what kind, never a word of anybody's."""

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.application.crash import CrashReporter, CrashSheet, report_of
from assessor_app.ui.application.logs import start_log, stop_log
from assessor_app.ui.theme.theme import Theme

SECRET = "the marigold of this earner"  # noqa: S105 (made up)
NOW = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)


def fail(_words: str) -> None:
    raise ValueError(f"cannot parse {SECRET}")


def test_a_report_tells_where_and_never_what() -> None:
    with pytest.raises(ValueError, match=SECRET) as raised:
        fail(SECRET)
    report = report_of(raised.type, raised.tb)

    assert "ValueError" in report
    assert "test_crash_and_logs.fail:" in report
    assert SECRET not in report


def test_a_fault_on_a_thread_is_kept_and_told(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = CrashReporter(tmp_path / "logs", lambda: NOW)
    before = (sys.excepthook, threading.excepthook)
    reporter.install()
    try:
        with qtbot.waitSignal(reporter.reported):
            thread = threading.Thread(target=fail, args=(SECRET,))
            thread.start()
            thread.join()
    finally:
        reporter.uninstall()
        sys.excepthook, threading.excepthook = before

    (kept,) = (tmp_path / "logs").iterdir()
    assert "ValueError" in kept.read_text("utf-8")
    assert SECRET not in kept.read_text("utf-8")
    assert SECRET not in capsys.readouterr().err


def test_the_sheet_says_what_is_safe(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    sheet = CrashSheet(theme, window)

    sheet.show_report("assessor-app\nValueError")
    said = " ".join(w.accessibleName() for w in sheet.findChildren(QWidget))

    assert "What was saved before is safe" in said


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    handler = start_log(tmp_path)
    yield tmp_path / "assessor.log"
    stop_log(handler)
    root.handlers = handlers
    root.setLevel(level)


def test_a_log_line_has_the_event_and_allowed_fields_alone(log: Path) -> None:
    logger = logging.getLogger("assessor_app.ui.application.controller")

    logger.info("round_ended", extra={"link": "online", "duration_ms": 12, "title": SECRET})
    logger.warning(SECRET)
    logger.warning("feedback %s", SECRET)
    logging.getLogger("some_library.pool").warning("url %s", SECRET)

    written = log.read_text("utf-8")
    assert "round_ended link=online duration_ms=12" in written
    assert SECRET not in written
    assert len(written.splitlines()) == 4


def test_a_traceback_is_not_logged(log: Path) -> None:
    try:
        fail(SECRET)
    except ValueError:
        logging.getLogger("assessor_app.x").exception("failed")

    assert SECRET not in log.read_text("utf-8")


def test_without_a_place_for_it_nothing_is_logged_and_the_window_opens(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")

    handler = start_log(tmp_path / "logs" / "deeper")
    logging.getLogger("assessor_app.test").info("round_ended")
    stop_log(handler)

    assert (tmp_path / "logs").read_text() == "a file where the folder should be"
