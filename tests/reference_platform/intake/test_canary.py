"""A name planted in every place a folder has is in no byte that leaves; and two earners who hand in
the same work cannot be told apart.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor_app.domain.packet import ArtifactState
from assessor_app.reference_platform.intake.built import BuiltSubmission
from assessor_app.render.host import RenderHost
from assessor_app.wire.evidence import parse_layer
from tests.reference_platform.intake import planted
from tests.reference_platform.intake.folders import NAME, Folders, write_folders

OTHER = "Mildrea Qudant"
"""Has the outline of `NAME`: a mask on a page is as large as the ink it covers."""

MAKERS: dict[str, Callable[[str], bytes]] = {
    "pdf": planted.pdf,
    "png": planted.png,
    "jpg": planted.jpeg,
    "docx": planted.word,
    "pptx": planted.slides,
    "xlsx": planted.sheet,
    "txt": planted.text,
    "md": planted.markdown,
    "csv": planted.table,
}


def hand_in(root: Path, name: str) -> Folders:
    """Return a folder of an earner of this name, who wrote it wherever it can be written."""
    first, last = name.split()
    folders = write_folders(root)
    folders.put("identities", to={"names": [name]})
    folders.put("reference", to=f"S-{first}")
    folders.put("earner", to=f"earner-{first}")
    why = f"{name} was in a hurry."
    folders.put("ai", to={"used": True, "why": why, "how": name.upper()})
    people = {"people": 1, "nature": f"Beside {name}.", "division": f"By {name}\u200b."}
    folders.put("collaboration", to=people)
    for suffix, maker in MAKERS.items():
        folders.attach(f"{name} {suffix}.{suffix}", maker(name))
    for suffix in ("exe", "mp4"):
        folders.attach(f"{name} {suffix}.{suffix}", name.encode())
    folders.link(f"https://share.example.org/{name.replace(' ', '-')}")
    (folders.artifacts / "My plan.txt").write_text(f"See {name} pdf.pdf", "utf-8")
    files = ", ".join(f"{name} {suffix}.{suffix}" for suffix in MAKERS)
    folders.respond(f"I am {last}, {first}; see {files} and {name} exe.exe.")
    return folders


def leaving(built: BuiltSubmission) -> bytes:
    """Return everything that may leave the platform, unpacked."""
    blobs = b"".join(planted.unpacked(content) for content in built.blobs.values())
    return built.manifest + built.rubric_bytes + blobs


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, render: RenderHost
) -> tuple[Folders, BuiltSubmission, BuiltSubmission]:
    mine = hand_in(tmp_path_factory.mktemp("mine"), NAME)
    theirs = hand_in(tmp_path_factory.mktemp("theirs"), OTHER)
    return mine, mine.build(render), theirs.build(render)


def test_the_name_is_in_every_file_before(
    both: tuple[Folders, BuiltSubmission, BuiltSubmission],
) -> None:
    folders, _, _ = both
    files = [path for path in folders.artifacts.iterdir() if path.name != "My plan.txt"]

    assert all(NAME in path.name for path in files)
    assert all(NAME.encode() in path.read_bytes() for path in files)
    assert folders.submission_form.read_text("utf-8").count(NAME) > len(files)


def test_the_name_is_in_no_byte_that_leaves(
    both: tuple[Folders, BuiltSubmission, BuiltSubmission],
) -> None:
    _, built, _ = both
    told = leaving(built)

    for word in (NAME, *NAME.split()):
        assert [spelled for spelled in planted.spellings(word) if spelled in told] == []


def test_the_search_finds_what_is_there() -> None:
    for carrier in (NAME.encode(), f"x{NAME}".encode("utf-16-le"), NAME.encode().hex().encode()):
        assert any(spelled in carrier for spelled in planted.spellings(NAME))
    for padding in (b"", b"x", b"xx", b"xxx"):
        carrier = b64encode(padding + NAME.encode() + b"yyy")
        assert any(spelled in carrier for spelled in planted.spellings(NAME))


def test_the_work_itself_is_still_there(
    both: tuple[Folders, BuiltSubmission, BuiltSubmission],
) -> None:
    _, built, _ = both
    unseen = {ArtifactState.KEPT_AT_PLATFORM, ArtifactState.NOT_CAPTURED}

    assert [a.state for a in built.packet.artifacts if a.state not in unseen] == (
        [ArtifactState.AVAILABLE] * (len(MAKERS) + 1)
    )
    told = leaving(built)
    assert told.count(planted.WORK.encode()) == len(MAKERS) - 3
    page = built.packet.artifacts[1].pages[0]
    words = [word.text for word in parse_layer(built.blobs[page.layer.sha256]).words]
    assert words[:1] == ["By"]
    assert words[-6:] == planted.WORK.split()


def test_two_earners_with_the_same_work_cannot_be_told_apart(
    both: tuple[Folders, BuiltSubmission, BuiltSubmission],
) -> None:
    _, mine, theirs = both

    assert mine.manifest == theirs.manifest
    assert mine.blobs == theirs.blobs
