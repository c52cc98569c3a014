from collections.abc import Iterator

import pytest

from assessor_app.render.host import Patience, RenderHost
from assessor_app.render.profiles import ProfileName
from tests.hostile.corpus import GROUPS, Group, corpus
from tests.hostile.run import run


@pytest.fixture(scope="module")
def host() -> Iterator[RenderHost]:
    with RenderHost(ProfileName.REBUILD, patience=Patience(step_s=20)) as started:
        yield started


@pytest.mark.parametrize("group", GROUPS, ids=[group.__name__ for group in GROUPS])
def test_a_hostile_file_costs_one_request_at_most(host: RenderHost, group: Group) -> None:
    rows = [run(host, file) for file in corpus(group)]

    assert rows
    assert [row for row in rows if not row.right] == []
