"""Taking the same folder in again, blinding again, holds, and what moves with them."""

from dataclasses import replace

import pytest

from assessor_app.domain.assignment import AssignmentKind, AssignmentState
from assessor_app.domain.ids import MicrocredentialId
from assessor_app.domain.outbox import ActKind
from assessor_app.reference_platform.errors import (
    HeldError,
    NotAssignableError,
    ReferenceTakenError,
)
from assessor_app.reference_platform.packets import MANIFEST_PLAIN_BYTES
from assessor_app.reference_platform.schema import ReadReason
from assessor_app.reference_platform.service import Platform
from assessor_app.wire import routes
from assessor_app.wire.codec import dump, parse, sha256
from assessor_app.wire.messages import ManifestBatch
from tests.reference_platform.factory import (
    FIRST,
    SECOND,
    act,
    blinded_again,
    built,
    overview,
    review,
    rubric,
)
from tests.reference_platform.serving import Hand, receipt

HELD = replace(blinded_again(built()), held=True)


def test_a_held_packet_version_reaches_nobody_before_its_release(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    before = first.only()

    platform.take_in(HELD)

    assert first.only() == before
    assert first.get(routes.manifest(before.packet.id, 2)).status_code == 404
    with pytest.raises(HeldError):
        platform.assign(lent, SECOND)
    platform.release(lent)
    after = first.only()
    assert (after.packet.version, after.packet.manifest_sha256) == (2, HELD.manifest_sha256)
    assert after.view_version == before.view_version + 1
    platform.release(lent)
    assert first.only() == after


def test_a_review_voided_during_a_hold_is_made_anew_on_the_packet_of_before(
    platform: Platform, first: Hand, lent: str
) -> None:
    before = first.only()
    sealed = review(before)
    receipt(first.put(sealed, before.view_version))
    platform.take_in(HELD)

    receipt(first.act(act(ActKind.VOID, before.id, of_review=sealed)))

    assert (first.only().state, first.only().packet) == (AssignmentState.OPEN, before.packet)
    platform.release(lent)
    assert first.only().packet.version == 2


def test_a_leak_found_during_a_hold_waits_for_the_release(
    platform: Platform, first: Hand, lent: str
) -> None:
    before = first.only()
    sealed = review(before)
    receipt(first.put(sealed, before.view_version))
    platform.take_in(HELD)
    receipt(first.act(act(ActKind.FLAG, before.id)))

    receipt(first.act(act(ActKind.VOID, before.id, of_review=sealed)))

    assert first.only().state is AssignmentState.WITHDRAWN
    platform.release(lent)
    assert (first.only().state, first.only().packet.version) == (AssignmentState.OPEN, 2)


def test_the_same_folder_again_does_not_undo_a_release(platform: Platform) -> None:
    held = replace(built(), held=True)
    platform.release(platform.take_in(held))

    platform.take_in(held)

    assert [one.held for one in platform.status().submissions] == [False]


def test_the_same_folder_again_moves_nobody_back_to_an_older_rubric(
    platform: Platform, first: Hand, lent: str
) -> None:
    platform.publish_rubric(dump(rubric(version=2)))
    now = first.only()

    platform.take_in(built())
    platform.take_in(built("south"))
    platform.publish_rubric(dump(rubric(version=1)))

    assert (now.rubric.version, first.only()) == (2, now)


def test_a_blinded_again_packet_moves_nobody_back_to_an_older_rubric(
    platform: Platform, first: Hand, lent: str
) -> None:
    platform.publish_rubric(dump(rubric(version=2)))

    platform.take_in(blinded_again(built()))

    assert (first.only().packet.version, first.only().rubric.version) == (2, 2)


@pytest.mark.parametrize("other", ["earner", "microcredential"])
def test_a_reference_belongs_to_one_submission(
    platform: Platform, first: Hand, lent: str, other: str
) -> None:
    before = first.only()
    stranger = blinded_again(built(earner="earner-9"))
    if other == "microcredential":
        card = replace(stranger.packet.microcredential, id=MicrocredentialId("maths"))
        stranger = replace(
            stranger,
            earner=built().earner,
            packet=replace(stranger.packet, microcredential=card),
        )

    with pytest.raises(ReferenceTakenError):
        platform.take_in(stranger)

    assert first.only() == before


def test_what_is_lent_again_for_another_reason_is_of_the_kind_of_that(
    platform: Platform, first: Hand, lent: str
) -> None:
    receipt(first.act(act(ActKind.ASK, first.only().id)))
    receipt(first.act(act(ActKind.RETURN, first.only().id)))

    platform.assign(lent, FIRST, reason=ReadReason.PRACTICE)

    assert first.only().kind is AssignmentKind.PRACTICE
    assert platform.status().assignments[0].asked_at is None


def test_words_that_compress_well_make_no_batch_too_large_to_hold(
    platform: Platform, first: Hand
) -> None:
    for seed in "abc":
        submission = built(seed)
        made = replace(submission.packet, parts=(overview(seed * 2_000_000),))
        manifest = dump(made)
        longer = replace(
            submission, packet=made, manifest=manifest, manifest_sha256=sha256(manifest)
        )
        platform.assign(platform.take_in(longer), FIRST)
    asked = "&".join(f"packet={one.packet.id}:1" for one in first.snapshot().assignments)

    answer = first.get(f"{routes.MANIFESTS}?{asked}")

    assert len(answer.content) < MANIFEST_PLAIN_BYTES
    assert len(parse(ManifestBatch, answer.content).manifests) == 2


def test_after_a_leak_nobody_goes_back_to_an_older_packet_version(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    before = first.only()
    sealed = review(before)
    receipt(first.put(sealed, before.view_version))
    platform.take_in(blinded_again(built()))
    platform.assign(lent, SECOND)
    receipt(second.act(act(ActKind.FLAG, second.only().id)))

    with pytest.raises(NotAssignableError):
        platform.assign(lent, SECOND)
    receipt(first.act(act(ActKind.VOID, before.id, of_review=sealed)))

    assert first.only().state is second.only().state is AssignmentState.WITHDRAWN
    platform.take_in(blinded_again(blinded_again(built())))
    assert first.only().state is second.only().state is AssignmentState.OPEN
    assert first.only().packet.manifest_sha256 == second.only().packet.manifest_sha256


def test_what_comes_back_after_a_leak_is_read_by_the_rubric_of_today(
    platform: Platform, first: Hand, lent: str
) -> None:
    receipt(first.act(act(ActKind.FLAG, first.only().id)))
    platform.publish_rubric(dump(rubric(version=2)))

    platform.take_in(blinded_again(built()))

    back = first.only()
    assert (back.state, back.rubric.version) == (AssignmentState.OPEN, 2)
    receipt(first.put(review(back), back.view_version))


def test_a_leak_keeps_the_packet_versions_before_it_from_everyone_too(
    platform: Platform, first: Hand, second: Hand, lent: str
) -> None:
    platform.assign(lent, SECOND)
    final = second.only()
    receipt(second.put(review(final), final.view_version))
    twice = blinded_again(built())
    platform.take_in(twice)
    packet = first.only().packet.id

    receipt(first.act(act(ActKind.FLAG, first.only().id)))
    platform.take_in(blinded_again(twice))

    told = [first.get(routes.manifest(packet, version)).status_code for version in (1, 2, 3)]
    assert told == [404, 404, 200]
    assert second.get(routes.manifest(final.packet.id, 1)).status_code == 404
