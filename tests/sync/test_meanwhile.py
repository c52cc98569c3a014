from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from threading import Event, get_ident

import pytest

from assessor_app.domain.assignment import PacketRef
from assessor_app.domain.errors import AppError
from assessor_app.domain.ids import PacketId
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.store import assignments
from assessor_app.store.opening import Store
from assessor_app.sync.answers import Answer
from assessor_app.sync.errors import OfflineError, OfflineReason, UncertainError
from assessor_app.sync.meanwhile import Meanwhile
from assessor_app.sync.pull import pull_contents
from assessor_app.wire.messages import ManifestAnswer, ManifestBatch
from tests.reference_platform.factory import built
from tests.sync.bench import EPOCH, Never, Request, greeted, laptop, view, yes
from tests.sync.test_pull_contents import OTHER, has_packet
from tests.sync.timing import AtOnce


def test_what_is_begun_goes_on_beside_the_caller() -> None:
    go = Event()
    with Meanwhile() as meanwhile:
        begun = meanwhile.begin(lambda: go.wait(10) and get_ident())
        go.set()

        assert begun.result() not in (False, get_ident())


def test_what_it_raised_is_raised_where_its_result_is_asked_for() -> None:
    def lose() -> None:
        raise UncertainError

    with Meanwhile() as meanwhile:
        begun = meanwhile.begin(lose)

        with pytest.raises(UncertainError):
            begun.result()


def test_its_end_waits_for_what_was_begun_and_drops_the_rest() -> None:
    running, done, go = Event(), Event(), Event()

    def work() -> None:
        running.set()
        go.wait(10)
        done.set()

    with Meanwhile() as meanwhile:
        meanwhile.begin(work)
        later = meanwhile.begin(work)
        running.wait(10)
        meanwhile.begin(lambda: None)
        go.set()
        running.clear()

    assert done.is_set()
    with pytest.raises(CancelledError):
        later.result()


THIRD = built("east")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with laptop(tmp_path / "profile") as store:
        lend(store, "a-2", OTHER)
        lend(store, "a-3", THIRD)
        yield store


def lend(store: Store, name: str, lent: BuiltSubmission) -> None:
    ref = PacketRef(id=PacketId(f"packet-{name}"), version=1, manifest_sha256=lent.manifest_sha256)
    with store.sessions.begin() as session:
        assignments.put_assignment(session, replace(view(name), packet=ref), epoch=EPOCH)


def test_the_next_manifests_are_asked_for_before_the_last_ones_are_kept(store: Store) -> None:
    kept_then: list[bool] = []

    def answer(request: Request) -> Answer:
        kept_then.append(has_packet(store, OTHER.manifest_sha256))
        (name, _, _), *_ = (told.partition(":") for _, told in request.params)
        lent = OTHER if name == "packet-a-2" else THIRD
        told = ManifestAnswer(
            packet=PacketId(name), version=1, manifest=lent.manifest.decode(), blobs=()
        )
        return yes(ManifestBatch((told,)), 200)

    made, script = greeted(answer, answer)

    contents = pull_contents(store, made, Never(), AtOnce())

    assert sorted(contents.packets) == sorted((OTHER.manifest_sha256, THIRD.manifest_sha256))
    assert [len(asked.params) for asked in script.requests[-2:]] == [2, 1]
    assert kept_then == [False, False]
    assert contents.missing == ()


@pytest.mark.parametrize("lost", [UncertainError(), OfflineError(OfflineReason.NO_NETWORK)])
def test_what_had_come_is_kept_although_the_next_question_is_lost(
    store: Store, lost: AppError
) -> None:
    first = ManifestAnswer(
        packet=PacketId("packet-a-2"), version=1, manifest=OTHER.manifest.decode(), blobs=()
    )
    made, _ = greeted(yes(ManifestBatch((first,)), 200), lost)

    with pytest.raises(type(lost)):
        pull_contents(store, made, Never())

    assert has_packet(store, OTHER.manifest_sha256)
