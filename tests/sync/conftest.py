from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor_app.store.opening import Store
from tests.sync.bench import laptop


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile") as store:
        yield store
