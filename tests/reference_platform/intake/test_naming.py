"""Artifacts have neutral names, and a text that means one of them says its neutral name."""

import pytest

from assessor_app.domain.ids import ArtifactId, EvidenceId
from assessor_app.domain.packet import ArtifactKind, RequiredEvidence
from assessor_app.reference_platform.intake.blinding import Blinder
from assessor_app.reference_platform.intake.files import artifact_kind
from assessor_app.reference_platform.intake.naming import names_of
from assessor_app.reference_platform.intake.submission import Item, LinkCapture
from tests.reference_platform.intake.folders import NAME, NOW

REQUIRED = tuple(
    RequiredEvidence(id=EvidenceId(key), title=title, description="")
    for key, title in (("plan", "Lesson plan"), ("work", "Student work"))
)
LINK = "https://share.example.org/quandt/x?id=1"


def item(key: str, *, file: str | None = None, link: str | None = None) -> Item:
    capture = LinkCapture(at=NOW, status=200, file="copy 7.pdf") if link else None
    return Item(
        answers=EvidenceId(key),
        file=file,
        link=link,
        capture=capture,
        students_visible=False,
        release_confirmed=False,
    )


ATTACHED = (
    item("work", file="IMG_2041.jpg"),
    item("plan", file="Quandt - plan (final).docx"),
    item("work", link=LINK),
)
NAMES = names_of(ATTACHED, REQUIRED, (NAME,))
BLINDER = Blinder(names=NAMES, identities=(), masks=True)


def test_artifacts_are_numbered_in_the_order_of_the_required_evidence() -> None:
    assert [named.name for named in NAMES.items] == [
        "A1 Lesson plan",
        "A2 Student work 1",
        "A3 Student work 2",
    ]
    assert [named.attached for named in NAMES.items] == [2, 1, 3]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("See IMG_2041.jpg, please.", "See A2 Student work 1, please."),
        ("See img_2041.JPG.", "See A2 Student work 1."),
        ("See IMG_2041 below.", "See A2 Student work 1 below."),
        ('In "Quandt - plan (final).docx"!', 'In "A1 Lesson plan"!'),
        ("In Quandt -\nplan  (final).docx", "In A1 Lesson plan"),
        (f"At {LINK}.", "At A3 Student work 2."),
        ("the copy 7.pdf", "the A3 Student work 2"),
        ("(attachment 1)", "(A2 Student work 1)"),
        ("Attachment #2 shows", "A1 Lesson plan shows"),
        ("ATTACHMENT NO. 2", "A1 Lesson plan"),
        ("appendix number 3's end", "A3 Student work 2's end"),
        ("Appendix B. Then", "A1 Lesson plan. Then"),
        ("exhibit C", "A3 Student work 2"),
        ("artefact 2 and Artifact 1", "A1 Lesson plan and A2 Student work 1"),
        ("Figure 1 shows", "A2 Student work 1 shows"),
        ("fig. 1", "A2 Student work 1"),
    ],
)
def test_a_mention_becomes_the_neutral_name(written: str, read: str) -> None:
    blinded = BLINDER.response(written)

    assert blinded.text == read
    for mention in blinded.mentions:
        named = next(one for one in NAMES.items if one.id == mention.artifact)
        assert blinded.text[mention.start : mention.end] == named.name
    assert blinded.mentions


@pytest.mark.parametrize(
    "text",
    [
        "attachment 4",
        "attachment 0",
        "attachment 1.5",
        "attachments in all",
        "the attachment I made",
        "Figure 2 is in my plan",
        "reattachment 2",
        "MY_IMG_2041.jpg",
        "the final plan",
    ],
)
def test_what_only_looks_like_a_mention_stays(text: str) -> None:
    blinded = BLINDER.response(text)

    assert (blinded.text, blinded.mentions) == (text, ())


def test_the_longer_name_wins() -> None:
    names = names_of(
        (item("plan", file="plan.txt"), item("work", file="my plan.txt")), REQUIRED, ()
    )

    blinded = Blinder(names=names, identities=(), masks=True).response("my plan.txt, plan.txt")

    assert blinded.text == "A2 Student work, A1 Lesson plan"


def test_a_stem_that_two_files_share_means_neither() -> None:
    names = names_of(
        (item("plan", file="unit_1.txt"), item("work", file="unit_1.png")), REQUIRED, ()
    )

    blinded = Blinder(names=names, identities=(), masks=True).response("unit_1, unit_1.png")

    assert blinded.text == "unit_1, A2 Student work"


def test_mentions_count_in_code_points() -> None:
    blinded = BLINDER.response("🎨🎨 attachment 1")

    assert [(m.start, m.end, m.artifact) for m in blinded.mentions] == [(3, 20, ArtifactId("A2"))]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", ArtifactKind.DOCUMENT),
        ("a.docx", ArtifactKind.DOCUMENT),
        ("a.pptx", ArtifactKind.PRESENTATION),
        ("a.xlsx", ArtifactKind.TABLE),
        ("a.csv", ArtifactKind.TABLE),
        ("a.md", ArtifactKind.TEXT),
        ("a.gif", ArtifactKind.IMAGE),
        ("a.mov", ArtifactKind.VIDEO),
        ("a.m4a", ArtifactKind.AUDIO),
        ("a.zip", ArtifactKind.ARCHIVE),
        ("a.exe", ArtifactKind.OTHER),
        ("a", ArtifactKind.OTHER),
    ],
)
def test_a_kind_is_told_by_the_name(name: str, kind: ArtifactKind) -> None:
    assert artifact_kind(name) is kind
