from assessor_app.domain.ids import Sha256
from assessor_app.store.opening import Store
from assessor_app.usecases.sights import PlatformSight, fingerprint, list_kept_aside, platform_sight
from assessor_app.usecases.workbench import Workbench
from tests.sync.bench import BUILT, view


def test_the_fingerprint_is_of_the_raw_key() -> None:
    # printf key | sha256sum
    assert fingerprint("a2V5") == "2c70 e12b 7a06 46f9"
    assert fingerprint("no base64!") == ""


def test_the_platform_is_known_by_its_host_and_the_pinned_key(store: Store) -> None:
    sight = Workbench(store).prepare(platform_sight)()

    assert isinstance(sight, PlatformSight)
    assert sight.host == "127.0.0.1"
    assert len(sight.key.replace(" ", "")) == 16


def test_what_is_missing_is_found_in_its_packet(store: Store) -> None:
    artifact = next(one for one in BUILT.packet.artifacts if list(one.blobs()))
    blob = next(iter(artifact.blobs()))

    (aside,) = Workbench(store).prepare(list_kept_aside, (blob.sha256,))()

    assert (aside.submission, aside.artifact) == (view().submission, artifact.id)
    assert Workbench(store).prepare(list_kept_aside, (Sha256("0" * 64),))() == ()


def test_a_packet_that_did_not_come_is_named_by_its_submission(store: Store) -> None:
    (aside,) = Workbench(store).prepare(list_kept_aside, (BUILT.manifest_sha256,))()

    assert (aside.submission, aside.artifact) == (view().submission, None)
