from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from assessor_app.store.account import bind
from assessor_app.store.epochs import enter_epoch
from assessor_app.store.keys import ProfileKey
from assessor_app.store.opening import Store, open_store
from assessor_app.store.profile import Profile, create_profile
from tests.fakes import Vault
from tests.store.making import EPOCH, NOW, SIGNED_IN


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def opened(tmp_path: Path, vault: Vault) -> Iterator[tuple[Profile, ProfileKey]]:
    profile, key = create_profile(tmp_path / "profile", vault)
    yield profile, key
    profile.close()


@pytest.fixture
def key(opened: tuple[Profile, ProfileKey]) -> ProfileKey:
    return opened[1]


@pytest.fixture
def store(opened: tuple[Profile, ProfileKey]) -> Iterator[Store]:
    profile, key = opened
    store = open_store(profile, key, now=NOW)
    with store.sessions.begin() as session:
        bind(session, store.journal, SIGNED_IN)
        enter_epoch(session, EPOCH)
    yield store
    store.close()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.sessions.begin() as session:
        yield session
