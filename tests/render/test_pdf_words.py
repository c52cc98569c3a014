"""What is in the text layer is what a reader sees: hidden words are out, visible ones stay."""

import pytest

from assessor_app.domain.evidence import Word
from assessor_app.render.host import RenderHost
from assessor_app.render.kinds import SourceKind
from assessor_app.render.results import FindingKind
from tests.render.pdf_maker import (
    Change,
    cut,
    field,
    line,
    note,
    pdf_of,
    scripts_and_attachments,
    stamped,
    turned,
)

SEEN = "q BT /F1 12 Tf 1 0 0 1 20 150 Tm (plainly) Tj ET Q\n"
PHOTO = "q 200 0 0 60 20 60 cm /Im Do Q\n"
SPAN_LIE = "/Span <</ActualText (actualsecret)>> BDC " + line("shown", 20, 80) + " EMC"
NAMED_LIE = "/Span /Lie BDC " + line("shown", 20, 80) + " EMC"
ESCAPED_LIE = SPAN_LIE.replace("/ActualText", "/Actual#54ext")

HIDDEN = {
    "render mode 3": line("secret", 20, 80, "3 Tr"),
    "render mode 3 on a photo": PHOTO + line("secret", 40, 80, "3 Tr"),
    "clip only": line("secret", 20, 80, "7 Tr"),
    "white on white": line("secret", 20, 80, "1 g"),
    "white under black": line("secret", 20, 80, "1 g") + line("covers", 20, 80),
    "hidden in the place of other text": line("covers", 20, 80) + line("secret", 20, 80, "3 Tr"),
    "under a photo": line("secret", 40, 80) + PHOTO,
    "under a box": line("secret", 20, 80) + "1 1 0 rg 10 70 100 30 re f",
    "under rules": line("secret", 20, 80, "1 g") + "0 G 1 w 10 82 m 200 82 l 10 86 m 200 86 l S",
    "in the colour of its box": "1 0 0 rg 10 70 100 30 re f " + line("secret", 20, 80, "1 0 0 rg"),
    "beside the page": line("secret", 900, 80),
    "over the edge": line("secret", 20, -40),
    "clipped away": "q 0 0 5 5 re W n " + line("secret", 20, 80) + " Q",
    "transparent": "q /Clear gs " + line("secret", 20, 80) + " Q",
    "one point high": line("secret", 20, 80, size=1),
    "half a point high": line("secret", 20, 80, size=0.5),
    "one percent wide": line("secret", 20, 80, "1 Tz"),
    "five percent wide": line("secretsecret", 20, 80, "5 Tz"),
    "a layer that is off": "/OC /Off BDC " + line("secret", 20, 80) + " EMC",
    "hidden inside a form": "q 1 0 0 1 20 80 cm /Un Do Q",
    "almost white": line("secret", 20, 80, "0.96 g"),
}


def words(host: RenderHost, data: bytes) -> list[str]:
    return [word.text for word in layer(host, data)]


def layer(host: RenderHost, data: bytes) -> tuple[Word, ...]:
    return host.rebuild(SourceKind.PDF, data).pages[0].layer.words


@pytest.mark.parametrize("how", sorted(HIDDEN))
def test_a_hidden_word_is_not_in_the_layer(rebuilder: RenderHost, how: str) -> None:
    found = words(rebuilder, pdf_of(SEEN + HIDDEN[how]))

    assert "plainly" in found
    assert not any("secret" in word or "hidden" in word for word in found)


@pytest.mark.parametrize("lie", [SPAN_LIE, NAMED_LIE, ESCAPED_LIE])
def test_a_text_that_lies_about_its_glyphs_is_taken_at_its_glyphs(
    rebuilder: RenderHost, lie: str
) -> None:
    rebuilt = rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN + lie))

    assert [word.text for word in rebuilt.pages[0].layer.words] == ["plainly", "shown"]
    assert FindingKind.ACTUAL_TEXT in {finding.kind for finding in rebuilt.findings}


@pytest.mark.parametrize(
    "content",
    [
        line("visible", 20, 80),
        line("visible", 20, 80, "0.5 g"),
        line("visible", 20, 80, "1 0 0 rg"),
        line("visible", 20, 80, size=5),
        line("visible", 20, 80, "60 Tz"),
        "0 g 10 70 100 30 re f " + line("visible", 20, 80, "1 g"),
        PHOTO + line("visible", 40, 80, "1 g"),
        line("visible", 20, 80, "1 Tr"),
        "q /Solid gs " + line("visible", 20, 80) + " Q",
        "q BT /F1 12 Tf 0 1 -1 0 60 40 Tm (visible) Tj ET Q",
        "q BT /F1 1 Tf 12 0 0 12 20 80 Tm (visible) Tj ET Q",
        "q BT /F1 12 Tf 1 0 0 1 20 80 Tm [(vis) -20 (ible)] TJ ET Q",
        "".join(line(c, 20 + 7.2 * i, 80, "/F3 12 Tf") for i, c in enumerate("visible")),
    ],
)
def test_a_visible_word_is_in_the_layer(rebuilder: RenderHost, content: str) -> None:
    assert words(rebuilder, pdf_of(SEEN + content)) == ["plainly", "visible"]


def test_text_in_forms_notes_and_fields_is_visible(rebuilder: RenderHost) -> None:
    form = pdf_of(SEEN + "q 1 0 0 1 20 80 cm /Fo Do Q")
    noted = pdf_of(SEEN, change=note("annotated", 4))
    filled = pdf_of(SEEN, change=field("filledin"))

    assert words(rebuilder, form) == ["plainly", "insideform"]
    assert words(rebuilder, noted) == ["plainly", "annotated"]
    assert words(rebuilder, filled) == ["plainly", "filledin"]


@pytest.mark.parametrize("flags", [2, 32, 36])
def test_a_note_that_is_not_for_viewing_stays_out(rebuilder: RenderHost, flags: int) -> None:
    unseen = rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN, change=note("secret", flags)))
    plain = rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN))

    assert unseen.pages == plain.pages
    assert FindingKind.UNSEEN_ANNOTATION in {finding.kind for finding in unseen.findings}


def test_a_half_covered_word_keeps_its_visible_half(rebuilder: RenderHost) -> None:
    content = line("MMMMWWWW", 20, 80, size=20) + "1 g 85 70 200 40 re f"

    found = words(rebuilder, pdf_of(SEEN + content))
    assert found[1].startswith("MMM")
    assert "WWW" not in found[1]


@pytest.mark.parametrize(
    ("change", "box"),
    [
        (None, (666, 2000, 1900, 2700)),
        (turned(90), (7300, 666, 8000, 1900)),
        (turned(180), (8100, 7300, 9333, 8000)),
        (turned(270), (2000, 8100, 2700, 9333)),
    ],
)
def test_boxes_lie_where_the_page_shows_the_word(
    rebuilder: RenderHost, change: Change | None, box: tuple[int, int, int, int]
) -> None:
    (word,) = layer(rebuilder, pdf_of(line("plainly", 20, 150), change=change))

    measured = (word.left, word.top, word.right, word.bottom)
    assert all(abs(one - two) < 250 for one, two in zip(measured, box, strict=True)), measured


def test_what_is_cut_off_the_page_is_not_there(rebuilder: RenderHost) -> None:
    content = line("inside", 150, 100) + line("secret", 20, 20)

    assert words(rebuilder, pdf_of(content, change=cut)) == ["inside"]


def test_ligatures_hyphens_and_accents_read_as_typed(rebuilder: RenderHost) -> None:
    content = line("caf\xe9 na\xefve \x96 co-op", 20, 80)

    assert words(rebuilder, pdf_of(content)) == ["caf\xe9", "na\xefve", "\u2013", "co-op"]


def test_scripts_and_attachments_are_counted_and_gone(rebuilder: RenderHost) -> None:
    data = pdf_of(SEEN, change=scripts_and_attachments)
    rebuilt = rebuilder.rebuild(SourceKind.PDF, data)

    counts = {finding.kind: finding.count for finding in rebuilt.findings}
    assert counts[FindingKind.SCRIPT] == 2
    assert counts[FindingKind.ATTACHMENT] == 1
    assert rebuilt.pages == rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN)).pages


def test_properties_are_gone(rebuilder: RenderHost) -> None:
    stamped_pages = rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN, change=stamped)).pages

    assert stamped_pages == rebuilder.rebuild(SourceKind.PDF, pdf_of(SEEN)).pages


def test_a_page_without_text_is_a_page(rebuilder: RenderHost) -> None:
    rebuilt = rebuilder.rebuild(SourceKind.PDF, pdf_of(PHOTO, ""))

    assert [page.layer.words for page in rebuilt.pages] == [(), ()]
