"""The samples as packets: every one can be taken in, and shows what it was written to show."""

from collections.abc import Mapping

import pytest

from assessor_app.domain.packet import Artifact, ArtifactKind, ArtifactState
from assessor_app.reference_platform.intake.built import BuiltSubmission
from tests.samples.forms import SUBMISSIONS

pytestmark = pytest.mark.timeout(400)  # the first test rebuilds every artifact

Samples = Mapping[str, BuiltSubmission]


def all_artifacts(samples: Samples) -> list[Artifact]:
    return [one for built in samples.values() for one in built.packet.artifacts]


def in_state(samples: Samples, state: ArtifactState) -> dict[str, list[ArtifactKind]]:
    found = {
        name: [one.kind for one in built.packet.artifacts if one.state is state]
        for name, built in samples.items()
    }
    return {name: kinds for name, kinds in found.items() if kinds}


def test_every_sample_is_taken_in(taken_in: Samples) -> None:
    assert set(taken_in) == set(SUBMISSIONS)
    assert not any(built.held for built in taken_in.values())


def test_every_kind_of_file_is_there(taken_in: Samples) -> None:
    kinds = {one.kind for one in all_artifacts(taken_in)}

    assert kinds == {
        ArtifactKind.DOCUMENT,
        ArtifactKind.PRESENTATION,
        ArtifactKind.TABLE,
        ArtifactKind.TEXT,
        ArtifactKind.IMAGE,
        ArtifactKind.VIDEO,
        ArtifactKind.LINK,
    }


def test_every_file_but_the_film_can_be_read(taken_in: Samples) -> None:
    assert not in_state(taken_in, ArtifactState.UNREADABLE)
    assert in_state(taken_in, ArtifactState.KEPT_AT_PLATFORM) == {
        "number-talks": [ArtifactKind.VIDEO]
    }


def test_one_link_is_proven_inaccessible_and_one_was_not_captured(taken_in: Samples) -> None:
    proof = [one.capture for one in all_artifacts(taken_in) if one.capture]

    assert list(in_state(taken_in, ArtifactState.INACCESSIBLE)) == ["ward-handover"]
    assert [(capture.status, capture.sha256) for capture in proof] == [(403, None)]
    assert list(in_state(taken_in, ArtifactState.NOT_CAPTURED)) == ["reading-portfolio"]


def test_the_portfolio_has_forty_pages(taken_in: Samples) -> None:
    pages = [len(one.pages) for one in taken_in["reading-portfolio"].packet.artifacts]

    assert max(pages) == 40


def test_students_are_visible_only_with_a_release(taken_in: Samples) -> None:
    visible = [one for one in all_artifacts(taken_in) if one.students_visible]

    assert {one.kind for one in visible} == {ArtifactKind.VIDEO, ArtifactKind.IMAGE}
    assert all(one.release_confirmed for one in visible)


def test_the_resubmission_keeps_the_hash_of_the_photo_it_shares(taken_in: Samples) -> None:
    earlier, later = (
        {
            page.image.sha256
            for one in taken_in[f"peer-feedback-{name}-attempt"].packet.artifacts
            for page in one.pages
        }
        for name in ("first", "second")
    )

    assert len(earlier & later) == 1
    assert len(taken_in["peer-feedback-second-attempt"].packet.related) == 1


def test_mentions_of_files_become_links(taken_in: Samples) -> None:
    linked = {
        name: sum(len(ask.mentions) for part in built.packet.parts for ask in part.prompts)
        for name, built in taken_in.items()
    }

    assert linked["number-talks"] >= 5
    assert linked["peer-feedback-second-attempt"] >= 4


def test_declarations_differ(taken_in: Samples) -> None:
    packets = [built.packet for built in taken_in.values()]

    assert {packet.ai.used for packet in packets} == {True, False}
    assert {packet.collaboration.people for packet in packets} == {0, 1, 3}
