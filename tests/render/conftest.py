from collections.abc import Iterator

import pytest

from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName


@pytest.fixture(scope="session")
def rebuilder() -> Iterator[RenderHost]:
    with RenderHost(ProfileName.REBUILD) as host:
        yield host
