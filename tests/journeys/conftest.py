from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessor_app.reference_platform.service import Platform
from tests.journeys.house import Town, platform_process
from tests.journeys.laptop import (
    Assessor,
)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One platform in a process of its own, and a hand of its operator on the same folder."""
    folder = tmp_path_factory.mktemp("town") / "platform"
    platform = Platform(folder, clock=lambda: datetime.now(UTC), draw=lambda: 1.0)
    with platform_process(folder) as url:
        yield Town(folder, platform, url)
    platform.close()


@pytest.fixture
def assessor(tmp_path: Path) -> Assessor:
    """An assessor with an empty laptop."""
    return Assessor(tmp_path / "laptop")
