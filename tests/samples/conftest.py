"""What the tests of the samples share: every sample taken in once, by the confined worker."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from assessor_app.domain.packet import RelatedSubmission
from assessor_app.reference_platform.intake.build import build
from assessor_app.reference_platform.intake.built import BuiltSubmission, Earlier
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from tests.samples.forms import MICROCREDENTIALS, SUBMISSIONS, read_submission

LATER = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def taken_in() -> Mapping[str, BuiltSubmission]:
    """Return the packets of all samples by the name of their folder."""
    held: dict[str, Earlier] = {}
    built: dict[str, BuiltSubmission] = {}
    with RenderHost(ProfileName.REBUILD) as render:
        for name in sorted(SUBMISSIONS, key=lambda name: bool(read_submission(name)["related"])):
            one = build(
                SUBMISSIONS[name],
                microcredentials=MICROCREDENTIALS,
                earlier=held.get,
                render=render,
                now=LATER,
            )
            held[one.reference] = Earlier(
                earner=one.earner,
                microcredential=one.packet.microcredential.id,
                related=RelatedSubmission(
                    manifest_sha256=one.manifest_sha256,
                    submitted_on=one.packet.submitted_at.date(),
                ),
            )
            built[name] = one
    return built
