"""The version of Qt's Python binding that the project is pinned to loses no reference to None."""

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_qt_calls_that_return_nothing_keep_none_alive(qapp: QApplication) -> None:
    """A later version loses a reference to None per call and aborts after some thousands."""
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))

    assert before - sys.getrefcount(None) < 100
