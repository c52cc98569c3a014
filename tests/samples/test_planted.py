"""The earner who can be read everywhere: first in the folder, then nowhere in the packet."""

import gzip
import io
from collections.abc import Iterator, Mapping
from zipfile import ZipFile

import docx
import openpyxl
import pypdf
import pypdfium2  # type: ignore[import-untyped] # (has none)
import pytest
from PIL import ExifTags, Image

from assessor_app.domain.packet import ArtifactKind
from assessor_app.reference_platform.intake.built import BuiltSubmission
from tests.samples.forms import artifact, file_names, read_submission

pytestmark = pytest.mark.timeout(400)  # the first test rebuilds every artifact

NAME = "Orla Quenneville-Strand"
SAMPLE = "bean-growth"
REPORT = f"report {NAME}.pdf"
TELLING = ("quenneville", "harrow fen", "harrowfen")
CAMERA_OWNER = 0xA430
GZIP = b"\x1f\x8b"


def name_boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield where the name is printed, as shares of the page from the upper left."""
    text = page.get_textpage()
    width, height = page.get_size()
    search = text.search("Quenneville", match_case=True)
    while found := search.get_next():
        index, count = found
        boxes = [text.get_charbox(place) for place in range(index, index + count)]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
        yield left / width, 1 - top / height, right / width, 1 - bottom / height


def readable(blob: bytes) -> bytes:
    """Return what a blob holds: text views and page layers are compressed."""
    return gzip.decompress(blob) if blob.startswith(GZIP) else blob


def test_the_form_knows_the_name_and_the_responses_tell_it() -> None:
    form = read_submission(SAMPLE)

    assert NAME in form["identities"]["names"]
    assert "Harrow Fen Academy" in form["identities"]["schools"]
    assert NAME in form["responses"][0]["text"]


def test_file_names_tell_the_name() -> None:
    telling = [
        name for name in file_names(read_submission(SAMPLE)) if "quenneville" in name.lower()
    ]

    assert len(telling) == 4


def test_metadata_tells_the_name() -> None:
    report = pypdf.PdfReader(artifact(SAMPLE, REPORT))
    note = docx.Document(str(artifact(SAMPLE, "checks Harrow Fen Academy.docx")))
    book = openpyxl.load_workbook(artifact(SAMPLE, "Quenneville-Strand beans.xlsx"))
    with Image.open(artifact(SAMPLE, f"IMG_2041 {NAME}.jpg")) as photo:
        exif = photo.getexif()

    assert report.metadata is not None
    assert report.metadata.author == NAME
    assert note.core_properties.author == NAME
    assert book.properties.creator == NAME
    assert exif[ExifTags.Base.Artist] == NAME
    assert exif.get_ifd(ExifTags.IFD.Exif)[CAMERA_OWNER] == NAME


def test_text_and_page_words_tell_the_name() -> None:
    with ZipFile(artifact(SAMPLE, "checks Harrow Fen Academy.docx")) as note:
        body = note.read("word/document.xml").decode()
    with ZipFile(artifact(SAMPLE, "Quenneville-Strand beans.xlsx")) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    table = artifact(SAMPLE, "beans measured quenneville-strand.csv").read_text("utf-8")
    pages = pypdfium2.PdfDocument(artifact(SAMPLE, REPORT))

    assert NAME in body
    assert NAME in cells
    assert NAME in table
    assert [len(list(name_boxes(page))) for page in pages] == [1, 2]


def test_nothing_of_the_packet_tells_the_name(taken_in: Mapping[str, BuiltSubmission]) -> None:
    built = taken_in[SAMPLE]
    words = b"".join(map(readable, built.blobs.values()))
    assert b"cupboard" in words

    for data in (built.manifest, *built.blobs.values()):
        told = readable(data).decode("utf-8", "replace").lower()

        assert not any(word in told for word in TELLING)


def test_the_place_of_the_name_is_blank_on_every_page(
    taken_in: Mapping[str, BuiltSubmission],
) -> None:
    built = taken_in[SAMPLE]
    raw = pypdfium2.PdfDocument(artifact(SAMPLE, REPORT))
    report = next(one for one in built.packet.artifacts if one.kind is ArtifactKind.DOCUMENT)

    for page, source in zip(report.pages, raw, strict=True):
        with Image.open(io.BytesIO(built.blobs[page.image.sha256])) as image:
            grey = image.convert("L")
        for left, top, right, bottom in name_boxes(source):
            box = (
                round(left * grey.width) + 1,
                round(top * grey.height) + 1,
                round(right * grey.width) - 1,
                round(bottom * grey.height) - 1,
            )
            assert grey.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), 160)]


def test_the_blinding_report_counts_what_was_found(
    taken_in: Mapping[str, BuiltSubmission],
) -> None:
    hits = {name: built.packet.blinding.hits_masked for name, built in taken_in.items()}

    assert hits.pop(SAMPLE) >= 15
    assert set(hits.values()) == {0}
