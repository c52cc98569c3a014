"""A good folder becomes a packet that has what the earner handed in, and only that."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest

from assessor_app.domain.evidence import Paragraph
from assessor_app.domain.identities import MASK
from assessor_app.domain.packet import Agreements, Artifact, ArtifactKind, ArtifactState, Packet
from assessor_app.domain.rubric import Rubric
from assessor_app.reference_platform.intake.build import MAX_MANIFEST_BYTES
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.reference_platform.intake.errors import IntakeRefusedError
from assessor_app.reference_platform.intake.report import refusal_lines, summary_lines
from assessor_app.render.errors import RenderCode, RenderError, WorkerLostError
from assessor_app.render.host import RenderHost
from assessor_app.render.profiles import ProfileName
from assessor_app.render.results import Rebuilt
from assessor_app.wire.codec import parse, sha256
from assessor_app.wire.evidence import parse_text_view
from tests.reference_platform.intake.folders import (
    CREDENTIAL,
    NAME,
    SCHOOL,
    FakeRebuilder,
    Folders,
    attempt,
    picture,
)


def states(built: BuiltSubmission) -> list[tuple[str, ArtifactKind, ArtifactState, str]]:
    return [(a.id, a.kind, a.state, a.problem) for a in built.packet.artifacts]


def unzipped(content: bytes) -> bytes:
    return gzip.decompress(content)


def view_of(built: BuiltSubmission, artifact: Artifact) -> str:
    assert artifact.text is not None
    view = parse_text_view(built.blobs[artifact.text.view.sha256])
    return "\n".join(block.text for block in view.blocks if isinstance(block, Paragraph))


def test_the_packet_says_what_was_submitted(folders: Folders, render: RenderHost) -> None:
    folders.put("ai", to={"used": True, "why": "Speed.", "how": "Ten variants."})
    people = {"people": 2, "nature": "Planned together.", "division": "I taught."}
    folders.put("collaboration", to=people)

    packet = folders.build(render).packet

    assert packet.microcredential.title == CREDENTIAL["title"]
    assert packet.agreements == Agreements(
        ready_for_review=True, confirm_release=True, confirm_work=True
    )
    assert (packet.ai.used, packet.ai.why, packet.ai.how) == (True, "Speed.", "Ten variants.")
    assert packet.collaboration.people == 2
    assert [part.number for part in packet.parts] == [1, 2]
    prompts = packet.parts[0].prompts
    assert [prompt.response for prompt in prompts] == ["My class has 24 pupils.", ""]
    assert [prompt.word_limit for prompt in prompts] == [200, None]
    assert packet.submitted_at == datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


def test_the_due_date_counts_business_days_of_the_issuer(
    folders: Folders, render: RenderHost
) -> None:
    assert folders.build(render).packet.due_on == date(2026, 3, 23)

    folders.policy(calendar={"timezone": "America/Chicago"})

    assert folders.build(render).packet.due_on == date(2026, 3, 20)


def test_manifest_rubric_and_blobs_are_what_their_hashes_say(
    folders: Folders, render: RenderHost
) -> None:
    folders.attach("half.png", picture())

    built = folders.build(render)

    assert parse(Packet, built.manifest) == built.packet
    assert sha256(built.manifest) == built.manifest_sha256
    assert parse(Rubric, built.rubric_bytes) == built.rubric
    assert built.packet.rubric.sha256 == sha256(built.rubric_bytes)
    assert set(built.blobs) == {blob.sha256 for blob in built.packet.blobs()}
    for blob in built.packet.blobs():
        content = built.blobs[blob.sha256]
        assert (sha256(content), len(content)) == (blob.sha256, blob.size_bytes)


def test_the_same_folder_gives_the_same_bytes(folders: Folders, render: RenderHost) -> None:
    folders.attach("half.png", picture())
    first = folders.build(render)

    with RenderHost(ProfileName.REBUILD) as another:
        second = folders.build(another)

    assert (second.manifest, second.blobs) == (first.manifest, first.blobs)


def test_every_kind_of_evidence_has_its_state(folders: Folders, render: RenderHost) -> None:
    folders.attach("half.png", picture())
    folders.attach("lesson.mp4", b"moving")
    folders.link("https://a.example.org")
    folders.link("https://b.example.org", {"at": "2026-03-02T15:00:00Z", "status": 404})
    capture = {"at": "2026-03-02T15:00:00Z", "status": 200, "file": "copy.txt"}
    folders.link("https://c.example.org", capture)
    (folders.artifacts / "copy.txt").write_bytes(b"What was there.")

    built = folders.build(render)

    assert states(built) == [
        ("A1", ArtifactKind.TEXT, ArtifactState.AVAILABLE, ""),
        ("A2", ArtifactKind.IMAGE, ArtifactState.AVAILABLE, ""),
        ("A3", ArtifactKind.VIDEO, ArtifactState.KEPT_AT_PLATFORM, ""),
        ("A4", ArtifactKind.LINK, ArtifactState.NOT_CAPTURED, ""),
        ("A5", ArtifactKind.LINK, ArtifactState.INACCESSIBLE, ""),
        ("A6", ArtifactKind.TEXT, ArtifactState.AVAILABLE, ""),
    ]
    a1, a2, _, a4, a5, a6 = built.packet.artifacts
    assert view_of(built, a1) == "First we count.\nThen we draw."
    assert (len(a2.pages), a2.text) == (1, None)
    assert a4.capture is None
    assert a5.capture is not None
    assert (a5.capture.status, a5.capture.at) == (404, datetime(2026, 3, 2, 15, tzinfo=UTC))
    assert a6.capture is not None
    assert view_of(built, a6) == "What was there."
    assert b"example.org" not in built.manifest


def test_what_students_can_be_seen_in_is_marked(folders: Folders, render: RenderHost) -> None:
    folders.put("evidence/0/students_visible", to=True)
    folders.put("evidence/0/release_confirmed", to=True)

    artifact = folders.build(render).packet.artifacts[0]

    assert (artifact.students_visible, artifact.release_confirmed) == (True, True)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("broken.pdf", b"%PDF-1.7 and then nothing", "broken"),
        ("archive.docx", b"PK\x03\x04 no document", "broken"),
        ("disguised.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "broken"),
        ("empty.txt", b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_carried_as_unreadable(
    folders: Folders, render: RenderHost, name: str, content: bytes, problem: str
) -> None:
    folders.attach(name, content)

    built = folders.build(render)

    artifact = built.packet.artifacts[1]
    assert (artifact.state, artifact.problem) == (ArtifactState.UNREADABLE, problem)
    assert list(artifact.blobs()) == []


def test_an_issuer_may_refuse_what_cannot_be_read(folders: Folders, render: RenderHost) -> None:
    folders.policy(unreadable="refuse")
    folders.build(render)
    folders.attach("broken.pdf", b"%PDF-1.7 and then nothing")
    folders.attach("empty.txt", b"")

    with pytest.raises(IntakeRefusedError) as refused:
        folders.build(render)

    assert [(problem.path, problem.what) for problem in refused.value.problems] == [
        ("artifacts/broken.pdf", "cannot be read (broken)"),
        ("artifacts/empty.txt", "cannot be read (empty)"),
    ]


def test_a_lost_worker_has_a_second_try(folders: Folders) -> None:
    lost = WorkerLostError(RenderCode.HUNG)

    again = folders.build(FakeRebuilder(lost, Rebuilt()))
    gone = folders.build(FakeRebuilder(lost, lost))

    assert again.packet.artifacts[0].state is ArtifactState.AVAILABLE
    assert states(gone)[0][2:] == (ArtifactState.UNREADABLE, "hung")


def test_a_file_that_is_broken_has_no_second_try(folders: Folders) -> None:
    render = FakeRebuilder(RenderError(RenderCode.BROKEN))

    built = folders.build(render)

    assert built.packet.artifacts[0].problem == "broken"
    assert len(render.requests) == 1


def test_without_a_worker_there_is_no_packet(folders: Folders) -> None:
    with pytest.raises(RenderError) as failed:
        folders.build(FakeRebuilder())

    assert failed.value.code is RenderCode.UNAVAILABLE


def test_known_identities_are_masked_everywhere_but_in_prompts(
    folders: Folders, render: RenderHost
) -> None:
    folders.respond(f"I am {NAME}.")
    folders.put("ai", to={"used": True, "why": f"{NAME} did.", "how": f"At {SCHOOL}."})
    people = {"people": 1, "nature": f"With {NAME}.", "division": f"{NAME} drew."}
    folders.put("collaboration", to=people)
    (folders.artifacts / "My plan.txt").write_text(f"By {NAME}, {SCHOOL}.", "utf-8")

    built = folders.build(render)

    packet = built.packet
    assert packet.parts[0].prompts[0].response == f"I am {MASK}."
    assert packet.parts[0].prompts[0].text == f"Is {SCHOOL} near?"
    assert (packet.ai.why, packet.ai.how) == (f"{MASK} did.", f"At {MASK}.")
    assert (packet.collaboration.nature, packet.collaboration.division) == (
        f"With {MASK}.",
        f"{MASK} drew.",
    )
    assert view_of(built, packet.artifacts[0]) == f"By {MASK}, {MASK}."
    assert (packet.blinding.hits_masked, packet.blinding.hits_passed) == (7, 0)
    assert not built.held


def test_a_hit_holds_a_submission_where_the_policy_says_so(
    folders: Folders, render: RenderHost
) -> None:
    folders.policy(identity_hits="hold")
    clean = folders.build(render)
    folders.respond(f"I am {NAME}.")

    hit = folders.build(render)

    assert (clean.held, hit.held) == (False, True)
    assert hit.packet.parts[0].prompts[0].response == f"I am {MASK}."


def test_hits_that_may_pass_stay_and_are_counted(folders: Folders, render: RenderHost) -> None:
    folders.policy(identity_hits="pass")
    folders.respond(f"I am {NAME}.")
    (folders.artifacts / "My plan.txt").write_text(f"By {NAME}.", "utf-8")

    built = folders.build(render)

    assert built.packet.parts[0].prompts[0].response == f"I am {NAME}."
    assert view_of(built, built.packet.artifacts[0]) == f"By {NAME}."
    blinding = built.packet.blinding
    assert (blinding.hits_masked, blinding.hits_passed, built.held) == (0, 2, False)


def test_file_names_become_neutral_in_responses_and_text_views(
    folders: Folders, render: RenderHost
) -> None:
    folders.attach("half_of_it.png", picture())
    folders.respond("My plan.txt says more than attachment 2.")
    (folders.artifacts / "My plan.txt").write_text("See half_of_it.png.", "utf-8")

    built = folders.build(render)

    prompt = built.packet.parts[0].prompts[0]
    assert prompt.response == "A1 Lesson plan says more than A2 Student work."
    assert [mention.artifact for mention in prompt.mentions] == ["A1", "A2"]
    assert view_of(built, built.packet.artifacts[0]) == "See A2 Student work."


def test_earlier_attempts_are_named_by_their_manifests(
    folders: Folders, render: RenderHost
) -> None:
    folders.put("related", to=["S-1"])

    built = folders.build(render, earlier={"S-1": attempt()}.get)

    assert built.packet.related == (attempt().related,)
    assert (built.reference, built.earner, built.earlier) == ("S-2", "earner-1", ("S-1",))


def test_what_only_the_platform_knows_stays_there(folders: Folders, render: RenderHost) -> None:
    folders.policy(second_read={"share": 0.375}, unreadable="carry")
    folders.put("related", to=["S-1"])

    built = folders.build(render, earlier={"S-1": attempt()}.get)

    told = (built.manifest + b"".join(map(unzipped, built.blobs.values()))).decode()
    for secret in ("S-1", "S-2", "earner-1", "0.375", "My plan", "carry", 'identities":'):
        assert not re.search(rf"(?<!\w){re.escape(secret)}", told)
    assert "earner-1" not in repr(built)
    assert built.second_reads.share == 0.375


def test_the_operator_reads_what_was_made_of_it(folders: Folders, render: RenderHost) -> None:
    folders.policy(identity_hits="hold")
    folders.respond(f"I am {NAME}.")
    folders.attach("empty.txt", b"")
    folders.attach("half.png", picture())

    lines = list(summary_lines(folders.build(render)))

    assert lines[0] == "Feedback that moves learning on, due on 2026-03-23"
    assert "  A1 Lesson plan: text, text view" in lines
    assert "  A2 Student work 1: text, unreadable (empty)" in lines
    assert "  A3 Student work 2: image, 1 page" in lines
    assert "  identities masked: 1, left in: 0" in lines
    assert lines[-1] == "  held: the issuer has to release it"


def test_the_operator_reads_every_problem(folders: Folders) -> None:
    folders.put("earner", to="")
    (folders.artifacts / "stray.txt").write_bytes(b"")

    with pytest.raises(IntakeRefusedError) as refused:
        folders.build(FakeRebuilder())

    lines = list(refusal_lines(refused.value))
    assert lines[0] == "Not taken in: 2 problems."
    assert lines[2] == (
        "  artifacts/stray.txt: is not listed in submission.json. "
        'Add an entry to "evidence", or remove the file.'
    )


def test_a_packet_that_no_laptop_takes_is_refused(folders: Folders) -> None:
    long = "\u8a9e" * 200_000
    folders.put("responses/0/text", to=long)
    folders.put("responses/1/text", to=long)
    folders.put("ai", to={"used": True, "why": long, "how": long})
    taken = folders.build(FakeRebuilder(Rebuilt()))
    folders.put("collaboration", to={"people": 2, "nature": long, "division": long})

    with pytest.raises(IntakeRefusedError) as refused:
        folders.build(FakeRebuilder(Rebuilt()))

    assert len(taken.manifest) < MAX_MANIFEST_BYTES
    assert [(one.path, one.what) for one in refused.value.problems] == [
        ("submission.json", "makes a packet too large to be sent")
    ]
