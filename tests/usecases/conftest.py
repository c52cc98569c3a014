import pytest

from assessor_app.store.opening import Store
from assessor_app.usecases.workbench import Workbench
from tests.sync.conftest import store

__all__ = ["store"]


@pytest.fixture
def bench(store: Store) -> Workbench:
    return Workbench(store)
