from dataclasses import replace

from assessor_app.domain.assignment import AssignmentState
from assessor_app.store import assignments, blobs
from assessor_app.store.opening import Store
from assessor_app.usecases.settings import Settings, save_settings
from assessor_app.usecases.space import BYTES_A_GB, Space, space
from assessor_app.usecases.workbench import Workbench
from tests.sync.bench import BUILT, EPOCH, shelve, view

PAGE = next(iter(BUILT.packet.blobs()))


def space_of(store: Store) -> Space:
    return Workbench(store).prepare(space)()


def test_what_is_lent_and_what_is_over_are_told_apart(store: Store) -> None:
    shelve(store, BUILT.blobs[PAGE.sha256])

    assert space_of(store) == Space(
        lent_bytes=PAGE.size_bytes, over_bytes=0, quota_bytes=4 * BYTES_A_GB
    )

    with store.sessions.begin() as session:
        over = replace(view(), state=AssignmentState.MINE_FINAL, view_version=4)
        assignments.put_assignment(session, over, epoch=EPOCH)

    assert (space_of(store).lent_bytes, space_of(store).over_bytes) == (0, PAGE.size_bytes)


def test_what_is_being_fetched_counts_in_full(store: Store) -> None:
    with store.sessions.begin() as session:
        blobs.begin(session, store.blob_folder, PAGE)

    assert space_of(store).used_bytes == PAGE.size_bytes


def test_the_assessor_may_give_more_room_or_all_of_it(store: Store) -> None:
    bench = Workbench(store)
    bench.prepare(save_settings, Settings(quota_gb=8))()
    assert space_of(store).free_bytes == 8 * BYTES_A_GB

    bench.prepare(save_settings, Settings(quota_gb=0))()
    assert space_of(store).free_bytes is None
