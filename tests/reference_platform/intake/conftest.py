"""What the tests of intake share: a good folder, and one confined worker for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from tests.reference_platform.intake.folders import Folders, write_folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return write_folders(tmp_path)


@pytest.fixture(scope="session")
def render() -> Iterator[RenderHost]:
    with RenderHost(ProfileName.REBUILD) as host:
        yield host
