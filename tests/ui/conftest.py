"""What every test of the interface shares: one theme, reset after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assessor_app.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp)
    yield made
    made.deleteLater()
